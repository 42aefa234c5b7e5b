"""The shapes of sentences that tell of telling. «0» stands for an agency named in the sentence.

Each pattern gives the agencies in the group `them`: those told, or those who told. They are of
English as agencies write it in chronologies, in fragments and without a subject.
"""

from __future__ import annotations

import re
from typing import Final


def _any(*choices: str) -> str:
    return f"(?:{'|'.join(choices)})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NAME: Final = r"(?:\s+(?-i:Dr|Mrs|Mr|Ms|Miss|[A-Z][\w’'-]+|[A-Z]\.))"
_PERSON: Final = rf"{_NAME}{{0,4}}(?:\s*\([^)]*\))?"
_BEFORE: Final = _any("the", "our", "duty", "local", "children[’']?s", "on-?call", "their")
_ONE: Final = rf"(?:{_BEFORE}\s+)*«\d+»{_PERSON}"
_FAMILY: Final = _any("parents?", "mother", "father", "family", "carers?", "mum", "patient")
_AND: Final = r"\s*(?:,\s*and|,|and|&|/)\s*"


def _list(group: str) -> str:
    """Agencies in a row, with members of the family among them."""
    return rf"(?P<{group}>(?:{_FAMILY}{_AND})?{_ONE}(?:{_AND}(?:{_ONE}|{_FAMILY}))*)"


_LIST: Final = _list("them")
_PAPER: Final = _any(
    "letters?", "notices?", "notifications?", "referrals?", "e-?mails?", "reports?", "cop(?:y|ies)",
    "forms?", "fax(?:es)?", "messages?", "calls?", "information", "minutes", "summar(?:y|ies)",
    "requests?", "contacts?", "papers", "invitations?", "updates?", "alerts?", "tasks?", "CAF",
    "notes?", "results?", "texts?", "concerns?", "disclosures?",
)  # fmt: skip
_TOLD: Final = _any(
    "told", "informed", "notified", "alerted", "advised", "updated", "contacted", "rang", "rung",
    "phoned", "telephoned", "called", "e-?mailed", "faxed", "messaged", "wrote", "written",
    "warned", "briefed", "consulted",
)  # fmt: skip
_WORDS: Final = r"(?:[\w’'-]+\s+)"

QUOTED: Final = re.compile(r"[“\"][^”\"]*[”\"]|(?<!\w)[‘'][^’']*[’'](?!\w)")
SENTENCE: Final = re.compile(r"(?<=[.;!?])\s+|\n+|\s[-–—]\s")

_INTENDED: Final = _any(
    "to", "should", "could", "may", "will", "would", "if", "must", "might", "needs? to",
    "needed to", "plans? to", "planned to", "agreed to", "aims? to", "due to", "intends? to",
    "asked to",
)  # fmt: skip
_DOING: Final = _any(
    "inform", "notify", "tell", "contact", "refer", "ring", "phone", "call", "liaise", "discuss",
    "e-?mail", "write", "share", "chase", "informed", "told", "notified", "referred", "contacted",
    "shared", "sent", "send", "speak", "alert", "update", "pass",
)  # fmt: skip
_NOTHING: Final = _any(
    "contact", "notice", "notification", "referral", "information", "letter", "report", "reply",
    "record", "trace", "check", "call", "copy", "message", "feedback", "response", "evidence",
    "liaison", "e-?mail", "discussion",
)  # fmt: skip
_NEVER: Final = _any(
    "not", "never", "nobody", "no[ -]one", "none", "without", "unable", "failed", "awaiting",
    "awaited", "cannot", "nil",
)  # fmt: skip
NOT_DONE: Final = _compiled(
    rf"\b(?:{_NEVER}|no {_NOTHING}s?|{_INTENDED} (?:be )?(?:\w+ )?{_DOING})\b|n[’']t\b"
)
"""Words that make a telling one that did not happen, or had not happened yet."""
NOT_THERE: Final = _compiled(
    r"\b(?:apolog(?:y|ies)|not attended|did not attend|not invited|unable to attend|not present"
    r"|absent|not there|did not join|invited but)\b"
)
"""Words that make a meeting one that the agency was not at."""

TOLD_THEM: Final = _compiled(
    r"\b"
    + _any(
        rf"{_TOLD}(?:\s+to)?",
        r"(?:spoke|spoken|speaking|talked)\s+(?:to|with)",
        rf"(?:discussed|shared)\s+{_WORDS}{{0,4}}?with",
        r"(?:liaised|liaison)\s+with",
        rf"(?:re-?)?referred\s+{_WORDS}{{0,4}}?(?:on\s+)?to",
        rf"(?:reported|passed|sent|copied|forwarded|faxed|e-?mailed|handed|notified|disclosed)"
        rf"\s+{_WORDS}{{0,5}}?to",
        r"(?:discharged|copy)\s+to",
        "cc",
    )
    + rf"\s+{_LIST}"
)
_ASKING_FOR: Final = r"(?<![\w-])(?<!asking for )(?<!requesting )(?<!request for )(?<!for a )"
SENT_DOCUMENT: Final = _compiled(
    rf"{_ASKING_FOR}(?:re-)?{_PAPER}(?:\s+(?!from\b|received\b|by\b|of\b)[\w’'-]+){{0,3}}?"
    rf"\s+(?:sent\s+|left\s+|made\s+)?(?:to|for|with)\s+{_LIST}"
)
_HAVING_BEEN: Final = _any("were", "was", r"has\s+been", r"have\s+been", "both", "also", "then")
PASSIVE: Final = re.compile(
    rf"{_LIST}\s+(?:{_HAVING_BEEN}\s+)*"
    r"(?:told|informed|notified|alerted|advised|updated|consulted|contacted|briefed"
    r"|made\s+aware|copied\s+in)"
    r"(?!\s+(?:us|her|him|them|mother|father|that\s+they|«|to\s|[A-Z]))"
    rf"(?:\s+by\s+(?P<teller>{_ONE}))?"
)
REACHED: Final = _compiled(
    rf"\s*{_LIST}\s+(?:e-?mailed|phoned|telephoned|rung|texted|faxed|written\s+to|messaged)"
    r"\s*[.!]?\s*"
)
"""Under a heading for what was done, "social care e-mailed" is the writer's own doing."""
PAPER_FOR: Final = _compiled(rf"\s*{_LIST}\s+{_PAPER}\s*[.!]?\s*")
"""Under the same heading, "GP letter." is a letter to the GP."""
NOTICE_SENT: Final = _compiled(
    r"\b(?:notices?|notifications?|DASH|PPN|VPD|MERLIN|PVP|DV\s?1|CA12|PPD1)\b(?:\s+\w+){0,3}?"
    r"\s+(?:sent|submitted|made|shared|forwarded|completed|\d)"
)
"""A police notice with no address goes to children's social care by every force's practice."""
SENTENCE_OF_OTHERS: Final = _compiled(
    rf"\s*(?:at\s+[\d.:apm]+\s+)?{_LIST}\s*,?\s+(?:"
    r"(?:had|has|have|who|also|then|said|says|rang|phoned|telephoned|called|e-?mailed|wrote"
    r"|reported|referred|spoke|sent|shared|stated|confirmed|asked|requested|made|passed|will)\b"
    r"|(?:told|informed|notified|contacted|alerted|advised)\s+(?=«|(?-i:[A-Z])|the\b|us\b|that\b))"
)

MEETING: Final = _compiled(
    r"\b(?:conference|meeting|core group|ICPC|RCPC|TA[CF]|MARAC|strategy|discussion|panel)\b"
)
MEETING_OF: Final = _compiled(
    r"\b(?:conference|meeting|discussion|core group|TA[CF]|review|panel)\b[^:.]*:\s*(?P<those>.+)"
    r"|\b(?:present|attended by|attendees|attendance)\s*:?\s+(?P<them>.+)"
    rf"|{_list('there')}\s+(?:also\s+)?(?:present|attended)\b"
)
"""Who was at a meeting, as the agency that wrote it up lists them."""
BY_THE_FAMILY: Final = _compiled(
    r"\b(?:mother|father|mum|dad|parents?|grand\w+|nan|MGM|MGF|PGM|PGF|aunt|uncle|neighbour|child"
    r"|caller|partner|she|he|they|family|tenant|client|patient|pupil|sibling|sister|brother)\s+"
    r"(?:had\s+|has\s+|have\s+|then\s+|also\s+|later\s+)*$"
)
"""What stands before a verb whose subject is the family: their telling is not the agency's."""

BY: Final = _compiled(
    r"\b(?:told|informed|notified|advised|alerted|contacted|rung|phoned|telephoned|called"
    r"|reported|updated|made aware|referred)"
    r"(?:\s+(?:verbally|later|today|also|on|at|[\d/.:]+|(?:mon|tues|wednes|thurs|fri)day)){0,3}"
    rf"\s+by\s+{_LIST}"
)
DOCUMENT_FROM: Final = _compiled(
    rf"\b(?:{_PAPER}|received|heard|learn[te]d?)(?:\s+(?!to\b)[\w’'-]+){{0,5}}?\s+from\s+{_LIST}"
)
_SAID: Final = _any(
    "rang", "phoned", "telephoned", "called", "reports?", "reported", "e-?mailed", "wrote",
    "writes", "referred", "says?", "said", "stated?", "states", "shared", "disclosed", "faxed",
    "confirm(?:ed|s)", "mentioned", "raised", r"passed\s+on", "asks?",
    r"asked\s+(?:whether|if|that|us|about)",
)  # fmt: skip
ACTIVE: Final = re.compile(
    rf"(?:^|[,;]|\b(?:that|and|when|as|after)\b)\s*{_LIST}\s+"
    rf"(?:(?:had|has|then|also|now|later)\s+)*(?:{_SAID}\b"
    r"|(?:told|informed|notified|contacted|alerted|advised)\s+"
    r"(?=(?:us|that|the|her|him|them|staff|mother|father)\b|«|[A-Z]))"
    rf"(?:\s*(?P<whom>{_ONE}))?"
)
DOCUMENT_OF: Final = re.compile(
    rf"\s*(?:(?:[Cc]opy|[Aa]|[Tt]he|[Ss]canned)\s+(?:of\s+)?)*{_LIST}\s+"
    rf"(?:(?!by\b|\w+ed\b|told\b)[\w-]+\s+){{0,2}}?{_PAPER}\b(?!\s+(?:to|sent)\b)"
)
OPENS_WITH_SENDER: Final = re.compile(rf"\s*(?:(?:letter|report|summary)\s+)?{_LIST}")
RECEIVED: Final = _compiled(r"\b(?:received|arrived|scanned)\b")
INCOMING: Final = _compiled(
    r"\b(?:letters? in|inbox|in-?coming|correspondence|letters?|received|notification|discharge"
    r"|scanned|liaison form|referral in|fax|e-?mail|minutes)\b"
)
DOCUMENTS_OF_A_KIND: Final = {
    "hospital": _compiled(
        r"\b(?:discharge (?:summary|letter)|birth notification|notification of birth|antenatal"
        r"|clinic letter|delivery|newborn (?:hearing )?screen\w*|born|(?:in|out)-?patient"
        r"|liaison form|admission|operation|theatre)\b"
    ),
    "social_care": _compiled(
        r"\b(?:conference minutes|minutes of (?:the )?(?:conference|core group|CP)|ICPC|RCPC"
        r"|core group minutes|child (?:in need|protection) plan"
        r"|strategy (?:discussion|meeting) minutes|minutes received|received (?:the )?minutes)\b"
    ),
    "police": re.compile(r"\b(?:PPN|VPD|MERLIN|PVP|DV notification|domestic notification|CA12)\b"),
}
"""Papers that one kind of service alone writes, where a row says that a paper came in."""

TALK: Final = _compiled(
    r"\b(?:rang|ring|rung|calls?|called|phoned?|telephone[ds]?|spoke|spoken|speaking|verbally|visit"
    r"|joint|conversation|discussed|talked)\b"
)
POST: Final = _compiled(
    r"\b(?:letters?|copy|copied|e-?mail(?:ed)?|faxe?d?|notices?|notifications?|forms?|reports?"
    r"|summar(?:y|ies)|minutes|correspondence|wrote|written|posted|liaison|messages?)\b"
)
"""A talk is had by both agencies on the same day; what goes by post may arrive later."""
