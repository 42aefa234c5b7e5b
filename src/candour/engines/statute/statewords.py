"""The states of both machines as people say them, for pages and refusals."""

_WHOLE = {
    "NONPUB_PROPOSED": "decided not to publish",
    "NONPUB_AGREED": "not to be published, and the panel agrees",
    "NONPUB_DISAGREED": "not to be published, and the panel does not agree",
    "NONPUB_ANON_NSPCC": "to be published without a name, through the NSPCC",
    "NONPUB_SUMMARY_ONLY": "to be published as a summary only",
    "SENT_TO_PANEL_SOS": "sent to panel and Secretary of State",
    "LAC_OR_CARE_LEAVER_ONLY": "told as looked-after child or care leaver only",
}
_WORDS = {
    "RR": "rapid review",
    "SIN": "notification",
    "SCR": "serious case review",
    "LCSPR": "local review",
}


def in_words(state: str) -> str:
    """A state in lower case and without abbreviations: "rapid review with panel"."""
    found = _WHOLE.get(state)
    return found or " ".join(_WORDS.get(word, word.lower()) for word in state.split("_"))
