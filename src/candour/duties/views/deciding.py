"""Pages of what happens in a meeting: register, decisions, actions."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.cases.selectors import members_of as members_of_case
from candour.cases.steps import Step, step_page
from candour.duties import body_pages, deciding, selectors
from candour.duties.body_forms import (
    ActionDoneForm,
    MeetingActionForm,
    MeetingDecisionForm,
    RegisterForm,
)
from candour.duties.models import Meeting
from candour.ui.wording import day


@case_page(Kind.DECISION)
def register(request: HttpRequest, access: Access, meeting_id: uuid.UUID) -> HttpResponse:
    """Take the attendance."""
    access.may_write(Kind.DECISION).require()
    found = selectors.meeting_of(access, meeting_id)
    members = deciding.members_of(found)
    taken = {line.member_id: line for line in body_pages.register_of(found)}
    form = RegisterForm(request.POST or None, members=members, taken=taken)
    step = _step(access, found, "Who came", "Keep the register")
    if not members:
        missing = (
            ("This meeting is of no standing body with members. Set one up first.",
             reverse("duties:standing_bodies")),
        )  # fmt: skip
        step = Step(step.heading, step.submit, step.back, way=step.way, missing=missing)

    def act() -> None:
        deciding.take_attendance(access=access, meeting=found, came=form.came())

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def decide(request: HttpRequest, access: Access, meeting_id: uuid.UUID) -> HttpResponse:
    """Record one decision with its dissent."""
    access.may_write(Kind.DECISION).require()
    found = selectors.meeting_of(access, meeting_id)
    form = MeetingDecisionForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        deciding.record_meeting_decision(
            access=access, meeting=found, text=told["text"], dissent=told["dissent"]
        )

    step = _step(access, found, "Record a decision", "Record it", body_pages.quorum_words(found))
    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def set_action(request: HttpRequest, access: Access, meeting_id: uuid.UUID) -> HttpResponse:
    """Say what somebody is to do."""
    access.may_write(Kind.DECISION).require()
    found = selectors.meeting_of(access, meeting_id)
    people = {str(each.user_id): each.user for each in members_of_case(access)}
    form = MeetingActionForm(request.POST or None).offer(people.values())

    def act() -> None:
        told = form.cleaned_data
        deciding.set_meeting_action(
            access=access,
            meeting=found,
            text=told["text"],
            owner=people[told["owner"]],
            due_on=told["due_on"],
        )

    return step_page(request, access, form, _step(access, found, "Set an action", "Set it"), act)


@case_page(Kind.DECISION)
def action_done(
    request: HttpRequest, access: Access, meeting_id: uuid.UUID, action_id: uuid.UUID
) -> HttpResponse:
    """Say that an action is done."""
    found = selectors.meeting_of(access, meeting_id)
    action = body_pages.meeting_action_of(access, meeting_id, action_id)
    form = ActionDoneForm(request.POST or None)
    back = reverse("duties:meeting", args=[access.case.reference, found.pk])
    step = Step(
        "This action is done",
        "Record it",
        back,
        way=((found.title, back),),
        rows=[
            {"key": "What", "value": action.text},
            {"key": "By whom", "value": action.owner.name},
            {"key": "By when", "value": day(action.due_on)},
        ],
    )

    def act() -> None:
        note = form.cleaned_data["note"]
        deciding.finish_meeting_action(access=access, action=action, note=note)

    return step_page(request, access, form, step, act)


def _step(access: Access, found: Meeting, what: str, submit: str, lead: str = "") -> Step:
    back = reverse("duties:meeting", args=[access.case.reference, found.pk])
    meetings = reverse("duties:meetings", args=[access.case.reference])
    way = (("Meetings", meetings), (found.title, back))
    return Step(f"{what}: {found.title}", submit, back, way=way, lead=lead)
