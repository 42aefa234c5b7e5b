"""A row of every confidential table for a case, and the ids with which addresses name them."""

import uuid
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from tests.integration.security.built_case import BuiltCase

from candour.cases.models import CaseRecord, Grant, Membership, SealingKey
from candour.cases.sealing import seal
from candour.kernel import clock
from candour.people.models import Agency, Partnership, User

# Parts of an address that are called otherwise than the model they name.
CALLED_OTHERWISE = {
    "user_id": "people.User",
    "agency_id": "people.Agency",
    "line_id": "reviews.LineOfEnquiry",
    "scoped_id": "reviews.AgencyInScope",
    "part_id": "contributions.HeldBack",
    "statement_id": "chronology.HeldStatement",
    "entry_id": "contributions.Entry",
    "reviewer_id": "reviews.LeadReviewerAppointment",
    "pack_id": "oversight.PackSent",
    "member_id": "duties.BodyMember",
    "proceeding_id": "reviews.ParallelProceeding",
    "held_id": "reviews.HeldActivity",
    "advice_id": "publication.NonPublicationLetter",
    "progress_id": "reviews.ProgressCheck",
    "legal_hold_id": "cases.LegalHold",
    "same_event_id": "chronology.SameEvent",
    "difference_id": "chronology.DifferingAccount",
    "contact_id": "chronology.OneSidedContact",
    "export_id": "chronology.ExportAsked",
}
# Fields that may be empty and yet a row of this table needs.
_NEEDED = {"analysis.Evidence": {"episode"}}
_AGENCY_THROUGH = (
    "submission",
    "request",
    "entry",
    "child",
    "scoped",
    "held_back",
    "recommendation",
)


@cache
def confidential() -> tuple[type[CaseRecord], ...]:
    """Every table that belongs to a case."""
    found = (model for model in apps.get_models() if issubclass(model, CaseRecord))
    return tuple(sorted(found, key=lambda model: model._meta.label))


def fill(built: BuiltCase) -> list[str]:
    """Give the case a row in every table that no service has filled yet; their labels."""
    empty = [
        model
        for model in confidential()
        if model not in (Grant, Membership, SealingKey) and not rows(model, built).exists()
    ]
    for model in empty:
        _row(model, built)
    return [model._meta.label for model in empty]


def rows(model: type[CaseRecord], built: BuiltCase) -> models.QuerySet[CaseRecord]:
    """The rows of one table on this case."""
    return model._default_manager.filter(case=built.case)


def _row(model: type[CaseRecord], built: BuiltCase) -> CaseRecord:
    found = rows(model, built).first()
    if found is not None:
        return found
    values = {
        field.name: _value(field, built)
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in ("case", "recorded_at", "version")
    }
    with transaction.atomic():
        return model._default_manager.create(case=built.case, **values)


def _value(field: models.Field, built: BuiltCase) -> object:  # type: ignore[type-arg]
    if isinstance(field, models.ForeignKey):
        needed = field.name in _NEEDED.get(field.model._meta.label, set())
        return None if field.null and not needed else _target(field.related_model, built)
    if field.choices and not field.null:
        return field.choices[0][0]  # type: ignore[index]
    if field.null or field.has_default():
        return field.get_default()
    if isinstance(field, models.CharField | models.TextField):
        return "Written"[: field.max_length]
    if isinstance(field, models.BinaryField):
        return seal(built.case, b"{}")
    plain: dict[type, object] = {
        models.DateField: clock.today(),
        models.DateTimeField: clock.now(),
        models.BooleanField: False,
        models.UUIDField: uuid.uuid4(),
    }
    return plain.get(type(field), 1)


def _target(model: type[models.Model], built: BuiltCase) -> models.Model:
    if issubclass(model, CaseRecord):
        return _row(model, built)
    if model is Agency:
        return built.agencies[0]
    if model is Partnership:
        return built.case.lead_partnership
    return User.objects.get(pk=built.manager.actor.id)


def model_named(part: str, room: str, page: str) -> type[models.Model] | None:
    """The model that a part of an address such as `entry_id` names, first that of its own room.

    `resting_id` is an episode or a finding: the page's name begins with which.
    """
    if part in CALLED_OTHERWISE:
        return apps.get_model(CALLED_OTHERWISE[part])
    word = page.split("_")[0] if part == "resting_id" else part.removesuffix("_id")
    named = word.replace("_", "")
    found = [model for model in confidential() if model._meta.model_name == named]
    found += [model for model in confidential() if (model._meta.model_name or "").endswith(named)]
    own = [model for model in found if model._meta.app_label == room]
    return next(iter([*own, *found]), None)


def agency_of(row: models.Model) -> uuid.UUID | None:
    """Whose agency's a row is, by itself or through what it belongs to; None: no agency's."""
    if isinstance(row, Agency):
        return row.pk
    try:
        row._meta.get_field("agency")
    except FieldDoesNotExist:
        pass
    else:
        return getattr(row, "agency_id")  # noqa: B009 - not every model has one
    for name in _AGENCY_THROUGH:
        if getattr(row, f"{name}_id", None):
            return agency_of(getattr(row, name))
    return None
