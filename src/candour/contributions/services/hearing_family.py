"""Hearing the family: how to reach each person safely, their words, or why they were not asked.

Families, including surviving children, are to be invited to contribute to reviews and told how
they are going to be involved (Working Together 2013, chapter 4; 2023, chapter 5). Every contact
is made by a person; Candour sends a family nothing.
"""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act, Kind
from candour.cases.versions import locked_for_edit
from candour.contributions.models import FamilyContribution
from candour.identities.models import Identity
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.reviews.models import HeldActivity
from candour.reviews.services import GoesAhead, require_free_to_go_ahead


@transaction.atomic
def begin_with_family_member(
    *, access: Access, identity: Identity, safe_contact_rule: str
) -> FamilyContribution:
    """Begin a person's record with the rule for contacting them safely."""
    access.may_write(Kind.FAMILY).require()
    if identity.case_id != access.case.pk:
        raise Hidden
    _refuse_rule(identity, safe_contact_rule)
    if FamilyContribution.objects.filter(case=access.case, identity=identity).exists():
        raise Invalid("already_begun", "This person already has a record. Open it.", "identity")
    contribution = FamilyContribution.objects.create(
        case=access.case, identity=identity, safe_contact_rule=safe_contact_rule.strip()
    )
    _record(access, "contributions.family_begun", contribution)
    return contribution


def _refuse_rule(identity: Identity, safe_contact_rule: str) -> None:
    if identity.kind != Identity.Kind.PERSON:
        raise Invalid("not_a_person", "Choose a person from the register.", "identity")
    if not safe_contact_rule.strip():
        raise Invalid(
            "rule_missing",
            "Say how this person is contacted safely, and how never.",
            "safe_contact_rule",
        )


@transaction.atomic
def change_safe_contact(
    *,
    access: Access,
    contribution: FamilyContribution,
    seen_version: int,
    safe_contact_rule: str,
) -> FamilyContribution:
    """Change the rule for contacting this person safely."""
    locked = _for_edit(access, contribution, seen_version)
    _refuse_rule(locked.identity, safe_contact_rule)
    locked.safe_contact_rule = safe_contact_rule.strip()
    return _saved(access, "contributions.safe_contact_changed", locked)


@transaction.atomic
def record_approach(
    *,
    access: Access,
    contribution: FamilyContribution,
    seen_version: int,
    approached_on: date,
    approached_how: str,
    goes_ahead: GoesAhead | None = None,
) -> FamilyContribution:
    """Record when and how a person of the review approached them.

    WrongState where contacts with the family were held back on that day, unless `goes_ahead`
    says why this one was not.
    """
    locked = _for_edit(access, contribution, seen_version)
    _refuse_ahead(approached_on, "approached_on")
    _require_free(access, locked, approached_on, goes_ahead)
    if not approached_how.strip():
        raise Invalid("text_missing", "Say who approached them and how.", "approached_how")
    locked.approached_on, locked.approached_how = approached_on, approached_how.strip()
    locked.not_approached_reason, locked.not_approached_by = "", None
    return _saved(access, "contributions.family_approached", locked)


@transaction.atomic
def decide_not_to_approach(
    *, access: Access, contribution: FamilyContribution, seen_version: int, reason: str
) -> FamilyContribution:
    """The reasoned decision not to approach this person, or not yet."""
    locked = _for_edit(access, contribution, seen_version)
    if locked.approached_on:
        raise WrongState("already_approached", "This person has been approached already.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Give the reasons for not approaching them.", "reason")
    locked.not_approached_reason = reason.strip()
    locked.not_approached_by_id = access.actor.id
    return _saved(access, "contributions.family_not_approached", locked)


@transaction.atomic
def record_family_words(
    *,
    access: Access,
    contribution: FamilyContribution,
    seen_version: int,
    words: str,
    asked_the_review_to_look_at: str = "",
    goes_ahead: GoesAhead | None = None,
) -> FamilyContribution:
    """Record what this person said, in their own words; to be read back to them and agreed.

    WrongState while contacts with the family are held back, as for an approach.
    """
    access.may(Act.HEAR).require()
    locked = _for_edit(access, contribution, seen_version)
    if locked.approached_on is None:
        raise WrongState("not_approached", "First record when and how they were approached.")
    if not words.strip():
        raise Invalid("text_missing", "Write what they said.", "words")
    _require_free(access, locked, clock.today(), goes_ahead)
    locked.words = words.strip()
    locked.asked_the_review_to_look_at = asked_the_review_to_look_at.strip()
    locked.read_back_on = locked.agreed_on = None
    return _saved(access, "contributions.family_words_recorded", locked)


@transaction.atomic
def record_reading_back(
    *,
    access: Access,
    contribution: FamilyContribution,
    seen_version: int,
    read_back_on: date,
    agreed: bool,
) -> FamilyContribution:
    """Their words were read back to them that day, and agreed or not; only agreed words are
    cited."""
    access.may(Act.HEAR).require()
    locked = _for_edit(access, contribution, seen_version)
    if not locked.words:
        raise WrongState("nothing_recorded", "First record what they said.")
    _refuse_ahead(read_back_on, "read_back_on")
    if locked.approached_on and read_back_on < locked.approached_on:
        raise Invalid("read_back_too_early", "They were approached after this day.", "read_back_on")
    locked.read_back_on = read_back_on
    locked.agreed_on = read_back_on if agreed else None
    return _saved(access, "contributions.family_words_read_back", locked)


def _require_free(
    access: Access, contribution: FamilyContribution, day: date, goes_ahead: GoesAhead | None
) -> None:
    require_free_to_go_ahead(
        access=access,
        kind=HeldActivity.Kind.FAMILY,
        day=day,
        subject=contribution.pk,
        goes_ahead=goes_ahead,
    )


def _for_edit(
    access: Access, contribution: FamilyContribution, seen_version: int
) -> FamilyContribution:
    access.may_write(Kind.FAMILY).require()
    if contribution.case_id != access.case.pk:
        raise Hidden
    return locked_for_edit(contribution, seen_version)


def _saved(access: Access, name: str, contribution: FamilyContribution) -> FamilyContribution:
    contribution.save()
    _record(access, name, contribution)
    return contribution


def _record(access: Access, name: str, contribution: FamilyContribution) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(contribution.pk))


def _refuse_ahead(day: date, field: str) -> None:
    if day > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", field)
