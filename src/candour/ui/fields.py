"""The fields of a form, one function each: `name = fields.text("Name of the child")`.

Every field is required unless `required=False`, and is then marked "(optional)" on the page.
`missing` is what the page says when nothing was given.
"""

from collections.abc import Iterable

from django import forms

from candour.ui.choosing import choice, choices, select, tick, yes_no
from candour.ui.look import Look
from candour.ui.naming import enter, named
from candour.ui.widgets import SeveralFilesField, SplitDayField

__all__ = [
    "choice",
    "choices",
    "day",
    "day_as_known",
    "email",
    "file",
    "files",
    "long_text",
    "number",
    "one_time_code",
    "password",
    "select",
    "telephone",
    "text",
    "tick",
    "time_of_day",
    "yes_no",
]

DAY_AS_KNOWN_HINT = (
    "Write what is known: 27 March 2014, March 2014, spring 2014, "
    "between 3 and 9 March 2014, or not known."
)


def text(
    label: str,
    *,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    initial: str = "",
    width: int | None = None,
    max_length: int | None = None,
    autocomplete: str = "",
    disclosable: bool = False,
    heading: bool = False,
) -> forms.CharField:
    """One line of text. `autocomplete` is a token of the HTML standard ("name", "postal-code")."""
    attributes = {"autocomplete": autocomplete} if autocomplete else {}
    field = forms.CharField(
        required=required,
        max_length=max_length,
        initial=initial,
        widget=forms.TextInput(attrs=attributes),
    )
    look = Look(width=width, disclosable=disclosable, heading=heading)
    return named(field, label, hint, missing or enter(label), look)


def long_text(
    label: str,
    *,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    initial: str = "",
    rows: int = 5,
    max_length: int | None = None,
    disclosable: bool = False,
    heading: bool = False,
) -> forms.CharField:
    """Several lines of text; `max_length` shows a character count that warns but never cuts."""
    field = forms.CharField(
        required=required,
        max_length=max_length,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    look = Look(disclosable=disclosable, heading=heading)
    return named(field, label, hint, missing or enter(label), look)


def day_as_known(
    label: str,
    *,
    hint: str = DAY_AS_KNOWN_HINT,
    missing: str = "",
    required: bool = True,
    initial: str = "",
) -> forms.CharField:
    """A date as somebody knows it, kept exactly as written; the room reads it, not the form."""
    return text(
        label,
        hint=hint,
        missing=missing or f"{enter(label)}, or write that it is not known",
        required=required,
        initial=initial,
        width=20,
    )


def day(
    label: str, *, hint: str = "For example, 27 3 2014", missing: str = "", required: bool = True
) -> SplitDayField:
    """A certain day in three boxes, cleaned to `datetime.date`."""
    field = SplitDayField(required=required)
    return named(field, label, hint, missing or enter(label), Look())


def time_of_day(
    label: str,
    *,
    hint: str = "For example, 14:05 or 2:05pm",
    missing: str = "",
    required: bool = True,
) -> forms.TimeField:
    """A time in London, cleaned to `datetime.time`."""
    formats = ["%H:%M", "%H.%M", "%I:%M%p", "%I:%M %p", "%I.%M%p", "%I%p"]
    field = forms.TimeField(
        required=required, input_formats=formats, widget=forms.TimeInput(format="%H:%M")
    )
    field.error_messages["invalid"] = f"{label} must be a time, like 14:05 or 2:05pm"
    return named(field, label, hint, missing or enter(label), Look(width=10))


def number(
    label: str,
    *,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    at_least: int | None = None,
    at_most: int | None = None,
    width: int = 5,
) -> forms.IntegerField:
    """A whole number, with its bounds included."""
    field = forms.IntegerField(
        required=required,
        min_value=at_least,
        max_value=at_most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    field.error_messages["invalid"] = f"{label} must be a whole number"
    return named(field, label, hint, missing or enter(label), Look(width=width))


def email(
    label: str, *, hint: str = "", missing: str = "", required: bool = True
) -> forms.EmailField:
    """An e-mail address."""
    field = forms.EmailField(
        required=required, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    field.error_messages["invalid"] = "Enter an email address like name@example.gov.uk"
    return named(field, label, hint, missing or enter(label), Look())


def telephone(
    label: str, *, hint: str = "", missing: str = "", required: bool = True
) -> forms.CharField:
    """A telephone number, kept as typed."""
    widget = forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
    field = forms.CharField(required=required, widget=widget)
    return named(field, label, hint, missing or enter(label), Look(width=20))


def password(
    label: str = "Your password", *, hint: str = "", missing: str = "", new: bool = False
) -> forms.CharField:
    """A password, never sent back to the page; `new` asks the browser to propose one."""
    token = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": token})
    field = forms.CharField(strip=False, widget=widget)
    return named(field, label, hint, missing or enter(label), Look())


def one_time_code(
    label: str = "Code from your authenticator app", *, hint: str = "", missing: str = ""
) -> forms.CharField:
    """A second factor's code."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    field = forms.CharField(widget=forms.TextInput(attrs=attributes))
    return named(field, label, hint, missing or enter(label), Look(width=10))


def file(
    label: str,
    *,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    accept: Iterable[str] = (),
) -> forms.FileField:
    """One file. `accept` (".docx") only guides the browser's dialogue; the room checks bytes."""
    field = forms.FileField(required=required, widget=forms.FileInput(attrs=_accepting(accept)))
    field.error_messages["empty"] = "The file is empty. Choose the file again"
    return named(field, label, hint, missing or "Choose a file", Look())


def files(
    label: str,
    *,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    accept: Iterable[str] = (),
) -> SeveralFilesField:
    """One or more files, cleaned to a list."""
    field = SeveralFilesField(required=required)
    field.widget.attrs.update(_accepting(accept))
    field.error_messages["empty"] = "The file is empty. Choose the file again"
    return named(field, label, hint, missing or "Choose at least one file", Look())


def _accepting(accept: Iterable[str]) -> dict[str, str]:
    endings = ",".join(accept)
    return {"accept": endings} if endings else {}
