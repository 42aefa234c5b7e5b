"""The fields in which a person chooses instead of writing; pages take them from `fields`."""

from collections.abc import Iterable, Mapping

from django import forms

from candour.ui.look import Look
from candour.ui.naming import named, select_one

Choices = Iterable[tuple[str, str]]
Reveals = Mapping[str, str | tuple[str, ...]]


def choice(
    label: str,
    *,
    choices: Choices,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    initial: str = "",
    option_hints: Mapping[str, str] | None = None,
    reveals: Reveals | None = None,
    inline: bool = False,
    heading: bool = False,
) -> forms.ChoiceField:
    """One of a few, as radios.

    `reveals` maps an option to the field (or fields) of the same form shown under it; those are
    asked for only when the option is chosen, and otherwise cleaned to nothing.
    """
    field = forms.ChoiceField(
        choices=list(choices), required=required, initial=initial, widget=forms.RadioSelect
    )
    look = Look(
        inline=inline,
        heading=heading,
        option_hints=option_hints or {},
        reveals=_as_tuples(reveals),
    )
    return named(field, label, hint, missing or select_one(label), look)


def yes_no(
    label: str,
    *,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    reveals: Reveals | None = None,
    not_known: bool = False,
) -> forms.ChoiceField:
    """Cleaned to "yes", "no" or, where `not_known` offers it, "not_known"."""
    answers = [("yes", "Yes"), ("no", "No")]
    if not_known:
        answers.append(("not_known", "Not known"))
    return choice(
        label,
        choices=answers,
        hint=hint,
        missing=missing,
        required=required,
        reveals=reveals,
        inline=not reveals,
    )


def choices(
    label: str,
    *,
    choices: Choices,
    hint: str = "Select all that apply.",
    missing: str = "",
    required: bool = True,
    option_hints: Mapping[str, str] | None = None,
    reveals: Reveals | None = None,
    heading: bool = False,
) -> forms.MultipleChoiceField:
    """Any of a few, as checkboxes, cleaned to a list."""
    field = forms.MultipleChoiceField(
        choices=list(choices), required=required, widget=forms.CheckboxSelectMultiple
    )
    look = Look(heading=heading, option_hints=option_hints or {}, reveals=_as_tuples(reveals))
    return named(field, label, hint, missing or select_one(label), look)


def select(
    label: str,
    *,
    choices: Choices,
    hint: str = "",
    missing: str = "",
    required: bool = True,
    initial: str = "",
    nothing: str = "Choose one",
) -> forms.ChoiceField:
    """One of many, as a drop-down list that opens on `nothing`."""
    field = forms.ChoiceField(choices=[("", nothing), *choices], required=required, initial=initial)
    return named(field, label, hint, missing or select_one(label), Look())


def tick(
    label: str, *, hint: str = "", missing: str = "", required: bool = True
) -> forms.BooleanField:
    """One statement to confirm. Required means it must be ticked."""
    field = forms.BooleanField(required=required)
    return named(field, label, hint, missing or f"Confirm: {label}", Look())


def _as_tuples(reveals: Reveals | None) -> dict[str, tuple[str, ...]]:
    given = (reveals or {}).items()
    return {option: (names,) if isinstance(names, str) else names for option, names in given}
