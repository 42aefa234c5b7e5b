"""Django's form fields as GOV.UK components, chosen by their input.

Forms made elsewhere (sign-in, second factor) are shown the same way as our own.
"""

from collections.abc import Callable, Iterator

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

from candour.ui.components import govuk
from candour.ui.look import MAY_BE_DISCLOSED, look_of, revealed_names
from candour.ui.widgets import PARTS, SplitDayInput, typed_parts

Params = dict[str, object]

PASSED_ON = frozenset({"accept", "autocapitalize", "autocomplete", "inputmode", "spellcheck"})


def render_field(bound: BoundField) -> Markup:
    """One field with its label, hint, error and input; the fields it reveals stand inside it."""
    widget = bound.field.widget
    if bound.is_hidden:
        return _hidden(bound)
    for kind, component in _COMPONENTS:
        if isinstance(widget, kind):
            return component(bound)
    return _line(bound)


def _hidden(bound: BoundField) -> Markup:
    # What arrived damaged is made anew, so that sending the page again succeeds.
    value = bound.initial if bound.errors else bound.value()
    attributes = {"id": bound.auto_id}
    return Markup("{}").format(bound.field.widget.render(bound.html_name, value, attributes))


def form_fields(form: forms.BaseForm) -> Markup:
    """Every field of a form in order, without those that stand under another field's option."""
    inside = revealed_names(form)
    shown = [render_field(form[name]) for name in form.fields if name not in inside]
    return Markup("\n").join(shown)


def has_errors(form: forms.BaseForm | None) -> bool:
    """Whether a form was sent and found wanting; pages then begin their title with "Error: "."""
    return form is not None and form.is_bound and bool(form.errors)


def error_summary(form: forms.BaseForm | None) -> Markup:
    """The box that lists every error as a link to its field; nothing when all is well."""
    if form is None or not has_errors(form):
        return Markup()
    entries = list(_error_entries(form))
    return govuk("error-summary", {"titleText": "There is a problem", "errorList": entries})


def _error_entries(form: forms.BaseForm) -> Iterator[Params]:
    for text in form.non_field_errors():
        yield {"text": text}
    for name in form.fields:
        bound = form[name]
        for text in bound.errors:
            entry: Params = {"text": text}
            yield entry if bound.is_hidden else {**entry, "href": f"#{focus_id(bound)}"}


def focus_id(bound: BoundField) -> str:
    """The id of the input that a link to this field must focus."""
    if not isinstance(bound.field.widget, SplitDayInput):
        return bound.auto_id
    return f"{bound.auto_id}-{_wrong_part(bound) or 'day'}"


def _wrong_part(bound: BoundField) -> str:
    errors = bound.form.errors.get(bound.name)
    code = errors.as_data()[0].code if errors else None
    return code if code in PARTS else ""


def _common(bound: BoundField) -> Params:
    params: Params = {"id": bound.auto_id, "name": bound.html_name}
    look = look_of(bound.field)
    hint = " ".join(filter(None, (str(bound.help_text or ""), MAY_BE_DISCLOSED * look.disclosable)))
    if hint:
        params["hint"] = {"html" if hasattr(bound.help_text, "__html__") else "text": hint}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    return params


def _words(bound: BoundField) -> str:
    return f"{bound.label}" if bound.field.required else f"{bound.label} (optional)"


def _label(bound: BoundField) -> Params:
    heading = look_of(bound.field).heading
    classes = "govuk-label--l" if heading else "govuk-label--s"
    return {"text": _words(bound), "classes": classes, "isPageHeading": heading}


def _fieldset(bound: BoundField) -> Params:
    heading = look_of(bound.field).heading
    classes = "govuk-fieldset__legend--l" if heading else "govuk-fieldset__legend--s"
    return {"legend": {"text": _words(bound), "classes": classes, "isPageHeading": heading}}


def _passed_on(bound: BoundField) -> Params:
    return {name: at for name, at in bound.field.widget.attrs.items() if name in PASSED_ON}


def _line(bound: BoundField) -> Markup:
    widget = bound.field.widget
    width = look_of(bound.field).width
    value = widget.format_value(bound.value())
    return govuk(
        "input",
        {
            **_common(bound),
            **_passed_on(bound),
            "label": _label(bound),
            "type": getattr(widget, "input_type", "text"),
            "value": "" if value is None else value,
            "classes": f"govuk-input--width-{width}" if width else "",
        },
    )


def _password(bound: BoundField) -> Markup:
    params = {**_common(bound), "label": _label(bound)}
    return govuk("password-input", params | _passed_on(bound))


def _lines(bound: BoundField) -> Markup:
    params: Params = {
        **_common(bound),
        "label": _label(bound),
        "rows": bound.field.widget.attrs.get("rows", 5),
        "value": _verbatim(str(bound.value() or "")),
    }
    limit = getattr(bound.field, "max_length", None)
    if limit is None:
        return govuk("textarea", params)
    return govuk("character-count", {**params, "maxlength": limit})


def _verbatim(text: str) -> Markup:
    # The macros indent what they nest, which would add spaces to what a person typed; and a
    # browser drops a first line break.
    text = text.replace("\r\n", "\n")
    kept = f"\n{text}" if text.startswith("\n") else text
    return escape(kept).replace("\n", Markup("&#10;"))


def _options(bound: BoundField) -> Iterator[tuple[str, Params]]:
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()))
    for _, options, _ in groups:
        for option in options:
            value = str(option["value"])
            yield value, {"value": value, "text": option["label"], "checked": option["selected"]}


def _choices(component: str) -> Callable[[BoundField], Markup]:
    def render(bound: BoundField) -> Markup:
        look = look_of(bound.field)
        params = {**_common(bound), "idPrefix": bound.auto_id, "fieldset": _fieldset(bound)}
        classes = f"govuk-{component}--inline" if look.inline else ""
        items = [_with_extras(bound, value, item) for value, item in _options(bound)]
        html = govuk(component, {**params, "classes": classes, "items": items})
        # The radios' script sets an attribute that radios may not have; style does its work.
        return html.replace(Markup(' data-module="govuk-radios"'), Markup())

    return render


def _with_extras(bound: BoundField, value: str, item: Params) -> Params:
    look = look_of(bound.field)
    if value in look.option_hints:
        item["hint"] = {"text": look.option_hints[value]}
    inside = [render_field(bound.form[name]) for name in look.reveals.get(value, ())]
    if inside:
        item["conditional"] = {"html": Markup("\n").join(inside)}
    return item


def _select(bound: BoundField) -> Markup:
    items = [
        {"value": value, "text": item["text"], "selected": item["checked"]}
        for value, item in _options(bound)
    ]
    return govuk("select", {**_common(bound), "label": _label(bound), "items": items})


def _tick(bound: BoundField) -> Markup:
    item: Params = {"value": "on", "text": _words(bound), "checked": bool(bound.value())}
    common = _common(bound)
    if "hint" in common:
        item["hint"] = common.pop("hint")
    return govuk("checkboxes", {**common, "idPrefix": bound.auto_id, "items": [item]})


def _split_day(bound: BoundField) -> Markup:
    wrong = _wrong_part(bound)
    items = [
        {
            "name": part,
            "value": typed,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if bound.errors and wrong in ("", part) else ""),
        }
        for part, typed in zip(PARTS, typed_parts(bound.value()), strict=True)
    ]
    params = {**_common(bound), "namePrefix": bound.html_name, "fieldset": _fieldset(bound)}
    return govuk("date-input", {**params, "items": items})


def _file(bound: BoundField) -> Markup:
    widget = bound.field.widget
    params: Params = {
        **_common(bound),
        "label": _label(bound),
        "multiple": getattr(widget, "allow_multiple_selected", False),
        "attributes": _passed_on(bound),
    }
    return govuk("file-upload", params)


_COMPONENTS: tuple[tuple[type[forms.Widget], Callable[[BoundField], Markup]], ...] = (
    (SplitDayInput, _split_day),
    (forms.CheckboxSelectMultiple, _choices("checkboxes")),
    (forms.RadioSelect, _choices("radios")),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.Textarea, _lines),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
)
