"""The later half of a built case: analysis, report, check, publication and what came of it."""

import json
from datetime import timedelta

from tests import world
from tests.integration.security.built_case import BuiltCase

from candour.analysis.models import ContributoryFactor, Evidence, Finding, Recommendation
from candour.analysis.services import evidence, writing
from candour.cases.permissions import Kind
from candour.cases.sealing import seal
from candour.contributions.models import Conversation
from candour.contributions.selectors import entries_in_force
from candour.disclosure.models import Check, Match
from candour.engines.statute import independence
from candour.improvement import services as improving
from candour.improvement.models import Response
from candour.kernel import clock
from candour.people.models import User
from candour.people.roles import Role
from candour.reports.models import Report
from candour.reports.services import choose_entries, reword, write_briefing
from candour.reviews.declarations import Declared
from candour.reviews.reviewers import declare_independence
from candour.reviews.selectors import review_of

_NOTHING_TO_DECLARE = Declared(
    engagements=(),
    case_involvement=independence.CaseInvolvement.NONE,
    relation=independence.Relation.NONE,
    commissioner_role=independence.CommissionerRole.NONE,
    commissioner_until=None,
    same_board_reviews=0,
    published_view=independence.PublishedView.NONE,
)


def finish(built: BuiltCase, *, published: bool) -> None:
    """Take the case from its analysis to its actions, through the archive if asked."""
    reviewer = built.access(Role.LEAD_REVIEWER)
    _declare(built)
    _analyse(built)
    _report(built)
    if published:
        world.a_published_report(built.manager)
    else:
        world.a_prepared_publication(built.manager)
    _match(built)
    _improve(built)
    world.write_in(reviewer, "introduction", built.planted.plant("a later draft", Kind.DRAFT))


def _declare(built: BuiltCase) -> None:
    reviewer = built.access(Role.LEAD_REVIEWER)
    declare_independence(
        access=built.manager,
        review=review_of(built.manager),
        user=User.objects.get(pk=reviewer.actor.id),
        declared=_NOTHING_TO_DECLARE,
        knowledge=built.planted.plant("what a reviewer knew before", Kind.DECISION, Kind.ANALYSIS),
    )


def _analyse(built: BuiltCase) -> None:
    reviewer = built.access(Role.LEAD_REVIEWER)
    episode = writing.add_episode(
        access=reviewer,
        words=writing.EpisodeWords(
            title="The first weeks at home", what_happened="Visits were made and not answered."
        ),
    )
    writing.add_factor(
        access=reviewer,
        episode=episode,
        group=ContributoryFactor.Group.CONDITIONS,
        text="A team of nine was six",
    )
    finding = writing.add_finding(
        access=reviewer,
        words=writing.FindingWords(
            statement="Staff seldom asked where an infant slept",
            why_underlying="No room on the form",
        ),
        episodes=[episode],
    )
    _rest(built, finding)
    writing.add_recommendation(
        access=reviewer,
        words=writing.RecommendationWords(
            text="Ask where every infant sleeps", addressee="The partnership"
        ),
        findings=[finding],
    )


def _rest(built: BuiltCase, finding: Finding) -> None:
    reviewer = built.access(Role.LEAD_REVIEWER)
    account = Conversation.objects.get(case=built.case)
    entries = list(entries_in_force(reviewer)[:1])
    evidence.rest_on_entries(access=reviewer, resting=finding, entries=entries)
    evidence.rest_on_account(access=reviewer, resting=finding, account=account)
    evidence.cite(
        access=reviewer,
        resting=finding,
        kind=Evidence.Kind.RESEARCH,
        citation="A triennial analysis, 2016",
        note=built.planted.plant("a note on evidence", Kind.ANALYSIS),
    )


def _report(built: BuiltCase) -> None:
    reviewer = built.access(Role.LEAD_REVIEWER)
    report = Report.objects.get(case=built.case)
    offered = [str(entry.pk) for entry in entries_in_force(reviewer)[:1]]
    choose_entries(access=reviewer, report=report, offered=offered, chosen=offered)
    row = report.chronology_rows.get()
    reword(access=reviewer, row=row, wording="Seen at home")
    briefing = report.briefing
    write_briefing(
        access=reviewer,
        report=report,
        seen_version=briefing.version,
        boxes={"what_to_do": "Ask where the infant sleeps."},
    )


def _match(built: BuiltCase) -> None:
    """A match as a check keeps it: what was found and its surroundings, sealed."""
    check = Check.objects.filter(case=built.case).last() or Check.objects.create(
        case=built.case,
        report=Report.objects.get(case=built.case),
        by_id=built.manager.actor.id,
    )
    told = {
        "form": built.planted.plant("a form that was matched", Kind.DISCLOSURE),
        "excerpt": built.planted.plant("what stands around a match", Kind.DISCLOSURE),
    }
    Match.objects.create(
        case=built.case,
        check_run=check,
        file="report.html",
        kind="name",
        channel="text",
        place="paragraph 1",
        sealed=seal(built.case, json.dumps(told).encode()),
        fingerprint="0" * 64,
    )


def _improve(built: BuiltCase) -> None:
    chair = built.access(Role.CHAIR)
    recommendation = Recommendation.objects.get(case=built.case)
    improving.respond(
        access=chair,
        recommendation=recommendation,
        answer=Response.Answer.ACCEPTED,
        text=built.planted.plant("the board's response", Kind.PUBLISHED),
        responded_on=clock.today(),
    )
    owner = built.access(Role.ACTION_OWNER)
    action = improving.set_action(
        access=chair,
        recommendation=recommendation,
        planned=improving.Planned(
            text=built.planted.plant("an action", Kind.PUBLISHED),
            owner=User.objects.get(pk=owner.actor.id),
            due_on=clock.today() + timedelta(days=60),
            intended_outcome="Infants sleep safely",
        ),
    )
    improving.add_evidence(
        access=owner,
        action=action,
        note=built.planted.plant("progress on an action", Kind.PUBLISHED),
    )
