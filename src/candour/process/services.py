"""Saying what only a person can say, and taking a step of the process."""

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.duties.models import Status
from candour.duties.services import fulfil, start_duty
from candour.duties.states import move
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.decision import Denied
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.process.models import Statement
from candour.process.questions import QUESTIONS
from candour.process.steps import TYPED, may_follow_the_archive, next_step, on_behalf_of
from candour.reports.models import Report
from candour.reports.services import accept_report

_ACCEPTED = ("BOARD_ACCEPTED", "ACCEPTED")


@transaction.atomic
def say(*, access: Access, fact: str, answer: bool, note: str) -> Statement:
    """Answer one question of the process under one's own name, with how one knows.

    NotPermitted unless the question is for this person's role; Hidden where there is no such
    question.
    """
    asked = QUESTIONS.get(fact)
    if asked is None:
        raise Hidden
    if not asked.by & access.roles:
        named = ", ".join(sorted(role.label for role in asked.by))
        Denied("actor_not_permitted", f"{asked.question} This is for {named}.").require()
    if not note.strip():
        raise Invalid("reasons_missing", asked.ask, "note")
    said = Statement.objects.create(
        case=access.case, fact=fact, answer=answer, note=note.strip(), by_id=access.actor.id
    )
    record(
        "process.said",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(said.pk),
        fact=fact,
        answer=answer,
    )
    return said


@transaction.atomic
def take_step(*, access: Access, target: str, reasons: str) -> Status:
    """Take the case to `target` on what is on record, with the reasons of whoever takes it.

    A step of the national panel is put on record by whoever keeps the decision record, in the
    words of its letter. WrongState with what is missing; Hidden where no such step can follow or
    it is taken on a page of its own.
    """
    access.may_read(Kind.DECISION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    found = next_step(access, target)
    if found.own_page:
        raise Hidden
    may_follow_the_archive(access.case, target).require(WrongState)
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give the reasons for this step.", "reasons")
    typed = dict.fromkeys(TYPED, "yes")
    facts = {**found.facts, **typed}
    on_behalf = on_behalf_of(access, found.step)
    _do_what_it_means(access, target)
    status = move(
        access=access, target=target, facts=facts, reasons=reasons.strip(), on_behalf_of=on_behalf
    )
    _keep_the_clocks(access, target)
    return status


def _do_what_it_means(access: Access, target: str) -> None:
    report = Report.objects.filter(case=access.case, state=Report.State.DRAFTING).first()
    if target in _ACCEPTED and report:
        accept_report(access=access, report=report, seen_version=report.version)


def _keep_the_clocks(access: Access, target: str) -> None:
    if target == "IMPROVEMENTS_PUBLISHED":
        fulfil(access=access, code="C6", note="Information on improvements published")
        _start_keeping(access, "C8", access.case.lead_partnership.name)
    elif target == "NATIONAL_PUBLISHED":
        _start_keeping(access, "C9", "The national panel")


def _start_keeping(access: Access, code: str, owed_by: str) -> None:
    """From publication on a text stays where the public finds it, under the rules that say so."""
    if any(each.code == code for each in rule_set(access.case.rule_set).clocks):
        start_duty(
            access=access,
            code=code,
            starts=clock.today(),
            owed_by=owed_by,
            owed_to="The public",
        )
