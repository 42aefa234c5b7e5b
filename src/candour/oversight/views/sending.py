"""Pages of a case: letters begun and taken away, packs sent to national bodies."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.selectors import agencies_of
from candour.cases.steps import Step, step_page
from candour.duties.letter_pages import letter_of
from candour.duties.letters import To, begin_letter
from candour.duties.models import Letter, LetterKind
from candour.identities.selectors import identities
from candour.kernel import clock
from candour.kernel.errors import WrongState
from candour.oversight import presenters, selectors
from candour.oversight.forms import BeginLetterForm, SendPackForm
from candour.oversight.letter_facts import facts_of, letter_file
from candour.oversight.models import PaperKind
from candour.oversight.pack_files import pack_file
from candour.oversight.papers import pack_of
from candour.oversight.services.sending import send_pack
from candour.oversight.views.files import attachment
from candour.ui.wording import day

_MERGED = (
    "The draft is written from the partnership's template. You read it, change it and send it; "
    "nothing goes by itself, least of all to a family."
)


@case_page(Kind.DECISION)
def letter_begin(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin a letter from a template."""
    access.may_write(Kind.DECISION).require()
    family = list(identities(access)) if access.may_write(Kind.FAMILY) else []
    agencies = agencies_of(access)
    form = BeginLetterForm(request.POST or None).offer(agencies, family)
    back = reverse("duties:letters", kwargs={"reference": access.case.reference})
    step = Step("Write a letter", "Begin the draft", back, way=(("Letters", back),), lead=_MERGED)
    answering = _answering(request, access)

    def act() -> None:
        told = form.cleaned_data
        to = To(
            LetterKind(told["kind"]),
            told["correspondent"],
            next((each for each in agencies if str(each.pk) == told["agency"]), None),
            next((each for each in family if str(each.pk) == told["identity"]), None),
        )
        begin_letter(
            access=access,
            to=to,
            facts=facts_of(access, to, day(told["reply_due_on"])),
            reply_due_on=told["reply_due_on"],
            answers=answering,
        )

    return step_page(request, access, form, step, act)


def _answering(request: HttpRequest, access: Access) -> Letter | None:
    try:
        return letter_of(access, uuid.UUID(request.GET.get("answers", "")))
    except ValueError:
        return None


@require_safe
@case_page(Kind.DECISION)
def letter_download(
    request: HttpRequest, access: Access, letter_id: uuid.UUID, file_format: str
) -> HttpResponse:
    """The letter as Word or PDF."""
    return attachment(letter_file(access, letter_of(access, letter_id), file_format))


@require_safe
@case_page(Kind.DECISION)
def packs(request: HttpRequest, access: Access) -> HttpResponse:
    """What was sent to national bodies about this case."""
    may = bool(access.may_write(Kind.DECISION))
    send = {"text": "Send papers", "href": _address(access, "send")}
    context = {
        "heading": "Sent to national bodies",
        "caption": access.case.reference,
        "lead": "A desk in Candour sees what stands here and nothing else of the case.",
        "breadcrumbs": crumbs(access),
        "columns": ["What", "To", "Sent", "How"],
        "rows": presenters.pack_rows(access, selectors.packs_of(access)),
        "empty": {
            "text": "Nothing has been sent. The notification is the first paper that goes.",
            **({"action": send["text"], "href": send["href"]} if may else {}),
        },
        "add": send if may else None,
    }
    return render(request, "pages/list.html", context)


@case_page(Kind.DECISION)
def send(request: HttpRequest, access: Access) -> HttpResponse:
    """Send papers to a national body, or record that they were sent."""
    access.may_write(Kind.DECISION).require()
    bodies = list(selectors.bodies_on(clock.today()))
    letters = selectors.desk_letters_waiting(access)
    begun = _reply_begun(access, letters, request.GET.get("answers", ""))
    form = SendPackForm(request.POST or None, bodies=bodies, letters=letters, initial=begun)
    back = _address(access, "packs")
    step = _sending(access, back, bool(bodies))

    def act() -> None:
        told = form.cleaned_data
        send_pack(
            access=access,
            body=next(each for each in bodies if str(each.pk) == told["body"]),
            kind=PaperKind(told["kind"]),
            words=told["words"],
            sent_on=told["sent_on"],
            sent_how=told["sent_how"],
            answers=next((each for each in letters if str(each.pk) == told["answers"]), None),
        )

    return step_page(request, access, form, step, act)


def _reply_begun(access: Access, letters: list[Letter], answers: str) -> dict[str, str]:
    """The form as begun from the page on which the reply to a desk's letter was recorded."""
    letter = next((each for each in letters if str(each.pk) == answers), None)
    if letter is None:
        return {}
    return {
        "kind": PaperKind.REPLY.value,
        "answers": answers,
        "words": selectors.reply_on_record(access, letter),
    }


def _sending(access: Access, back: str, bodies: bool) -> Step:
    return Step(
        "Send papers to a national body",
        "Send, or record as sent",
        back,
        way=(("Sent to national bodies", back),),
        missing=() if bodies else (("No national body is entered: ask an administrator.", ""),),
        rows=[{"key": label, "value": _ready(access, kind)} for kind, label in _CHOICES],
    )


_CHOICES = [(kind, kind.label) for kind in PaperKind]


def _ready(access: Access, kind: PaperKind) -> str:
    try:
        found = pack_of(access, kind)
    except WrongState as missing:
        return missing.reason
    titles = [str(section["title"]) for section in found.sections]
    return f"Would carry: {', '.join(titles)}" if titles else "Would carry your words"


@require_safe
@case_page(Kind.DECISION)
def pack(request: HttpRequest, access: Access, pack_id: uuid.UUID) -> HttpResponse:
    """One pack as it went."""
    found = selectors.pack_sent(access, pack_id)
    context = {
        "heading": found.get_kind_display(),
        "caption": access.case.reference,
        "breadcrumbs": crumbs(access, ("Sent to national bodies", _address(access, "packs"))),
        "sections": [
            {"title": "Sent", "rows": presenters.pack_lines(found)},
            *presenters.sections_of(found),
        ],
        "actions": [
            {
                "text": f"Take it away as {text}",
                "href": reverse(
                    "oversight:pack_download", args=[access.case.reference, found.pk, ending]
                ),
                "secondary": True,
            }
            for ending, text in (("pdf", "PDF"), ("docx", "Word"))
        ],
    }
    return render(request, "pages/summary.html", context)


@require_safe
@case_page(Kind.DECISION)
def pack_download(
    request: HttpRequest, access: Access, pack_id: uuid.UUID, file_format: str
) -> HttpResponse:
    """One pack as a file."""
    return attachment(pack_file(access, selectors.pack_sent(access, pack_id), file_format))


def _address(access: Access, page: str) -> str:
    return reverse(f"oversight:{page}", kwargs={"reference": access.case.reference})
