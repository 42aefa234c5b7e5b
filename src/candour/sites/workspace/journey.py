"""The journey of one case for its overview page: stages, steps, and how far each has come."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.duties.states import state_of
from candour.engines.statute.statewords import in_words
from candour.publication.models import Publication
from candour.sites.workspace.standing import Standing, standing

Task = dict[str, object]


@dataclass(frozen=True)
class Step:
    """One step: its words, its page, the kind of record it shows, and how to say where it stands.

    `own` steps show also to an agency's people, who reach only what is their own.
    """

    text: str
    page: str
    kind: Kind
    where: Callable[[Standing], str | None] = lambda _: None
    regime: Case.Regime | None = None
    own: bool = False


@dataclass(frozen=True)
class Stage:
    """A part of the journey."""

    id: str
    title: str
    steps: tuple[Step, ...]


STAGES = (
    Stage(
        "incident",
        "The incident",
        (
            Step(
                "What happened, and the first hours",
                "incidents:incident",
                Kind.REFERRAL,
                lambda s: s.first_hours,
            ),
            Step("Notification", "incidents:notification", Kind.REFERRAL, lambda s: s.notification),
            Step(
                "Agencies’ scoping forms",
                "incidents:scoping",
                Kind.REFERRAL,
                lambda s: s.scoping,
                own=True,
            ),
            Step(
                "Criteria, screening and recommendation",
                "incidents:criteria",
                Kind.REFERRAL,
                lambda s: s.recommended or s.criteria,
                Case.Regime.SCR,
            ),
            Step(
                "Criteria",
                "incidents:criteria",
                Kind.REFERRAL,
                lambda s: s.criteria,
                Case.Regime.CSPR,
            ),
            Step(
                "Rapid review",
                "incidents:rapid_review",
                Kind.REFERRAL,
                lambda s: s.rapid_review,
                Case.Regime.CSPR,
            ),
            Step("Decision on a review", "incidents:decision", Kind.DECISION, lambda s: s.decided),
            Step("What the national panel was sent", "incidents:panel_copies", Kind.SENT_TO_PANEL),
            Step(
                "Identity register", "identities:register", Kind.IDENTITIES, lambda s: s.proposals
            ),
        ),
    ),
    Stage(
        "review",
        "The review",
        (
            Step(
                "Commission, lead reviewer and terms of reference",
                "reviews:review",
                Kind.CASE,
                lambda s: s.review,
            ),
            Step(
                "What agencies are asked for, and send",
                "contributions:requests",
                Kind.AGENCY_RETURN,
                lambda s: s.returns,
                own=True,
            ),
            Step(
                "Practitioners heard",
                "contributions:practitioners",
                Kind.CONVERSATIONS,
                lambda s: s.accounts,
            ),
            Step("Family", "contributions:family", Kind.FAMILY, lambda s: s.family),
            Step(
                "Integrated chronology",
                "chronology:integrated",
                Kind.CHRONOLOGY,
                lambda s: s.entries,
                own=True,
            ),
            Step(
                "Episodes, findings and recommendations",
                "analysis:overview",
                Kind.ANALYSIS,
                lambda s: s.findings,
            ),
        ),
    ),
    Stage(
        "report",
        "The report and what follows",
        (
            Step("Report", "reports:draft", Kind.DRAFT, lambda s: s.report),
            Step("Leak check", "disclosure:check", Kind.DISCLOSURE, lambda s: s.check),
            Step(
                "Publication", "publication:publication", Kind.DISCLOSURE, lambda s: s.publication
            ),
            Step(
                "Board response, actions and briefing",
                "improvement:response",
                Kind.PUBLISHED,
                lambda s: s.actions,
            ),
        ),
    ),
    Stage(
        "case",
        "This case",
        (
            Step("What may follow, and what it needs", "process:steps", Kind.DECISION),
            Step("Forms of the work, to fill in and take out", "paperwork:papers", Kind.REFERRAL),
            Step("Clocks", "duties:clocks", Kind.CASE),
            Step("Meetings", "duties:meetings", Kind.DECISION),
            Step("Letters", "duties:letters", Kind.DECISION),
            Step("Sent to national bodies", "oversight:packs", Kind.DECISION),
            Step("History", "duties:history", Kind.CASE),
            Step("Who is on this case", "cases:members", Kind.MEMBERS),
            Step("Legal hold", "cases:legal_holds", Kind.DISCLOSURE),
            Step("What has been done on this case", "cases:audit", Kind.AUDIT),
        ),
    ),
)


_IN_THE_ARCHIVE = (
    Publication.State.PUBLISHED,
    Publication.State.WITHDRAWING,
    Publication.State.WITHDRAWN,
)


def state_in_words(access: Access) -> str:
    """Where the case stands, as people say it: "Rapid review in progress".

    The archive knows best whether a report is published; the case's own machine says the rest.
    """
    publication = Publication.objects.filter(case=access.case).first()
    if publication and publication.state in _IN_THE_ARCHIVE:
        return publication.get_state_display()
    said = in_words(state_of(access.case))
    return said[:1].upper() + said[1:]


def stages(access: Access) -> list[Task]:
    """The stages and steps this person may open, with where each stands."""
    now = standing(access)
    shown: list[Task] = []
    for stage in STAGES:
        tasks = [_task(step, access, now) for step in stage.steps if _open_to(step, access)]
        if tasks:
            shown.append({"id": stage.id, "title": stage.title, "tasks": tasks})
    return shown


def _open_to(step: Step, access: Access) -> bool:
    if step.regime and step.regime != access.case.regime:
        return False
    if step.own:
        return any(holding.reach(step.kind) for holding in access.holdings)
    return bool(access.may_read(step.kind))


def _task(step: Step, access: Access, now: Standing) -> Task:
    where = step.where(now)
    return {
        "text": step.text,
        "href": _address(step.page, access),
        "status": where or "",
        "done": True,
    }


def _address(page: str, access: Access) -> str:
    return reverse(page, kwargs={"reference": access.case.reference})
