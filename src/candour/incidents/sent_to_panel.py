"""What the national panel was sent, as it was sent: for its advisers and for the partnership."""

from dataclasses import dataclass

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.incidents.facts import children_of
from candour.incidents.models import (
    Incident,
    IncidentChild,
    Notification,
    PanelLetter,
    PanelNotice,
    RapidReview,
)
from candour.incidents.presenters import Section, notification_sections, rows_of, section_rows
from candour.ui.wording import day, instant


@dataclass(frozen=True)
class SentToPanel:
    """What was sent to the national panel: frozen when it was sent, and nothing that was not."""

    incident: Incident
    children: list[IncidentChild]
    notification: Notification | None
    rapid_review: RapidReview | None
    notices: list[PanelNotice]
    letters: list[PanelLetter]


def sent_to_panel(access: Access) -> SentToPanel:
    """What was sent, for the panel's advisers and everybody who reads it on the partnership's side.

    Neither a notification nor a rapid review can be written once it has been sent.
    """
    access.may_read(Kind.SENT_TO_PANEL).require()
    case = access.case
    return SentToPanel(
        incident=Incident.objects.get(case=case),
        children=children_of(case),
        notification=Notification.objects.filter(case=case, sent_at__isnull=False).first(),
        rapid_review=RapidReview.objects.filter(case=case, sent_to_panel_on__isnull=False).first(),
        notices=list(PanelNotice.objects.filter(case=case)),
        letters=list(PanelLetter.objects.filter(case=case)),
    )


def sent_sections(sent: SentToPanel) -> list[Section]:
    """What the national panel was sent, paper by paper."""
    sections: list[Section] = []
    if sent.notification:
        head = rows_of(
            (
                ("Sent", instant(sent.notification.sent_at)),
                ("To", sent.notification.sent_to),
                ("Reference", sent.notification.reference),
            )
        )
        sections.append(Section("Notification", head))
        sections += notification_sections(sent.notification, sent.incident, sent.children)
    if sent.rapid_review:
        day_sent = rows_of((("Sent", day(sent.rapid_review.sent_to_panel_on)),))
        sections.append(Section("Rapid review", [*day_sent, *section_rows(sent.rapid_review)]))
    sections += [_notice_section(notice) for notice in sent.notices]
    return [*sections, *(_letter_section(letter) for letter in sent.letters)]


def _notice_section(notice: PanelNotice) -> Section:
    copied = "Went with it" if notice.notification_copied else "Did not go with it"
    rows = (("What was said", notice.letter), ("Copy of the notification", copied))
    return Section(f"Told of the decision on {day(notice.told_on)}", rows_of(rows))


def _letter_section(letter: PanelLetter) -> Section:
    reply = f"{day(letter.replied_on)}: {letter.reply}" if letter.replied_on else "None sent"
    rows = (
        ("What it says", letter.text),
        ("Reference", letter.reference),
        ("Reply due by", day(letter.reply_due_on)),
        ("Reply", reply),
    )
    return Section(f"Letter of {day(letter.received_on)}", rows_of(rows))
