"""Reading the flat records that the command line takes into facts and declarations, refusing what
is not understood.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from candour.engines.statute import facts as case
from candour.engines.statute import independence
from candour.engines.statute.rulebook import RuleBook
from candour.kernel.errors import Invalid

Record = Mapping[str, object]
Choice = TypeVar("Choice", bound=StrEnum)


def text(record: Record, field: str) -> str:
    """The field as text, without spaces round it; blank where it is absent."""
    value = record.get(field)
    return "" if value is None else str(value).strip()


def choice(record: Record, field: str, kind: type[Choice], absent: Choice | None = None) -> Choice:
    """One of a closed set; `absent` where the field is blank.

    Raises Invalid (value_not_in_list).
    """
    value = text(record, field)
    if not value and absent is not None:
        return absent
    try:
        return kind(value)
    except ValueError as fault:
        reason = f"{field} is {value!r}. It must be one of: {', '.join(kind)}."
        raise Invalid("value_not_in_list", reason, field) from fault


def day(record: Record, field: str) -> date | None:
    """A date written year-month-day, or None where blank. Raises Invalid (date_unreadable)."""
    value = text(record, field)
    return _day(field, value) if value else None


def required_day(record: Record, field: str) -> date:
    """A date that must be there. Raises Invalid (date_missing, date_unreadable)."""
    found = day(record, field)
    if found is None:
        raise Invalid("date_missing", f"{field} is blank. Give it as year-month-day.", field)
    return found


def moment(record: Record, field: str) -> date | datetime:
    """A date, or a time with its offset. Raises Invalid (date_missing, date_unreadable)."""
    value = text(record, field)
    if "T" not in value:
        return required_day(record, field)
    try:
        return datetime.fromisoformat(value)
    except ValueError as fault:
        raise Invalid(
            "date_unreadable", f"{field} is {value!r}, which is not a time.", field
        ) from fault


def whole_number(record: Record, field: str) -> int | None:
    """A whole number, or None where blank. Raises Invalid (number_unreadable)."""
    value = text(record, field)
    if not value:
        return None
    if not value.isdecimal():
        raise Invalid(
            "number_unreadable", f"{field} is {value!r}, which is not a whole number.", field
        )
    return int(value)


def _day(field: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        reason = f"{field} is {value!r}, which is not a date. Write it as year-month-day."
        raise Invalid("date_unreadable", reason, field) from fault


def case_facts(record: Record, book: RuleBook) -> case.CaseFacts:
    """The facts of one case. Blank rule sets follow from the dates.

    Raises Invalid, naming the field.
    """
    known_on = day(record, "known_date")
    partners_since = day(record, "sp_arrangements_start")
    decided_on = day(record, "decision_date") or known_on
    rules = text(record, "rule_set") or _review_rules(book, decided_on, partners_since)
    governed = case.CaseFacts(
        rule_set=rules,
        notify_rule_set=text(record, "notify_rule_set") or _notify_rules(book, known_on) or rules,
        known_on=known_on,
        partners_since=partners_since,
    )
    return _with_place(_with_circumstances(_with_harm(governed, record), record), record)


def _with_harm(facts: case.CaseFacts, record: Record) -> case.CaseFacts:
    return replace(
        facts,
        abuse_neglect=choice(record, "abuse_neglect", case.AbuseNeglect, facts.abuse_neglect),
        outcome=choice(record, "outcome", case.ChildOutcome, facts.outcome),
        harm_basis=choice(record, "harm_basis", case.HarmBasis, facts.harm_basis),
        interagency_concern=choice(
            record, "interagency_concern", case.Concern, facts.interagency_concern
        ),
        suspected_suicide=_answer(record, "suspected_suicide"),
        child_role=choice(record, "child_role", case.ChildRole, facts.child_role),
        special_trigger=choice(
            record, "special_trigger", case.SpecialTrigger, facts.special_trigger
        ),
    )


def _with_circumstances(facts: case.CaseFacts, record: Record) -> case.CaseFacts:
    return replace(
        facts,
        detention_setting=choice(
            record, "detention_setting", case.DetentionSetting, facts.detention_setting
        ),
        mha_detained=_answer(record, "mha_detained"),
        dol_order=_answer(record, "dol_order"),
        looked_after=_answer(record, "looked_after"),
        regulated_setting=_answer(record, "regulated_setting"),
        care_leaver=_answer(record, "care_leaver"),
        care_leaver_age=whole_number(record, "care_leaver_age"),
        age_years=_age(record),
    )


def _with_place(facts: case.CaseFacts, record: Record) -> case.CaseFacts:
    return replace(
        facts,
        responsible_authority=choice(
            record, "responsible_authority", case.Responsible, facts.responsible_authority
        ),
        in_area=_answer(record, "in_area"),
        normally_resident=_answer(record, "normally_resident"),
        outside_england=_answer(record, "outside_england"),
    )


def _answer(record: Record, field: str) -> case.Answer:
    return choice(record, field, case.Answer, case.Answer.UNKNOWN)


def _age(record: Record) -> case.Age:
    value = text(record, "age_years")
    if value == case.UNBORN:
        return case.UNBORN
    return None if value == "unknown" else whole_number(record, "age_years")


def _review_rules(book: RuleBook, on: date | None, since: date | None) -> str:
    if on is None:
        reason = "Give rule_set, or the decision_date or known_date from which it follows."
        raise Invalid("rule_set_missing", reason, "rule_set")
    return book.in_force(on, duty="review", partners_since=since).code


def _notify_rules(book: RuleBook, known_on: date | None) -> str:
    return book.in_force(known_on, duty="notification").code if known_on else ""


def declaration(record: Record) -> independence.Declaration:
    """A reviewer's declaration.

    Every question must be answered. Raises Invalid, naming the field.
    """
    role, until = _commissioner(text(record, "commissioner_role"))
    return independence.Declaration(
        commissioned_on=required_day(record, "commissioned_on"),
        period_start=required_day(record, "review_period_start"),
        period_end=required_day(record, "review_period_end"),
        agencies_in_scope=tuple(_parts(record, "agencies_in_scope")),
        body_history=tuple(_succession(each) for each in _parts(record, "body_history")),
        engagements=tuple(_engagement(each) for each in _parts(record, "engagements")),
        case_involvement=choice(record, "case_involvement", independence.CaseInvolvement),
        relation=choice(record, "relation", independence.Relation),
        commissioner_role=role,
        commissioner_until=until,
        same_board_reviews=_counted(record, "same_board_reviews"),
        published_view=choice(record, "published_view", independence.PublishedView),
    )


def _counted(record: Record, field: str) -> int:
    number = whole_number(record, field)
    if number is None:
        raise Invalid(
            "number_missing", f"{field} is blank. Give a number; 0 if there were none.", field
        )
    return number


def _parts(record: Record, field: str) -> list[str]:
    return [part.strip() for part in text(record, field).split(";") if part.strip()]


def _succession(part: str) -> independence.Succession:
    bodies, at, on = part.rpartition("@")
    old, arrow, new = bodies.partition(">")
    if not (at and arrow and old.strip() and new.strip()):
        reason = f"body_history has {part!r}. Write each as Old body>New body@year-month-day."
        raise Invalid("body_history_unreadable", reason, "body_history")
    return independence.Succession(old.strip(), new.strip(), _day("body_history", on.strip()))


def _engagement(part: str) -> independence.Engagement:
    pieces = [piece.strip() for piece in part.rsplit(",", 3)]
    if len(pieces) != 4:
        reason = (
            f"engagements has {part!r}. Write each as body,kind,from,to; leave the end "
            f"blank while it runs."
        )
        raise Invalid("engagement_unreadable", reason, "engagements")
    body, kind, since, until = pieces
    return independence.Engagement(
        body,
        kind,
        _day("engagements", since) if since else None,
        _day("engagements", until) if until else None,
    )


def _commissioner(value: str) -> tuple[independence.CommissionerRole, date | None]:
    role, colon, until = value.partition(":")
    known = choice({"commissioner_role": role}, "commissioner_role", independence.CommissionerRole)
    return known, _day("commissioner_role", until) if colon else None
