"""From a board's file to the public: read, looked over, described, approved by a named person."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.unit.reading import documents
from tests.world import actor, an_appointment

from candour.archive.deposits import withdraw
from candour.archive.indexing import index_pending
from candour.archive.models import Learning, ReasonClass, ReviewRecord, Term, TombstoneKind
from candour.archive.purging import purge_pending
from candour.audit.models import Event
from candour.engines.reading import scanned
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.errors import Hidden, Invalid, NotPermitted, RuleBroken
from candour.library import selectors
from candour.library.models import Batch, Intake, LedgerEntry
from candour.library.services import check, describe, learning, ledger
from candour.library.services.approve import approve
from candour.library.services.take_in import (
    begin_batch,
    original,
    read,
    take_in,
    take_in_folder,
)
from candour.people.roles import Role

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

FACTS: dict[str, Any] = {
    "title": "Serious case review: Child X",
    "label": "Child X",
    "publishers": "Northmere Safeguarding Children Board",
    "publisher_is_withheld": False,
    "year_text": "2015",
    "review_type": "SCR",
    "kind": "overview report",
    "rule_set": "WT2013",
    "authors": "A. Reviewer",
    "report_dated_text": "",
    "adopted_text": "",
    "published_text": "2015-06",
    "uploaded_text": "",
    "library_number": "NC50543",
    "basis": "deposit",
    "licence": "",
    "licence_evidence": "E-mail of the board",
    "offers_original": True,
    "is_noindexed": False,
    "new_version_of": "",
    "what_changed": "",
    "abstract": "In short.",
    "incident": "An infant died.",
    "background": "",
    "learning": "",
    "recommendations": "",
    "methodology": "SILP",
    "do_differently": "",
    "questions": "Who asked where the infant slept?",
    "subjects": ["theme:safe-sleep"],
}


def upload(content: bytes, name: str = "report.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def taken_in(by: Actor, content: bytes, name: str = "report.docx") -> Intake:
    """A file that was taken in and read."""
    batch = begin_batch(by=by, source="by hand")
    (found,) = take_in(by=by, batch=batch, uploads=[upload(content, name)])
    return read(by=SYSTEM, intake_id=found.pk)


def checked(by: Actor, content: bytes, **changes: Any) -> Intake:
    """The same, looked over and described."""
    found = taken_in(by, content)
    found = check.look_for_names(by=by, intake=found, stopped=[], version=found.version)
    return check.write_facts(by=by, intake=found, facts={**FACTS, **changes}, version=found.version)


def approved(by: Actor, content: bytes, **changes: Any) -> ReviewRecord:
    found = checked(by, content, **changes)
    done = approve(by=by, intake=found, version=found.version)
    return ReviewRecord.objects.get(pk=done.archive_record_id)


def test_a_file_becomes_public_as_it_was_with_its_reading_version_and_its_record(
    librarian: Actor,
) -> None:
    content = documents.report_docx()
    review = approved(librarian, content)
    version = review.versions.get()
    assert version.files.get().size == len(content)
    assert "First thing found" in version.body_html
    assert review.description.methodology == "SILP"
    assert [term.code for term in review.subjects.all()] == ["safe-sleep"]
    assert review.identifiers.get().value == "NC50543"
    assert review.published_text == "2015-06"
    assert LedgerEntry.objects.get().record_id == review.pk


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("names_not_looked_at", {"looked_at": None, "looked_by": None}),
        ("names_stopped", {"stopped": ["Jane Example"]}),
        ("facts_missing", {"facts": {}}),
        ("no_right_to_hold", {"facts": {**FACTS, "basis": "none"}}),
        ("licence_missing", {"facts": {**FACTS, "basis": "licence"}}),
    ],
)
def test_nothing_goes_public_while_something_is_missing(
    librarian: Actor, code: str, spoil: dict[str, Any]
) -> None:
    found = checked(librarian, documents.report_docx())
    Intake.objects.filter(pk=found.pk).update(**spoil)
    with pytest.raises(RuleBroken) as refused:
        approve(by=librarian, intake=found, version=found.version)
    assert refused.value.code == code
    assert not ReviewRecord.objects.exists()


def test_the_original_is_kept_byte_for_byte_and_sealed_on_disk(librarian: Actor) -> None:
    content = documents.report_pdf()
    found = taken_in(librarian, content, "report.pdf")
    assert original(found) == content
    from candour.library.services.take_in import SHELF
    from candour.platform.files import stored_path

    assert content[:40] not in stored_path(SHELF, found.sha256).read_bytes()


def test_the_same_bytes_are_one_file_and_the_same_words_are_named(librarian: Actor) -> None:
    came = documents.report_docx()
    first = taken_in(librarian, came)
    again = taken_in(librarian, came, "other name.docx")
    twin = taken_in(librarian, documents.report_odt(), "report.odt")
    assert again.pk == first.pk
    assert twin.same_as == f"the same words as the file {first.sha256[:12]} taken in here"


def test_a_report_that_is_in_the_archive_already_is_named_with_its_reference(
    librarian: Actor,
) -> None:
    review = approved(librarian, documents.report_docx())
    twin = taken_in(librarian, documents.report_odt(), "report.odt")
    assert twin.same_as == f"the same words as review {review.pk}"


def test_a_file_that_cannot_be_read_is_kept_with_the_reason_and_what_to_do(
    librarian: Actor,
) -> None:
    found = taken_in(librarian, documents.locked_pdf(), "locked.pdf")
    assert found.state == Intake.State.REFUSED
    assert "password" in found.problem
    assert found.fix
    assert original(found) == original(found)


def test_a_scanned_report_says_that_recognition_is_missing_or_is_read_and_marked(
    librarian: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanned.shutil, "which", lambda program: None)
    refused = taken_in(librarian, documents.picture_pdf(), "scan.pdf")
    assert "not installed" in refused.problem
    monkeypatch.setattr(
        "candour.library.services.take_in.recognised", lambda data: documents.report_pdf()
    )
    again = read(by=SYSTEM, intake_id=refused.pk)
    assert again.state == Intake.State.READ
    assert again.reading["problems"][0]["code"] == "read_by_recognition"


def test_strings_that_may_identify_somebody_are_put_before_a_person(librarian: Actor) -> None:
    page = documents.HTML.replace("First thing found", "Mrs Wilhelmina Trask rang 07700 900123")
    found = taken_in(librarian, page.encode(), "page.html")
    strings = " ".join(each["string"] for each in found.names)
    assert "Wilhelmina Trask" in strings
    assert "07700 900123" in strings
    with pytest.raises(Invalid):
        check.look_for_names(by=librarian, intake=found, stopped=["x"], version=found.version)


def test_a_folder_goes_on_where_a_crash_left_it_and_says_of_each_file_how_it_went(
    librarian: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in (
        ("a.docx", documents.report_docx()),
        ("b.pdf", documents.report_pdf()),
        ("c.html", b""),
        ("notes.txt", b"not a report"),
    ):
        (tmp_path / name).write_bytes(content)
    with monkeypatch.context() as crash:
        crash.setattr("candour.library.services.take_in._digest", _dies_at_the_second())
        with pytest.raises(KeyboardInterrupt):
            take_in_folder(by=librarian, folder=tmp_path)
    assert Intake.objects.count() == 1
    batch = take_in_folder(by=librarian, folder=tmp_path)
    assert sorted(batch.intakes.values_list("name", flat=True)) == ["a.docx", "b.pdf"]
    batch.refresh_from_db()
    assert [fault["name"] for fault in batch.faults] == ["c.html"]
    assert take_in_folder(by=librarian, folder=tmp_path).pk == batch.pk
    assert (Intake.objects.count(), Batch.objects.count()) == (2, 1)


def _dies_at_the_second() -> Any:
    from candour.library.services import take_in as module

    real, calls = module._digest, []

    def digest(source: Any) -> str:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return str(real(source))

    return digest


def test_two_librarians_do_not_overwrite_one_another(librarian: Actor) -> None:
    found = taken_in(librarian, documents.report_docx())
    check.write_facts(by=librarian, intake=found, facts=FACTS, version=found.version)
    with pytest.raises(RuleBroken) as refused:
        check.write_facts(by=librarian, intake=found, facts={}, version=found.version)
    assert refused.value.code == "edited_elsewhere"


def test_whoever_is_no_librarian_finds_no_desk_and_changes_nothing(librarian: Actor) -> None:
    found = taken_in(librarian, documents.report_docx())
    other = actor(an_appointment(Role.BUSINESS_MANAGER))
    with pytest.raises(Hidden):
        selectors.intake(other, found.pk)
    for act in (
        lambda: begin_batch(by=other, source="by hand"),
        lambda: check.write_facts(by=other, intake=found, facts=FACTS, version=found.version),
        lambda: approve(by=other, intake=found, version=found.version),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_ledger_keeps_what_a_withdrawal_empties_until_a_court_strikes_it_out(
    librarian: Actor,
) -> None:
    review = approved(librarian, documents.report_docx())
    index_pending()
    withdraw(review.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.IDENTIFICATION_RISK)
    assert purge_pending() == 0
    review.refresh_from_db()
    assert review.title == ""
    entry = LedgerEntry.objects.get(record_id=review.pk)
    assert entry.facts["title"] == FACTS["title"]
    assert entry.ordered["tombstone"] == "bare"
    with pytest.raises(Invalid):
        ledger.strike_out(by=librarian, record_id=review.pk, order=" ")
    ledger.strike_out(by=librarian, record_id=review.pk, order="High Court FD15P00001")
    ledger.enter_all()
    assert LedgerEntry.objects.get(record_id=review.pk).facts == {}


def test_nothing_in_the_audit_names_a_file_or_a_title(librarian: Actor) -> None:
    approved(librarian, documents.report_docx())
    told = " ".join(str(event.payload) + event.subject for event in Event.objects.all())
    assert "report.docx" not in told
    assert "Child X" not in told


LEARNT = """<html><body><h1>Recommendations</h1><p>Recommendation 1: The Board should ensure that
every agency asks where an infant sleeps at night and writes it down.</p><p>The panel met four
times in the year, and all agencies attended each of these meetings.</p></body></html>"""


def test_only_what_a_person_confirmed_becomes_a_recommendation(librarian: Actor) -> None:
    review = approved(librarian, LEARNT.encode())
    text = review.versions.get()
    (proposal,) = learning.proposed(text)
    assert (proposal.kind, proposal.number) == ("recommendation", "1")
    assert not Learning.objects.exists()
    (made,) = learning.confirm(
        by=librarian, version=text, chosen=[(proposal.anchor, learning.LearningKind.RECOMMENDATION)]
    )
    assert made.text.startswith("Recommendation 1")
    assert learning.proposed(text) == []


def _recommended(librarian: Actor, words: str, year: str) -> Learning:
    page = LEARNT.replace("every agency asks", words)
    review = approved(librarian, page.encode(), year_text=year, library_number="")
    text = review.versions.get()
    kind = learning.LearningKind.RECOMMENDATION
    (proposal,) = learning.proposed(text)
    return learning.confirm(by=librarian, version=text, chosen=[(proposal.anchor, kind)])[0]


def test_recommended_before_is_proposed_from_earlier_years_and_confirmed_by_a_person(
    librarian: Actor,
) -> None:
    earlier = _recommended(librarian, "each agency asks", "2011")
    later = _recommended(librarian, "all agencies ask", "2015")
    (like,) = learning.alike(later)
    assert like.earlier == earlier
    assert not like.is_confirmed
    assert learning.alike(earlier) == []
    learning.confirm_like(by=librarian, later=later, earlier=earlier)
    assert learning.alike(later)[0].is_confirmed
    with pytest.raises(Invalid):
        learning.confirm_like(by=librarian, later=earlier, earlier=later)


def test_a_status_needs_a_source_and_not_known_is_never_reported(librarian: Actor) -> None:
    from datetime import date

    found = _recommended(librarian, "each agency asks", "2011")
    status = learning.LearningStatus
    for wrong, source in ((status.UNKNOWN, "Annual report"), (status.DONE, " ")):
        with pytest.raises(Invalid):
            learning.report_status(
                by=librarian, learning=found, status=wrong, as_at=date(2016, 1, 1), source=source
            )


def test_a_batch_edit_gives_a_term_to_several_reviews_and_takes_it_back(librarian: Actor) -> None:
    one = approved(librarian, documents.report_docx())
    other = approved(librarian, documents.report_html(), library_number="")
    term = Term.objects.get(vocabulary="theme", code="fathers")
    assert describe.give_term(by=librarian, term=term, reviews=[one, other]) == 2
    assert describe.give_term(by=librarian, term=term, reviews=[one, other]) == 0
    assert describe.give_term(by=librarian, term=term, reviews=[one], take=True) == 1
    assert list(term.records.all()) == [other]


def test_the_whole_way_on_the_desks_own_pages(browser: Client) -> None:
    assert "Take in the first report" in browser.get("/library/").content.decode()
    sent = browser.post("/library/take-in/", {"reports": upload(documents.report_docx())})
    assert sent.status_code == 302
    found = Intake.objects.get()
    read(by=SYSTEM, intake_id=found.pk)
    base = f"/library/files/{found.pk}/"
    assert "Before it can be approved" in browser.get(base).content.decode()
    assert "First thing found" in browser.get(f"{base}text/").content.decode()
    found.refresh_from_db()
    looked = browser.post(f"{base}names/", {"looked": "on", "version": found.version})
    assert looked.status_code == 302, looked.content.decode()[-3000:]
    yes = {True: "yes", False: "no"}
    words = {name: yes[v] if isinstance(v, bool) else v for name, v in FACTS.items()}
    saved = browser.post(f"{base}record/", {**words, "version": found.version + 1})
    assert saved.status_code == 302, saved.content.decode()[:6000]
    done = browser.post(f"{base}approve/", {"sure": "on", "version": found.version + 2})
    assert done.status_code == 302, done.content.decode()[:6000]
    review = ReviewRecord.objects.get()
    for page in ("reviews/", f"reviews/{review.pk}/", "ledger/", "terms/", "catalogue/"):
        assert browser.get(f"/library/{page}").status_code == 200, page
    wrong = browser.post(
        f"/library/reviews/{review.pk}/announcement/",
        {
            "status": "published",
            "announced_text": "soon",
            "source": "Its site",
            "submission": "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8d01",
        },
    )
    assert wrong.status_code == 422


def test_a_catalogue_loads_all_but_the_line_that_is_wrong_and_names_it(browser: Client) -> None:
    head = (
        "id,collection,title,subject_label,board,year,published_on,kind,author,url,source_url,note"
    )
    lines = [f"n-{n},x-archive,Child {n},,North Board,2015,,,,,," for n in range(1, 174)]
    lines[169] = "n-170,x-archive,Child 170,,North Board,soon,,,,,,"
    file = upload("\n".join([head, *lines]).encode(), "catalogue.csv")
    page = browser.post("/library/catalogue/", {"file": file}).content.decode()
    assert "172 added" in page
    assert "n-170" in page
    assert "names no year" in page
    bad = browser.post("/library/catalogue/", {"file": upload(b"\xff\xfe\x00", "c.csv")})
    assert bad.status_code == 422
