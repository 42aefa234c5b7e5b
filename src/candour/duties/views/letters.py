"""Pages of the letters about a case."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.documents.services import receive
from candour.duties import letter_pages
from candour.duties.emails import email_in
from candour.duties.letter_forms import (
    FamilyLetterSentForm,
    FileLetterForm,
    LetterSentForm,
    WriteLetterForm,
)
from candour.duties.letters import file_letter, record_kind, record_letter_sent, write_letter
from candour.duties.models import Letter, LetterKind

_SENDS_NOTHING = "Candour sends no letter. Send it yourself, and record here that it went."


@require_safe
@case_page(Kind.DECISION)
def letters(request: HttpRequest, access: Access) -> HttpResponse:
    """Letters out and in, and which answers are owed."""
    may = bool(access.may_write(Kind.DECISION))
    found = letter_pages.letters_of(access)
    context = {
        "heading": "Letters",
        "caption": access.case.reference,
        "lead": _SENDS_NOTHING,
        "breadcrumbs": crumbs(access),
        "columns": ["Letter", "With", "Direction", "State", "Answer"],
        "rows": letter_pages.letter_rows(access, found),
        "may": may,
        "reference": access.case.reference,
        "empty": {"text": "No letter has been written or filed. Write one from a template first."},
    }
    return render(request, "duties/letters.html", context)


@require_safe
@case_page(Kind.DECISION)
def letter(request: HttpRequest, access: Access, letter_id: uuid.UUID) -> HttpResponse:
    """One letter, what it answers and what answered it."""
    found = letter_pages.letter_of(access, letter_id)
    may = letter_pages.may_write(access, found)
    draft = found.direction == Letter.Direction.OUT and found.sent_on is None
    context = {
        "heading": found.subject,
        "caption": access.case.reference,
        "reference": access.case.reference,
        "letter": found,
        "breadcrumbs": crumbs(access, ("Letters", _list(access))),
        "sections": [{"title": "The letter", "rows": letter_pages.letter_lines(found)}],
        "may_edit": may and draft,
        "may_answer": may and not draft,
        "came": found.direction == Letter.Direction.IN,
    }
    return render(request, "duties/letter.html", context)


@case_page(Kind.DECISION)
def edit(request: HttpRequest, access: Access, letter_id: uuid.UUID) -> HttpResponse:
    """Write in a draft."""
    found = letter_pages.letter_of(access, letter_id)
    access.may_write(record_kind(found.kind)).require()
    form = WriteLetterForm(request.POST or None, letter=found)

    def act() -> None:
        told = form.cleaned_data
        write_letter(
            access=access,
            letter=found,
            seen_version=told["version"],
            subject=told["subject"],
            body=told["body"],
        )

    return step_page(
        request,
        access,
        form,
        _step(access, found, "Write the letter", "Save the draft"),
        act,
        saved=lambda: letter_pages.letter_lines(letter_pages.letter_of(access, letter_id)),
    )


@case_page(Kind.DECISION)
def sent(request: HttpRequest, access: Access, letter_id: uuid.UUID) -> HttpResponse:
    """Record that somebody sent the letter."""
    found = letter_pages.letter_of(access, letter_id)
    access.may_write(record_kind(found.kind)).require()
    family = found.kind == LetterKind.FAMILY
    form = (FamilyLetterSentForm if family else LetterSentForm)(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        record_letter_sent(
            access=access,
            letter=found,
            sent_on=told["sent_on"],
            sent_how=told["sent_how"],
            reply_due_on=told["reply_due_on"],
            safe_to_write=bool(told.get("safe_to_write")),
        )

    step = _step(access, found, "Record that the letter was sent", "Record it", _SENDS_NOTHING)
    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def file(request: HttpRequest, access: Access) -> HttpResponse:
    """File a letter or an e-mail as it came, as the answer to one of ours if it is."""
    access.may_write(Kind.DECISION).require()
    waiting = list(letter_pages.waiting_for_answer(access))
    form = FileLetterForm(
        request.POST or None,
        request.FILES or None,
        letters=waiting,
        answering=request.GET.get("answers", ""),
    )
    step = Step(
        "File a letter that came",
        "File it",
        _list(access),
        way=(("Letters", _list(access)),),
        lead="It is kept as it came. An e-mail of a partner or of the panel can be filed as its "
        "answer.",
    )
    return step_page(request, access, form, step, lambda: _file(access, form, waiting))


def _file(access: Access, form: FileLetterForm, waiting: list[Letter]) -> None:
    told, upload = form.cleaned_data, form.cleaned_data["file"]
    kind = LetterKind(told["kind"])
    mail = email_in(upload)
    file_letter(
        access=access,
        kind=kind,
        correspondent=told["correspondent"] or mail.sender,
        received_on=told["received_on"],
        subject=told["subject"] or mail.subject,
        text=told["text"] or mail.text,
        answers=next((each for each in waiting if str(each.pk) == told["answers"]), None),
        document=receive(access=access, upload=upload, kind=record_kind(kind)) if upload else None,
        reference=told["reference"],
        reply_due_on=told["reply_due_on"],
    )


def _step(access: Access, found: Letter, heading: str, submit: str, warning: str = "") -> Step:
    back = letter_pages.address(access, found)
    way = (("Letters", _list(access)), (found.subject, back))
    return Step(heading, submit, back, way=way, warning=warning)


def _list(access: Access) -> str:
    return reverse("duties:letters", kwargs={"reference": access.case.reference})
