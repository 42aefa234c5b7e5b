"""What a field is called, and what it says when it was left empty or goes too far."""

from typing import TypeVar

from django import forms

from candour.ui.look import Look

FieldT = TypeVar("FieldT", bound=forms.Field)


# Words after which "the" would be wrong: "Enter when it happened", "Enter your password".
_NO_ARTICLE = frozenset(
    (
        "a",
        "an",
        "and",
        "another",
        "any",
        "as",
        "at",
        "by",
        "each",
        "every",
        "from",
        "held",
        "her",
        "his",
        "how",
        "in",
        "its",
        "on",
        "one",
        "other",
        "our",
        "sent",
        "some",
        "that",
        "the",
        "their",
        "this",
        "to",
        "until",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "your",
    )
)


def enter(label: str) -> str:
    """What to say when nothing was typed: "Enter the name of the child"."""
    return f"Answer “{label}”" if label.endswith("?") else f"Enter {_within_sentence(label)}"


def select_one(label: str) -> str:
    """What to say when nothing was chosen."""
    return (
        f"Select an answer to “{label}”"
        if label.endswith("?")
        else (f"Select {_within_sentence(label)}")
    )


def _within_sentence(label: str) -> str:
    # An abbreviation such as NHS keeps its capitals.
    words = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    first = words.partition(" ")[0].strip(",.:")
    return words if first in _NO_ARTICLE or first.endswith("ed") else f"the {words}"


def _say_limits(field: forms.Field, label: str) -> None:
    length = "must have %(limit_value)d characters or fewer; it has %(show_value)d"
    field.error_messages["max_length"] = f"{label} {length}"
    field.error_messages["min_value"] = f"{label} must be %(limit_value)s or more"
    field.error_messages["max_value"] = f"{label} must be %(limit_value)s or less"


def named(field: FieldT, label: str, hint: str, missing: str, look: Look) -> FieldT:
    """The field with its label, its hint, what it says when nothing was given, and its look."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    _say_limits(field, label)
    field.__dict__["look"] = look
    return field
