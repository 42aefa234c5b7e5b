"""The words of letters: what a template may hold, and how its fields are filled in.

A template is plain text with merge fields such as `{child}` out of a fixed list. Nothing in it is
ever run: a field is looked up in a dictionary, and whatever is no field is refused when saved.
"""

import re
from collections.abc import Mapping

from candour.duties.models import LetterKind
from candour.kernel.errors import Invalid

FIELDS: dict[str, str] = {
    "addressee": "Who the letter is to",
    "agency": "The agency written to",
    "case_reference": "The reference of the case",
    "child": "The child, by pseudonym",
    "decision": "The decision on a review, in words",
    "decision_day": "The day of that decision",
    "notification_day": "The day the notification was sent",
    "partnership": "The partnership",
    "reply_by": "The day by which an answer is asked for",
    "review": "The name of the review",
    "sender": "Who signs",
    "sender_title": "Job title of who signs",
    "today": "The day of the letter",
}

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_STRAY = re.compile(r"[{}]")
NOT_KNOWN = re.compile(r"\[not known: [^\]]*\]")


def check_template(text: str, field: str = "body") -> None:
    """Refuse a text with a brace that is no merge field, naming it and what there is instead."""
    for name in _FIELD.findall(text):
        if name not in FIELDS:
            raise Invalid(
                "unknown_field",
                f"{{{name}}} is not a field that Candour fills in. Use one of "
                f"{', '.join(f'{{{known}}}' for known in FIELDS)}.",
                field,
            )
    if _STRAY.search(_FIELD.sub("", text)):
        raise Invalid(
            "stray_brace", "A brace stands alone. Write a field as {child}, or use brackets.", field
        )


def merged(text: str, facts: Mapping[str, str]) -> str:
    """The text with its fields filled in; a fact that is absent says so where it belongs."""
    return _FIELD.sub(lambda found: _filled(found[1], facts), text)


def _filled(name: str, facts: Mapping[str, str]) -> str:
    if name not in FIELDS:
        return f"{{{name}}}"
    return facts.get(name) or f"[not known: {FIELDS[name].lower()}]"


_CLOSE = "\n\nYours sincerely\n\n{sender}\n{sender_title}\n{partnership}\n"

SHIPPED: dict[LetterKind, tuple[str, str]] = {
    LetterKind.CHIEF_EXECUTIVE: (
        "Safeguarding review {case_reference}: what we ask of {agency}",
        "Dear {addressee}\n\nThe partnership is looking at what can be learned from the case with "
        "the reference above. Your organisation is likely to hold records that matter.\n\n"
        "Please make sure today that those records are secured and that nobody changes them, and "
        "name one person to whom we can write. We ask for your answer by {reply_by}.\n\n"
        "The purpose is learning. Nobody is being blamed, and staff should hear of this from you, "
        "with an offer of support, before they hear of it elsewhere." + _CLOSE,
    ),
    LetterKind.FAMILY: (
        "About the review",
        "Dear {addressee}\n\nI am very sorry for what has happened to your family.\n\nWhen a child "
        "dies or is seriously harmed, the organisations that knew the family look at how they "
        "worked, so that they can do better for other children. We should like to hear from you, "
        "if you wish: what you saw, and what you think should be asked. You decide whether, when "
        "and how. You may bring somebody with you.\n\nNothing happens if you do not answer. You "
        "can change your mind at any time." + _CLOSE,
    ),
    LetterKind.PANEL: (
        "{case_reference}: decision on a review",
        "Dear {addressee}\n\nThe notification was sent on {notification_day}. On {decision_day} it "
        "was decided: {decision}. The reasons are enclosed with the papers of the rapid review or "
        "screening.\n\nPlease let us know if you have questions." + _CLOSE,
    ),
    LetterKind.OFSTED: (
        "{case_reference}: decision on a review",
        "Dear {addressee}\n\nFollowing the notification of {notification_day}, it was decided on "
        "{decision_day}: {decision}." + _CLOSE,
    ),
    LetterKind.DFE: (
        "{case_reference}: decision on a review",
        "Dear {addressee}\n\nFollowing the notification of {notification_day}, it was decided on "
        "{decision_day}: {decision}." + _CLOSE,
    ),
    LetterKind.OTHER: ("{case_reference}", "Dear {addressee}\n\n" + _CLOSE.lstrip()),
}
