"""The family of a case as a list and as a picture that says the same."""

import subprocess
from collections.abc import Iterable, Mapping
from shutil import which

from candour.chronology.models import FamilyTie
from candour.chronology.presenters.lines import interval
from candour.chronology.selectors.family import TieOnDay
from candour.identities.models import Identity

_SECONDS = 10
_EDGES = {
    FamilyTie.Kind.PARENT: "",
    FamilyTie.Kind.PARTNER: "dir=none, constraint=false",
    FamilyTie.Kind.SIBLING: "dir=none, constraint=false, color=gray40",
    FamilyTie.Kind.LIVES_WITH: "dir=none, constraint=false, color=blue4, penwidth=2",
    FamilyTie.Kind.OTHER: "dir=none, constraint=false, color=gray40",
}


def tie_words(found: TieOnDay, name_of: Mapping[str, str], asked: bool) -> list[str]:
    """One row of the list: who, how, whom; as recorded by whom; when; disputed or not. Where a day
    was `asked` for, a tie that is not sure for it says so."""
    words = plain_words(found.tie, name_of)
    if asked and not found.is_sure:
        words[2] += ", not sure for that day"
    return words


def plain_words(tie: FamilyTie, name_of: Mapping[str, str]) -> list[str]:
    """The same of a tie whatever the day."""
    return [
        f"{name_of[str(tie.one_id)]} {tie.get_kind_display()} {name_of[str(tie.other_id)]}",
        tie.agency.name if tie.agency else "The review",
        interval(tie.since, tie.until) or "No days recorded",
        f"Disputed: {tie.remark}" if tie.is_disputed else tie.remark or "Not disputed",
    ]


def genogram(found: Iterable[TieOnDay], name_of: Mapping[str, str]) -> bytes | None:
    """The ties as an SVG picture by Graphviz; None where it is not installed or gives nothing.

    Disputed ties are dashed and say so; ties of no sure day are dotted.
    """
    dot = which("dot")
    if dot is None:
        return None
    try:
        drawn = subprocess.run(  # noqa: S603 - no words of a user reach the command line
            [dot, "-Tsvg"],
            input=_graph(list(found), name_of).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return drawn.stdout


def _graph(found: list[TieOnDay], name_of: Mapping[str, str]) -> str:
    people = {str(person.pk): person for each in found for person in (each.tie.one, each.tie.other)}
    nodes = (f"  {_quoted(key)} [{_node(person, name_of[key])}];" for key, person in people.items())
    edges = (
        f"  {_quoted(str(each.tie.one_id))} -> {_quoted(str(each.tie.other_id))} [{_edge(each)}];"
        for each in found
    )
    return "\n".join(
        (
            "digraph family {",
            '  graph [rankdir=TB, bgcolor=white]; edge [fontname="Arial", fontsize=10];',
            '  node [shape=box, fontname="Arial", fontsize=13, margin="0.2,0.1"];',
            *nodes,
            *edges,
            "}",
        )
    )


def _node(person: Identity, name: str) -> str:
    child = person.relationship == Identity.Relationship.SUBJECT_CHILD
    return f"label={_quoted(name)}{', peripheries=2, penwidth=1.5' if child else ''}"


def _edge(found: TieOnDay) -> str:
    tie = found.tie
    told = tie.agency.name if tie.agency else "the review"
    label = f"{FamilyTie.Kind(tie.kind).label.removeprefix('is ')} (as recorded by {told})"
    style = "dashed, bold" if tie.is_disputed else "solid" if found.is_sure else "dotted"
    colour = ", color=red3, fontcolor=red4" if tie.is_disputed else ""
    label += ", disputed" if tie.is_disputed else ""
    look = ", ".join(filter(None, (_EDGES[FamilyTie.Kind(tie.kind)], f'style="{style}"')))
    return f"label={_quoted(label)}, {look}{colour}"


def _quoted(text: str) -> str:
    """A string of Graphviz's language that means the text and nothing else."""
    plain = "".join(c for c in text if c.isprintable())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
