"""A report gets the look of the site; its words, anchors and order stay as deposited."""

import re

from hypothesis import given
from hypothesis import strategies as st

from candour.archive.reading import ContentsLine, reading_page

_LOOKS = re.compile(r' class="[^"]*"')


def test_tags_get_the_look_of_the_site() -> None:
    html = reading_page('<p id="p-1">Text</p>').html
    assert html == '<p class="govuk-body" id="p-1">Text</p>'


def test_the_contents_are_the_headings_of_the_two_upper_levels() -> None:
    page = reading_page('<h2 id="a">A &amp; <em>B</em></h2><h3 id="b">C</h3><h4 id="c">D</h4>')
    assert page.contents == (ContentsLine(1, "a", "A & B"), ContentsLine(2, "b", "C"))


def test_only_paragraphs_asked_for_show_their_address() -> None:
    html = reading_page('<p id="p-1">A</p><p id="p-2">B</p>', frozenset({"p-1"})).html
    assert html.count("<a ") == 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "h2", "li", "td", "em"]),
            st.sampled_from(["Text", "5 &lt; 6", "&amp;", "&#8211;", "–", "a  b\n"]),
        )
    )
)
def test_everything_but_the_look_stays_byte_for_byte(parts: list[tuple[str, str]]) -> None:
    html = "".join(f'<{tag} id="x">{words}</{tag}>' for tag, words in parts)
    assert _LOOKS.sub("", reading_page(html).html) == html
