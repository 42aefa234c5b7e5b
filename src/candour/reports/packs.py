"""The pack of a meeting for one person: one PDF with bookmarks, marked with who has it.

It holds only what that person may read on the case.
"""

import hashlib
from collections.abc import Iterator

from candour.audit.services import record
from candour.cases.access import Access, access_by_id
from candour.cases.models import Membership
from candour.cases.permissions import Kind
from candour.duties.models import Meeting
from candour.duties.selectors import duties_of
from candour.incidents.models import RapidReview, ScopingForm
from candour.incidents.services.rapid_review import SECTIONS
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.reports.composition import compose
from candour.reports.composition.written import said, short, under, written
from candour.reports.pack_meetings import about_meetings
from candour.reports.real_names import pseudonymiser
from candour.reports.rendering.pdf import to_pdf
from candour.reports.rewriting import rewritten
from candour.reports.tree import Block, Fact, Heading, Table, plain
from candour.reports.tree import Report as Tree
from candour.ui.wording import day, instant


def meeting_pack(*, access: Access, meeting: Meeting, recipient: Membership) -> bytes:
    """The pack of this meeting for one member of the case; making it is an event.

    Hidden when meeting or member belongs to another case, or the membership has ended.
    """
    access.may_write(Kind.DECISION).require()
    if meeting.case_id != access.case.pk or recipient.case_id != access.case.pk:
        raise Hidden
    theirs = access_by_id(Actor(id=str(recipient.user_id)), access.case.pk)
    pack = to_pdf(rewritten(_tree(theirs, meeting, recipient), pseudonymiser(access.case)))
    record(
        "reports.pack_made",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(meeting.pk),
        recipient=str(recipient.user_id),
        sha256=hashlib.sha256(pack).hexdigest(),
    )
    return pack


def _tree(theirs: Access, meeting: Meeting, recipient: Membership) -> Tree:
    return Tree(
        title=meeting.title,
        subtitle=Meeting.Body(meeting.body).label,
        language="en-GB",
        marking=f"OFFICIAL-SENSITIVE: for {recipient.user.name}, {instant(clock.now())}",
        metadata=(
            Fact("Case", theirs.case.reference),
            Fact("Day", day(meeting.held_on)),
            *((Fact("Place", meeting.place),) if meeting.place else ()),
        ),
        blocks=tuple(_blocks(theirs, meeting)),
    )


def _blocks(theirs: Access, meeting: Meeting) -> Iterator[Block]:
    yield Heading(1, "Agenda", "pack-agenda")
    agenda = written(meeting.agenda, "pack-agenda", 1)
    yield from agenda or (said("No agenda has been written.", "pack-agenda-none"),)
    yield from about_meetings(theirs, meeting)
    yield from _owed(theirs)
    if theirs.may_read(Kind.REFERRAL):
        yield from _rapid_review(theirs)
        yield from _scoping(theirs)
    if theirs.may_read(Kind.DRAFT) and meeting.body != Meeting.Body.RAPID_REVIEW:
        yield from _draft(theirs)


def _owed(theirs: Access) -> Iterator[Block]:
    standings = duties_of(theirs) if theirs.may_read(Kind.CASE) else []
    if not standings:
        return
    yield Heading(1, "What is owed, and by when", "pack-owed")
    header = (plain("What"), plain("By whom"), plain("Due"), plain("How it stands"))
    yield Table(
        "Clocks of this case",
        header,
        tuple(
            (
                plain(each.duty.name),
                plain(each.duty.owed_by),
                plain(day(each.duty.due_on) or "no day counted"),
                plain(each.word),
            )
            for each in standings
        ),
        "pack-owed-table",
        row_headers=True,
    )


def _rapid_review(theirs: Access) -> Iterator[Block]:
    review = RapidReview.objects.filter(case=theirs.case).first()
    if review is None:
        return
    yield Heading(1, f"The rapid review, version {review.version}", "pack-review")
    for key, title, _ in SECTIONS:
        text = str(review.sections.get(key, ""))
        yield from under(title, text, f"pack-review-{key.replace('_', '-')[:18]}", level=2)


def _scoping(theirs: Access) -> Iterator[Block]:
    forms = ScopingForm.objects.filter(case=theirs.case).select_related("agency")
    if not forms:
        return
    yield Heading(1, "What agencies returned", "pack-scoping")
    for form in forms:
        mark = f"pack-{short(form.pk)}"
        yield Heading(2, form.agency.name, mark)
        if form.returned_at is None:
            yield said(f"Not returned; asked for by {day(form.due_on)}.", f"{mark}-none")
        for number, text in enumerate(form.answers.values(), start=1):
            yield from written(str(text), f"{mark}-{number}", 2)


def _draft(theirs: Access) -> Iterator[Block]:
    try:
        draft = compose(theirs)
    except Hidden:
        return
    yield Heading(1, "The draft report", "pack-draft")
    yield said(draft.title, "pack-draft-name")
    yield from draft.blocks
