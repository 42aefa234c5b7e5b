"""What no file of the repository may hold, and what its pages promise."""

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.architecture.source import ROOT, SOURCE, named, tracked, words_of

ANSWER_KEY = ROOT / "tests" / "samples" / "child-r" / "truth.json"
SAMPLES = (ROOT / "tests" / "samples", ROOT / "demo" / "data")

# What every family has, and no sample alone.
EVERYBODYS_WORDS = {"Mother", "Sibling 1", "Sibling 2", "Child R", "Neighbour 1"}
# Headings that agencies everywhere use; a heading that only the samples have is not among them.
EVERYBODYS_HEADINGS = {
    "what happened",
    "source of information",
    "date and time",
    "action taken",
    "what we did",
    "date of contact",
    "who recorded",
    "entered on",
}
# A folder of this machine, or a host that packages came from, means nothing anywhere else.
OF_THIS_MACHINE = re.compile(
    r"(?<![\w.~])/(?:work|home/\w+|root|Users/\w+)/|\b(?:pypi|npm|artifactory|nexus|registry)\."
    r"(?!org\b|npmjs\.org\b)[a-z0-9-]+\.(?:internal|local|corp|lan)\b",
)
REGISTRY_HOSTS = re.compile(
    r"\bhttps?://(?!pypi\.org|www\.npmjs\.com|registry\.npmjs\.org)[\w.-]*"
    r"(?:pypi|npm|artifactory|registry|proxy)[\w.-]*[:/]",
    re.IGNORECASE,
)
WORKING_WORDS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def _answer_key() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(ANSWER_KEY.read_text(encoding="utf-8"))
    return found


@cache
def sample_names() -> set[str]:
    """People, places and agencies of the samples, in every form the answer key has."""
    key = _answer_key()
    rows = [row for part in ("people", "places", "agencies") for row in key[part]]
    forms = {str(row["name"]) for row in rows}
    forms |= {str(alias) for row in rows for alias in row.get("aliases", ())}  # type: ignore[attr-defined]
    forms |= {str(row["string"]) for row in key["identifiers"]}
    return {form for form in forms if len(form) > 2} - EVERYBODYS_WORDS


def sample_headings() -> set[str]:
    """Headings of more than one word that only the samples have."""
    rows = [row for file in _answer_key()["files"] for row in file["rows"]]  # type: ignore[attr-defined]
    headings = {" ".join(heading.split()).lower() for row in rows for heading in row["text"]}
    return {heading for heading in headings if " " in heading} - EVERYBODYS_HEADINGS


def product() -> list[Path]:
    return [path for path in tracked() if SOURCE in path.parents and "vendor" not in path.parts]


def within(words: str) -> list[str]:
    """The names of the samples that stand in these words, as words of their own."""
    likely = [form for form in sample_names() if form in words]
    return [form for form in likely if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words)]


def test_no_name_of_the_samples_stands_in_the_product() -> None:
    assert len(sample_names()) > 200
    found = {(named(path), hit) for path in product() for hit in within(words_of(path))}

    assert found == set()


def test_no_heading_of_the_samples_alone_stands_in_the_product() -> None:
    words = "|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in sample_headings())
    forms = re.compile(words, re.IGNORECASE)
    found = {(named(path), hit) for path in product() for hit in forms.findall(words_of(path))}

    assert found == set(), "a heading is guessed by its words, never by the file it came in"


def test_the_product_reads_no_answer_key() -> None:
    reading = {
        named(path)
        for path in product()
        if re.search(r"truth\.json|tests[./]samples", words_of(path))
    }

    assert reading == set()


def test_nothing_of_this_machine_stands_in_the_repository() -> None:
    found = {
        (str(path.relative_to(ROOT)), hit.group(0))
        for path in tracked()
        if not any(folder in path.parents for folder in SAMPLES)
        for pattern in (OF_THIS_MACHINE, REGISTRY_HOSTS)
        for hit in pattern.finditer(words_of(path))
    }

    assert found == set()


def test_nothing_is_left_for_later_in_the_text() -> None:
    here = Path(__file__)
    left = {
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".py", ".html", ".js", ".css", ".md"}
        and path != here
        and "vendor" not in path.parts
        and not any(folder in path.parents for folder in SAMPLES)
        and WORKING_WORDS.search(words_of(path))
    }

    assert left == set(), "docs/status.md is the place for what is next"


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = Counter(path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md"))

    assert {number for number, count in numbers.items() if count > 1} == set()
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    project = tomllib.loads(text)
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    unexplained = [
        needed for needed in wanted if not lines[lines.index(f'"{needed}",') - 1].startswith("# ")
    ]

    assert unexplained == []


PAGES = [path for path in tracked() if path.suffix == ".md" and "node_modules" not in path.parts]
LINK = re.compile(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_it(page: Path) -> None:
    targets = [one or other for one, other in LINK.findall(page.read_text(encoding="utf-8"))]
    inside = [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:", target)]

    assert [target for target in inside if target and not (page.parent / target).exists()] == []


def test_only_the_tests_and_the_demonstration_carry_samples() -> None:
    strays = [
        path
        for path in tracked()
        if path.suffix in {".docx", ".xlsx", ".xls", ".odt", ".ods"}
        and not any(folder in path.parents for folder in (*SAMPLES, ROOT / "tests" / "unit"))
    ]

    assert strays == []
