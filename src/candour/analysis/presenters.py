"""What the pages of the analysis show: evidence, prompts, the chain from recommendation to row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from candour.analysis.models import Episode, Evidence, Finding, Recommendation
from candour.analysis.selectors import Footing, footing_of, rests_on
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.naming import Showing
from candour.chronology.presenters import entry_address, interval, row_reference
from candour.chronology.selectors import Line
from candour.chronology.selectors.held_then import HeldThen
from candour.engines.hindsight.language import find
from candour.ui.wording import day

Written = Episode | Finding | Recommendation
_AROUND = 80


@dataclass(frozen=True)
class ShownEvidence:
    """One thing that an episode or finding rests on. `row` says where an entry stands."""

    id: str
    kind: str
    words: str
    note: str
    href: str = ""
    agency: str = ""
    row: str = ""


class EvidenceShown:
    """Shows evidence to one person, with the lines of the entries it rests on."""

    def __init__(self, access: Access, lines: Iterable[Line], shown: Showing) -> None:
        self._access = access
        self._lines: Mapping[UUID, Line] = {line.entry.pk: line for line in lines}
        self._shown = shown

    def __call__(self, evidence: Evidence) -> ShownEvidence:
        """The evidence in words that this person may read."""
        kind = Evidence.Kind(evidence.kind)
        if kind is Evidence.Kind.ENTRY:
            return self._entry(evidence)
        return ShownEvidence(
            id=str(evidence.pk),
            kind=kind.label,
            words=self._person(evidence) or evidence.citation,
            note=evidence.note,
            href=evidence.address,
        )

    def _entry(self, evidence: Evidence) -> ShownEvidence:
        line = self._lines.get(evidence.entry_id) if evidence.entry_id else None
        label = Evidence.Kind.ENTRY.label
        if line is None:
            words = "An entry whose file the agency has since replaced. Look for the row that took "
            words += "its place, rest on that, and withdraw this one."
            return ShownEvidence(str(evidence.pk), label, words, evidence.note)
        return ShownEvidence(
            id=str(evidence.pk),
            kind=label,
            words=f"{self._shown(line.entry.date_raw)}: {self._shown(line.entry.what)}",
            note=evidence.note,
            href=entry_address(self._access, str(line.entry.pk), self._shown),
            agency=line.place.agency_name,
            row=row_reference(line),
        )

    def _person(self, evidence: Evidence) -> str:
        if evidence.conversation:
            return f"Practitioner account {evidence.conversation.number}"
        if evidence.family is None:
            return ""
        # Who of the family spoke is for those alone who may read the family record.
        if not self._access.may_read(Kind.FAMILY):
            return "A member of the family"
        return evidence.family.identity.pseudonym


def entries_rested_on(resting: Iterable[Episode | Finding]) -> set[str]:
    """The ids of all entries that these rest on."""
    return {
        str(evidence.entry_id) for one in resting for evidence in rests_on(one) if evidence.entry_id
    }


@dataclass(frozen=True)
class ShownPrompt:
    """Words to look at again, with those round them, and the question they raise."""

    where: str
    before: str
    words: str
    after: str
    question: str


def prompts(texts: Mapping[str, str]) -> list[ShownPrompt]:
    """Words of hindsight or blame in what was written; a prompt to the author, never a gate."""
    return [
        ShownPrompt(
            where=where,
            before=text[max(0, prompt.start - _AROUND) : prompt.start],
            words=prompt.words,
            after=text[prompt.end : prompt.end + _AROUND],
            question=prompt.prompt,
        )
        for where, text in texts.items()
        for prompt in find(text)
    ]


@dataclass(frozen=True)
class ShownHeld:
    """One entry that an episode leans on: who held it by the episode's end, and a question."""

    entry: str
    href: str
    by_then: str
    question: str


def held_then_rows(
    access: Access, found: Iterable[HeldThen], lines: Iterable[Line], ended: date, shown: Showing
) -> list[ShownHeld]:
    """What the files submitted show that agencies held when an episode ended."""
    by_entry = {line.entry.pk: line for line in lines}
    return [
        ShownHeld(
            entry=row_reference(by_entry[one.entry]),
            href=entry_address(access, str(one.entry), shown),
            by_then=", ".join(one.by_then) or "No record in the files submitted that it was held",
            question="" if one.own_by_then else _held_later(one, ended),
        )
        for one in found
        if one.entry in by_entry
    ]


def _held_later(one: HeldThen, ended: date) -> str:
    held = interval(*one.own_from)
    since = f"hold this from: {held}" if held else "give no day from which they held this"
    return (
        f"The records of {one.agency} {since}. The episode ended on {day(ended)}. "
        "Who could have had this in front of them at the time?"
    )


def texts_of(written: Written) -> dict[str, str]:
    """What is written of it, under the headings of its page."""
    if isinstance(written, Episode):
        return {
            "What happened": written.what_happened,
            "How it looked at the time": written.how_it_looked,
            "Good practice": written.good_practice,
        }
    if isinstance(written, Finding):
        return {
            "Finding": written.statement,
            "How it showed in this case": written.how_it_showed,
            "Why it is more than this one case": written.why_underlying,
            "How common and how widespread it is": written.how_widespread,
            "What it means for children": written.implications,
        }
    return {
        "Question" if written.is_question else "Recommendation": written.text,
        "To whom": written.addressee,
        "What is to be different for children": written.intended_outcome,
    }


def rows_of(written: Written) -> list[dict[str, str]]:
    """The same as rows of a summary list; what is not yet written says so."""
    return [
        {"key": key, "value": text or "Not written yet"} for key, text in texts_of(written).items()
    ]


def saved_rows(written: Written) -> list[dict[str, str]]:
    """What stands saved now, all of it, beside what somebody else has typed."""
    rows = rows_of(written)
    if isinstance(written, Episode):
        rows.insert(0, {"key": "Title", "value": written.title})
        rows.insert(1, {"key": "Period", "value": period(written) or "Not given"})
    return rows


def period(episode: Episode) -> str:
    """The period of an episode in words; nothing where it has none."""
    start, end = day(episode.period_start), day(episode.period_end)
    if start == end or not (start and end):
        return start or end
    return f"{start} to {end}"


def name_of(written: Written) -> str:
    """What the pages call it."""
    if isinstance(written, Episode):
        return f"Episode {written.order}: {written.title}"
    if isinstance(written, Finding):
        return f"Finding {written.order}"
    return f"{'Question' if written.is_question else 'Recommendation'} {written.number}"


def address(access: Access, page: str, **more: object) -> str:
    """The address of a page of this room."""
    return reverse(f"analysis:{page}", kwargs={"reference": access.case.reference} | more)


def address_of(access: Access, written: Written, page: str = "") -> str:
    """The address of something written, or of one of its pages ("edit")."""
    noun = type(written).__name__.lower()
    name = f"{noun}_{page}" if page else noun
    return address(access, name, **{f"{noun}_id": written.pk})


@dataclass(frozen=True)
class Link:
    """A step of the chain: something written, what it says, and what that rests on."""

    name: str
    words: str
    href: str
    warning: str
    evidence: list[ShownEvidence]
    below: "list[Link]"


def chain(
    access: Access, recommendations: Sequence[Recommendation], show: EvidenceShown
) -> list[Link]:
    """Each recommendation, its findings, their episodes, and the evidence of each."""
    return [
        Link(
            name=name_of(one),
            words=one.text,
            href=address_of(access, one),
            warning="",
            evidence=[],
            below=[_finding_link(access, finding, show) for finding in one.findings.all()],
        )
        for one in recommendations
    ]


def _finding_link(access: Access, finding: Finding, show: EvidenceShown) -> Link:
    return Link(
        name=name_of(finding),
        words=finding.statement,
        href=address_of(access, finding),
        warning=footing_of(finding).value,
        evidence=[show(evidence) for evidence in rests_on(finding)],
        below=[_episode_link(access, episode, show) for episode in finding.episodes.all()],
    )


def _episode_link(access: Access, episode: Episode, show: EvidenceShown) -> Link:
    evidence = [show(one) for one in rests_on(episode)]
    warning = "" if evidence else Footing.NOTHING.value
    href = address_of(access, episode)
    return Link(name_of(episode), episode.how_it_looked, href, warning, evidence, [])
