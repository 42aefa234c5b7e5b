"""The kinds of service in England's safeguarding records, and the words others call them by.

Common usage of the field, from no one case. Order matters: a longer phrase stands before a
shorter one that it contains ("school nurse" before "school").
"""

from __future__ import annotations

import re
from typing import Final


def _words(*phrases: str) -> tuple[str, ...]:
    """Patterns for phrases: acronyms keep their capitals, other words may have them or not."""
    spaced = (phrase.replace(" ", r"[\s-]+") for phrase in phrases)
    return tuple(p if re.search("[A-Z]", p) else f"(?i:{p})" for p in spaced)


KINDS: Final[dict[str, tuple[str, ...]]] = {
    "adult_care": _words("adult social care", "adult services", "adult social services", "ASC"),
    "social_care": _words(
        "children[’']?s social care",
        "childrens social care",
        "social care",
        "social services",
        "children[’']?s services",
        "children and families team",
        "children and families",
        "emergency duty team",
        "emergency duty service",
        "out of hours social work(?:er)?(?: team)?",
        "social work(?:ers?)?(?: team)?",
        "duty team",
        "duty desk",
        "assessment team",
        "referral and assessment",
        "contact centre",
        "front door",
        "first response",
        "initial response team",
        "multi agency safeguarding hub",
        "independent reviewing officer",
        "CSC",
        "CSCS",
        "EDT",
        "EDS",
        "MASH",
        "SSD",
        "IRO",
        r"SW(?:\s?\d)?",
        r"ASW(?:\s?\d)?",
        "LADO",
    ),
    "school_nursing": _words("school nurs(?:e|es|ing)(?: service| team)?", "school health adviser"),
    "health_visiting": _words(
        "health visit(?:or|ors|ing)(?: team| service)?",
        "family nurse(?: partnership)?",
        "community nursery nurse",
        "health (?:colleagues|representatives?)",
        "health(?= (?:was |were )?(?:invited|represented|present|absent|not present|attended))",
        "HVs?",
        "0-19(?: team| service)?",
        "FNP",
    ),
    "gp": _words(
        "GPs?(?: practice| surgery)?",
        "general practitioners?",
        "practice nurse",
        "surgery",
        "family doctor",
        "medical centre",
    ),
    "midwifery": _words(
        "community midwi(?:fe|ves|fery)",
        "midwi(?:fe|ves|fery)",
        "maternity(?: unit| services?| ward)?",
        "antenatal clinic",
        "labour ward",
        "delivery suite",
    ),
    "audiology": _words("audiology", "audiologist"),
    "hospital": _words(
        "hospital",
        "infirmary",
        "accident and emergency",
        "emergency department",
        r"A\s?&\s?E",
        "A and E",
        "ED",
        "consultant paediatric(?:ian|ians|s)?(?: registrar)?",
        "paediatric(?:ian|ians|s)?(?: liaison| registrar| ward)?",
        "ward(?: sister| staff)?",
        "neonatal unit",
        "special care baby unit",
        "NICU",
        "SCBU",
        "ENT",
        "liaison nurse",
        "outpatients",
        "radiology",
        "orthopaedics",
        "fracture clinic",
    ),
    "police": _words(
        "police(?: officers?)?",
        "constabulary",
        "domestic abuse unit",
        "child abuse investigation (?:unit|team)",
        "public protection unit",
        *(rf"{rank}(?: \d{{2,5}})?" for rank in ("PCSO", "WPC", "PC", "DC", "DS", "PS", "DI")),
        "CAIU",
        "CAIT",
        "PPU",
        "PVPU",
        "neighbourhood officer",
        "control room",
    ),
    "nursery": _words("nursery(?: lead| manager| staff| teacher)?", "pre-?school", "playgroup"),
    "education_welfare": _words(
        "education welfare(?: officer| service)?", "EWO", "EWS", "attendance officer"
    ),
    "school": _words(
        "school", "head ?teacher", "class teacher", "academy", "college", "SENCO", "teachers?"
    ),
    "housing": _words(
        "housing(?: association| officer| department| options| team)?",
        "landlord",
        "tenancy (?:officer|team)",
        "homeless(?:ness)? team",
    ),
    "substance": _words(
        "drug and alcohol (?:services?|team|workers?|agency|project)",
        "alcohol (?:services?|team|workers?|agency|project)",
        "drug (?:and alcohol )?(?:services?|team|workers?|agency|project)",
        "substance (?:misuse|use|abuse)(?: services?| team| workers?)?",
        "recovery (?:services?|workers?|team)",
        "addiction services?",
        "CDT",
        "CDAT",
    ),
    "probation": _words("probation(?: service| officer| trust)?", "offender manager", "NPS", "CRC"),
    "youth_justice": _words("youth offending (?:team|service)", "youth justice", "YOT", "YOS"),
    "camhs": _words("CAMHS", "child and adolescent mental health(?: services?)?"),
    "mental_health": _words(
        "community mental health(?: team| services?| trust)?",
        "mental health(?: team| services?| trust)?",
        "crisis team",
        "psychiatr(?:ist|y)(?: liaison)?",
        "CMHT",
        "CPN",
        "IAPT",
        "talking therapies",
    ),
    "ambulance": _words("ambulance(?: service| crew| control)?", "paramedics?"),
    "domestic_abuse": _words(
        "women[’']?s aid",
        "refuge(?: workers?| staff)?",
        "domestic (?:abuse|violence) (?:services?|workers?|adviser|project)",
        "IDVA",
    ),
    "early_years": _words("children[’']?s centre", "sure start", "family centre"),
    "out_of_hours_doctor": _words("out of hours (?:doctor|GP)", "NHS 111", "NHS Direct", "111"),
    "cafcass": _words("Cafcass", "CAFCASS", "children[’']?s guardian"),
    "voluntary": _words("NSPCC", "Home-Start", "Homestart"),
}
"""Kinds of service, each with patterns for the words that others call it by; a pattern begins with
the letters of a word, so that it is looked for only where they stand."""

BROADER: Final = {
    "school_nursing": "health_visiting",
    "midwifery": "hospital",
    "audiology": "hospital",
    "nursery": "school",
    "camhs": "mental_health",
}
"""Where a case has no agency of a kind, the kind that usually holds it."""

SELF_EVIDENT: Final = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "adult_care": r"adult (social|services|care)",
        "social_care": r"child\w*[’']?s?\W+(social|services)|children and families"
        r"|(?<!adult )social (care|services|work)"
        r"|^CSC|\bMASH\b",
        "school_nursing": r"school (nurs|health)",
        "health_visiting": r"health visit|community (health|nurs)|\b0-19\b|^HV$",
        "gp": r"\bGPs?\b|surgery|medical (practice|centre|group)|general practice",
        "midwifery": r"midwi|maternity",
        "hospital": r"hospital|acute|infirmary|^HOSP|\bA&E\b",
        "police": r"police|constabulary|^POL$",
        "nursery": r"nurser(y|ies)(?! nurs)|pre-?school|playgroup",
        "school": r"\bschool(?!\s+(nurs|health))|academy|college|primary(?! care)|^SCH$",
        "housing": r"housing|homes\b|homeless|tenan|^HOUS",
        "substance": r"alcohol|\bdrugs?\b|substance|addiction|recovery|^(DAS|SMS)$",
        "probation": r"probation|rehabilitation company|^PROB",
        "youth_justice": r"youth (offending|justice)",
        "camhs": r"CAMHS|child and adolescent",
        "mental_health": r"mental health|partnership (nhs )?(foundation )?trust",
        "ambulance": r"ambulance",
        "domestic_abuse": r"women[’']?s aid|refuge|domestic (abuse|violence)|\bIDVA\b",
        "early_years": r"child\w*[’']?s? centre|sure start|early years",
        "cafcass": r"cafcass",
        "education_welfare": r"education welfare|attendance",
        "voluntary": r"charit|home-?start|barnardo|nspcc",
    }.items()
}
"""What an agency's own name says it is."""
