"""Reading a rendered piece of a page as a tree."""

from collections.abc import Callable

import pytest
from lxml import html

Page = html.HtmlElement


@pytest.fixture
def tree() -> Callable[[object], Page]:
    """The HTML of a piece, parsed, under one element."""
    return lambda piece: html.fragment_fromstring(str(piece), create_parent="div")
