"""Figures for Government: true, by whole years, with no small number and their definitions."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests import world
from tests.integration.oversight.notifications import fill_desk

from candour.kernel.actor import SYSTEM
from candour.oversight.annual_report import annual_report
from candour.oversight.counting import Figures
from candour.oversight.figure_files import figure_file
from candour.oversight.models import DeskMember, NationalBody, Notified, NotifiedChild
from candour.oversight.statistics import Year, by_year, year, year_of, years_of
from candour.people.second_factor import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> NationalBody:
    return NationalBody.objects.create(
        name="The national panel", kind="panel", began_on=date(2018, 6, 29), has_desk=True
    )


@pytest.fixture
def filled(desk: NationalBody) -> Year:
    fill_desk(desk, 400, first=2022, years=2)
    return year(desk, date(2022, 1, 1))


def table(found: Year, id: str) -> Figures:
    return next(each for each in found.tables if each.id == id)


def everything(figures: Figures) -> list[int | None]:
    cells = [cell for _, row, total in figures.rows for cell in (*row, total)]
    return [*cells, *figures.totals, figures.total]


def test_a_year_counts_what_was_notified_in_it(filled: Year, desk: NationalBody) -> None:
    real = Notified.objects.filter(notified_on__year=2022)

    assert filled.notified == real.count()
    natures = table(filled, "region-nature")
    for nature, shown in zip(Notified.Nature.values, natures.totals, strict=True):
        assert shown in (None, real.filter(nature=nature).count())
    children = NotifiedChild.objects.filter(notified__in=real)
    assert table(filled, "age-nature").total == children.count()


def test_no_table_shows_a_number_from_one_to_nine(filled: Year) -> None:
    shown = [count for each in filled.tables for count in everything(each)]

    assert shown
    assert not any(count is not None and 0 < count < 10 for count in shown)
    assert None in shown


def test_a_year_with_few_notifications_is_not_broken_down(desk: NationalBody) -> None:
    fill_desk(desk, 12, first=2022, years=1)

    found = year(desk, date(2022, 1, 1))

    assert found.notified is None
    assert found.tables == found.durations == ()


@pytest.mark.parametrize(
    ("month", "day", "begins"),
    [
        (1, date(2023, 6, 30), date(2023, 1, 1)),
        (7, date(2023, 6, 30), date(2022, 7, 1)),
        (7, date(2023, 7, 1), date(2023, 7, 1)),
        (4, date(2024, 2, 29), date(2023, 4, 1)),
    ],
)
def test_a_reporting_year_begins_in_the_month_of_its_body(
    month: int, day: date, begins: date
) -> None:
    assert year_of(NationalBody(year_begins_month=month), day) == begins


def test_the_series_over_years_shows_each_year_as_its_own_page_does(
    filled: Year, desk: NationalBody
) -> None:
    series = {label: cells for label, cells, _ in by_year(desk).rows}

    assert series["2022"] == table(filled, "region-nature").totals
    assert by_year(desk).totals == ()


def test_days_in_the_wrong_order_count_for_no_duration(desk: NationalBody) -> None:
    fill_desk(desk, 40, first=2022, years=1)
    Notified.objects.update(decided_on=date(2000, 1, 1))

    steps = {each.id: each.spread for each in year(desk, date(2022, 1, 1)).durations}

    assert steps["notified-decision"].count == 0
    assert steps["incident-notified"].count == 40


def test_excel_and_csv_carry_the_same_figures_with_their_definitions(filled: Year) -> None:
    book = load_workbook(
        io.BytesIO(figure_file(by=SYSTEM, year=filled, file_format="xlsx").content)
    )
    packed = zipfile.ZipFile(
        io.BytesIO(figure_file(by=SYSTEM, year=filled, file_format="zip").content)
    )

    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    told = json.loads(packed.read("metadata.json"))
    for each in filled.tables:
        assert each.definition in about[each.title]
        lines = list(csv.reader(io.StringIO(packed.read(f"{each.id}.csv").decode())))
        sheet = list(book[each.id].iter_rows(min_row=3, values_only=True))
        assert [[str(cell) for cell in row] for row in sheet] == lines
    assert {each["dc:description"] for each in told["tables"]} == {
        each.definition for each in filled.tables
    }


def test_the_draft_of_the_annual_report_has_a_chart_and_a_table_for_each_figure(
    filled: Year,
) -> None:
    draft = annual_report(by=SYSTEM, year=filled, file_format="docx")
    parts = zipfile.ZipFile(io.BytesIO(draft.content))
    document = parts.read("word/document.xml").decode()

    charts = [name for name in parts.namelist() if name.startswith("word/media/")]
    with_rows = [each for each in filled.tables if each.rows]
    assert len(charts) == len(with_rows) + 1
    assert "[c] stands for a number left out" in document
    assert annual_report(by=SYSTEM, year=filled, file_format="pdf").content.startswith(b"%PDF")


def test_the_page_of_figures_is_for_the_desk_alone(filled: Year, desk: NationalBody) -> None:
    adviser, stranger = world.a_user(), world.a_user()
    DeskMember.objects.create(desk=desk, user=adviser)
    path = reverse("oversight:figures", args=[desk.pk])
    files = [
        reverse("oversight:figures_file", args=[desk.pk, "2022-01-01", "xlsx"]),
        reverse("oversight:report_file", args=[desk.pk, "2022-01-01", "docx"]),
    ]

    page = browser(adviser).get(path, {"year": "2022-01-01"}).content.decode()
    assert "Figures 2022" in page
    assert "Incidents notified in the year, by the region" in page
    for each in files:
        assert browser(adviser).get(each).status_code == 200
    for each in (path, *files):
        assert browser(stranger).get(each).status_code == 404
    assert years_of(desk)[-1] == date(2022, 1, 1)
    for odd in ("2022-02-01", "yesterday"):
        gone = reverse("oversight:figures_file", args=[desk.pk, odd, "xlsx"])
        assert browser(adviser).get(gone).status_code == 404


def browser(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    session = client.session
    confirm(session, user)  # type: ignore[arg-type]
    session.save()
    return client
