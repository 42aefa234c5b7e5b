"""Child R, September 2015 to March 2016: what was found, written, published, and became of it."""

from datetime import date, timedelta

from candour.analysis.models import ContributoryFactor, Evidence, Finding, Recommendation
from candour.analysis.services.evidence import cite, rest_on_account, rest_on_entries
from candour.analysis.services.writing import (
    EpisodeWords,
    FindingWords,
    RecommendationWords,
    add_episode,
    add_factor,
    add_finding,
    add_recommendation,
)
from candour.archive.indexing import index_pending
from candour.cases.access import Access
from candour.chronology.services import group
from candour.contributions.models import Conversation, Entry, FamilyContribution
from candour.contributions.selectors import entries_in_force
from candour.disclosure.models import Match
from candour.disclosure.selectors import latest_check
from candour.disclosure.services import accept, ask_for_check
from candour.improvement.models import Action, Response
from candour.improvement.services import Planned, add_evidence, close_action, respond, set_action
from candour.kernel import clock
from candour.platform.worker import run_due
from candour.process.services import say, take_step
from candour.publication.models import Hold, Publication
from candour.publication.services.clear import clear
from candour.publication.services.prepare import answer_hold, choose_day, prepare, record_copy_sent
from candour.publication.services.publish import publish
from candour.reports.models import Report, Section
from candour.reports.services import (
    Front,
    choose_entries,
    set_front,
    start_report,
    write_briefing,
    write_section,
)
from demo.child_r import stage
from demo.people import Company
from demo.report_words import (
    BRIEFING,
    EPISODES,
    FINDINGS,
    LOOKED_AT_AGAIN,
    RECOMMENDATIONS,
    SECTIONS,
    EpisodeText,
    FindingText,
    RecommendationText,
)

ROWS = 48
READ_BEFORE_ACCEPTANCE = (
    ("comments_resolved", "Eleven comments from four agencies; each answered beside the passage."),
    ("plain_english", "Read aloud with two parents from the parents’ panel."),
)


def analysis(company: Company) -> None:
    """September 2015: events grouped, episodes, findings that rest on evidence, recommendations."""
    with stage().scene("reviewer", date(2015, 9, 14)) as access:
        _group_last_night(access)
        for episode in EPISODES:
            _episode(access, episode)
        findings = [_finding(access, finding) for finding in FINDINGS]
        for recommended in RECOMMENDATIONS:
            add_recommendation(
                access=access,
                words=RecommendationWords(
                    recommended.text, recommended.addressee, recommended.outcome
                ),
                findings=[findings[place] for place in recommended.findings],
            )


def _group_last_night(access: Access) -> None:
    """Several agencies tell of the morning the child was found."""
    told = entries_in_force(access).filter(earliest=date(2015, 2, 21), latest=date(2015, 2, 21))
    entries = list(told)
    if len(entries) > 1:
        group(access=access, entries=entries[:6], title="The child is found, 21 February 2015")


def _episode(access: Access, text: EpisodeText) -> None:
    episode = add_episode(
        access=access,
        words=EpisodeWords(
            title=text.title,
            period_start=text.start,
            period_end=text.end,
            what_happened=text.what_happened,
            how_it_looked=text.how_it_looked,
            good_practice=text.good_practice,
        ),
    )
    for kind, words in text.factors:
        add_factor(access=access, episode=episode, group=ContributoryFactor.Group(kind), text=words)
    rest_on_entries(
        access=access, resting=episode, entries=_between(access, text.start, text.end)[:6]
    )


def _between(access: Access, start: date, end: date) -> list[Entry]:
    return list(entries_in_force(access).filter(earliest__gte=start, latest__lte=end))


def _finding(access: Access, text: FindingText) -> Finding:
    finding = add_finding(
        access=access,
        words=FindingWords(
            text.statement,
            text.how_it_showed,
            text.why_underlying,
            text.how_widespread,
            text.implications,
        ),
    )
    for number in text.accounts:
        account = Conversation.objects.get(case=access.case, number=number)
        rest_on_account(access=access, resting=finding, account=account)
    if not text.cited:
        words = FamilyContribution.objects.exclude(words="").get(case=access.case)
        rest_on_account(access=access, resting=finding, account=words)
    for kind, citation in text.cited:
        cite(access=access, resting=finding, kind=Evidence.Kind(kind), citation=citation)
    rest_on_entries(
        access=access,
        resting=finding,
        entries=_between(access, date(2014, 1, 1), date(2014, 12, 31))[:4],
    )
    return finding


def report(company: Company) -> None:
    """November 2015: written on the page, its chronology chosen."""
    with stage().scene("reviewer", date(2015, 11, 9)) as access:
        draft = start_report(access=access, title="Serious case review: Child R")
        draft = set_front(
            access=access,
            report=draft,
            seen_version=draft.version,
            front=Front(
                title="Serious case review: Child R",
                subtitle="What nine agencies knew, and what would help other children",
                abstract="A child of five was seriously injured at home in early 2015; neglect was "
                "suspected. Nine agencies had known the family over six years. The review found that "
                "households change while records do not, that writing down a child’s words is taken "
                "for telling somebody, and that silence after a referral is read as action. Model: a "
                "mix of methods. Keywords: household composition, children’s voices, referrals.",
                year_text="2015",
            ),
        )
        _write(access, draft)
        _choose_rows(access, draft)
        briefing = draft.briefing
        write_briefing(access=access, report=draft, seen_version=briefing.version, boxes=BRIEFING)


def _write(access: Access, draft: Report) -> None:
    for section in Section.objects.filter(report=draft):
        if section.key in SECTIONS:
            write_section(
                access=access,
                section=section,
                seen_version=section.version,
                heading=section.heading,
                body=SECTIONS[section.key],
            )


def _choose_rows(access: Access, draft: Report) -> None:
    """Rows spread over the years and the agencies, each with something to say."""
    told = [
        entry
        for entry in entries_in_force(access).filter(earliest__isnull=False)
        if len(entry.what) > 60
    ]
    step = max(1, len(told) // ROWS)
    chosen = {str(entry.pk) for entry in told[::step]}
    choose_entries(
        access=access,
        report=draft,
        offered={str(entry.pk) for entry in told},
        chosen=chosen,
    )


def acceptance(company: Company) -> None:
    """November 2015 to January 2016: drafted, checked for names, checked for fact, accepted."""
    with stage().scene("reviewer", date(2015, 11, 30)) as access:
        take_step(
            access=access,
            target="DRAFT_REPORT",
            reasons="All nine agencies have signed off; the family and practitioners were heard.",
        )
    check(company)
    with stage().scene("manager", date(2016, 1, 21)) as access:
        take_step(
            access=access,
            target="FACT_CHECK",
            reasons="Each agency reads what is said of it, by 25 January.",
        )
    with stage().scene("reviewer", date(2016, 1, 25)) as access:
        for fact, note in READ_BEFORE_ACCEPTANCE:
            say(access=access, fact=fact, answer=True, note=note)
    with stage().scene("legal", date(2016, 1, 25)) as access:
        say(
            access=access,
            fact="jigsaw_passed",
            answer=True,
            note="Read against the press reports of December; dates are given by month.",
        )
        say(
            access=access,
            fact="needs_redaction",
            answer=False,
            note="Read line by line; nothing would have to be blacked out.",
        )
    with stage().scene("chair", date(2016, 1, 26)) as access:
        take_step(
            access=access,
            target="BOARD_ACCEPTED",
            reasons="The Board accepted the report at its meeting of 26 January 2016.",
        )


def publication(company: Company) -> None:
    """February 2016: holds answered, copy sent, cleared by two, published, indexed."""
    with stage().scene("manager", date(2016, 2, 1)) as access:
        planned = prepare(access=access)
        for hold in Hold.objects.filter(publication=planned):
            answer_hold(
                access=access,
                hold=hold,
                seen_version=hold.version,
                answer=Hold.Answer.CLEAR,
                note=_how_known(hold.kind),
            )
        planned = record_copy_sent(
            access=access,
            publication=planned,
            seen_version=planned.version,
            sent_on=date(2016, 2, 1),
        )
        choose_day(
            access=access,
            publication=planned,
            seen_version=planned.version,
            publish_on=date(2016, 2, 15),
        )
        take_step(
            access=access,
            target="PRE_PUBLICATION",
            reasons="Copies to the panel, the Department and Ofsted went today.",
        )
    for key in ("legal", "chair"):
        with stage().scene(key, date(2016, 2, 12)) as access:
            check = latest_check(access)
            clear(
                access=access,
                publication=Publication.objects.get(case=access.case),
                bundle_sha256=check.bundle.sha256 if check and check.bundle else "",
            )
    with stage().scene("chair", date(2016, 2, 15), 11) as access:
        publish(
            access=access,
            publication=Publication.objects.get(case=access.case),
            reason="Decided by the Board on 9 February 2016.",
        )
    _work(date(2016, 2, 15))
    index_pending()


def _how_known(kind: str) -> str:
    return {
        "trial": "The trial ended on 18 December 2015; no appeal was lodged.",
        "inquest": "There is no inquest: the child survived.",
        "family_proceedings": "Final orders were made in October 2015; counsel’s note is on file.",
        "court_orders": "One order, reviewed by the legal adviser; the report keeps to it.",
        "jigsaw": "Read against the press reports of December; dates are given by month.",
        "family_told": "The mother and grandmother read the report with the lead reviewer.",
        "staff_told": "Each agency told its staff in person in January.",
        "media_plan": "Agreed with the communications lead on 29 January.",
    }.get(kind, "Confirmed by the business manager.")


def check(company: Company) -> None:
    """Check; what two people can accept is accepted with a reason; the page lists the rest."""
    with stage().scene("reviewer", date(2016, 1, 18)) as access:
        ask_for_check(access=access)
    _work(date(2016, 1, 18))
    for key in ("reviewer", "legal"):
        with stage().scene(key, date(2016, 1, 20)) as access:
            for match in Match.objects.filter(case=access.case, state=Match.State.OPEN):
                accept(
                    access=access,
                    match=match,
                    reason="An ordinary word here, not the name: read in its sentence by both of us.",
                )


def _work(day: date) -> None:
    """The worker does what was asked for on that day."""
    with stage().scene("manager", day, 12):
        run_due()


def response(company: Company) -> None:
    """January 2016: the board answers every recommendation, and actions have owners."""
    with stage().scene("chair", date(2016, 1, 28)) as access:
        for words in RECOMMENDATIONS:
            _respond_and_plan(company, access, words)
        take_step(
            access=access,
            target="RESPONSE_AGREED",
            reasons="The Board agreed its response on 26 January 2016.",
        )
        take_step(
            access=access, target="ACTIONS_OPEN", reasons="Work on the actions begins at once."
        )


def _respond_and_plan(company: Company, access: Access, words: RecommendationText) -> None:
    recommended = Recommendation.objects.get(case=access.case, text=words.text)
    respond(
        access=access,
        recommendation=recommended,
        answer=Response.Answer.ACCEPTED,
        text="Accepted. The Board will look at what has changed after six months.",
        responded_on=date(2016, 1, 28),
    )
    planned = Planned(
        text=words.action,
        owner=company.users["owner"],
        due_on=date(2016, 9, 30),
        intended_outcome=words.outcome,
    )
    set_action(access=access, recommendation=recommended, planned=planned)


def improvement(company: Company) -> None:
    """September 2016: each action has evidence, and is closed by somebody else; one is set anew."""
    for words in RECOMMENDATIONS:
        _show_and_close(words)
    _look_again(company)


def _show_and_close(words: RecommendationText) -> None:
    with stage().scene("owner", date(2016, 9, 14)) as access:
        action = Action.objects.get(case=access.case, text=words.action)
        add_evidence(access=access, action=action, note=words.evidence, where=words.where)
    with stage().scene("sub_group", date(2016, 9, 20)) as access:
        action.refresh_from_db()
        close_action(
            access=access,
            action=action,
            seen_version=action.version,
            reasons="The evidence was read; those it is about were asked and agree.",
            impact_review_on=date(2017, 3, 20),
        )


def _look_again(company: Company) -> None:
    """What was learned is asked about again: an action that its owner has open today."""
    today = clock.today()
    with stage().scene("chair", today - timedelta(days=40)) as access:
        recommended = Recommendation.objects.get(case=access.case, text=RECOMMENDATIONS[1].text)
        planned = Planned(
            text=LOOKED_AT_AGAIN,
            owner=company.users["owner"],
            due_on=today + timedelta(days=25),
            intended_outcome=RECOMMENDATIONS[1].outcome,
        )
        set_action(access=access, recommendation=recommended, planned=planned)
