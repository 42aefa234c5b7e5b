"""Episodes, findings and recommendations as chapters of the report, each with what it rests on."""

from collections.abc import Iterator

from candour.analysis.models import Episode, Evidence
from candour.people.roles import AgencyKind
from candour.reports.composition.material import Material
from candour.reports.composition.written import listed, said, short, under, written
from candour.reports.tree import Block, Heading, Link, Paragraph, Table, Text, Words, plain
from candour.ui.wording import plural

NOBODY_ASKED = "This rests on records alone. Nobody has been asked why."


def episodes(material: Material) -> Iterator[Block]:
    """Every key practice episode: what happened and how it looked at the time."""
    for number, episode in enumerate(material.episodes, start=1):
        mark = f"episode-{short(episode.pk)}"
        yield Heading(2, f"Episode {number}: {episode.title}", mark)
        if episode.period_start:
            yield said(_period(episode), f"{mark}-period")
        yield from written(episode.what_happened, f"{mark}-what", 2)
        yield from under(
            "How it looked at the time", episode.how_it_looked, f"{mark}-looked", level=3
        )
        yield from _factors(episode, mark)
        yield from under("What was done well", episode.good_practice, f"{mark}-good", level=3)
        yield from _rests_on(material.under_episode(episode), mark)


def _period(episode: Episode) -> str:
    start, end = episode.period_start, episode.period_end
    first, last = (f"{each:%B %Y}" if each else "" for each in (start, end))
    return f"From {first} to {last}." if last and last != first else f"{first}."


def _factors(episode: Episode, mark: str) -> Iterator[Block]:
    factors = [f"{factor.get_group_display()}: {factor.text}" for factor in episode.factors.all()]
    if factors:
        yield Heading(3, "What helps to explain it", f"{mark}-factors-title")
        yield from listed(factors, f"{mark}-factors")


def findings(material: Material) -> Iterator[Block]:
    """Every finding with its reasons; one that nobody was asked about says so."""
    for number, finding in enumerate(material.findings, start=1):
        mark = f"finding-{short(finding.pk)}"
        yield Heading(2, f"Finding {number}", mark)
        yield Paragraph((Text(finding.statement, "strong"),), f"{mark}-statement")
        for title, text, part in (
            ("How it showed in this case", finding.how_it_showed, "showed"),
            ("Why it is more than one mistake", finding.why_underlying, "why"),
            ("How common it is", finding.how_widespread, "spread"),
            ("What it means for children", finding.implications, "means"),
        ):
            yield from under(title, text, f"{mark}-{part}", level=3)
        evidence = material.under_finding(finding)
        yield from _rests_on(evidence, mark)
        if evidence and all(each.kind == Evidence.Kind.ENTRY for each in evidence):
            yield said(NOBODY_ASKED, f"{mark}-nobody-asked")


def recommendations(material: Material) -> Iterator[Block]:
    """Recommendations, or questions to the board where the method asks questions, as a table."""
    rows = material.recommendations
    if not rows:
        return
    asks = all(row.is_question for row in rows)
    what = "Question" if asks else "Recommendation"
    yield Table(
        f"{what}s, to whom, and what should be different for children",
        (plain("Number"), plain(what), plain("To"), plain("Intended outcome for children")),
        tuple(
            (
                plain(str(row.number)),
                plain(row.text),
                plain(row.addressee),
                plain(row.intended_outcome or "To be set in the response"),
            )
            for row in rows
        ),
        "recommendations-table",
        row_headers=True,
    )


def _rests_on(evidence: list[Evidence], mark: str) -> Iterator[Block]:
    if not evidence:
        return
    parts = [_records(evidence), _people(evidence), *_cited(evidence)]
    words: list[Words] = [part for part in parts if part]
    joined: list[Text | Link] = [Text("This rests on ")]
    for number, part in enumerate(words):
        joined += [Text("; ")] if number else []
        joined += [each for each in part if isinstance(each, Text | Link)]
    yield Paragraph((*joined, Text(".")), f"{mark}-rests-on")


def _records(evidence: list[Evidence]) -> Words:
    entries = [each.entry for each in evidence if each.entry]
    kinds = dict.fromkeys(AgencyKind(entry.agency.kind).label for entry in entries)
    if not entries:
        return ()
    return plain(f"{plural(len(entries), 'entry', 'entries')} recorded by {', '.join(kinds)}")


def _people(evidence: list[Evidence]) -> Words:
    accounts = [
        f"practitioner account {each.conversation.number}" for each in evidence if each.conversation
    ]
    family = ["what the family told the review"] if any(each.family_id for each in evidence) else []
    return plain(", ".join([*dict.fromkeys(accounts), *family]))


def _cited(evidence: list[Evidence]) -> Iterator[Words]:
    for each in evidence:
        if each.citation:
            yield (Link(each.citation, each.address),) if each.address else plain(each.citation)


def cited_research(material: Material) -> list[str]:
    """Research and earlier reviews that episodes and findings cite, each once."""
    kinds = (Evidence.Kind.RESEARCH, Evidence.Kind.EARLIER_REVIEW)
    return list(dict.fromkeys(each.citation for each in material.evidence if each.kind in kinds))
