"""The rules stand on pages for everybody signed in, each value with how far it is trusted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests import world

from candour.engines.statute.rulebook import rule_sets
from candour.engines.statute.rulefiles import use_local_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return world.a_browser(world.a_case())


@pytest.fixture
def own(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "WT2015.toml").write_text("[clock.S7]\nquantity = 4\n", encoding="utf-8")
    use_local_rules(tmp_path)
    yield
    use_local_rules(None)


def text(browser: Client, page: str, *parts: str) -> str:
    return browser.get(reverse(f"process:{page}", args=parts)).content.decode()


def test_every_rule_set_has_a_page_and_a_label_says_that_it_is_one(browser: Client) -> None:
    listed = text(browser, "rules")
    for each in rule_sets():
        assert each.title in listed
        assert each.title in text(browser, "rule_set", each.code)
    assert "Kept as a label" in text(browser, "rule_set", "CHAPTER8")


def test_an_unverified_value_is_marked(browser: Client) -> None:
    assert "UNVERIFIED: the text could not be opened" in text(browser, "rule_set", "WT2015")


def test_a_value_of_the_partnerships_own_is_marked_local(browser: Client, own: None) -> None:
    shown = text(browser, "rule_set", "WT2015")
    assert "4 working days" in shown
    assert "LOCAL" in shown
    assert "rule files of its own" in text(browser, "rules")


def test_a_file_of_the_partnerships_own_is_shown_value_by_value(browser: Client, own: None) -> None:
    assert "WT2015.toml" in text(browser, "rules")
    shown = text(browser, "local_file", "WT2015")
    assert "clock S7 quantity" in shown
    assert "LOCAL" in shown
    assert "SHA-256" in shown


def test_the_steps_of_both_processes_are_shown(browser: Client) -> None:
    assert "Telling the panel of a review" in text(browser, "machine", "scr")
    assert "Beginning the rapid review" in text(browser, "machine", "cspr")


@pytest.mark.parametrize(
    ("page", "part"), [("rule_set", "WT1066"), ("machine", "part8_ch8"), ("local_file", "WT2015")]
)
def test_what_is_not_there_answers_not_found(browser: Client, page: str, part: str) -> None:
    assert browser.get(reverse(f"process:{page}", args=[part])).status_code == 404
