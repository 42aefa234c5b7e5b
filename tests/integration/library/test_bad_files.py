"""Files that go wrong, sent on the desk's own page: each is named with what to do, none is lost."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.unit.reading import documents

from candour.engines.reading import scanned
from candour.library.models import Intake
from candour.library.services import take_in
from candour.library.services.take_in import original
from candour.platform.files import too_large
from candour.platform.worker import run_due

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

GOOD = documents.report_docx()
# Name, bytes, and what the page says of it.
WRONG = (
    ("locked.pdf", documents.locked_pdf(), "password"),
    ("torn.pdf", documents.report_pdf()[:2000], "damaged"),
    ("torn.docx", GOOD[:3000], "damaged"),
    ("scan.pdf", documents.picture_pdf(), "pictures"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "Word"),
    ("words.txt", b"Only words.", "no PDF, Word, OpenDocument or web page"),
    ("bare.html", b"<html><body></body></html>", "no text in it"),
)


@pytest.fixture
def desk(browser: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """The batch's page after all of it was sent at once and read, with good files among it."""
    monkeypatch.setattr(scanned.shutil, "which", lambda program: None)
    files = [SimpleUploadedFile(name, content) for name, content, _ in WRONG]
    files += [SimpleUploadedFile("good.docx", GOOD), SimpleUploadedFile("good again.docx", GOOD)]
    files += [SimpleUploadedFile("same words.odt", documents.report_odt())]
    files += [SimpleUploadedFile("empty.pdf", b"")]
    files += [SimpleUploadedFile("cp1252.html", documents.HTML.encode("cp1252"))]
    sent = browser.post(
        reverse("library:take_in"), {"reports": files, "submission": str(uuid.uuid4())}
    )
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    while run_due():
        pass
    return browser.get(sent["Location"]).content.decode()


def test_each_file_says_what_is_wrong_and_what_to_do_and_is_kept_as_it_came(
    desk: str, browser: Client
) -> None:
    for name, content, said in WRONG:
        found = Intake.objects.get(name=name)
        assert found.state == Intake.State.REFUSED, name
        page = browser.get(reverse("library:intake", args=[found.pk])).content.decode()
        assert said.casefold() in found.problem.casefold(), (name, found.problem)
        assert found.problem.split("“")[0] in page and found.fix.split("“")[0] in page, name
        assert original(found) == content, name
        assert name in desk, "the batch names it"
    assert "empty.pdf: This file is empty." in desk


def test_the_good_ones_beside_them_are_read_once_and_twins_are_named(
    desk: str, browser: Client
) -> None:
    good = Intake.objects.get(name="good.docx")
    assert good.state == Intake.State.READ
    assert not Intake.objects.filter(name="good again.docx").exists(), "the same bytes, one file"
    twins = Intake.objects.exclude(same_as="").exclude(state=Intake.State.REFUSED)
    assert {each.name for each in twins} <= {"good.docx", "same words.odt", "cp1252.html"}
    assert twins.exists() and "the same words as the file" in desk + twins[0].same_as
    doubtful = Intake.objects.get(name="cp1252.html")
    page = browser.get(reverse("library:intake", args=[doubtful.pk])).content.decode()
    assert [each["code"] for each in doubtful.reading["problems"]] == ["wrong_encoding"]
    assert doubtful.reading["problems"][0]["message"].split("“")[0] in page


def test_a_file_that_cannot_be_kept_is_named_on_its_batch_and_the_others_are_taken_in(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_in, "require_whole", _too_large_for("large.pdf"))
    files = [SimpleUploadedFile("large.pdf", b"%PDF-1.7"), SimpleUploadedFile("good.docx", GOOD)]
    sent = browser.post(
        reverse("library:take_in"), {"reports": files, "submission": str(uuid.uuid4())}
    )
    page = browser.get(sent["Location"]).content.decode()
    assert "large.pdf" in page and "larger than" in page
    assert Intake.objects.get().name == "good.docx"


def _too_large_for(name: str) -> Callable[[SimpleUploadedFile], None]:
    def require(upload: SimpleUploadedFile) -> None:
        if upload.name == name:
            raise too_large(1)

    return require
