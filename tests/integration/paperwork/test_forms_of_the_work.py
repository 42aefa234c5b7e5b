"""Forms are filled once, reused, saved half done, finished whole, and taken out as files."""

import csv
import io
import uuid
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from tests import world

from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.duties.models import Duty
from candour.engines.statute.rulefiles import use_local_rules
from candour.incidents.models import Incident, Recommendation
from candour.incidents.services.decision import decide, record_partner_view
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.paperwork.composed import COMPOSED
from candour.paperwork.definitions import definition, definitions
from candour.paperwork.known import _READ
from candour.paperwork.models import FilledForm
from candour.paperwork.schedule import material_of
from candour.paperwork.selectors import begins_as, composed_paper, paper_of, papers_of, parts_of
from candour.paperwork.services import finish_form, missing, open_form_again, save_form
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

MARKERS = 18


@pytest.fixture
def manager() -> Access:
    return world.an_incident(normally_resident="yes")


def page(access: Access, name: str, **further: str) -> str:
    return reverse(f"paperwork:{name}", kwargs={"reference": access.case.reference, **further})


def whole_referral(**changed: str) -> dict[str, str]:
    answers = {f.name: "As recorded" for f in definition("referral").fields() if f.needed}
    return {**answers, "aware_on": clock.today().isoformat(), **changed}


def test_every_form_asks_each_thing_once_and_reuses_only_what_can_be_read() -> None:
    for form in definitions():
        names = [field.name for field in form.fields()]
        assert len(names) == len(set(names))
        assert {field.known for field in form.fields()} <= {"", *_READ}
        assert all(field.choices for field in form.fields() if field.kind == "choice")
        assert form.scale or any(field.needed for field in form.fields())


def test_the_eighteen_quality_markers_are_all_there() -> None:
    fields = list(definition("quality_markers").fields())
    assert [field.label.split(" ")[0] for field in fields] == [
        str(number) for number in range(1, MARKERS + 1)
    ]


def test_what_is_on_record_stands_in_a_form_before_anybody_opens_it(manager: Access) -> None:
    agency = world.an_agency()
    incident = Incident.objects.get(case=manager.case)
    incident.bodies_known.set([agency], through_defaults={"case": manager.case})
    begun = begins_as(manager, paper_of(manager, "referral"))
    assert begun["agencies"] == agency.name
    assert "found unresponsive" in begun["incident"]
    assert begun["child"].startswith("Child ")
    assert "Fictional" not in " ".join(begun.values())


def test_a_form_is_saved_half_done_and_two_people_lose_nothing(manager: Access) -> None:
    form = definition("referral")
    save_form(access=manager, form=form, seen_version=0, answers={"referrer": "A GP"})
    with pytest.raises(EditedElsewhere):
        save_form(access=manager, form=form, seen_version=0, answers={"referrer": "A nurse"})
    kept = FilledForm.objects.get(case=manager.case)
    assert kept.answers == {"referrer": "A GP"}
    assert begins_as(manager, paper_of(manager, "referral")) == {"referrer": "A GP"}


def test_an_answer_to_no_question_is_not_kept(manager: Access) -> None:
    form = definition("referral")
    save_form(access=manager, form=form, seen_version=0, answers={"anything": "x", "lead": " "})
    assert FilledForm.objects.get(case=manager.case).answers == {}


def test_a_form_is_finished_only_when_what_it_needs_is_there_and_is_then_frozen(
    manager: Access,
) -> None:
    form = definition("referral")
    with pytest.raises(WrongState, match="Referrer"):
        finish_form(access=manager, form=form)
    save_form(access=manager, form=form, seen_version=0, answers=whole_referral())
    finish_form(access=manager, form=form)
    with pytest.raises(WrongState, match="form_finished"):
        save_form(access=manager, form=form, seen_version=2, answers={})
    with pytest.raises(Invalid, match="reasons_missing"):
        open_form_again(access=manager, form=form, reasons=" ")
    opened = open_form_again(access=manager, form=form, reasons="A date was wrong")
    assert opened.opened_again[0]["reasons"] == "A date was wrong"
    save_form(
        access=manager, form=form, seen_version=opened.version, answers={"referrer": "A nurse"}
    )
    assert missing(form, {"referrer": "A nurse"})


def test_a_finished_referral_starts_and_meets_the_clock_of_the_older_guidance() -> None:
    with time_machine.travel("2008-03-03 10:00:00+00:00", tick=False):
        manager = world.an_incident(normally_resident="yes")
        form = definition("referral")
        answers = whole_referral(aware_on="2008-02-28", aware_at="9.15")
        save_form(access=manager, form=form, seen_version=0, answers=answers)
        finish_form(access=manager, form=form)
        duty = Duty.objects.get(case=manager.case, code="S2")
    assert duty.due_at is not None
    assert duty.due_at.isoformat() == "2008-03-02T09:15:00+00:00"
    assert duty.fulfilled_at


def test_a_referral_of_today_starts_no_clock_of_the_older_guidance(manager: Access) -> None:
    save_form(access=manager, form=definition("referral"), seen_version=0, answers=whole_referral())
    finish_form(access=manager, form=definition("referral"))
    assert not Duty.objects.filter(case=manager.case, code="S2").exists()


def test_a_time_that_cannot_be_read_is_refused_and_nothing_is_finished() -> None:
    with time_machine.travel("2008-03-03 10:00:00+00:00", tick=False):
        manager = world.an_incident(normally_resident="yes")
        form = definition("referral")
        answers = whole_referral(aware_at="in the morning")
        save_form(access=manager, form=form, seen_version=0, answers=answers)
        with pytest.raises(Invalid, match="date_unreadable"):
            finish_form(access=manager, form=form)
    assert FilledForm.objects.get(case=manager.case).finished_at is None


def test_a_plan_of_the_reviewers_is_read_by_nobody_else(manager: Access) -> None:
    with pytest.raises(Hidden):
        paper_of(manager, "event_plan")
    assert "event_plan" not in {each.form.code for each in papers_of(manager)}
    notifier = world.a_member(manager, Role.NOTIFIER)
    assert {each.form.kind for each in papers_of(notifier)} == {Kind.REFERRAL}


def test_whoever_only_reads_a_form_does_not_write_it(manager: Access) -> None:
    member = world.a_member(manager, Role.SUB_GROUP)
    assert paper_of(member, "referral")
    with pytest.raises(NotPermitted):
        save_form(access=member, form=definition("referral"), seen_version=0, answers={})


@pytest.mark.parametrize("composed", COMPOSED, ids=lambda each: each.code)
def test_papers_are_made_from_records_by_those_who_read_them(
    manager: Access, composed: object
) -> None:
    code = composed.code  # type: ignore[attr-defined]
    if composed.kind is Kind.CONVERSATIONS:  # type: ignore[attr-defined]
        with pytest.raises(Hidden):
            composed_paper(manager, code)
    else:
        found, parts = composed_paper(manager, code)
        assert found.title
        assert all(part.rows for part in parts)


def test_the_decision_record_holds_findings_recommendation_decision_and_dissent() -> None:
    manager = world.an_incident(normally_resident="yes")
    partners = world.a_rapid_review_with_the_panel(manager)
    world.every_criterion_found(manager)
    (first, *others) = partners.values()
    proposed = decide(
        access=first,
        outcome=Recommendation.Outcome.REVIEW,
        reasons="There is more to learn",
        dissent="Health would have closed it",
    )
    for partner in (first, *others):
        record_partner_view(access=partner, decision=proposed, agrees=True, reasons="Agreed")
    _, parts = composed_paper(manager, "decision")
    text = " ".join(
        f"{part.title} {row['key']} {row['value']}" for part in parts for row in part.rows
    )
    for words in ("Criteria: Child", "There is more to learn", "Health would have closed it"):
        assert words in text
    assert text.count("Agrees. Agreed") == 3


def test_a_form_is_taken_out_as_word_and_pdf_under_a_name_that_tells_nothing(
    manager: Access,
) -> None:
    save_form(
        access=manager,
        form=definition("quality_markers"),
        seen_version=0,
        answers={"m1": "In part", "m1_shows": "The referral came after nine days"},
    )
    browser = world.a_browser(manager)
    word = browser.get(page(manager, "take", form="quality_markers", file_format="docx"))
    document = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    assert "In part. The referral came after nine days" in document
    paper = browser.get(page(manager, "take", form="quality_markers", file_format="pdf"))
    assert paper.content.startswith(b"%PDF")
    assert word["Content-Disposition"].endswith(f'{manager.case.reference}-quality-markers.docx"')
    assert Event.objects.filter(name="paperwork.taken").count() == 2
    assert browser.get(page(manager, "take", form="referral", file_format="exe")).status_code == 404


def test_a_form_is_filled_in_on_its_page_and_nothing_typed_is_lost(manager: Access) -> None:
    browser = world.a_browser(manager)
    where = page(manager, "fill", form="referral")
    assert "found unresponsive" in browser.get(where).content.decode()
    sent = {"referrer": "A GP", "version": "0", "submission": str(uuid.uuid4())}
    assert browser.post(where, sent).status_code == 302
    again = browser.post(where, {**sent, "referrer": "A nurse", "submission": str(uuid.uuid4())})
    assert again.status_code == 409
    text = again.content.decode()
    assert "A nurse" in text
    assert "A GP" in text
    assert "Needed before" in browser.get(where).content.decode()
    finish = browser.get(page(manager, "finish", form="referral")).content.decode()
    assert "Still missing" in finish


def test_the_schedule_says_what_is_held_and_nothing_of_its_content(manager: Access) -> None:
    world.a_rapid_review_with_the_panel(manager)
    kinds = {each.kind for each in material_of(manager)}
    assert {"Rapid review", "Agency's scoping form"} <= kinds
    browser = world.a_browser(manager)
    taken = browser.get(page(manager, "take_schedule", file_format="csv"))
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert rows[0] == ["Reference", "Kind", "Date"]
    assert len(rows) == len(material_of(manager)) + 1
    assert "What was found" not in taken.content.decode()
    workbook = browser.get(page(manager, "take_schedule", file_format="xlsx"))
    assert workbook.content.startswith(b"PK")
    assert browser.get(page(manager, "take_schedule", file_format="exe")).status_code == 404


def test_the_schedule_is_not_for_those_who_do_not_read_disclosure(manager: Access) -> None:
    with pytest.raises(NotPermitted):
        material_of(world.a_member(manager, Role.SUB_GROUP))


def test_a_partnership_brings_a_form_of_its_own_and_a_mistake_in_it_is_named(
    tmp_path: Path,
) -> None:
    own = tmp_path / "forms.toml"
    own.write_text(
        '[form.local]\ntitle = "Ours"\nabout = "x"\nkind = "decision"\n[[form.local.section]]\n'
        'title = "A"\nfields = [{ name = "a", label = "A?", needed = true }]\n',
        encoding="utf-8",
    )
    try:
        use_local_rules(tmp_path)
        assert definition("local").title == "Ours"
        assert definition("referral")
    finally:
        use_local_rules(None)
    other = tmp_path / "other"
    other.mkdir()
    (other / "forms.toml").write_text('[form.local]\ntitle = "Ours"\n', encoding="utf-8")
    try:
        use_local_rules(other)
        with pytest.raises(Invalid, match=r"forms\.toml, \[form\.local\]: 'about'"):
            definitions()
    finally:
        use_local_rules(None)


def test_parts_of_a_form_say_what_is_not_answered(manager: Access) -> None:
    (first, *_) = parts_of(paper_of(manager, "referral"))
    assert {row["value"] for row in first.rows} == {"Not answered"}
    assert manager.case.regime == Case.Regime.CSPR
