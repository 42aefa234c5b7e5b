"""What a letter's merge fields are filled with, and the letter as a file to take away."""

from candour.audit.services import record
from candour.cases.access import Access
from candour.duties.letter_pages import whom
from candour.duties.letters import To
from candour.duties.models import Letter, LetterKind
from candour.identities.selectors import children_named, opened_line
from candour.incidents.models import Notification
from candour.incidents.services.decision import standing_decision
from candour.kernel import clock
from candour.kernel.errors import Hidden
from candour.people.models import User
from candour.reports.composition.written import written
from candour.reports.downloads import FORMATS, WorkingCopy
from candour.reports.tree import Fact
from candour.reports.tree import Report as Tree
from candour.reviews.selectors import review_or_none
from candour.ui.wording import day

LETTER_FORMATS = ("docx", "pdf")


def facts_of(access: Access, to: To, reply_by: str = "") -> dict[str, str]:
    """Every fact a template may name; what is not known is left out and marked in the draft."""
    case = access.case
    decision = standing_decision(case)
    notification = Notification.objects.filter(case=case).first()
    review = review_or_none(case)
    sender = User.objects.get(pk=access.actor.id)
    return {
        "addressee": to.correspondent or (to.identity.pseudonym if to.identity else ""),
        "agency": to.agency.name if to.agency else "",
        "case_reference": case.reference,
        "child": children_named([case]).get(case.pk, ""),
        "decision": decision.get_outcome_display() if decision else "",
        "decision_day": day(decision.decided_on) if decision else "",
        "notification_day": day(notification.sent_at) if notification else "",
        "partnership": case.lead_partnership.name,
        "reply_by": reply_by,
        "review": review.label if review else "",
        "sender": sender.name,
        "sender_title": sender.job_title or " ",
        "today": day(clock.today()),
    }


def letter_file(access: Access, letter: Letter, file_format: str) -> WorkingCopy:
    """The letter as Word or PDF, under a neutral name; taking it away is an event.

    A letter to the family has the family member's own name in it, out of the sealed register:
    opening that is an event too.
    """
    if file_format not in LETTER_FORMATS or letter.direction != Letter.Direction.OUT:
        raise Hidden
    media_type, render = FORMATS[file_format]
    content = render(_tree(access, letter))
    record(
        "oversight.letter_taken",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(letter.pk),
        format=file_format,
    )
    name = f"{access.case.reference}-letter-{str(letter.pk)[:8]}.{file_format}"
    return WorkingCopy(name, media_type, content)


def _tree(access: Access, letter: Letter) -> Tree:
    addressee, body = whom(letter), letter.body
    if letter.identity:
        named = opened_line(access, letter.identity.pk).real.forms[0]
        body, addressee = body.replace(addressee, named), named
    draft = "" if letter.sent_on else "DRAFT. "
    family = letter.kind == LetterKind.FAMILY
    return Tree(
        title=letter.subject,
        subtitle=access.case.lead_partnership.name,
        language="en-GB",
        # A family is not sent a government marking on a letter of condolence.
        marking=draft.strip() if family else f"{draft}OFFICIAL-SENSITIVE",
        metadata=(
            Fact("To", addressee),
            Fact("Date", day(letter.sent_on or clock.today())),
            *(() if family else (Fact("Our reference", access.case.reference),)),
        ),
        blocks=written(body, "letter", 0),
    )
