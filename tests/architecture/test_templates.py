"""What no template of the house may hold."""

import re
from pathlib import Path

import pytest

import candour
from candour.ui.environment import environment

ROOT = Path(candour.__file__).parent
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
INLINE = {
    # Linked data is no script: a browser neither runs it nor asks the policy about it.
    "a script with content": re.compile(
        r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">\{\{ linked_data \}\})[^>]*>",
        re.I,
    ),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
}
FOREIGN = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//", re.I)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    found = [what for what, pattern in INLINE.items() if pattern.search(source)]
    assert not found, "the browser would refuse it: move it to candour.css or candour.js"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_loads_anything_from_another_host(path: Path) -> None:
    assert not FOREIGN.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_uses_the_crown_or_the_header_of_govuk(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"crown|GDS Transport|govuk\(\"(header|footer|cookie-banner)\"", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_can_be_read_and_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    environment().parse(source)
    assert source.count("\n") <= 150, "make a partial of a part of it"


def test_the_templates_of_the_house_are_found() -> None:
    assert len(TEMPLATES) > 20
