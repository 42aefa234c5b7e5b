"""Each standard is spoken as a program that we did not write understands it."""

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import bagit
import bibtexparser
import extruct
import feedparser
import pyarrow.parquet
import pytest
import rdflib
import requests
import rispy
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.integration.archive.deposited import record

from candour.archive.deposits import DepositDescription, deposit, withdraw
from candour.archive.exchange import oai
from candour.archive.models import Identifier, ReasonClass, ReviewRecord, TombstoneKind
from candour.archive.vocabularies import load_vocabularies
from candour.kernel.errors import Invalid

with warnings.catch_warnings():
    # Its patterns are written as Python 3.12 no longer likes them.
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.oaiexceptions import IdDoesNotExist, NoRecordsMatch

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

HOSTILE = 'Serious case review: <b>Child</b> & "Twin" {100%}'


@pytest.fixture
def held() -> ReviewRecord:
    """A review with everything that a description can have, and a title that tests every escape."""
    load_vocabularies()
    told = DepositDescription(
        incident="An infant died.", subjects=(("theme", "safe-sleep"), ("age", "under-1"))
    )
    return deposit(
        record("d-held", title=HOSTILE, authors=("A. Reviewer", "B. Second"), description=told)
    )


@pytest.fixture
def many(held: ReviewRecord) -> list[ReviewRecord]:
    """Five reviews, the third withdrawn with its reference told, the fourth in silence."""
    found = [held, *(deposit(record(f"d-{n}", label=f"Child {n}")) for n in range(1, 5))]
    withdraw(found[2].pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    withdraw(found[3].pk, tombstone=TombstoneKind.NONE, reason_class=ReasonClass.COURT_ORDER)
    return found


class ThroughTheClient(requests.adapters.BaseAdapter):
    """Lets a library that speaks HTTP speak to the site under test."""

    def __init__(self, visitor: Client) -> None:
        super().__init__()
        self.visitor = visitor

    def send(self, request: Any, **options: Any) -> requests.Response:
        path = request.url.partition("localhost:8002")[2]
        found = self.visitor.get(path)
        response = requests.Response()
        response.status_code = found.status_code
        response._content = found.content
        response.headers.update(found.headers)
        response.url, response.request, response.encoding = request.url, request, "utf-8"
        return response

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def harvester(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    session = requests.Session()
    session.mount("http://", ThroughTheClient(visitor))
    monkeypatch.setattr("sickle.app.requests", session)
    return Sickle("http://localhost:8002/oai")


def test_a_harvester_gets_every_review_page_by_page_and_learns_what_is_gone(
    harvester: Sickle, many: list[ReviewRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE", 2)
    found = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    by_id = {each.header.identifier: each for each in found}
    told = {f"oai:localhost:{many[n].pk}" for n in (0, 1, 2, 4)}
    assert set(by_id) == told
    assert len(found) == 4
    gone = by_id[f"oai:localhost:{many[2].pk}"]
    assert gone.deleted
    assert "Child 2" not in gone.raw
    assert by_id[f"oai:localhost:{many[0].pk}"].metadata["title"] == [HOSTILE]
    assert "not an inquiry into cause" in str(by_id[f"oai:localhost:{many[0].pk}"].metadata)


def test_a_harvester_is_told_who_we_are_and_that_deletions_last(
    harvester: Sickle, many: list[ReviewRecord]
) -> None:
    about = harvester.Identify()
    assert about.deletedRecord == "persistent"
    assert about.granularity == "YYYY-MM-DDThh:mm:ssZ"
    formats = {each.metadataPrefix for each in harvester.ListMetadataFormats()}
    assert formats == {"oai_dc", "schema_org"}
    sets = {each.setSpec for each in harvester.ListSets()}
    assert {"type:SCR", "publisher:northmere-safeguarding-children-board"} <= sets


def test_a_harvester_that_comes_back_gets_only_what_changed(
    harvester: Sickle, many: list[ReviewRecord]
) -> None:
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(metadataPrefix="oai_dc", **{"from": "2199-01-01"})
    everything = harvester.ListIdentifiers(metadataPrefix="oai_dc", **{"from": "2020-01-01"})
    assert len(list(everything)) == 4
    in_set = harvester.ListIdentifiers(metadataPrefix="oai_dc", set="type:LCSPR")
    assert [header.deleted for header in in_set] == [True]


def test_a_review_withdrawn_in_silence_is_unknown_to_a_harvester(
    harvester: Sickle, many: list[ReviewRecord]
) -> None:
    with pytest.raises(IdDoesNotExist):
        harvester.GetRecord(identifier=f"oai:localhost:{many[3].pk}", metadataPrefix="oai_dc")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2019-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=type:none", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&resumptionToken=bogus", "badResumptionToken"),
        ("verb=Identify&verb=Identify", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:R-0", "idDoesNotExist"),
    ],
)
def test_a_wrong_request_is_answered_with_the_protocols_own_code(
    visitor: Client, held: ReviewRecord, query: str, code: str
) -> None:
    answer = visitor.get(f"/oai?{query}")
    assert answer.status_code == 200
    assert f'code="{code}"' in answer.content.decode()


def test_a_search_engine_finds_the_report_in_the_page(visitor: Client, held: ReviewRecord) -> None:
    page = visitor.get(f"/review/{held.pk}").content.decode()
    (told,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert told["@type"] == "Report"
    assert told["name"] == HOSTILE
    assert "not an inquiry into cause or culpability" in told["disambiguatingDescription"]
    assert told["author"][1]["name"] == "B. Second"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_linked_data_reads_as_statements_about_the_permanent_address(
    visitor: Client, held: ReviewRecord
) -> None:
    told = json.loads(visitor.get(f"/review/{held.pk}.jsonld").content)
    graph = rdflib.Graph()
    graph.parse(
        data=json.dumps({**told, "@context": {"@vocab": "https://schema.org/"}}), format="json-ld"
    )
    subject = rdflib.URIRef(f"http://localhost:8002/review/{held.pk}")
    schema = rdflib.Namespace("https://schema.org/")
    assert (subject, rdflib.RDF.type, schema.Report) in graph
    assert str(graph.value(subject, schema.reportNumber)) == held.pk


def test_citations_are_read_by_reference_managers(visitor: Client, held: ReviewRecord) -> None:
    library = bibtexparser.parse_string(visitor.get(f"/review/{held.pk}.bib").content.decode())
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.key == held.pk
    assert entry["author"] == "{A. Reviewer} and {B. Second}"
    (told,) = rispy.loads(visitor.get(f"/review/{held.pk}.ris").content.decode())
    assert told["authors"] == ["A. Reviewer", "B. Second"]
    assert told["title"] == HOSTILE
    (csl,) = json.loads(visitor.get(f"/review/{held.pk}.csl.json").content)
    assert (csl["type"], csl["issued"]) == ("report", {"date-parts": [[2015, 6, 1]]})
    assert "not an inquiry" in visitor.get(f"/review/{held.pk}.txt").content.decode()


def test_one_address_gives_the_form_that_is_accepted(visitor: Client, held: ReviewRecord) -> None:
    def asked(accept: str) -> str:
        answer = visitor.get(f"/review/{held.pk}", headers={"accept": accept})
        assert "Accept" in answer["Vary"]
        return str(answer["Content-Type"]).partition(";")[0]

    assert asked("text/html,application/xhtml+xml,*/*;q=0.8") == "text/html"
    assert asked("application/ld+json") == "application/ld+json"
    assert asked("application/x-bibtex, */*;q=0.1") == "application/x-bibtex"
    assert asked("application/json;q=0.9, text/html;q=0.5") == "application/json"
    assert asked("image/png") == "text/html"


def test_signposts_lead_from_the_page_to_everything_that_belongs_to_it(
    visitor: Client, held: ReviewRecord
) -> None:
    links = requests.utils.parse_header_links(visitor.get(f"/review/{held.pk}")["Link"])
    by_rel: dict[str, list[str]] = {}
    for link in links:
        by_rel.setdefault(link["rel"], []).append(link["url"])
    assert by_rel["cite-as"] == [f"http://localhost:8002/review/{held.pk}"]
    for address in by_rel["describedby"] + by_rel["item"] + by_rel["linkset"]:
        assert visitor.get(address.removeprefix("http://localhost:8002")).status_code == 200
    linkset = json.loads(visitor.get(f"/review/{held.pk}.linkset").content)["linkset"][0]
    assert {each["href"] for each in linkset["item"]} == set(by_rel["item"])


def test_a_feed_reader_reads_the_feeds(visitor: Client, many: list[ReviewRecord]) -> None:
    feed = feedparser.parse(visitor.get("/feed.atom").content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert HOSTILE in [entry.title for entry in feed.entries]
    assert "not an inquiry into cause or culpability" in feed.feed.subtitle


def test_every_form_of_a_review_says_that_it_is_no_inquiry(
    visitor: Client, held: ReviewRecord
) -> None:
    pages = ("", "/read", "/one-page", ".jsonld", ".bib", ".ris", ".csl.json", ".txt", ".json")
    for page in pages:
        answer = visitor.get(f"/review/{held.pk}{page}", follow=True).content.decode()
        assert "not an inquiry into cause or culpability" in answer, page


@pytest.fixture
def whole_server(settings: Any) -> Iterator[None]:
    """The site as a server runs it, its connection kept open as the test client keeps it."""
    settings.ALLOWED_HOSTS = ["*"]
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def test_the_read_interface_keeps_to_its_description(
    many: list[ReviewRecord], whole_server: None
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    failures = []
    for result in schema.get_all_operations():
        operation = result.ok()
        for case in _cases(operation):
            try:
                # Its own transport does not unpack what the site sends packed.
                case.call_and_validate(
                    headers={"Accept-Encoding": "identity"},
                    # A made-up cursor is a valid text and still refused.
                    excluded_checks=[positive_data_acceptance],
                )
            except FailureGroup as fault:
                failures += [str(each) for each in fault.exceptions]
    assert failures == []


def _cases(operation: Any) -> Iterator[Any]:
    found: list[Any] = []

    @settings(
        max_examples=6,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    return iter(found)


def test_pages_of_the_interface_follow_one_another_without_a_gap(
    visitor: Client, many: list[ReviewRecord]
) -> None:
    address, seen = "/api/v1/reviews?limit=1", []
    while address:
        answer = json.loads(visitor.get(address).content)
        seen += [each["id"] for each in answer["reviews"]]
        address = answer["next"] or ""
    assert sorted(seen) == sorted(many[n].pk for n in (0, 1, 4))
    paragraphs = json.loads(visitor.get(f"/api/v1/reviews/{many[0].pk}/paragraphs").content)
    assert [each["anchor"] for each in paragraphs["paragraphs"]] == ["p-1", "p-2"]


def test_a_reader_who_has_the_answer_already_gets_none_again(
    visitor: Client, held: ReviewRecord
) -> None:
    first = visitor.get(f"/api/v1/reviews/{held.pk}")
    again = visitor.get(f"/api/v1/reviews/{held.pk}", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_what_is_gone_is_gone_from_the_interface_and_from_every_other_form(
    visitor: Client, many: list[ReviewRecord]
) -> None:
    for ending in ("jsonld", "json", "bib", "ris", "csl.json", "txt", "linkset"):
        assert visitor.get(f"/review/{many[2].pk}.{ending}").status_code == 410
        assert visitor.get(f"/review/{many[3].pk}.{ending}").status_code == 404
    assert visitor.get(f"/api/v1/reviews/{many[2].pk}").status_code == 410
    assert visitor.get(f"/api/v1/reviews/{many[3].pk}").status_code == 404


@pytest.mark.parametrize("name", ["reviews", "paragraphs"])
def test_bulk_data_says_the_same_in_every_form_and_its_dictionary_names_each_column(
    visitor: Client, many: list[ReviewRecord], name: str
) -> None:
    def body(ending: str) -> bytes:
        answer = visitor.get(f"/data/{name}.{ending}")
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    rows = list(csv.DictReader(io.StringIO(body("csv").decode())))
    lines = [json.loads(line) for line in body("jsonl").splitlines()]
    table = pyarrow.parquet.read_table(io.BytesIO(body("parquet"))).to_pylist()
    key = "id" if name == "reviews" else "address"
    assert len(rows) == (3 if name == "reviews" else 6)
    assert [row[key] for row in rows] == [row[key] for row in lines] == [row[key] for row in table]
    dictionary = json.loads(visitor.get("/data/dictionary.json").content)[name]
    assert set(dictionary) == set(rows[0]) == set(lines[0])


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(visitor: Client) -> None:
    deposit(record("d-formula", title='=HYPERLINK("http://elsewhere")'))
    body = b"".join(visitor.get("/data/reviews.csv").streaming_content).decode()
    assert "'=HYPERLINK" in body


def test_a_bag_is_whole_by_the_library_of_congress_and_the_same_each_time(
    visitor: Client, held: ReviewRecord, tmp_path: Path
) -> None:
    packed = visitor.get(f"/review/{held.pk}/v1/bag.zip").content
    assert visitor.get(f"/review/{held.pk}/v1/bag.zip").content == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        package.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / f"review-{held.pk}-v1"))
    assert bag.is_valid()
    assert bag.info["External-Identifier"] == held.pk
    (tmp_path / f"review-{held.pk}-v1" / "data" / "text.html").write_text("altered")
    assert not bag.is_valid()


def test_a_review_that_engines_are_kept_from_says_so_and_stays_out_of_bulk_texts(
    visitor: Client,
) -> None:
    hidden = deposit(record("d-noindex", is_noindexed=True))
    page = visitor.get(f"/review/{hidden.pk}")
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert hidden.pk.encode() not in b"".join(
        visitor.get("/data/paragraphs.jsonl").streaming_content
    )
    assert hidden.pk not in visitor.get("/sitemap.xml").content.decode()


def test_a_review_can_be_published_without_naming_the_board(visitor: Client) -> None:
    unnamed = deposit(replace(record("d-unnamed"), publishers=(), publisher_is_withheld=True))
    page = visitor.get(f"/review/{unnamed.pk}").content.decode()
    assert "Published without naming the board" in page
    told = json.loads(visitor.get(f"/api/v1/reviews/{unnamed.pk}").content)
    assert (told["publishers"], told["publisher_withheld"]) == ([], True)


def test_dates_of_different_kinds_stand_apart_and_an_inexact_one_stays_inexact(
    visitor: Client,
) -> None:
    dated = deposit(
        record(
            "d-dated",
            published_on=date(2016, 11, 1),
            published_text="2016-11",
            report_dated_text="2013-03",
            adopted_text="2014-09-12",
        )
    )
    page = visitor.get(f"/review/{dated.pk}").content.decode()
    for words in ("March 2013", "12 September 2014", "November 2016"):
        assert words in page
    assert "1 November 2016" not in page


def test_an_identifier_of_another_review_is_refused(held: ReviewRecord) -> None:
    deposit(record("d-one", identifiers=(("nspcc", "NC1"),)))
    with pytest.raises(Invalid) as refused:
        deposit(record("d-two", identifiers=(("nspcc", "NC1"),)))
    assert refused.value.code == "identifier_taken"
    assert Identifier.objects.filter(type="nspcc").count() == 1
