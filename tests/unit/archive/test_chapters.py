"""A long report is read by chapters, and no word or anchor of it is lost between two."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.archive import chapters
from candour.archive.chapters import chapter_with

BLOCK = st.sampled_from(
    ["<p{}>words</p>", "<h2{}>Chapter</h2>", "<h3{}>Part</h3>", "<ul{}><li>one</li></ul>"]
)


def report(blocks: list[str], *, sections: bool) -> str:
    html = "".join(block.format(f' id="b-{n}"') for n, block in enumerate(blocks))
    return f"<section>{html}</section>" if sections else html


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapters, "WHOLE", 120)


def test_a_short_report_is_one_page() -> None:
    assert [part.html for part in chapters.chapters("<p>Short.</p>")] == ["<p>Short.</p>"]


def test_each_chapter_heading_begins_a_part_with_its_container() -> None:
    html = (
        '<section><h2 id="a">One &amp; all</h2><p id="p-1">' + "x" * 60 + "</p></section>"
        '<section><h2 id="b">Two</h2><p id="p-2">' + "y" * 60 + "</p></section>"
    )
    parts = chapters.chapters(html)
    assert [part.title for part in parts] == ["One & all", "Two"]
    assert [part.html.count("<section>") for part in parts] == [1, 1]
    assert [part.html.count("</section>") for part in parts] == [1, 1]
    assert chapter_with(html, "p-2") == 2


@given(st.lists(BLOCK, min_size=1, max_size=30), st.booleans())
def test_every_block_stands_in_exactly_one_part_in_order(blocks: list[str], sections: bool) -> None:
    html = report(blocks, sections=sections)
    parts = chapters.chapters(html)
    anchors = [anchor for part in parts for anchor in re.findall(r'id="(b-\d+)"', part.html)]
    assert anchors == [f"b-{n}" for n in range(len(blocks))]
    for part in parts:
        for tag in ("section", "ul", "p", "h2"):
            opened = len(re.findall(rf"<{tag}[ >]", part.html))
            assert opened == part.html.count(f"</{tag}>"), part.html
