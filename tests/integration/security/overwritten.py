"""A planted string in every text that a case holds, written past the services for completeness."""

import uuid

from django.db import models
from tests.integration.security.built_case import BuiltCase
from tests.integration.security.rows_of_a_case import agency_of, confidential, rows

from candour.cases.models import CaseRecord
from candour.cases.permissions import Kind
from candour.contributions.models import Entry, EntryQuery, HeldBack, Submission

# Which kinds of record open a table's rows: those of its room, or of the table where it differs.
KINDS_OF_A_ROOM: dict[str, tuple[Kind, ...]] = {
    "identities": (Kind.IDENTITIES,),
    "documents": (Kind.AGENCY_RETURN,),
    "duties": (Kind.CASE, Kind.REFERRAL, Kind.DECISION),
    "incidents": (Kind.REFERRAL,),
    "reviews": (Kind.DECISION, Kind.ANALYSIS, Kind.DRAFT, Kind.CASE),
    "contributions": (Kind.AGENCY_RETURN,),
    "chronology": (Kind.CHRONOLOGY,),
    "analysis": (Kind.ANALYSIS, Kind.DRAFT),
    "reports": (Kind.DRAFT,),
    "disclosure": (Kind.DISCLOSURE,),
    "publication": (Kind.DISCLOSURE, Kind.PUBLISHED),
    "improvement": (Kind.PUBLISHED,),
    "cases": (Kind.MEMBERS,),
    "oversight": (Kind.DECISION,),
    "process": (Kind.DECISION,),
    "paperwork": (Kind.REFERRAL,),
    "worklist": (Kind.CASE,),
}
KINDS_OF_A_TABLE: dict[str, tuple[Kind, ...]] = {
    "identities.Identity": tuple(Kind),  # pseudonyms are what everybody calls people
    "contributions.Conversation": (Kind.CONVERSATIONS,),
    "contributions.PractitionerEvent": (Kind.CONVERSATIONS,),
    "contributions.FamilyContribution": (Kind.FAMILY,),
    "contributions.Entry": (Kind.AGENCY_RETURN, Kind.CHRONOLOGY, Kind.ANALYSIS, Kind.DRAFT),
    "contributions.EntryPlace": (Kind.AGENCY_RETURN, Kind.CHRONOLOGY, Kind.ANALYSIS, Kind.DRAFT),
    "contributions.EntryQuery": (Kind.AGENCY_RETURN, Kind.CHRONOLOGY),
    "incidents.CriterionFinding": (Kind.REFERRAL, Kind.DECISION),
    "incidents.Recommendation": (Kind.REFERRAL, Kind.DECISION),
    "incidents.ReviewDecision": (Kind.DECISION,),
    "incidents.PartnerView": (Kind.DECISION,),
    # What went to the national panel is open to its advisers as it was sent.
    "incidents.Incident": (Kind.REFERRAL, Kind.SENT_TO_PANEL),
    "incidents.IncidentChild": (Kind.REFERRAL, Kind.SENT_TO_PANEL),
    "incidents.Notification": (Kind.REFERRAL, Kind.SENT_TO_PANEL),
    "incidents.RapidReview": (Kind.REFERRAL, Kind.SENT_TO_PANEL),
    "incidents.PanelNotice": (Kind.DECISION, Kind.SENT_TO_PANEL),
    "incidents.PanelLetter": (Kind.DECISION, Kind.SENT_TO_PANEL),
    "publication.NonPublication": (Kind.DECISION,),
    "publication.NonPublicationAnswer": (Kind.DECISION,),
    "publication.NonPublicationLetter": (Kind.DECISION,),
    "analysis.Recommendation": (Kind.ANALYSIS, Kind.DRAFT, Kind.PUBLISHED),
    "analysis.Finding": (Kind.ANALYSIS, Kind.DRAFT, Kind.PUBLISHED),
    "reports.Report": (Kind.DRAFT, Kind.DISCLOSURE, Kind.PUBLISHED),
    "reports.Briefing": (Kind.DRAFT, Kind.PUBLISHED),
}
# A field that is shown further than its row, with the reason.
KINDS_OF_A_FIELD: dict[str, tuple[Kind, ...]] = {
    # The report says which roles were heard, never who.
    "contributions.Conversation.role_label": (Kind.CONVERSATIONS, Kind.DRAFT),
}
# Texts that are codes, digests or addresses of our own making, and hold nobody's words.
OUR_OWN_CODES = frozenset(
    {
        *("sha256", "bundle_sha256", "fingerprint", "register_version", "quarantine_name"),
        *("media_type", "rule_set", "criterion", "code", "machine", "state", "role", "kind"),
        *("edtf", "happened_edtf", "time_from", "time_to", "basis", "rule", "qualifier", "key"),
        *("uploaded_by", "archive_record_id", "public", "chronology_grain", "channel", "address"),
        *("withdrawal_reason_class", "withdrawal_tombstone", "age_years", "in_area"),
        *("content_mark", "mark", "outside_england", "answer", "result", "file"),
    }
)
# Texts whose paragraphs are counted beside them; their service has planted one (finished_case.py).
THROUGH_ITS_SERVICE = frozenset({"reports.Section.body"})
_SHORTEST = 12


def overwrite(built: BuiltCase) -> list[str]:
    """Plant a string at the end of every text of every row; which fields were written."""
    written = []
    for model in confidential():
        fields = [field for field in model._meta.concrete_fields if _holds_words(field)]
        for row in rows(model, built):
            changed = {field.name: _with_planted(built, row, field) for field in fields}
            kept = {name: text for name, text in changed.items() if text is not None}
            if kept:
                model._default_manager.filter(pk=row.pk).update(**kept)
            written += [f"{model._meta.label}.{name}" for name in kept]
    return written


def _holds_words(field: models.Field) -> bool:  # type: ignore[type-arg]
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    if f"{field.model._meta.label}.{field.name}" in THROUGH_ITS_SERVICE:
        return False
    return field.name not in OUR_OWN_CODES and (field.max_length or 1000) >= _SHORTEST


def _with_planted(built: BuiltCase, row: CaseRecord, field: models.Field) -> str | None:  # type: ignore[type-arg]
    label = f"{row._meta.label}.{field.name}"
    kinds, agency = KINDS_OF_A_FIELD.get(label) or opened_by(row), alone(row)
    text = built.planted.plant(label, *kinds, agency=agency, of=agency_of(row))
    whole = f"{getattr(row, field.name)} {text}".strip()
    if field.max_length and len(whole) > field.max_length:
        whole = text
    return whole


def opened_by(row: CaseRecord) -> tuple[Kind, ...]:
    """The kinds of record of which any one opens this row."""
    label, room = row._meta.label, row._meta.app_label
    return KINDS_OF_A_TABLE.get(label) or KINDS_OF_A_ROOM[room]


def alone(row: CaseRecord) -> uuid.UUID | None:
    """The agency that alone may see the row: what it has neither signed off nor released."""
    if isinstance(row, HeldBack):
        return agency_of(row) if row.state != HeldBack.State.RELEASED else None
    if isinstance(row, EntryQuery):
        row = row.entry
    if isinstance(row, Entry):
        return None if row.in_force else row.agency_id
    if isinstance(row, Submission):
        return None if row.state == Submission.State.SIGNED_OFF else agency_of(row)
    return None
