"""The ready pages and parts, rendered with the least context they promise to need."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import path
from jinja2 import Environment, UndefinedError
from lxml import html
from lxml.html import HtmlElement

from candour.ui import fields
from candour.ui.forms import Form

Tree = Callable[[object], HtmlElement]


class Reason(Form):
    reason = fields.long_text("Reason")


def engine() -> Environment:
    return engines["jinja2"].env  # type: ignore[attr-defined, no-any-return]


def page(template: str, context: Mapping[str, object]) -> HtmlElement:
    return html.document_fromstring(render_to_string(template, {"csrf_input": "", **context}))


LEAST: dict[str, dict[str, object]] = {
    "pages/form.html": {"heading": "H", "form": Reason()},
    "pages/confirm.html": {"heading": "H", "form": Reason(), "rows": []},
    "pages/done.html": {"heading": "H"},
    "pages/list.html": {"heading": "H", "rows": [], "columns": [], "empty": {"text": "None yet."}},
    "pages/summary.html": {"heading": "H", "sections": []},
}


@pytest.mark.parametrize("layout", ["layout.html", "public_layout.html"])
@pytest.mark.parametrize("template", LEAST)
def test_a_ready_page_needs_no_more_than_it_promises(template: str, layout: str) -> None:
    shown = page(template, {**LEAST[template], "layout": layout})

    assert shown.cssselect("title")[0].text.startswith("H –")
    assert len(shown.cssselect("h1")) == 1
    assert len(shown.cssselect("main")) == 1


def test_a_name_nobody_gave_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        engine().from_string("{{ nobody_gave_this }}").render()


def test_a_title_says_when_the_form_was_found_wanting() -> None:
    shown = page("pages/form.html", {"heading": "Decision", "form": Reason({})})

    assert shown.cssselect("title")[0].text.startswith("Error: Decision")
    assert shown.cssselect(".govuk-error-summary")


def test_a_form_with_a_file_is_sent_as_a_file() -> None:
    class Upload(Form):
        file = fields.file("File")

    (form,) = page("pages/form.html", {"heading": "H", "form": Upload()}).cssselect("form")

    assert form.get("enctype") == "multipart/form-data"


def test_every_workspace_page_is_marked_at_top_and_bottom_and_the_archive_is_not() -> None:
    workspace = page("pages/done.html", {"heading": "H"})
    archive = page("pages/done.html", {"heading": "H", "layout": "public_layout.html"})

    marks = [mark.text for mark in workspace.cssselect(".candour-marking")]
    assert marks == ["OFFICIAL-SENSITIVE"] * 2
    assert workspace.cssselect("header .candour-marking")
    assert workspace.cssselect("footer .candour-marking")
    assert "OFFICIAL" not in archive.text_content()


def test_every_public_page_says_whom_to_call_and_offers_a_way_out() -> None:
    shown = page("pages/done.html", {"heading": "H", "layout": "public_layout.html"})

    (call,) = shown.cssselect(".candour-call")
    assert "immediate danger" in call.text_content()
    assert call.cssselect("a[href='tel:999']")
    assert shown.cssselect(".govuk-exit-this-page")


def test_a_number_of_the_partnership_stands_with_the_day_it_was_checked() -> None:
    local = {"name": "Saltmere", "number": "01632 960 001", "checked_on": date(2026, 11, 2)}
    context = {"heading": "H", "layout": "public_layout.html", "local_help": local}

    call = page("pages/done.html", context).cssselect(".candour-call")[0]

    assert call.cssselect("a[href='tel:01632960001']")
    assert "checked 2 November 2026" in call.text_content()


@pytest.mark.parametrize("layout", ["layout.html", "public_layout.html"])
def test_a_demonstration_says_so_on_every_page(layout: str) -> None:
    context = {"heading": "H", "layout": layout}

    assert page("pages/done.html", {**context, "demo": True}).cssselect(".candour-demo")
    assert not page("pages/done.html", context).cssselect(".candour-demo")


def test_a_page_of_a_session_that_will_end_tells_its_script_when_and_where_to_say_so() -> None:
    def stay(_: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)

    with override_settings(ROOT_URLCONF=(path("account/stay/", stay, name="stay"),)):
        (body,) = page("pages/done.html", {"heading": "H", "idle_seconds": 900}).cssselect("body")

    assert (body.get("data-idle-seconds"), body.get("data-stay")) == ("900", "/account/stay/")
    (body,) = page("pages/done.html", {"heading": "H"}).cssselect("body")
    assert body.get("data-stay") is None


def test_an_empty_list_says_what_to_do_first() -> None:
    empty = {"text": "No review stands here yet.", "action": "Log an incident", "href": "/new"}

    shown = page("pages/list.html", {**LEAST["pages/list.html"], "empty": empty})

    assert shown.cssselect(".candour-empty a[href='/new']")
    assert not shown.cssselect("table")


def part(source: str, **context: object) -> str:
    start = '{% from "components/all.html" import table, clock, tag, agency, timeline, '
    names = "summary_list, task_list, pagination %}"
    return engine().from_string(start + names + source).render(context)


def test_a_table_names_its_columns_and_rows_and_can_be_scrolled_by_keyboard(tree: Tree) -> None:
    shown = tree(part("{{ table(['A', 'B'], [[{'text': 'x', 'href': '/x'}, '<b>']], 'Both') }}"))

    (region,) = shown.cssselect("[role=region][tabindex='0']")
    assert shown.cssselect(f"caption#{region.get('aria-labelledby')}")[0].text == "Both"
    assert len(shown.cssselect("th[scope=col]")) == 2
    assert shown.cssselect("th[scope=row] a[href='/x']")
    assert shown.cssselect("td")[0].text == "<b>"


CLOCK_STATES = ["running", "due_today", "overdue", "explained", "done", "done_late", "unknown"]


@pytest.mark.parametrize("state", CLOCK_STATES)
def test_a_clock_says_its_state_in_words_and_how_it_was_counted(state: str, tree: Tree) -> None:
    source = "{{ clock('Notification', '3 March 2015', state, 'One working day', 'WT2013') }}"
    shown = tree(part(source, state=state))

    assert shown.cssselect(".govuk-tag")[0].text
    assert "One working day" in shown.cssselect("details")[0].text_content()


def test_an_agency_is_never_told_by_colour_alone(tree: Tree) -> None:
    (thirteenth,) = tree(part("{{ agency('Probation', 13) }}")).cssselect(".agency")

    assert thirteenth.text == "Probation"
    assert "agency-1" in thirteenth.get("class").split()


def test_pages_of_a_list_keep_the_rest_of_the_address(tree: Tree) -> None:
    middle = Paginator(range(300), 10).page(7)

    shown = tree(part("{{ pagination(page, 'q=sleep') }}", page=middle))

    assert shown.cssselect("[rel=prev]")[0].get("href") == "?q=sleep&page=6"
    assert shown.cssselect("[aria-current=page]")[0].get("href") == "?q=sleep&page=7"


def test_a_list_of_one_page_has_no_page_links() -> None:
    assert "nav" not in part("{{ pagination(page) }}", page=Paginator([1], 10).page(1))


def test_words_of_a_person_are_kept_as_written_in_a_summary(tree: Tree) -> None:
    shown = tree(part("{{ summary_list(rows) }}", rows=[{"key": "K", "value": "<i>\n  b"}]))

    assert shown.cssselect("dd.candour-as-written")[0].text == "<i>\n  b"
