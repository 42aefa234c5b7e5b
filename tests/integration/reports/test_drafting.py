"""The draft: sections saved by two people, a chronology chosen by hand, one tree of it all."""

import pytest
from tests import world

from candour.analysis.models import Evidence
from candour.cases.access import Access
from candour.contributions.models import Entry
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.reports.composition import compose, compose_briefing, material_of
from candour.reports.composition.how_it_was_done import principles
from candour.reports.models import ChronologyRow, Report
from candour.reports.publishable import content_mark, publishable_files
from candour.reports.selectors import chosen_of, hindsight_in, report_of, section_of, sections_of
from candour.reports.services import (
    Front,
    accept_report,
    choose_entries,
    reword,
    set_front,
    start_report,
    write_briefing,
    write_section,
)
from candour.reports.tree import Heading, Table, text_of

pytestmark = pytest.mark.django_db

POLICE = b"""Date,Event
03/03/2014,Sam Fictional seen in the street on 03/03/2014
05/03/2014,Officer spoke with Jo Fictional
"""


@pytest.fixture
def manager() -> Access:
    manager = world.an_incident(name="Sam Fictional")
    enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.MOTHER,
        pseudonym="Mother",
        real=RealIdentity(forms=("Jo Fictional",), born="1990-07-14"),
    )
    world.an_agency_with_entries(manager, "Testshire Police", POLICE)
    world.a_report(manager)
    return manager


@pytest.fixture
def report(manager: Access) -> Report:
    return report_of(manager)


def everything(access: Access, **options: bool) -> str:
    return repr(compose(access, **options))


def test_a_report_starts_with_the_sections_of_an_overview_report(manager: Access) -> None:
    keys = list(report_of(manager).sections.values_list("key", flat=True))
    assert keys[:3] == ["introduction", "daily_life", "what_happened"]
    with pytest.raises(WrongState, match="report_started"):
        start_report(access=manager, title="Another")


def test_the_second_to_save_a_section_is_told_and_overwrites_nothing(manager: Access) -> None:
    section = section_of(manager, "daily_life")
    write_section(
        access=manager, section=section, seen_version=1, heading="Daily life", body="Mine."
    )
    with pytest.raises(EditedElsewhere):
        write_section(
            access=manager, section=section, seen_version=1, heading="Daily life", body="Theirs."
        )
    assert section_of(manager, "daily_life").body == "Mine."


def test_an_anchor_stays_with_its_paragraph_through_edits(manager: Access) -> None:
    world.write_in(manager, "findings", "First of all.\n\nA second thing.")
    before = section_of(manager, "findings").anchors
    world.write_in(manager, "findings", "Something put before.\n\nFirst of all!\n\nA second thing.")
    after = section_of(manager, "findings").anchors
    assert after[1:] == before
    assert after[0] not in before


def test_a_reader_of_the_draft_may_not_write_it(manager: Access) -> None:
    chair = world.a_member(manager, Role.CHAIR)
    section = section_of(chair, "introduction")
    with pytest.raises(NotPermitted):
        write_section(access=chair, section=section, seen_version=2, heading="X", body="Y")


def chosen(manager: Access, report: Report) -> list[ChronologyRow]:
    ids = {str(pk) for pk in Entry.objects.values_list("pk", flat=True)}
    choose_entries(access=manager, report=report, offered=ids, chosen=ids)
    return [each.row for each in chosen_of(manager)]


def test_chosen_entries_are_printed_by_month_with_pseudonyms(
    manager: Access, report: Report
) -> None:
    chosen(manager, report)
    (table,) = (
        b for b in compose(manager).blocks if isinstance(b, Table) and b.anchor == "chronology"
    )
    rows = [[text_of(cell) for cell in row] for row in table.rows]
    assert [row[0] for row in rows] == ["March 2014", "March 2014"]
    assert "Fictional" not in str(rows)
    assert "03/03/2014" not in str(rows)
    assert rows[1][2] == "Officer spoke with Mother"


def test_the_reports_own_wording_replaces_the_entrys_and_only_there(
    manager: Access, report: Report
) -> None:
    row = chosen(manager, report)[0]
    own = row.entry.what
    reword(access=manager, row=row, wording="The child was seen outside.")
    assert "The child was seen outside." in everything(manager)
    assert Entry.objects.get(pk=row.entry_id).what == own


def test_what_was_not_offered_on_a_page_stays_chosen(manager: Access, report: Report) -> None:
    first, second = (row.entry for row in chosen(manager, report))
    left = choose_entries(access=manager, report=report, offered={str(first.pk)}, chosen=set())
    assert left == 1
    assert ChronologyRow.objects.get().entry_id == second.pk


def test_no_real_name_and_no_day_of_birth_is_left_in_what_would_be_published(
    manager: Access, report: Report
) -> None:
    world.write_in(manager, "introduction", "Jo Fictional, born 14 July 1990, was Sam's mother.")
    set_front(
        access=manager,
        report=report,
        seen_version=report.version,
        front=Front("A review about Sam Fictional", abstract="Jo Fictional and her child"),
    )
    files = publishable_files(manager)
    text = files["report.html"] + files["report.json"] + files["facts.json"]
    assert b"Fictional" not in text
    assert b"1990" not in text
    assert "Fictional" in everything(manager, pseudonymous=False)


def test_the_same_draft_gives_the_same_bytes_and_an_edit_another_mark(
    manager: Access, report: Report
) -> None:
    mark = content_mark(manager)
    assert publishable_files(manager) == publishable_files(manager)
    assert content_mark(manager) == mark
    world.write_in(manager, "conclusion", "New.")
    assert content_mark(manager) != mark


def test_a_change_of_the_register_changes_the_mark_too(manager: Access, report: Report) -> None:
    mark = content_mark(manager)
    enter(
        access=manager,
        kind=Identity.Kind.PLACE,
        relationship=Identity.Relationship.NOT_A_PERSON,
        pseudonym="Town 1",
        real=RealIdentity(forms=("Northmere",)),
    )
    assert content_mark(manager) != mark


def test_how_the_review_was_done_says_what_came_and_what_is_not_shown(manager: Access) -> None:
    world.an_asked_agency(manager, "Testshire Health")
    texts = everything(manager)
    assert "Received and signed off" in texts
    assert "asked for, not received" in texts
    assert "No practitioner and no family member was heard." in texts
    assert all(each.how.startswith("Not shown") for each in principles(material_of(manager))[:3])


def test_a_report_with_every_part_renders_with_headings_in_step(
    manager: Access, report: Report
) -> None:
    chosen(manager, report)
    for section in report.sections.all():
        world.write_in(manager, section.key, "## Part\n\nText with ^[a note].\n\n- item")
    files = publishable_files(manager)
    assert files["report.pdf"].startswith(b"%PDF")
    assert next(b.level for b in compose(manager).blocks if isinstance(b, Heading)) == 1


def test_words_of_hindsight_are_listed_as_advice(manager: Access) -> None:
    world.write_in(manager, "findings", "Staff should have known. They said: “we failed to ask”.")
    (prompted,) = hindsight_in(sections_of(manager))
    assert prompted.prompt.words == "should have known"


def test_the_briefing_is_one_tree_and_empty_boxes_are_left_out(
    manager: Access, report: Report
) -> None:
    assert compose_briefing(manager) is None
    write_briefing(
        access=manager,
        report=report,
        seen_version=1,
        boxes={"background": "Sam Fictional was two.", "what_to_do": "- Ask.\n- Listen."},
    )
    briefing = compose_briefing(manager)
    assert briefing is not None
    assert [b.text for b in briefing.blocks if isinstance(b, Heading)] == [
        "Background",
        "What to do now",
    ]
    assert "Fictional" not in repr(briefing)


def test_a_finding_that_rests_on_entries_alone_says_that_nobody_was_asked_why(
    manager: Access,
) -> None:
    finding = manager_finding(manager)
    Evidence.objects.create(
        case=manager.case, finding=finding, kind="entry", entry=Entry.objects.all()[0]
    )
    texts = everything(manager)
    assert "Nobody has been asked why." in texts
    assert "1 entry recorded by" in texts


def manager_finding(manager: Access):  # type: ignore[no-untyped-def]
    from candour.analysis.models import Finding

    return Finding.objects.create(case=manager.case, order=1, statement="Sleep was not asked about")


def test_a_report_is_accepted_once_by_those_who_decide(manager: Access, report: Report) -> None:
    chair = world.a_member(manager, Role.CHAIR)
    with pytest.raises(NotPermitted):
        accept_report(access=manager, report=report, seen_version=report.version)
    accepted = accept_report(access=chair, report=report, seen_version=report.version)
    with pytest.raises(WrongState, match="report_accepted"):
        accept_report(access=chair, report=report, seen_version=accepted.version)


def test_a_report_without_a_title_is_refused(manager: Access, report: Report) -> None:
    with pytest.raises(Invalid, match="title_missing"):
        set_front(
            access=manager, report=report, seen_version=report.version, front=Front(title=" ")
        )
