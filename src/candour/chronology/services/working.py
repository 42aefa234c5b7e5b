"""Tags, comments and saved filters. Entries themselves are never touched."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.chronology.models import EntryComment, SavedFilter, Tag, Tagging
from candour.contributions.models import Entry
from candour.engines.contacts import Step
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState

_LONGEST_QUERY = 1000
_NAMED_IN_AUDIT = 50


@transaction.atomic
def tag(
    *, access: Access, entries: Sequence[Entry], name: str = "", step: Step | None = None
) -> UUID:
    """Give entries a tag, by its name or by the step it stands for; answers the act, for `undo`.

    Entries that have it already keep it, and undoing leaves it with them.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    wanted = _in_force(access, entries)
    chosen, act = _tag_named(access, name, step), uuid4()
    had = set(_open(access, chosen, wanted).values_list("entry_id", flat=True))
    by = access.actor.id
    Tagging.objects.bulk_create(
        Tagging(case=access.case, tag=chosen, entry=entry, by_id=by, act=act)
        for entry in wanted
        if entry.pk not in had
    )
    _say("chronology.tagged", access, chosen, act, wanted)
    return act


@transaction.atomic
def untag(*, access: Access, entries: Sequence[Entry], tag: Tag) -> UUID:
    """Take a tag off entries; that they had it is kept. Answers the act, for `undo`."""
    access.may_write(Kind.CHRONOLOGY).require()
    if tag.case_id != access.case.pk:
        raise Hidden
    act = uuid4()
    _end(_open(access, tag, entries), access, act)
    _say("chronology.untagged", access, tag, act, entries)
    return act


@transaction.atomic
def undo(*, access: Access, act: UUID) -> int:
    """Take back what one press of a button did, as far as nobody has changed it since.

    Answers how many entries were put back. WrongState where nothing of the act is left to undo;
    NotPermitted for somebody else's act.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    done = Tagging.objects.select_for_update().filter(case=access.case)
    given, taken = done.filter(act=act), done.filter(ended_act=act)
    doers = {str(each) for each in given.values_list("by_id", flat=True)}
    doers |= {str(each) for each in taken.values_list("ended_by_id", flat=True)}
    if doers - {access.actor.id}:
        raise NotPermitted("not_yours", "Only the person who did this can undo it.")
    back = _end(given.filter(ended_at__isnull=True), access, uuid4())
    back += _give_again(access, taken)
    if not back:
        raise WrongState("nothing_to_undo", "Nothing of this is left to undo.")
    record("chronology.tagging_undone", by=access.actor, case_id=access.case.pk, act=str(act))
    return back


def _give_again(access: Access, taken: QuerySet[Tagging]) -> int:
    rows = list(taken)
    standing = Tagging.objects.filter(case=access.case, ended_at__isnull=True)
    held = set(standing.values_list("tag_id", "entry_id")) if rows else set()
    again = [row for row in rows if (row.tag_id, row.entry_id) not in held]
    Tagging.objects.bulk_create(
        Tagging(
            case=access.case, tag_id=row.tag_id, entry_id=row.entry_id, by_id=row.by_id, act=uuid4()
        )
        for row in again
    )
    return len(again)


def _end(rows: QuerySet[Tagging], access: Access, act: UUID) -> int:
    return rows.update(ended_at=clock.now(), ended_by_id=access.actor.id, ended_act=act)


def _open(access: Access, tag: Tag, entries: Sequence[Entry]) -> QuerySet[Tagging]:
    return Tagging.objects.filter(
        case=access.case, tag=tag, entry__in=entries, ended_at__isnull=True
    )


def _tag_named(access: Access, name: str, step: Step | None) -> Tag:
    if step is not None:
        return Tag.objects.get_or_create(
            case=access.case, step=step.value, defaults={"name": step.label}
        )[0]
    if not name.strip():
        raise Invalid("tag_missing", "Choose a tag, or give a new one a name.", "name")
    return Tag.objects.get_or_create(case=access.case, name=name.strip())[0]


def _in_force(access: Access, entries: Sequence[Entry]) -> list[Entry]:
    wanted = {entry.pk for entry in entries}
    if not wanted:
        raise Invalid("none_chosen", "Choose one entry or more.")
    found = list(Entry.objects.filter(pk__in=wanted, case=access.case, in_force=True))
    if len(found) != len(wanted):
        raise WrongState(
            "entry_gone", "One of these entries is no longer in force. Open the chronology again."
        )
    return found


def _say(event: str, access: Access, tag: Tag, act: UUID, entries: Sequence[Entry]) -> None:
    record(
        event,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(tag.pk),
        act=str(act),
        count=len(entries),
        entries=[str(entry.pk) for entry in entries[:_NAMED_IN_AUDIT]],
    )


@transaction.atomic
def comment(*, access: Access, entry: Entry, words: str) -> EntryComment:
    """Remark on an entry. The entry stays as the agency wrote it."""
    access.may_write(Kind.CHRONOLOGY).require()
    (held,) = _in_force(access, [entry])
    made = EntryComment.objects.create(
        case=access.case, entry=held, by_id=access.actor.id, words=_said(words)
    )
    record("chronology.commented", by=access.actor, case_id=access.case.pk, subject=str(made.pk))
    return made


@transaction.atomic
def change_comment(
    *, access: Access, comment: EntryComment, seen_version: int, words: str
) -> EntryComment:
    """Reword one's own comment; EditedElsewhere if it was changed in another window meanwhile."""
    locked = _own_comment(access, comment, seen_version)
    locked.words, locked.changed_at = _said(words), clock.now()
    locked.save()
    record(
        "chronology.comment_changed",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        version=locked.version,
    )
    return locked


@transaction.atomic
def withdraw_comment(*, access: Access, comment: EntryComment, seen_version: int) -> None:
    """Take one's own comment off the page. It is kept: what was written may be asked for."""
    locked = _own_comment(access, comment, seen_version)
    locked.withdrawn_at = clock.now()
    locked.save()
    record(
        "chronology.comment_withdrawn",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
    )


def _own_comment(access: Access, comment: EntryComment, seen_version: int) -> EntryComment:
    access.may_write(Kind.CHRONOLOGY).require()
    found = EntryComment.objects.filter(pk=comment.pk, case=access.case).first()
    if found is None:
        raise Hidden
    own_comment(access, found)
    if found.withdrawn_at is not None:
        raise WrongState("withdrawn", "This comment was withdrawn.")
    return locked_for_edit(found, seen_version)


def own_comment(access: Access, comment: EntryComment) -> None:
    """Raise NotPermitted unless this person wrote the comment."""
    if str(comment.by_id) != access.actor.id:
        raise NotPermitted("not_yours", "Only the person who wrote a comment can change it.")


def _said(words: str) -> str:
    if not words.strip():
        raise Invalid("words_missing", "Write the comment.", "words")
    return words.strip()


@transaction.atomic
def save_filter(*, access: Access, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name for oneself; one of the same name is replaced."""
    access.may_read(Kind.CHRONOLOGY).require()
    if not name.strip():
        raise Invalid("name_missing", "Give the filter a name.", "name")
    if not query or len(query) > _LONGEST_QUERY:
        raise Invalid("filter_missing", "Choose a filter first, then save it.", "name")
    saved, _ = SavedFilter.objects.update_or_create(
        case=access.case,
        by_id=UUID(access.actor.id),
        name=name.strip(),
        defaults={"query": query},
    )
    _say_of_filter("chronology.filter_saved", access, saved)
    return saved


@transaction.atomic
def forget_filter(*, access: Access, saved: SavedFilter) -> None:
    """Remove one's own saved filter."""
    access.may_read(Kind.CHRONOLOGY).require()
    own = SavedFilter.objects.filter(case=access.case, by=UUID(access.actor.id), pk=saved.pk)
    if not own.delete()[0]:
        raise Hidden
    _say_of_filter("chronology.filter_removed", access, saved)


def _say_of_filter(event: str, access: Access, saved: SavedFilter) -> None:
    record(event, by=access.actor, case_id=access.case.pk, subject=str(saved.pk))
