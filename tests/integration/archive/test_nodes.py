"""A node reads a copy of the database: it shows what it can answer for, and writes nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from tests.integration.archive.deposited import body, paragraphs_of, record

from candour.archive import following, indexing, nodes, storage
from candour.archive.asked import Asked
from candour.archive.deposits import deposit, withdraw
from candour.archive.finding import find
from candour.archive.following import Follower, bring_files
from candour.archive.generations import present
from candour.archive.indexing import index_pending
from candour.archive.models import Citation, Pulse, ReasonClass, ReviewRecord, TombstoneKind
from candour.engines.search.documents import Document
from candour.engines.search.index import words_of
from candour.kernel import clock
from candour.kernel.errors import WrongState
from candour.platform.config import Config, config
from candour.platform.databases import databases

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

MAIN = "https://main.example.org"


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is a node of the archive at `MAIN`."""
    monkeypatch.setattr(config(), "archive_follows", MAIN)


@pytest.fixture
def review() -> ReviewRecord:
    return deposit(record())


def copied(ago: timedelta) -> None:
    Pulse.objects.update_or_create(pk=1, defaults={"at": clock.now() - ago})


def test_a_node_shows_nothing_while_it_cannot_tell_how_old_its_copy_is(
    visitor: Client, review: ReviewRecord, node: None
) -> None:
    for address in ("/", f"/review/{review.pk}/v1", "/search?q=infant", "/data/reviews.csv"):
        answer = visitor.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
        assert b"infant" not in answer.content
    state = visitor.get("/health")
    assert state.status_code == 503
    assert state.json()["seconds_behind"] is None


@pytest.mark.parametrize(
    ("ago", "status"),
    [
        (timedelta(seconds=2), 200),
        (timedelta(seconds=299), 200),
        (timedelta(seconds=310), 503),
        (timedelta(seconds=-310), 503),
    ],
)
def test_a_node_shows_reviews_as_long_as_its_copy_is_near(
    visitor: Client, review: ReviewRecord, node: None, ago: timedelta, status: int
) -> None:
    copied(ago)
    assert visitor.get(f"/review/{review.pk}/v1").status_code == status
    assert visitor.get("/health").status_code == status


def test_the_main_archive_answers_whatever_its_worker_does(
    visitor: Client, review: ReviewRecord
) -> None:
    copied(timedelta(days=3))
    assert visitor.get(f"/review/{review.pk}/v1").status_code == 200
    index_pending()
    state = visitor.get("/health").json()
    assert (state["lines"], state["lines_indexed"]) == (1, 1)
    assert "seconds_behind" not in state


def test_a_node_leaves_alerts_to_the_main_archive(visitor: Client, node: None) -> None:
    copied(timedelta())
    assert visitor.get("/alerts/ask?q=infant").status_code == 503
    assert visitor.post("/alerts/ask", {"email": "a@example.org"}).status_code == 503


def test_a_node_catches_up_without_writing_to_the_database(
    review: ReviewRecord, node: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_brought", lambda file: False)
    mentions = f"As review {review.pk} said before."
    deposit(record("d-2", paragraphs=paragraphs_of(mentions), html=body(paragraphs_of(mentions))))
    # The folder of a main archive is refused; these files were deposited here.
    (storage.archive_folder() / "follows").touch()

    def reading_only(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        assert sql.lstrip().split()[0].upper() in ("SELECT", "SAVEPOINT", "RELEASE"), sql
        return execute(sql, *rest)

    with connections["archive"].execute_wrapper(reading_only):
        Follower().catch_up()
    assert find(Asked(typed="infant")).total == 2
    assert not Citation.objects.exists()


def test_a_session_of_a_node_on_postgresql_can_only_read() -> None:
    settings = Config(archive_database_url="postgresql://a@h/b", archive_follows=MAIN)
    assert "read_only=on" in databases(settings)["archive"]["OPTIONS"]["options"]
    main = Config(archive_database_url="postgresql://a@h/b")
    assert "OPTIONS" not in databases(main)["archive"]


def test_a_main_archives_folder_is_never_taken_for_a_nodes(
    review: ReviewRecord, node: None
) -> None:
    with pytest.raises(WrongState, match="data folder of its own"):
        Follower()
    assert list(storage.kept_files())


def test_following_is_refused_where_there_is_nothing_to_follow() -> None:
    with pytest.raises(WrongState, match="CANDOUR_ARCHIVE_FOLLOWS"):
        Follower()


def test_a_node_keeps_exactly_the_files_that_are_published(
    review: ReviewRecord, node: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = review.versions.get().files.get()
    content = storage.path_of(file.sha256).read_bytes()
    storage.forget(file.sha256)
    asked: list[str] = []

    def answer(path: str, size: int) -> bytes:
        asked.append(path)
        return b"something else" if len(asked) == 1 else content

    monkeypatch.setattr(following, "_fetched", answer)
    assert bring_files() == 1, "other bytes than were deposited are not kept"
    assert bring_files() == 0
    assert storage.path_of(file.sha256).read_bytes() == content
    assert asked == [f"/review/{review.pk}/v1/files/{file.name}"] * 2
    withdraw(review.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    bring_files()
    assert not list(storage.kept_files())


def test_what_is_published_during_a_long_build_is_found_before_its_end(
    review: ReviewRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_pending()
    monkeypatch.setattr(indexing, "_LOOK_EVERY", -1.0)
    plain, totals = indexing.documents, []

    def slowly(records: Any = None) -> Iterator[Document]:
        for number, each in enumerate(plain(records)):
            if records is None and number == 1:
                deposit(record("d-later"))
            if records is None and number == 2:
                totals.append(find(Asked(typed="fortnight")).total)
            yield each

    monkeypatch.setattr(indexing, "documents", slowly)
    indexing.rebuild_index()
    assert totals == [2]
    assert find(Asked(typed="fortnight")).total == 2


def test_one_round_takes_a_withdrawn_text_out_of_a_nodes_index(
    review: ReviewRecord, archive_folder: Path
) -> None:
    secret = paragraphs_of("The quokkaberry orchard.")
    goes = deposit(record("d-gone", paragraphs=secret, html=body(secret)))
    index_pending()
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    index_pending()
    found = present()
    assert found is not None
    assert not found.owes
    assert "quokkaberri" not in words_of(found.folder)
    everything = b"".join(
        p.read_bytes() for p in (archive_folder / "index").rglob("*") if p.is_file()
    )
    assert b"quokkaberr" not in everything


def test_a_withdrawal_whose_new_index_was_never_finished_is_still_owed(
    review: ReviewRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_pending()
    withdraw(review.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    with monkeypatch.context() as killed:
        killed.setattr(indexing, "_build", lambda: 0)
        index_pending()
    left = present()
    assert left is not None and left.owes
    index_pending()
    after = present()
    assert after is not None and not after.owes
    assert after.generation != left.generation


def test_only_an_archive_on_postgresql_has_a_pulse() -> None:
    nodes.beat()
    assert Pulse.objects.exists() is (connections["archive"].vendor == "postgresql")
