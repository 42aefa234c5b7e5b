"""Tags, comments and saved filters, for those who read the chronology of all agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import EntryComment, SavedFilter, Tag, Tagging
from candour.kernel.errors import Hidden


@dataclass(frozen=True, slots=True)
class TagOn:
    """A tag on an entry, for a page."""

    tag: UUID
    name: str


def tags_of(access: Access) -> QuerySet[Tag]:
    """Every tag of the case that some entry has or had, with how many have it now.

    For agencies' own people none: tags tell what reviewers make of others' entries.
    """
    if not access.may_read(Kind.CHRONOLOGY):
        return Tag.objects.none()
    now = Q(taggings__ended_at__isnull=True, taggings__entry__in_force=True)
    rows = Tag.objects.filter(case=access.case)
    return rows.annotate(entries=Count("taggings", filter=now)).order_by("name", "id")


def tag_names(access: Access) -> dict[str, str]:
    """Id to name of every tag that some entry has now."""
    names = taggings_of(access).order_by("tag__name").values_list("tag_id", "tag__name")
    return {str(tag): name for tag, name in names.distinct()}


def tag_of(access: Access, tag_id: UUID) -> Tag:
    """One tag; Hidden if it is not of this case."""
    found = tags_of(access).filter(pk=tag_id).first()
    if found is None:
        raise Hidden
    return found


def taggings_of(access: Access) -> QuerySet[Tagging]:
    """What is tagged now, of entries in force."""
    if not access.may_read(Kind.CHRONOLOGY):
        return Tagging.objects.none()
    return Tagging.objects.filter(
        case=access.case, ended_at__isnull=True, entry__in_force=True
    ).order_by("recorded_at", "pk")


def one_tagging_of(access: Access, act: UUID) -> UUID | None:
    """Some tagging that this act began or ended, by which it can be undone, if there is one."""
    rows = Tagging.objects.filter(Q(act=act) | Q(ended_act=act), case=access.case)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def act_of(access: Access, tagging_id: UUID) -> UUID:
    """The last act that began or ended a tagging; Hidden if it is not of this case."""
    found = Tagging.objects.filter(pk=tagging_id, case=access.case).first()
    if found is None or not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    return found.ended_act or found.act


def tags_on(access: Access, entries: Iterable[UUID]) -> dict[UUID, list[TagOn]]:
    """For each of these entries the tags it has."""
    found: dict[UUID, list[TagOn]] = {}
    rows = taggings_of(access).filter(entry__in=list(entries)).order_by("tag__name", "pk")
    for entry, tag, name in rows.values_list("entry_id", "tag_id", "tag__name"):
        found.setdefault(entry, []).append(TagOn(tag, name))
    return found


def comments_on(access: Access, entry_id: UUID) -> QuerySet[EntryComment]:
    """The comments on an entry that stand, in order."""
    if not access.may_read(Kind.CHRONOLOGY):
        return EntryComment.objects.none()
    rows = EntryComment.objects.filter(case=access.case, entry=entry_id, withdrawn_at__isnull=True)
    return rows.select_related("by").order_by("recorded_at", "pk")


def comment_of(access: Access, comment_id: UUID) -> EntryComment:
    """One comment that stands; Hidden if this person may not read it."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    rows = EntryComment.objects.filter(case=access.case, withdrawn_at__isnull=True)
    found = rows.select_related("entry").filter(pk=comment_id).first()
    if found is None:
        raise Hidden
    return found


def filters_of(access: Access) -> QuerySet[SavedFilter]:
    """The filters that this person saved on this case."""
    return SavedFilter.objects.filter(case=access.case, by=UUID(access.actor.id)).order_by("name")


def filter_of(access: Access, filter_id: UUID) -> SavedFilter:
    """One of this person's own saved filters, else Hidden."""
    found = filters_of(access).filter(pk=filter_id).first()
    if found is None:
        raise Hidden
    return found
