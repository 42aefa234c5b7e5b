"""Files of the chronology: asked for, written by the worker, taken by their asker alone."""

import json
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review

from candour.audit.models import Event as AuditEvent
from candour.cases.access import Access
from candour.chronology.exports import Export, Format, export
from candour.chronology.models import ExportAsked
from candour.chronology.selectors import Filters
from candour.chronology.services.exporting import (
    ask_for_export,
    forget_exports,
    take_export,
)
from candour.engines.tables import Grain, Layout, read_tables
from candour.kernel.errors import Hidden, Invalid, NotPermitted
from candour.platform.worker import run_due


def asked(access: Access, file_format: Format = Format.WORD, **more: object) -> ExportAsked:
    told = {"columns": [], "grain": Grain.AS_WRITTEN, "names": False, "query": "", **more}
    row = ask_for_export(access=access, file_format=file_format, **told)  # type: ignore[arg-type]
    run_due()
    row.refresh_from_db()
    return row


def test_the_worker_writes_the_file_and_tells_how_far_it_is(review: Review) -> None:
    row = asked(review.reviewer, Format.EXCEL)
    assert row.state == "ready"
    if connection.vendor == "sqlite":
        # On PostgreSQL progress is told on a connection of its own, outside the test's transaction.
        assert (row.done, row.of) == (6, 6)

    made = take_export(access=review.reviewer, asked=row)
    assert len(read_tables(made.content, "a.xlsx").tables[0].rows) == 6
    names = AuditEvent.objects.filter(case_id=review.manager.case.pk).values_list("name", flat=True)
    assert {"chronology.export_asked", "chronology.export_taken"} <= set(names)


def test_what_lies_in_the_database_is_sealed(review: Review) -> None:
    row = asked(review.reviewer, Format.CSV)
    assert row.sealed is not None
    assert b"Officer" not in bytes(row.sealed)


def test_nobody_else_finds_or_takes_it(review: Review) -> None:
    row = asked(review.reviewer)
    with pytest.raises(Hidden):
        take_export(access=review.manager, asked=row)
    parts = {"reference": review.manager.case.reference, "export_id": row.pk}
    for page in ("export_asked", "export_written"):
        address = reverse(f"chronology:{page}", kwargs=parts)
        assert world.a_browser(review.manager).get(address).status_code == 404
        assert world.a_browser(review.reviewer).get(address).status_code == 200


def test_names_go_out_only_to_who_may_see_them(review: Review) -> None:
    with pytest.raises(NotPermitted):
        asked(review.police, names=True)
    assert take_export(
        access=review.reviewer, asked=asked(review.reviewer, Format.CSV, names=True)
    ).content.count(b"Ms Fictional")


def test_an_agency_takes_its_own_entries_alone(review: Review) -> None:
    made = take_export(access=review.health, asked=asked(review.health, Format.CSV))
    assert b"health visitor" in made.content and b"Officer" not in made.content


def test_the_filter_of_the_page_goes_with_the_file(review: Review) -> None:
    made = take_export(
        access=review.reviewer, asked=asked(review.reviewer, Format.CSV, query="words=calls")
    )
    assert made.content.count(b"\r\n") == 2


def test_columns_that_the_grain_leaves_out_are_refused_with_a_reason(review: Review) -> None:
    with pytest.raises(Invalid, match="column"):
        asked(review.reviewer, columns=["Time"], grain=Grain.MONTH)


def test_a_day_later_the_file_is_gone(review: Review) -> None:
    row = asked(review.reviewer)
    ExportAsked.objects.filter(pk=row.pk).update(recorded_at="2020-01-01T00:00:00Z")
    forget_exports()
    assert not ExportAsked.objects.exists()


def test_no_name_of_the_register_is_in_any_file_with_pseudonyms(review: Review) -> None:
    for kind in Format:
        made = export(
            access=review.reviewer,
            file_format=kind,
            filters=Filters(),
            names=False,
            layout=Layout(grain=Grain.MONTH),
        )
        assert b"Fictional" not in words_in(made), kind
        assert made.name == f"{review.manager.case.reference}-chronology.{kind.value}"


def words_in(made: Export) -> bytes:
    if not made.name.endswith((".docx", ".xlsx")):
        return made.content
    rows = read_tables(made.content, made.name).tables[0].rows
    return " ".join(cell.text for row in rows for cell in row.cells).encode()


def test_the_json_traces_every_entry_to_the_agency_and_file(review: Review) -> None:
    made = export(access=review.reviewer, file_format=Format.JSON, filters=Filters(), names=False)
    told = json.loads(made.content)
    assert len(told["entries"]) == len(told["prov"]["wasDerivedFrom"]) == 6
    assert len(told["prov"]["agent"]) == 2


def test_the_page_asks_and_shows_the_way_to_the_file(review: Review) -> None:
    address = reverse("chronology:take_away", kwargs={"reference": review.manager.case.reference})
    browser = world.a_browser(review.reviewer)
    assert "To the month, for publication" in browser.get(address).content.decode()
    sent = {
        "file_format": "pdf",
        "columns": ["Date", "Event"],
        "chosen_grain": "month",
        "submission": str(uuid.uuid4()),
    }
    answer = browser.post(address, sent)
    assert answer.status_code == 302
    assert "waits its turn" in browser.get(answer["Location"]).content.decode()
    run_due()
    page = browser.get(answer["Location"]).content.decode()
    assert "The file is ready" in page
    assert browser.get(answer["Location"] + "file/").content.startswith(b"%PDF")
