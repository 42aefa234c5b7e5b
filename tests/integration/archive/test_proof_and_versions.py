"""What was deposited can be proved, what stood on a day can be read, and a court ends both."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from tests.integration.archive.deposited import body, paragraphs_of, record

from candour.archive import fixity, signing
from candour.archive.deposits import DepositDescription, deposit, withdraw
from candour.archive.indexing import index_pending
from candour.archive.models import (
    DailyRoot,
    Description,
    Learning,
    ObjectLeaf,
    ReasonClass,
    ReviewRecord,
    TombstoneKind,
)
from candour.archive.purging import purge_pending
from candour.engines.fixity import standalone
from candour.kernel import clock
from candour.kernel.errors import Invalid

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

EARLY, LATE = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 9, 1, 12, tzinfo=UTC)
REPLACED = ("The infant was weighed every fortnight.", "Nobody asked where the infant slept.")
REPLACING = ("The infant was weighed every week.", "Nobody asked where the infant slept.")


@pytest.fixture(autouse=True)
def key_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "key_path", lambda: tmp_path / "keys" / "archive-signing.key")


@pytest.fixture
def two_texts() -> ReviewRecord:
    """A review whose text was replaced half a year later."""
    with clock.standing_at(EARLY):
        first = _deposit("d-1", REPLACED)
        fixity.sign_root()
    with clock.standing_at(LATE):
        _deposit(
            "d-2", REPLACING, new_version_of=first.pk, what_changed="How often it was weighed."
        )
        fixity.sign_root()
    return first


def _deposit(deposit_id: str, texts: tuple[str, ...], **changes: object) -> ReviewRecord:
    parts = paragraphs_of(*texts)
    # Set at its own instant: the row's own default asks the same clock.
    return deposit(record(deposit_id, paragraphs=parts, html=body(parts), **changes))


def test_every_text_and_file_is_proved_by_the_script_from_its_certificate(
    visitor: Client, two_texts: ReviewRecord
) -> None:
    for number in (1, 2):
        base = f"/review/{two_texts.pk}/v{number}"
        told = json.loads(visitor.get(f"{base}/proof/text/certificate.json").content)
        text = visitor.get(f"{base}/text.html").content
        assert standalone.fault_in(text, told) == ""
        assert standalone.fault_in(text + b" ", told) != ""
        pdf = json.loads(visitor.get(f"{base}/proof/pdf/certificate.json").content)
        name = f"review-{two_texts.pk}-v{number}.pdf"
        file = b"".join(visitor.get(f"{base}/files/{name}").streaming_content)
        assert standalone.fault_in(file, pdf) == ""
        assert standalone.fault_in(file, told) != ""


def test_each_root_names_the_one_before_and_a_day_is_signed_once(two_texts: ReviewRecord) -> None:
    first, second = DailyRoot.objects.all()
    assert (first.previous, second.previous) == ("", first.root)
    assert (first.size, second.size) == (2, 4)
    with clock.standing_at(LATE):
        assert fixity.sign_root() is None


def test_a_certificate_waits_for_the_next_root_and_says_so(visitor: Client) -> None:
    fresh = deposit(record("d-fresh"))
    page = visitor.get(f"/review/{fresh.pk}/v1/proof/text/certificate")
    assert "come back tomorrow" in page.content.decode()
    assert visitor.get(f"/review/{fresh.pk}/v1/proof/text/certificate.json").status_code == 404
    assert visitor.get(f"/review/{fresh.pk}/v1/proof/docx/certificate").status_code == 404


def test_the_key_is_for_its_owner_alone_and_is_made_once() -> None:
    public = signing.public_key()
    assert signing.public_key() == public
    assert signing.key_path().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("reason", [ReasonClass.COURT_ORDER, ReasonClass.IDENTIFICATION_RISK])
def test_where_a_court_or_a_childs_safety_demands_it_hash_and_salt_go_too(
    visitor: Client, two_texts: ReviewRecord, reason: ReasonClass
) -> None:
    digest = two_texts.versions.get(number=1).body_sha256
    withdraw(two_texts.pk, tombstone=TombstoneKind.FULL, reason_class=reason)
    leaves = ObjectLeaf.objects.filter(record=two_texts)
    assert {(leaf.sha256, leaf.salt) for leaf in leaves} == {("", "")}
    assert all(leaf.leaf for leaf in leaves)
    assert not two_texts.versions.exclude(body_sha256="").exists()
    assert visitor.get(f"/review/{two_texts.pk}/v1/proof/text/certificate.json").status_code == 410
    assert digest not in visitor.get("/proof/roots.json").content.decode()


def test_other_objects_are_proved_after_a_withdrawal_as_before(
    visitor: Client, two_texts: ReviewRecord
) -> None:
    stays = deposit(record("d-stays"))
    withdraw(
        two_texts.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.IDENTIFICATION_RISK
    )
    assert fixity.sign_root() is not None
    told = json.loads(visitor.get(f"/review/{stays.pk}/v1/proof/text/certificate.json").content)
    assert standalone.fault_in(visitor.get(f"/review/{stays.pk}/v1/text.html").content, told) == ""


def test_after_an_error_the_hash_may_stay_so_that_an_old_copy_is_known(
    two_texts: ReviewRecord,
) -> None:
    withdraw(two_texts.pk, tombstone=TombstoneKind.FULL, reason_class=ReasonClass.ERROR)
    assert ObjectLeaf.objects.filter(record=two_texts).exclude(sha256="").count() == 4


def test_the_text_of_a_day_is_the_one_that_stood_then(
    visitor: Client, two_texts: ReviewRecord
) -> None:
    def on(day: str) -> str:
        return str(visitor.get(f"/review/{two_texts.pk}/versions?on={day}").get("Location", ""))

    assert on("2026-03-01").endswith("/v1")
    assert on("2026-08-31").endswith("/v1")
    assert on("2026-09-01").endswith("/v2")
    assert visitor.get(f"/review/{two_texts.pk}/versions?on=2026-02-28").status_code == 404
    assert visitor.get(f"/review/{two_texts.pk}/versions?on=last+week").status_code == 422


def test_a_program_that_asks_by_date_is_led_to_the_same_text(
    visitor: Client, two_texts: ReviewRecord
) -> None:
    answer = visitor.get(
        f"/review/{two_texts.pk}/timegate",
        headers={"accept-datetime": "Wed, 01 Apr 2026 12:00:00 GMT"},
    )
    assert answer["Location"].endswith(f"/review/{two_texts.pk}/v1")
    assert answer["Vary"] == "accept-datetime"
    listed = visitor.get(f"/review/{two_texts.pk}/timemap").content.decode()
    assert 'datetime="Sun, 01 Mar 2026 12:00:00 GMT"' in listed


def test_a_comparison_shows_what_changed_and_leaves_out_what_did_not(
    visitor: Client, two_texts: ReviewRecord
) -> None:
    page = visitor.get(f"/review/{two_texts.pk}/changes/1-2").content.decode()
    assert REPLACED[0] in page
    assert REPLACING[0] in page
    assert REPLACED[1] not in page
    assert (
        "How often it was weighed."
        in visitor.get(f"/review/{two_texts.pk}/versions").content.decode()
    )


def test_every_account_of_a_withdrawn_review_is_purged_with_it(visitor: Client) -> None:
    told = DepositDescription(incident="The quokkaberry orchard.", questions="Why quokkaberries?")
    goes = deposit(record("d-goes", description=told, what_changed="Quokkaberry was misspelt."))
    Learning.objects.create(
        record=goes,
        version=goes.versions.get(),
        kind="finding",
        anchor="p-1",
        text="About the quokkaberry.",
        confirmed_on=clock.today(),
    )
    index_pending()
    assert "quokkaberry" in visitor.get(f"/review/{goes.pk}").content.decode()
    withdraw(goes.pk, tombstone=TombstoneKind.FULL, reason_class=ReasonClass.ERROR)
    assert purge_pending() == 0
    assert not Description.objects.exists()
    assert not Learning.objects.exists()
    assert goes.versions.get().what_changed == ""
    goes.refresh_from_db()
    assert goes.abstract == ""


def test_a_description_names_only_terms_that_the_thesaurus_has() -> None:
    told = DepositDescription(subjects=(("theme", "no-such-theme"),))
    with pytest.raises(Invalid) as refused:
        deposit(record("d-terms", description=told))
    assert refused.value.code == "no_such_term"
    assert not ReviewRecord.objects.exists()


def test_the_original_is_served_as_it_was_deposited(visitor: Client) -> None:
    held = deposit(record("d-original"))
    file = held.versions.get().files.get()
    answer = visitor.get(f"/review/{held.pk}/v1/files/{file.name}")
    assert sha256(b"".join(answer.streaming_content)).hexdigest() == file.sha256
