"""What every form keeps safe: revealed fields, other people's changes, one submission once."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import QueryDict
from lxml.html import HtmlElement

from candour.kernel.errors import EditedElsewhere, Invalid, WrongState
from candour.ui import fields
from candour.ui.forms import SENT_INCOMPLETE, Form
from candour.ui.rendering import error_summary, form_fields, has_errors

Tree = Callable[[object], HtmlElement]


class Decision(Form):
    decided = fields.yes_no("Is a review to be commissioned?", reveals={"no": "why_not"})
    why_not = fields.long_text("Why not")


class Told(Form):
    bodies = fields.choices(
        "Bodies", choices=[("police", "Police"), ("other", "Other")], reveals={"other": "which"}
    )
    which = fields.text("Which body")


class Once(Form):
    sent_once = True
    reason = fields.text("Reason")


class Search(Form):
    method = "get"
    words = fields.text("Words", required=False)


def test_a_field_under_an_option_stands_inside_that_option(tree: Tree) -> None:
    page = tree(Decision())

    (inside,) = page.cssselect(".govuk-radios__conditional textarea")
    assert inside.get("id") == "id_why_not"
    assert len(page.cssselect("textarea")) == 1


def test_a_field_under_an_option_is_asked_for_only_when_the_option_is_chosen() -> None:
    assert Decision({"decided": "yes"}).is_valid()
    assert Decision({"decided": "no"}).errors == {"why_not": ["Enter why not"]}
    assert Told({"bodies": ["police"]}).is_valid()
    assert Told({"bodies": ["police", "other"]}).errors == {"which": ["Enter which body"]}


def test_a_field_under_an_option_not_chosen_cleans_to_nothing() -> None:
    form = Decision({"decided": "yes", "why_not": "left from before"})

    assert form.is_valid()
    assert form.cleaned_data["why_not"] == ""


def test_radios_never_carry_the_script_that_gives_them_aria_expanded(tree: Tree) -> None:
    page = tree(Decision())

    assert not page.cssselect("[data-module=govuk-radios]")


def test_a_form_carries_the_version_it_was_opened_with() -> None:
    form = Decision({"decided": "yes", "version": "3"}, version=4)

    assert form.is_valid()
    assert form.cleaned_data["version"] == 3


def test_after_anothers_change_the_words_stay_and_the_next_sending_goes_through(
    tree: Tree,
) -> None:
    sent = QueryDict("decided=no&why_not=Not+met&version=3")
    form = Decision(sent, version=4)
    assert form.is_valid()

    form.refuse(EditedElsewhere("Somebody changed this at 2:05pm. Read their change below."))

    page = tree(form)
    assert page.cssselect("[name=version]")[0].get("value") == "4"
    assert page.cssselect("textarea")[0].text == "Not met"
    assert "2:05pm" in tree(error_summary(form)).text_content()


def test_a_refusal_stands_beside_the_field_it_names(tree: Tree) -> None:
    form = Decision({"decided": "no", "why_not": "x"})

    form.refuse(Invalid("too_short", "Give the reason in full.", field="why_not"))

    (link,) = tree(error_summary(form)).cssselect("a")
    assert (link.get("href"), link.text) == ("#id_why_not", "Give the reason in full.")


@pytest.mark.parametrize(
    "refusal",
    [WrongState("closed", "It is closed."), Invalid("x", "It is closed.", field="no_such")],
)
def test_a_refusal_that_names_no_field_stands_at_the_top(
    refusal: WrongState | Invalid, tree: Tree
) -> None:
    form = Decision({"decided": "yes"})

    form.refuse(refusal)

    summary = tree(error_summary(form))
    assert not summary.cssselect("a")
    assert "It is closed." in summary.text_content()


def test_a_posted_form_carries_a_submission_token_of_its_own(tree: Tree) -> None:
    first, second = (
        UUID(tree(Decision()).cssselect("[name=submission]")[0].get("value")) for _ in range(2)
    )

    assert first != second


def test_the_token_stays_the_same_when_the_page_is_shown_again(tree: Tree) -> None:
    token = "7b0a4a0e-6d0f-4b0e-9a53-1f8f6d0c2c11"

    page = tree(Once({"reason": "", "submission": token}))

    assert page.cssselect("[name=submission]")[0].get("value") == token


@pytest.mark.parametrize("token", ["", "not-a-token"])
def test_an_act_done_only_once_is_refused_without_its_token_and_can_be_sent_again(
    token: str, tree: Tree
) -> None:
    form = Once({"reason": "x", "submission": token})

    assert form.errors["submission"] == [SENT_INCOMPLETE]
    UUID(tree(form).cssselect("[name=submission]")[0].get("value"))
    assert not tree(error_summary(form)).cssselect("a")


def test_a_search_form_puts_no_token_into_the_address() -> None:
    assert "submission" not in form_fields(Search())


def test_a_form_not_yet_sent_has_no_errors() -> None:
    assert not has_errors(Decision())
    assert not has_errors(None)
    assert error_summary(Decision()) == ""
    assert has_errors(Decision({}))
