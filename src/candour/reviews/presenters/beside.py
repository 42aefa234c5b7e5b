"""Rows for the page of what runs beside a review."""

from collections.abc import Iterable

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.reviews.models import (
    HeldActivity,
    ParallelProceeding,
    ProgressCheck,
    ProsecutionAgreement,
)
from candour.reviews.presenters.commission import Cell, address, linked
from candour.ui.wording import day

PROCEEDINGS = ["Kind", "How it stands", "Who leads it", "Shared, so that all are asked once", "Do"]
HELD = ["Activity", "Waits for", "Agreed with", "Since", "Do"]
CHECKS = ["Day", "What", "In time", "Answer"]


def proceeding_rows(
    access: Access, proceedings: Iterable[ParallelProceeding], may_write: bool
) -> list[list[Cell]]:
    """One row a trial, inquest or other review."""
    return [_proceeding_row(access, each, may_write) for each in proceedings]


def _proceeding_row(access: Access, each: ParallelProceeding, may_write: bool) -> list[Cell]:
    kind = each.get_kind_display()
    ended = f" (ended on {day(each.ended_on)})" if each.ended_on else ""
    change = address(access, "proceeding", proceeding_id=each.pk)
    return [
        f"{kind}, {each.reference}" if each.reference else kind,
        each.stands + ended,
        each.lead_contact or "Not recorded",
        each.asked_once or "Nothing recorded",
        linked("Change or hold for", f"{kind} {each.reference}".strip(), change)
        if may_write
        else "",
    ]


def held_rows(access: Access, held: Iterable[HeldActivity], may_write: bool) -> list[list[Cell]]:
    """One row an activity that waits, or waited."""
    return [_held_row(access, each, may_write) for each in held]


def _held_row(access: Access, each: HeldActivity, may_write: bool) -> list[Cell]:
    lift: Cell = ""
    if each.lifted_on:
        lift = f"Went on from {day(each.lifted_on)}: {each.lifted_why}"
    elif may_write:
        lift = linked("Go on with", each.activity, address(access, "lift", held_id=each.pk))
    exceptions = [f"{e.get_basis_display()}: {e.words}" for e in each.exceptions.all()]
    gone_ahead = " Went ahead meanwhile: " + "; ".join(exceptions) if exceptions else ""
    return [
        f"{each.get_kind_display()}: {each.activity}.{gone_ahead}",
        f"{each.proceeding.get_kind_display()}. {each.reason}",
        each.agreed_with,
        day(each.held_on),
        lift,
    ]


def agreement_rows(agreement: ProsecutionAgreement) -> list[Row]:
    """One agreement with the police and the prosecutors."""
    rows: list[Row] = [
        {"key": "Agreed on", "value": day(agreement.agreed_on)},
        {"key": "With", "value": agreement.agreed_with},
        {"key": "Whom reviewers may speak to", "value": agreement.may_speak_to},
        {"key": "Whom not yet", "value": agreement.not_yet or "Nobody is named"},
        {"key": "What is kept", "value": agreement.what_is_kept},
    ]
    if agreement.look_again_on:
        rows.append({"key": "Looked at again on", "value": day(agreement.look_again_on)})
    return rows


def check_rows(access: Access, checks: Iterable[ProgressCheck], may: bool) -> list[list[Cell]]:
    """One row a check or written request."""
    return [_check_row(access, each, may) for each in checks]


def _check_row(access: Access, each: ProgressCheck, may: bool) -> list[Cell]:
    answer: Cell = "No answer yet"
    if each.answered_on:
        answer = f"{day(each.answered_on)}: {each.answer}"
    elif may:
        what = f"{each.get_kind_display().lower()} of {day(each.made_on)}"
        answer = linked("Answer to the", what, address(access, "answer_check", progress_id=each.pk))
    late = "Yes" if each.on_time else f"No. {each.delay_reasons}"
    return [day(each.made_on), f"{each.get_kind_display()}. {each.words}", late, answer]
