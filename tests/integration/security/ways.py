"""The addresses of a case with their parts filled in from its records."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from docs.addresses import Address, addresses
from tests.integration.security.built_case import BuiltCase
from tests.integration.security.rows_of_a_case import agency_of, model_named, rows

from candour.archive.models import ReviewRecord
from candour.cases.models import CaseRecord
from candour.contributions.models import Entry, HeldBack
from candour.disclosure.models import Bundle
from candour.documents.models import Document
from candour.engines.statute.rulebook import rule_set
from candour.people.models import Agency, User
from candour.publication.models import Hold

CASE_PAGES = [each for each in addresses("workspace") if each.of_a_case]
OTHER_PAGES = [each for each in addresses("workspace") if not each.of_a_case]

# Parts of an address that are no record's id, and what to put there; by page where that differs.
CHOSEN: dict[str, str] = {
    "criterion": rule_set("WT2023").criteria[0].code,
    "kind": HeldBack.Kind.HIDDEN_ROW.value,
    "publication:hold.kind": Hold.Kind.TRIAL.value,
    "key": "introduction",
    "target": "rr_with_panel",
    "fact": "quality_check",
    "form": "referral",
    "process:machine.code": "scr",
    "process:rule_set.code": "WT2023",
    "process:local_file.name": "calendar",
    "record": "notification",
    "paperwork:take.file_format": "docx",
    "paperwork:take_composed.file_format": "docx",
    "paperwork:take_schedule.file_format": "csv",
    "number": "1",
    "file_format": "html",
    "reports:download_briefing.file_format": "pdf",
    "oversight:letter_download.file_format": "pdf",
    "oversight:pack_download.file_format": "docx",
    "begins": "2024-01-01",
}


@dataclass(frozen=True)
class Way:
    """A path to a page, whose agency's the record is that it names, and of which kind."""

    path: str
    kind: str
    agency: uuid.UUID | None = None


def ways(address: Address, built: BuiltCase, reference: str = "") -> list[Way]:
    """Paths to the page for this case: one for each agency that has such a record, else one.

    `reference` puts the records under another case's reference.
    """
    found = []
    for row in _rows_meant(address, built):
        parts = {**_parts(address, built, row), "reference": reference or built.case.reference}
        agency = agency_of(row) if row is not None else None
        # A download is of the kind that the document is, whatever page offers it.
        kind = row.kind if isinstance(row, Document) else address.kind
        found.append(Way(reverse(address.name, kwargs=parts), kind, agency))
    assert found, f"{address.name}: the case has no such record; extend built_case.py"
    return found


def way_to_nothing(address: Address, reference: str = "CR-2222-2222") -> str:
    """A path of the same form to records that do not exist, of a case that may or may not."""
    parts = {
        part: uuid.UUID(int=7) if is_id else chosen(address, part) for part, is_id in address.parts
    }
    return reverse(address.name, kwargs={**parts, "reference": reference})


def chosen(address: Address, part: str) -> str:
    """What to put for a part that is no record's id."""
    if part in ("reference", "digest"):
        return "0" * 64
    word = CHOSEN.get(f"{address.name}.{part}", CHOSEN.get(part))
    assert word is not None, f"{address.name}: say in CHOSEN what {part} can be"
    return word


def _digest(built: BuiltCase) -> str:
    bundle = Bundle.objects.filter(case=built.case).last()
    return bundle.sha256 if bundle else "0" * 64


def _rows_meant(address: Address, built: BuiltCase) -> list[models.Model | None]:
    wanted = [part for part, is_id in address.parts if is_id]
    if not wanted:
        return [None]
    by_agency: dict[uuid.UUID | None, models.Model] = {}
    for row in _rows(_model(address, wanted[-1]), built):
        if isinstance(row, Entry) and not row.in_force and "contributions" not in address.name:
            # Outside its agency's desk an entry is there once it is signed off.
            continue
        by_agency.setdefault(agency_of(row), row)
    return list(by_agency.values())


def _model(address: Address, part: str) -> type[models.Model]:
    room, _, page = address.name.rpartition(":")
    model = model_named(part, room, page)
    assert model is not None, f"{address.name}: which record is {part}?"
    return model


def _rows(model: type[models.Model], built: BuiltCase) -> Iterator[models.Model]:
    if issubclass(model, CaseRecord):
        yield from rows(model, built)
    elif model is Agency:
        yield from built.agencies
    else:
        yield from User.objects.filter(pk=built.holders[-1].user.pk)


def _parts(address: Address, built: BuiltCase, row: models.Model | None) -> dict[str, object]:
    """The last id is the row's; those before it are of what the row belongs to."""
    parts: dict[str, object] = {}
    below = row
    for part, is_id in reversed(address.parts):
        if is_id:
            below = _above(below, part, _model(address, part), built)
            parts[part] = below.pk
        elif part != "reference":
            parts[part] = _digest(built) if part == "digest" else chosen(address, part)
    return parts


def _above(
    below: models.Model | None, part: str, model: type[models.Model], built: BuiltCase
) -> models.Model:
    if isinstance(below, model):
        return below
    by_model = model._meta.model_name or ""
    for name in (part.removesuffix("_id"), by_model, "entry", "submission", "request"):
        above = getattr(below, name, None)
        if isinstance(above, model):
            return above
        if above is not None and isinstance(above, models.Model):
            return _above(above, part, model, built)
    return _beside(below, model) or next(_rows(model, built))


def _beside(below: models.Model | None, model: type[models.Model]) -> models.Model | None:
    """The row to which a third ties this one, as a tagging ties a tag to an entry."""
    for relation in below._meta.related_objects if below else ():
        tied = relation.related_model._default_manager.filter(**{relation.field.name: below})
        for field in relation.related_model._meta.concrete_fields:
            if field.related_model is model and (found := tied.first()) is not None:
                return getattr(found, field.name)
    return None


def archive_parts(record: ReviewRecord) -> dict[str, object]:
    """What stands for each part of an address of the archive, for a review that is held."""
    anchor = record.versions.get(number=1).paragraphs.values_list("anchor", flat=True).first()
    return {
        "record_id": record.pk,
        "number": 1,
        "name": "report.pdf",
        "chapter": 1,
        "anchor": anchor,
        "learning_id": 1,
        "before": 1,
        "after": 1,
        "kind": "text",
        "token": "no-such-token",
        "ending": "csv",
        "day": "2015-03-26",
        "slug": record.publishers.values_list("slug", flat=True).first() or "none",
    }
