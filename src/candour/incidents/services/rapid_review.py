"""The rapid review: sections written, three partners' signatures, sent.

Fifteen working days from the day the notification was sent (guidance, not statute).
"""

from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.cases.versions import locked_for_edit
from candour.duties.services import fulfil, start_duty
from candour.duties.states import move, state_of
from candour.incidents.models import PartnerSignOff, RapidReview, ScopingForm
from candour.incidents.services.decision import at_noon, partner_body_of
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState
from candour.people.roles import PartnerBody

# What the guidance of 2023 and the panel's of 2025 ask for, as headings with a prompt.
SECTIONS = (
    ("facts", "The facts, as far as readily established", "Include each agency's involvement."),
    ("episodes", "Key practice episodes", "What happened, and how it looked at the time."),
    ("safety", "Immediate action for children's safety", "What was done, by whom, when."),
    ("daily_life", "The child's daily life", "Who the child was; their voice, seen and heard."),
    (
        "identity",
        "Identity and inequality",
        "Racism, disability and other protected characteristics in this family's life.",
    ),
    ("good_practice", "Good practice", ""),
    ("learning", "Potential improvements", "For one agency, for several; is any already known?"),
    ("earlier", "Earlier local reviews", "Which said something like this, and what became of it?"),
    ("decision", "Next step and reasons", "Is a local review appropriate? Weigh each criterion."),
    ("national", "Might a national review be apt?", ""),
)
_NEEDED = {"facts", "safety", "daily_life", "learning", "decision"}


@transaction.atomic
def start_rapid_review(*, access: Access, partners_told: bool) -> RapidReview:
    """Begin the rapid review; WrongState until partners are told and forms are out."""
    access.may(Act.SCREEN).require()
    move(access=access, target="RR_IN_PROGRESS", facts=begin_facts(access.case, partners_told))
    review = RapidReview.objects.create(case=access.case)
    fulfil(access=access, code="C4L1")
    note_event(
        access,
        "incidents.rapid_review_started",
        review,
    )
    return review


def begin_facts(case: Case, partners_told: bool) -> dict[str, str]:
    """What the state machine asks before a rapid review begins."""
    out = ScopingForm.objects.filter(case=case).exists()
    return {
        "partners_told": "yes" if partners_told else "",
        "agency_forms_out": "yes" if out else "",
    }


@transaction.atomic
def write_rapid_review(
    *, access: Access, seen_version: int, sections: dict[str, str]
) -> RapidReview:
    """Save the sections, half done or whole. Signatures on earlier versions no longer count."""
    access.may(Act.SCREEN).require()
    review = locked_for_edit(RapidReview.objects.get(case=access.case), seen_version)
    if review.sent_to_panel_on:
        raise WrongState("already_sent", "The rapid review has been sent to the panel.")
    if state_of(access.case) == "RR_SIGNED_OFF":
        raise WrongState(
            "signed_off", "All three partners have signed this text. Send it to the panel as it is."
        )
    review.sections = {key: sections.get(key, "").strip() for key, _, _ in SECTIONS}
    review.save()
    note_event(
        access,
        "incidents.rapid_review_written",
        review,
        version=review.version,
    )
    return review


@transaction.atomic
def sign_off_rapid_review(
    *, access: Access, seen_version: int, comment: str = ""
) -> PartnerSignOff:
    """Sign the version that was read, for the partner body the person stands for.

    The third signature on one version signs the rapid review off.
    """
    access.may(Act.SIGN_OFF_RAPID_REVIEW).require()
    body = partner_body_of(access)
    review = RapidReview.objects.select_for_update().get(case=access.case)
    _refuse_unready(review, seen_version)
    signature, created = PartnerSignOff.objects.get_or_create(
        rapid_review=review,
        partner_body=body,
        signed_version=review.version,
        defaults={"case": access.case, "by_id": access.actor.id, "comment": comment.strip()},
    )
    if created:
        note_event(
            access,
            "incidents.rapid_review_signed",
            review,
            partner=body.value,
            version=review.version,
        )
    _sign_off_once_all_have(access, review)
    return signature


def _refuse_unready(review: RapidReview, seen_version: int) -> None:
    if review.version != seen_version:
        raise WrongState(
            "version_changed", "The text changed after you opened it. Read it again, then sign."
        )
    missing = missing_sections(review)
    if missing:
        raise WrongState("rapid_review_content_missing", "Still empty: " + "; ".join(missing))


def missing_sections(review: RapidReview) -> list[str]:
    """The headings that must be filled before anybody signs."""
    return [
        heading
        for key, heading, _ in SECTIONS
        if key in _NEEDED | {"identity", "episodes"} and not review.sections.get(key)
    ]


def signed_bodies(review: RapidReview) -> set[str]:
    """Which partners have signed the present version."""
    return set(
        PartnerSignOff.objects.filter(
            rapid_review=review, signed_version=review.version
        ).values_list("partner_body", flat=True)
    )


def _sign_off_once_all_have(access: Access, review: RapidReview) -> None:
    signed = signed_bodies(review)
    if signed != set(PartnerBody.values):
        return
    facts = {
        "sign_offs": ",".join(sorted(signed)),
        "content_complete": "yes",
        "identity_context": "yes",
        "decision_reasoned": "yes",
    }
    move(access=access, target="RR_SIGNED_OFF", facts=facts)
    fulfil(access=access, code="C4L3")


@transaction.atomic
def record_sent_to_panel(*, access: Access, sent_on: date) -> RapidReview:
    """Record that the signed-off rapid review went to the panel; its reply clock starts."""
    access.may(Act.SCREEN).require()
    review = RapidReview.objects.select_for_update().get(case=access.case)
    if sent_on > clock.today():
        raise Invalid("day_ahead", "The day of sending cannot lie ahead.", "sent_on")
    frozen = "yes" if signed_bodies(review) == set(PartnerBody.values) else ""
    move(access=access, target="RR_WITH_PANEL", facts={"version_frozen": frozen})
    review.sent_to_panel_on = sent_on
    review.save(update_fields=["sent_to_panel_on"])
    fulfil(access=access, code="C4", at=at_noon(sent_on))
    start_duty(
        access=access,
        code="C5",
        starts=sent_on,
        owed_by="The national panel",
        owed_to="The partnership",
    )
    note_event(
        access,
        "incidents.rapid_review_sent",
        review,
        sent_on=sent_on.isoformat(),
    )
    return review
