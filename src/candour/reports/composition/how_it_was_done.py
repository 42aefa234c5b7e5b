"""The part of the report that lets a reader judge how it came about, made from what is recorded.

The five principles are those by which reviews are judged (Working Together 2013 and 2015,
chapter 4): complexity, who did what and why, the view at the time, openness about method, research.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from candour.analysis.models import Evidence
from candour.contributions.models import AgencyRequest
from candour.people.roles import AgencyKind
from candour.reports.composition.analysis_parts import cited_research
from candour.reports.composition.material import Material
from candour.reports.composition.written import listed, said
from candour.reports.tree import Block, Heading, Table, plain
from candour.reviews.models import LeadReviewerAppointment, Review
from candour.ui.wording import day, plural

_CAME = {
    AgencyRequest.State.SIGNED_OFF: "Received and signed off",
    AgencyRequest.State.NOTHING_HELD: "The agency declared that it holds nothing",
    AgencyRequest.State.TO_CHECK: "Received, not signed off by the agency",
    AgencyRequest.State.ASKED: "Not received",
}


@dataclass(frozen=True)
class Principle:
    """One principle and how this review met it, or that it did not."""

    name: str
    how: str


def how_it_was_done(held: Material) -> Iterator[Block]:
    """Method, period and leader; who was asked and heard; the principles; what could not be had."""
    yield from _method(held)
    yield from _sources(held)
    yield from _heard(held)
    yield from _principles(held)
    yield from _not_had(held)


def _method(held: Material) -> Iterator[Block]:
    review = held.review
    yield Heading(2, "Method and people", "done-method")
    lines = [
        f"Commissioned on {day(review.commissioned_on)}. Method: {review.get_method_display()}.",
        *_period(review),
        *(_leader(each) for each in held.reviewers),
    ]
    yield from listed(lines, "done-method-line")


def _period(review: Review) -> Iterator[str]:
    if review.period_start and review.period_end:
        span = f"{review.period_start:%B %Y} to {review.period_end:%B %Y}"
        yield f"Period under review: {span}. {review.period_why}".strip()


def authors(held: Material) -> tuple[str, ...]:
    """Who led the review, by the name under which a reviewer publishes."""
    return tuple(each.user.name for each in held.reviewers)


def _leader(appointment: LeadReviewerAppointment) -> str:
    role = "Second reviewer" if appointment.second else "Lead reviewer"
    independent = appointment.result == LeadReviewerAppointment.Result.INDEPENDENT
    how = (
        "independent of the case and of every organisation reviewed"
        if independent
        else f"appointed after a declared interest was considered: {appointment.reasons}"
    )
    return f"{role}: {appointment.user.name}, {how.rstrip('.')}."


def _sources(held: Material) -> Iterator[Block]:
    if not held.requests:
        return
    yield Heading(2, "What was asked for, and what came", "done-sources")
    counts = Counter((request.agency.kind, request.state) for request in held.requests)
    yield Table(
        "Sources by kind of agency",
        (plain("Kind of agency"), plain("What came"), plain("How many")),
        tuple(
            (
                plain(AgencyKind(kind).label),
                plain(_CAME[AgencyRequest.State(state)]),
                plain(str(count)),
            )
            for (kind, state), count in sorted(counts.items())
        ),
        "done-sources-table",
        row_headers=True,
    )


def _heard(held: Material) -> Iterator[Block]:
    yield Heading(2, "Who was heard", "done-heard")
    roles = Counter(each.role_label for each in held.accounts)
    lines = [f"{role}: {plural(count, 'account')}" for role, count in sorted(roles.items())]
    if held.meetings:
        lines.append(plural(held.meetings, "meeting of practitioners with the reviewers"))
    heard = sum(bool(each.agreed_on) for each in held.family)
    if heard:
        lines.append(f"Family: {plural(heard, 'contribution')}, read back and agreed")
    yield from listed(lines, "done-heard-line")
    if not lines:
        yield said("No practitioner and no family member was heard.", "done-heard-none")


def _principles(held: Material) -> Iterator[Block]:
    yield Heading(2, "Five principles, and how each was met", "done-principles")
    yield Table(
        "How this review met the principles for reviews",
        (plain("Principle"), plain("In this review")),
        tuple((plain(each.name), plain(each.how)) for each in principles(held)),
        "done-principles-table",
        row_headers=True,
    )


def principles(held: Material) -> tuple[Principle, ...]:
    """Each principle with what is on record for it, or that nothing is."""
    return (
        Principle("Recognise how complex the work with children and families is", _complex(held)),
        Principle("Understand who did what, and why", _why(held)),
        Principle("See practice as those involved saw it at the time", _at_the_time(held)),
        Principle("Be open about how information was gathered and weighed", _open(held)),
        Principle("Use research and what other cases have shown", _research(held)),
    )


def _complex(held: Material) -> str:
    factors = [factor for episode in held.episodes for factor in episode.factors.all()]
    groups = dict.fromkeys(factor.get_group_display() for factor in factors)
    if not groups:
        return "Not shown: no contributory factor was recorded."
    return f"Factors that help to explain practice were looked for in: {', '.join(groups)}."


def _why(held: Material) -> str:
    if not held.findings:
        return "Not shown: there is no finding."
    alone = sum(
        all(each.kind == Evidence.Kind.ENTRY for each in held.under_finding(finding))
        for finding in held.findings
    )
    heard = f"{plural(len(held.accounts), 'practitioner account')} stand beside the records."
    if not alone:
        return f"Every finding rests on more than records. {heard}"
    return f"{alone} of {plural(len(held.findings), 'finding')} rest on records alone. {heard}"


def _at_the_time(held: Material) -> str:
    told = sum(bool(episode.how_it_looked) for episode in held.episodes)
    if not told:
        return "Not shown: no episode says how it looked at the time."
    return (
        f"{told} of {plural(len(held.episodes), 'key practice episode')} say how it looked at "
        "the time, from the records then held and from people's own accounts."
    )


def _open(held: Material) -> str:
    return (
        f"{plural(len(held.requests), 'agency', 'agencies')} asked, with what came and what did "
        f"not; {plural(len(held.evidence), 'reference')} from episodes and findings to what they "
        "rest on."
    )


def _research(held: Material) -> str:
    cited = cited_research(held)
    return f"Cited: {'; '.join(cited)}." if cited else "Not shown: none was cited."


def _not_had(held: Material) -> Iterator[Block]:
    unheard = sum(bool(each.not_held_reason) for each in held.conversations)
    unasked = sum(bool(each.not_approached_reason) for each in held.family)
    lines = [
        *_not_received(held),
        *_unheard(unheard, "practitioner"),
        *_unheard(unasked, "family member"),
    ]
    if lines:
        yield Heading(2, "What could not be had", "done-not-had")
        yield from listed(lines, "done-not-had-line")


def _not_received(held: Material) -> Iterator[str]:
    waiting = [each for each in held.requests if each.state == AgencyRequest.State.ASKED]
    for kind in dict.fromkeys(each.agency.kind for each in waiting):
        yield f"Records of {AgencyKind(kind).label}: asked for, not received"


def _unheard(number: int, who: str) -> Iterator[str]:
    if number:
        verb = "was" if number == 1 else "were"
        yield f"{plural(number, who)} {verb} not heard; the reason is on record"
