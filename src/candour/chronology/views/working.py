"""Working on the entries: tags in bulk, undoing, comments, saved filters."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.forms.working import CommentForm, SaveFilterForm, TagForm
from candour.chronology.models import EntryComment
from candour.chronology.naming import Showing
from candour.chronology.presenters import shown_lines
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.selectors import Line
from candour.chronology.selectors import working as found
from candour.chronology.services import working as services
from candour.engines.contacts import Step
from candour.kernel.errors import EditedElsewhere, Hidden, RuleBroken


@require_POST
@case_page(Kind.CHRONOLOGY)
def tag(request: HttpRequest, access: Access) -> HttpResponse:
    """Give the entries chosen on the list a tag."""
    access.may_write(Kind.CHRONOLOGY).require()
    whole, chosen = selectors.chronology(access), request.POST.getlist("entry")
    lines = selectors.lines_among(access, whole, chosen)
    # The list sends its choice alone; the form that follows sends the tag too.
    sent = request.POST if "which" in request.POST else None
    form = TagForm(sent, initial={"entry": chosen}).offer(found.tags_of(access))
    if sent is not None and form.is_valid():
        try:
            return once(request, lambda: _tag(access, form, lines))
        except RuleBroken as refusal:
            form.refuse(refusal)
    context = {
        "heading": "Tag entries",
        "caption": access.case.reference,
        "form": form,
        "submit": "Tag these entries",
        "cancel": room_address("integrated", access),
        "breadcrumbs": room_crumbs(access),
        "lines": shown_lines(access, lines, selectors.colours(access), Showing(access)),
    }
    return render(request, "chronology/group.html", context)


def _tag(access: Access, form: TagForm, lines: list[Line]) -> str:
    told, name = form.cleaned_data, form.cleaned_data["name"] or ""
    step = Step(told["step"]) if told["step"] else None
    if told["tag"]:
        standing = found.tag_of(access, UUID(told["tag"]))
        name, step = standing.name, Step(standing.step) if standing.step else None
    entries = [line.entry for line in lines]
    act = services.tag(access=access, entries=entries, name=name, step=step)
    return _done(access, act, len(entries))


def _done(access: Access, act: UUID, count: int) -> str:
    done = found.one_tagging_of(access, act)
    told = f"?done={done}&count={count}" if done else ""
    return room_address("integrated", access) + told


@require_POST
@case_page(Kind.CHRONOLOGY)
def undo(request: HttpRequest, access: Access, tagging_id: UUID) -> HttpResponse:
    """Take back what one press of a button did, named by any entry that it tagged or untagged."""
    act = found.act_of(access, tagging_id)
    access.may_write(Kind.CHRONOLOGY).require()

    def take_back() -> str:
        services.undo(access=access, act=act)
        return room_address("integrated", access)

    return once(request, take_back)


@require_POST
@case_page(Kind.CHRONOLOGY)
def untag(request: HttpRequest, access: Access, entry_id: UUID, tag_id: UUID) -> HttpResponse:
    """Take a tag off one entry."""
    access.may_write(Kind.CHRONOLOGY).require()
    line, chosen = _line(access, entry_id), found.tag_of(access, tag_id)

    def take_off() -> str:
        act = services.untag(access=access, entries=[line.entry], tag=chosen)
        return _done(access, act, 1)

    return once(request, take_off)


def _line(access: Access, entry_id: UUID) -> Line:
    lines = selectors.lines_among(access, selectors.chronology(access), [str(entry_id)])
    if not lines:
        raise Hidden
    return lines[0]


@case_page(Kind.CHRONOLOGY)
def comment(request: HttpRequest, access: Access, entry_id: UUID) -> HttpResponse:
    """Remark on an entry."""
    access.may_write(Kind.CHRONOLOGY).require()
    line, form = _line(access, entry_id), CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _comment(access, line, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
    return _comment_page(request, access, entry_id, form)


def _comment(access: Access, line: Line, form: CommentForm) -> str:
    services.comment(access=access, entry=line.entry, words=form.cleaned_data["words"])
    return room_address("entry", access, entry_id=line.entry.pk)


@case_page(Kind.CHRONOLOGY)
def change_comment(request: HttpRequest, access: Access, comment_id: UUID) -> HttpResponse:
    """Reword or withdraw one's own comment; what was saved meanwhile is shown beside it."""
    access.may_write(Kind.CHRONOLOGY).require()
    held, status = found.comment_of(access, comment_id), 200
    services.own_comment(access, held)
    initial = {"words": held.words}
    form = CommentForm(request.POST or None, version=held.version, initial=initial)
    if request.method == "POST" and (form.is_valid() or "withdraw" in request.POST):
        try:
            return once(request, lambda: _change(request, access, held, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
    return _comment_page(request, access, held.entry_id, form, held, status)


def _change(request: HttpRequest, access: Access, held: EntryComment, form: CommentForm) -> str:
    version = form.cleaned_data.get("version") or 0
    if "withdraw" in request.POST:
        services.withdraw_comment(access=access, comment=held, seen_version=version)
    else:
        words = form.cleaned_data["words"]
        services.change_comment(access=access, comment=held, seen_version=version, words=words)
    return room_address("entry", access, entry_id=held.entry_id)


def _comment_page(
    request: HttpRequest,
    access: Access,
    entry_id: UUID,
    form: CommentForm,
    held: EntryComment | None = None,
    status: int = 200,
) -> HttpResponse:
    entry = room_address("entry", access, entry_id=entry_id)
    context = {
        "heading": "Change a comment" if held else "Comment on an entry",
        "caption": access.case.reference,
        "form": form,
        "held": held,
        "conflict": status == 409,
        "cancel": entry,
        "breadcrumbs": room_crumbs(access, ("Entry", entry)),
    }
    return render(request, "chronology/comment.html", context, status=status)


@case_page(Kind.CHRONOLOGY)
def save_filter(request: HttpRequest, access: Access) -> HttpResponse:
    """Keep the filter that the list shows, under a name."""
    form = SaveFilterForm(request.POST or None)

    def save() -> str:
        name, query = form.cleaned_data["name"], form.cleaned_data["query"]
        services.save_filter(access=access, name=name, query=query)
        return f"{room_address('integrated', access)}?{query}"

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, save)
        except RuleBroken as refusal:
            form.refuse(refusal)
    context = {
        "heading": "Save a filter",
        "caption": access.case.reference,
        "form": form,
        "cancel": room_address("integrated", access),
        "breadcrumbs": room_crumbs(access),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/form.html", context, status=status)


@require_POST
@case_page(Kind.CHRONOLOGY)
def forget_filter(request: HttpRequest, access: Access, filter_id: UUID) -> HttpResponse:
    """Remove one of one's own saved filters."""

    def forget() -> str:
        services.forget_filter(access=access, saved=found.filter_of(access, filter_id))
        return room_address("integrated", access)

    return once(request, forget)
