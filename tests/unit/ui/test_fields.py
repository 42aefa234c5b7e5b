"""Every kind of field comes out as its GOV.UK component and cleans to what it says."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring

from candour.ui import fields
from candour.ui.forms import Form
from candour.ui.rendering import error_summary, form_fields, render_field

Tree = Callable[[object], HtmlElement]

AGENCIES = [("police", "Police"), ("health", "Health"), ("other", "Another body")]


class EveryField(Form):
    name = fields.text("Name of the child", hint="As registered", autocomplete="off")
    account = fields.long_text("What happened", max_length=50, disclosable=True)
    notes = fields.long_text("Notes", required=False)
    died_on = fields.day("Day of death")
    known = fields.day_as_known("When the bodies first knew")
    at = fields.time_of_day("Time of the call")
    children = fields.number("Number of children", at_least=1, at_most=20)
    email = fields.email("Email address")
    phone = fields.telephone("Telephone number")
    password = fields.password()
    code = fields.one_time_code()
    decided = fields.yes_no("Is a review to be commissioned?")
    told = fields.choices("Bodies told", choices=AGENCIES)
    agency = fields.select("Agency", choices=AGENCIES)
    secured = fields.tick("The records have been secured")
    file = fields.file("Chronology", accept=[".docx", ".odt"])
    more = fields.files("Other files")


COMPONENT_OF = {
    "name": "input.govuk-input",
    "account": "textarea.govuk-js-character-count",
    "notes": "textarea.govuk-textarea",
    "died_on": "input.govuk-date-input__input",
    "known": "input.govuk-input",
    "at": "input.govuk-input",
    "children": "input.govuk-input",
    "email": "input[type=email]",
    "phone": "input[type=tel]",
    "password": "input.govuk-password-input__input",
    "code": "input[autocomplete=one-time-code]",
    "decided": "input.govuk-radios__input",
    "told": "input.govuk-checkboxes__input",
    "agency": "select.govuk-select",
    "secured": "input.govuk-checkboxes__input",
    "file": "input.govuk-file-upload",
    "more": "input.govuk-file-upload[multiple]",
}


@pytest.mark.parametrize("name", EveryField.base_fields)
def test_every_field_comes_out_as_its_component(name: str, tree: Tree) -> None:
    piece = tree(render_field(EveryField()[name]))

    assert piece.cssselect(COMPONENT_OF[name]), piece.text_content()


@pytest.mark.parametrize("name", EveryField.base_fields)
def test_every_input_has_a_label_of_its_own(name: str, tree: Tree) -> None:
    piece = tree(render_field(EveryField()[name]))

    labelled = {label.get("for") for label in piece.cssselect("label")}
    inputs = {one.get("id") for one in piece.cssselect("input, select, textarea")}
    assert inputs == labelled


def test_every_link_of_the_error_summary_goes_to_an_input_that_can_be_focused(tree: Tree) -> None:
    form = EveryField({})

    links = tree(error_summary(form)).cssselect("a")
    page = tree(form_fields(form))
    asked = {name for name, field in form.fields.items() if field.required}
    assert len(links) == len(asked)
    for link in links:
        (focused,) = page.cssselect(link.get("href"))
        assert focused.tag in ("input", "select", "textarea")


@pytest.mark.parametrize("name", EveryField.base_fields)
def test_an_error_stands_beside_its_field_and_is_read_with_it(name: str, tree: Tree) -> None:
    bound = EveryField({})[name]
    piece = tree(render_field(bound))

    messages = piece.cssselect(".govuk-error-message")
    assert bool(messages) is bound.field.required
    for message in messages:
        described = piece.xpath(f"//*[contains(@aria-describedby, '{message.get('id')}')]")
        assert described


def test_a_field_left_empty_says_what_to_do() -> None:
    errors = EveryField({}).errors

    assert errors["name"] == ["Enter the name of the child"]
    assert errors["decided"] == ["Select an answer to “Is a review to be commissioned?”"]
    assert errors["known"] == ["Enter when the bodies first knew, or write that it is not known"]


def test_an_optional_field_is_marked_and_a_required_one_is_not(tree: Tree) -> None:
    form = EveryField()

    assert "Notes (optional)" in tree(render_field(form["notes"])).text_content()
    assert "optional" not in tree(render_field(form["name"])).text_content()


def test_free_text_that_may_be_disclosed_says_so_and_is_read_with_the_box(tree: Tree) -> None:
    piece = tree(render_field(EveryField()["account"]))

    (hint,) = piece.cssselect("#id_account-hint")
    assert "may be disclosed to a court" in hint.text_content()
    assert "id_account-hint" in piece.cssselect("textarea")[0].get("aria-describedby")


def test_too_long_a_text_is_refused_whole_and_never_cut(tree: Tree) -> None:
    form = EveryField({"account": "x" * 60})

    assert form.errors["account"] == ["What happened must have 50 characters or fewer; it has 60"]
    (box,) = tree(render_field(form["account"])).cssselect("textarea")
    assert box.get("maxlength") is None
    assert box.text == "x" * 60


def test_a_number_outside_its_bounds_is_refused_with_the_bound() -> None:
    assert EveryField({"children": "0"}).errors["children"] == [
        "Number of children must be 1 or more"
    ]
    assert EveryField({"children": "few"}).errors["children"] == [
        "Number of children must be a whole number"
    ]


@pytest.mark.parametrize(
    ("typed", "wrong_part", "message"),
    [
        (("31", "2", "2014"), "day", "Day of death must be a real date"),
        (("", "2", "2014"), "day", "Day of death must include a day"),
        (("3", "", "2014"), "month", "Day of death must include a month"),
        (("3", "2", "14"), "year", "Day of death: year must have 4 digits"),
        (("3", "2", ""), "year", "Day of death must include a year"),
    ],
)
def test_a_wrong_day_is_refused_and_the_link_goes_to_the_wrong_part(
    typed: tuple[str, str, str], wrong_part: str, message: str, tree: Tree
) -> None:
    data = dict(zip(("died_on-day", "died_on-month", "died_on-year"), typed, strict=True))
    form = EveryField(data)

    assert form.errors["died_on"] == [message]
    links = [a.get("href") for a in tree(error_summary(form)).cssselect("a")]
    assert f"#id_died_on-{wrong_part}" in links
    boxes = tree(render_field(form["died_on"])).cssselect("input")
    assert tuple(box.get("value") for box in boxes) == typed


def test_the_link_for_a_day_not_given_goes_to_its_first_box(tree: Tree) -> None:
    links = [a.get("href") for a in tree(error_summary(EveryField({}))).cssselect("a")]

    assert "#id_died_on-day" in links


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_day_typed_in_three_boxes_reads_back_as_itself(day: date) -> None:
    data = {"died_on-day": day.day, "died_on-month": day.month, "died_on-year": day.year}

    assert (
        EveryField({name: str(value) for name, value in data.items()})["died_on"].field.clean(
            (str(day.day), str(day.month), str(day.year))
        )
        == day
    )


def test_a_day_of_a_record_fills_the_three_boxes(tree: Tree) -> None:
    form = EveryField(initial={"died_on": date(2014, 3, 27)})

    boxes = tree(render_field(form["died_on"])).cssselect("input")
    assert [box.get("value") for box in boxes] == ["27", "3", "2014"]


@pytest.mark.parametrize("typed", ["14:05", "14.05", "2:05pm", "2:05 PM", "2.05pm"])
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    assert EveryField.base_fields["at"].clean(typed) == time(14, 5)


def test_a_date_as_known_is_kept_as_written() -> None:
    assert EveryField.base_fields["known"].clean("abt Easter ’14 ??") == "abt Easter ’14 ??"


# A browser normalises line breaks; anything else must come back as it was typed.
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))


@given(TYPED)
def test_what_was_typed_stands_in_the_box_again_unchanged(typed: str) -> None:
    class Nested(Form):
        answer = fields.yes_no("Why?", reveals={"yes": "reason"})
        reason = fields.long_text("Reason")

    page = fragment_fromstring(
        str(form_fields(Nested({"answer": "yes", "reason": typed}))), create_parent="div"
    )

    (box,) = page.cssselect("textarea")
    # lxml, unlike a browser, keeps the first line break, which is there to be dropped.
    shown = (box.text or "").removeprefix("\n") if typed.startswith("\n") else box.text or ""
    assert shown == typed


def test_words_typed_cannot_become_markup(tree: Tree) -> None:
    form = EveryField({"name": '"><script>x</script>', "account": "</textarea><script>"})

    assert not tree(form_fields(form)).cssselect("script")


def test_a_password_is_never_sent_back_to_the_page() -> None:
    assert "horse battery" not in form_fields(EveryField({"password": "horse battery"}))


def test_several_files_clean_to_a_list_in_order() -> None:
    chosen = [SimpleUploadedFile("a.docx", b"a"), SimpleUploadedFile("b.docx", b"b")]
    form = EveryField({}, MultiValueDict({"more": chosen}))

    assert "more" not in form.errors
    assert [one.name for one in form.cleaned_data["more"]] == ["a.docx", "b.docx"]


def test_an_empty_file_among_several_is_refused_by_name_of_what_to_do() -> None:
    chosen = [SimpleUploadedFile("a.docx", b"a"), SimpleUploadedFile("b.docx", b"")]
    form = EveryField({}, MultiValueDict({"more": chosen}))

    assert form.errors["more"] == ["The file is empty. Choose the file again"]


def test_a_form_made_elsewhere_is_shown_with_the_same_components(tree: Tree) -> None:
    class SignIn(django_forms.Form):
        login = django_forms.EmailField(label="Email")
        password = django_forms.CharField(widget=django_forms.PasswordInput)
        remember = django_forms.BooleanField(required=False)

    page = tree(form_fields(SignIn()))

    assert page.cssselect("input.govuk-input[type=email]")
    assert page.cssselect("input.govuk-password-input__input")
    assert page.cssselect("input.govuk-checkboxes__input")
