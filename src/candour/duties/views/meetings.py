"""Pages of the meetings about a case."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.duties import body_pages, presenters, selectors
from candour.duties.bodies import bodies_of
from candour.duties.forms import ConveneForm, MinuteForm
from candour.duties.meetings import convene, minute
from candour.duties.models import Meeting


@require_safe
@case_page(Kind.DECISION)
def meetings(request: HttpRequest, access: Access) -> HttpResponse:
    """The meetings about this case."""
    may = bool(access.may_write(Kind.DECISION))
    add = {"text": "Convene a meeting", "href": _address(access, "convene")}
    context = {
        "heading": "Meetings",
        "caption": access.case.reference,
        "breadcrumbs": crumbs(access),
        "columns": ["Meeting", "Body", "Day", "State"],
        "rows": presenters.meeting_rows(access, selectors.meetings_of(access)),
        "empty": {
            "text": "No meeting has been convened.",
            **({"action": add["text"], "href": add["href"]} if may else {}),
        },
        "add": add if may else None,
    }
    return render(request, "pages/list.html", context)


@case_page(Kind.DECISION)
def convene_meeting(request: HttpRequest, access: Access) -> HttpResponse:
    """Call a meeting."""
    access.may_write(Kind.DECISION).require()
    bodies = {str(each.pk): each for each in bodies_of(access.case.lead_partnership)}
    form = ConveneForm(request.POST or None).offer(bodies.values())
    back = _address(access, "meetings")
    step = Step("Convene a meeting", "Convene", back, way=(("Meetings", back),))

    def act() -> None:
        told = form.cleaned_data
        convene(
            access=access,
            body=Meeting.Body(told["body"]),
            title=told["title"],
            held_on=told["held_on"],
            agenda=told["agenda"],
            place=told["place"],
            standing_body=bodies.get(told["standing_body"]),
        )

    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.DECISION)
def meeting(request: HttpRequest, access: Access, meeting_id: uuid.UUID) -> HttpResponse:
    """One meeting: agenda, who came, what was decided, who dissented."""
    found = selectors.meeting_of(access, meeting_id)
    kwargs: dict[str, object] = {"reference": access.case.reference, "meeting_id": found.pk}
    write = {"text": "Write the minutes", "href": reverse("duties:minute", kwargs=kwargs)}
    context = {
        "heading": found.title,
        "caption": access.case.reference,
        "breadcrumbs": crumbs(access, ("Meetings", _address(access, "meetings"))),
        "sections": [{"title": "The meeting", "rows": presenters.meeting_lines(found)}],
        "register": body_pages.register_rows(found),
        "quorum": body_pages.quorum_words(found),
        "decided": body_pages.decision_lines(found),
        "to_do": body_pages.meeting_action_rows(access, found),
        "actions": [write, *_more(kwargs), _pack(kwargs)]
        if access.may_write(Kind.DECISION)
        else [],
    }
    return render(request, "duties/meeting.html", context)


def _more(kwargs: dict[str, object]) -> list[dict[str, object]]:
    acts = (("register", "Take the attendance"), ("decide", "Record a decision"))
    return [
        {"text": text, "href": reverse(f"duties:{page}", kwargs=kwargs), "secondary": True}
        for page, text in (*acts, ("set_action", "Set an action"))
    ]


def _pack(kwargs: dict[str, object]) -> dict[str, object]:
    address = reverse("reports:recipients", kwargs=kwargs)
    return {"text": "Make the meeting pack", "href": address, "secondary": True}


@case_page(Kind.DECISION)
def minute_meeting(request: HttpRequest, access: Access, meeting_id: uuid.UUID) -> HttpResponse:
    """Write what happened."""
    access.may_write(Kind.DECISION).require()
    found = selectors.meeting_of(access, meeting_id)
    form = MinuteForm(request.POST or None, meeting=found)
    kwargs = {"reference": access.case.reference, "meeting_id": found.pk}
    back = reverse("duties:meeting", kwargs=kwargs)
    way = (("Meetings", _address(access, "meetings")), (found.title, back))
    step = Step(f"Minutes: {found.title}", "Save the minutes", back, way=way)

    def act() -> None:
        seen = form.cleaned_data["version"]
        minute(access=access, meeting=found, seen_version=seen, minutes=form.written())

    return step_page(
        request, access, form, step, act, saved=lambda: presenters.minuted_lines(found)
    )


def _address(access: Access, page: str) -> str:
    return reverse(f"duties:{page}", kwargs={"reference": access.case.reference})
