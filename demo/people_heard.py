"""What practitioners and the mother said. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """One practitioner's account, in words they agreed."""

    role: str
    agency: str
    words: str


ACCOUNTS = (
    Account(
        "Social worker",
        "CSC",
        "I had thirty-one children that month. What was at the front of my mind was the two who were "
        "being moved. I read the referral as one more late-night row. I did not know about the "
        "earlier contact: it was on another record, under another surname.",
    ),
    Account(
        "Health visitor",
        "HV",
        "I saw a tired mother who was trying. He was never there when I called, and I did not ask "
        "why. When the appointments were missed I thought she was coping well enough not to come.",
    ),
    Account(
        "Class teacher",
        "SCH",
        "The children told us things at carpet time and we wrote them down. I believed that writing "
        "it down was passing it on. I thought somebody read the book.",
    ),
    Account(
        "Police constable",
        "POL",
        "There was a child on the stairs. I put it on the form. I expected the form to go further "
        "than it did.",
    ),
)

EVENT = (
    "People had not known how much the others held. Several said that the household had looked "
    "different to each of them: a mother alone, a couple, a family with a grandmother at its centre. "
    "What would have helped was one place where who lived there, and since when, was written down "
    "and questioned."
)

MOTHERS_WORDS = (
    "They came when he was there or they rang and I said I was fine. Nobody ever saw me by myself. If "
    "somebody had asked me outside the school I think I would have said. My mum asked. I want you to "
    "look at why it was only my mum who asked."
)
