"""Asking for a file of the chronology, and writing it in the worker."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.sealing import Opener, seal
from candour.chronology.exports import Export, Format, export
from candour.chronology.models import ExportAsked
from candour.chronology.selectors import Filters
from candour.engines.tables import HEADINGS, Grain, Layout
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, RuleBroken, WrongState
from candour.platform.acting import acting_apart
from candour.platform.outbox import enqueue

EXPORT_JOB = "chronology.export"
KEPT = timedelta(days=1)


@transaction.atomic
def ask_for_export(
    *,
    access: Access,
    file_format: Format,
    columns: Sequence[str],
    grain: Grain,
    names: bool,
    query: str,
) -> ExportAsked:
    """Ask the worker for a file of the entries that the page's filter `query` chooses.

    NotPermitted when names are asked for by somebody who may not read the register; Invalid where
    no column is left to write.
    """
    if names:
        access.may_read(Kind.IDENTITIES).require()
    layout_of(columns, grain)
    asked = ExportAsked.objects.create(
        case=access.case,
        by_id=access.actor.id,
        file_format=file_format.value,
        columns=list(columns),
        grain=grain.value,
        names=names,
        query=query,
    )
    case = access.case.pk
    record("chronology.export_asked", by=access.actor, case_id=case, subject=str(asked.pk))
    enqueue(EXPORT_JOB, by=access.actor, case_id=case, case=str(case), asked=str(asked.pk))
    return asked


def layout_of(columns: Sequence[str], grain: Grain) -> Layout:
    """The layout asked for, all columns where none was chosen. Invalid where nothing is left."""
    try:
        return Layout(tuple(columns) or HEADINGS, grain)
    except ValueError as refusal:
        raise Invalid(
            "no_column", "Choose a column that this grain of days leaves in.", "columns"
        ) from refusal


def write_export(*, access: Access, asked: ExportAsked, filters: Filters) -> None:
    """Write a file that was asked for. Safe to repeat: one that is written is left alone."""
    if asked.state != ExportAsked.State.WAITING:
        return

    def tell(done: int, of: int) -> None:
        _tell(access, asked, done, of)

    try:
        made = export(
            access=access,
            file_format=Format(asked.file_format),
            filters=filters,
            names=asked.names,
            layout=layout_of(asked.columns, Grain(asked.grain)),
            tell=tell,
        )
    except RuleBroken as refusal:
        _settle(access, asked, ExportAsked.State.FAILED, reason=refusal.reason)
    else:
        _settle(access, asked, ExportAsked.State.READY, sealed=seal(access.case, made.content))


_PROGRESS = 'update chronology_exportasked set done = %s, "of" = %s where id = %s'


def _tell(access: Access, asked: ExportAsked, done: int, of: int) -> None:
    if connection.vendor == "postgresql":
        # A job there is one transaction: its asker would see nothing of it until it ends.
        with acting_apart(access.actor) as cursor:
            cursor.execute(_PROGRESS, [done, of, asked.pk])
    else:
        ExportAsked.objects.filter(pk=asked.pk).update(done=done, of=of)


@transaction.atomic
def _settle(access: Access, asked: ExportAsked, state: str, **found: object) -> None:
    ExportAsked.objects.filter(pk=asked.pk).update(state=state, **found)
    record(
        "chronology.export_settled",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(asked.pk),
        state=state,
    )


@transaction.atomic
def take_export(*, access: Access, asked: ExportAsked) -> Export:
    """Open a file that was written for this person; an event says so."""
    if str(asked.by_id) != access.actor.id or asked.case_id != access.case.pk:
        raise Hidden
    if asked.state != ExportAsked.State.READY or asked.sealed is None:
        raise WrongState("not_ready", "This file is not ready yet.")
    if asked.names:
        access.may_read(Kind.IDENTITIES).require()
    kind = Format(asked.file_format)
    case = access.case.pk
    record("chronology.export_taken", by=access.actor, case_id=case, subject=str(asked.pk))
    name = f"{access.case.reference}-chronology.{kind.value}"
    return Export(name, kind.media_type, Opener(access.case).open(bytes(asked.sealed)))


def forget_exports() -> None:
    """Drop files asked for more than a day ago."""
    ExportAsked.objects.filter(recorded_at__lt=clock.now() - KEPT).delete()
