"""How a form field is shown, beyond what Django keeps about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms

MAY_BE_DISCLOSED = "What you write here may be disclosed to a court."


@dataclass(frozen=True)
class Look:
    """How one field is shown.

    `width` is in characters (2, 3, 4, 5, 10 or 20). `reveals` names, for an option of a choice, the
    fields of the same form shown only under that option. `heading` makes the label the page's
    heading. `disclosable` adds the standing hint that the words may be disclosed to a court.
    """

    width: int | None = None
    inline: bool = False
    heading: bool = False
    disclosable: bool = False
    option_hints: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def look_of(form_field: forms.Field) -> Look:
    """The look given to a field; a field made elsewhere (sign-in) has the plain one."""
    return getattr(form_field, "look", None) or Look()


def revealed_names(form: forms.BaseForm) -> dict[str, tuple[str, str]]:
    """For each field shown only under an option: the choice's name and that option's value."""
    return {
        name: (choice, option)
        for choice, form_field in form.fields.items()
        for option, names in look_of(form_field).reveals.items()
        for name in names
    }
