"""Every identifier of a whole case, planted in each kind of published file, is found.

Only this test reads the answer key; the product never does."""

import json
from pathlib import Path

import pytest

from candour.engines.anonymise.leaks import check
from candour.engines.anonymise.letters import folded
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.pseudonyms import apply_pseudonyms
from candour.engines.anonymise.register import Identity, Kind, Register
from candour.reports.rendering.html import to_html
from candour.reports.rendering.pdf import to_pdf
from candour.reports.rendering.word import to_docx
from candour.reports.rewriting import rewritten
from candour.reports.tree import Paragraph, Report, Table, plain

KEY = Path(__file__).parents[2] / "samples" / "child-r" / "truth.json"
KINDS = {
    "person": Kind.PERSON,
    "family name": Kind.PERSON,
    "place": Kind.PLACE,
    "agency": Kind.ORGANISATION,
    "organisation": Kind.ORGANISATION,
    "date of birth": Kind.DATE,
}


@pytest.fixture(scope="module")
def key() -> dict[str, list[dict[str, str]]]:
    return json.loads(KEY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def strings(key: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["string"] for row in key["identifiers"]]


@pytest.fixture(scope="module")
def case_register(key: dict[str, list[dict[str, str]]]) -> Register:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in key["identifiers"]:
        rows.setdefault(row["id"], []).append(row)
    return Register(
        tuple(
            Identity(
                identifier,
                KINDS.get(group[0]["kind"], Kind.NUMBER),
                group[0]["pseudonym"],
                tuple(row["string"] for row in group),
            )
            for identifier, group in rows.items()
        )
    )


@pytest.fixture(scope="module")
def planted(strings: list[str]) -> Report:
    half = len(strings) // 2
    paragraphs = (
        Paragraph(plain(f"It was then that {string} wrote."), f"p-{n}")
        for n, string in enumerate(strings[:half])
    )
    rows = tuple((plain("May"), plain(f"Seen by {string}.")) for string in strings[half:])
    table = Table("Contacts", (plain("When"), plain("What")), rows, "t")
    return Report("A review", "", "en-GB", "", (), (*paragraphs, table))


RENDERERS = {
    "review.pdf": to_pdf,
    "review.docx": to_docx,
    "review.html": lambda report: to_html(report).encode(),
}


@pytest.mark.parametrize("name", RENDERERS)
def test_all_220_identifiers_are_found_in(
    name: str, planted: Report, strings: list[str], case_register: Register
) -> None:
    report = check(RENDERERS[name](planted), name, case_register)
    found = {folded(match.form).text for match in report.matches if match.kind == "exact"}
    written = " ".join(folded(match.excerpt).text for match in report.matches)

    assert len(strings) == 220
    missed = [s for s in strings if folded(s).text not in found and folded(s).text not in written]
    assert missed == []


@pytest.mark.parametrize("name", RENDERERS)
def test_none_is_found_once_pseudonyms_are_applied(
    name: str, planted: Report, case_register: Register
) -> None:
    names = Names(case_register)
    safe = rewritten(planted, lambda text: apply_pseudonyms(text, names)[0])
    report = check(RENDERERS[name](safe), name, case_register)
    assert [match for match in report.matches if match.kind != "pattern"] == []


def test_every_row_of_the_case_is_clean_after_pseudonyms(
    key: dict[str, list[dict[str, str]]], case_register: Register
) -> None:
    names = Names(case_register)
    rows = (row for file in key["files"] for row in file["rows"])  # type: ignore[attr-defined]
    texts = ("\n".join(map(str, row["text"].values())) for row in rows)
    changed = "\n".join(apply_pseudonyms(text, names)[0] for text in texts)
    report = check(changed.encode(), "rows.txt", case_register)
    assert [match for match in report.matches if match.kind == "exact"] == []
