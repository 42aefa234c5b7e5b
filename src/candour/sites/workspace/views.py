"""The pages that draw on every room: what I owe, my reviews, and where one case stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.cases.access import Access, cases_visible_to
from candour.cases.pages import actor_of, case_page, crumbs
from candour.cases.permissions import Kind
from candour.duties.letter_pages import partnerships_kept
from candour.duties.presenters import clock_lines
from candour.duties.selectors import duties_of
from candour.engines.statute.rulebook import rule_set
from candour.identities.selectors import children_named
from candour.incidents.selectors import partnerships_to_log_for
from candour.library.policies import may_keep
from candour.library.selectors import open_intakes
from candour.oversight.policies import desks_of
from candour.oversight.reviewer_pages import partnerships_commissioning
from candour.people.policies import may_administer
from candour.people.signed_in import user_of
from candour.platform.mail import notifications_of
from candour.sites.workspace import journey
from candour.sites.workspace.presenters import case_rows, waiting_tasks
from candour.worklist.presenters import Children, owed_rows
from candour.worklist.selectors import Work, work_of
from candour.worklist.waiting import waiting_for


def home(request: HttpRequest) -> HttpResponse:
    """What I owe, by when; what waits for me, and for what I wait; what I can start."""
    actor = actor_of(request)
    work, waiting = work_of(actor), waiting_for(actor)
    everything = (*work.pressing, *work.later, *work.waiting_for_others)
    children = children_named({*(w.case for w in waiting), *(o.case for o in everything)})
    context = {
        "owed": _owed(work, children),
        "others": owed_rows(work.waiting_for_others, children),
        "waiting": waiting_tasks(waiting, children),
        "unread": notifications_of(user_of(request).pk).filter(read_at__isnull=True).count(),
        "desks": desks_of(actor),
        "keeps": bool(partnerships_kept(actor)),
        "commissions": bool(partnerships_commissioning(actor)),
        "may_log": bool(partnerships_to_log_for(actor)),
        "administers": bool(may_administer(actor)),
        "to_check": open_intakes(actor).count() if may_keep(actor) else None,
        "cases": cases_visible_to(actor).count(),
    }
    return render(request, "workspace/home.html", context)


def _owed(work: Work, children: Children) -> list[tuple[str, str, object]]:
    """What I owe, by when, without the times in which nothing is owed."""
    return [
        (title, id, owed_rows(items, children))
        for title, id, items in (
            ("Overdue", "overdue", work.overdue),
            ("Owed today", "today", work.today),
            ("Owed within a week", "week", work.this_week),
            ("Owed later", "later", work.later),
        )
        if items
    ]


def cases(request: HttpRequest) -> HttpResponse:
    """The reviews I am on."""
    visible = list(cases_visible_to(actor_of(request)).select_related("lead_partnership"))
    context = {
        "heading": "Reviews",
        "lead": "The cases you are on. You see no others, and nobody sees yours without a role.",
        "columns": ["Reference", "Child", "Partnership", "Kind", "Opened"],
        "rows": case_rows(visible, children_named(visible)),
        "empty": {
            "text": "You are not on any case. Whoever manages a case can put you on it.",
        },
    }
    return render(request, "pages/list.html", context)


@case_page(Kind.CASE)
def case(request: HttpRequest, access: Access) -> HttpResponse:
    """Where the case stands: its journey step by step, and its clocks."""
    context = {
        "access": access,
        "reference": access.case.reference,
        "children": children_named([access.case]).get(access.case.pk, ""),
        "rules": rule_set(access.case.rule_set).title,
        "breadcrumbs": crumbs(access)[:1],
        "stages": journey.stages(access),
        "clocks": clock_lines(access, duties_of(access)),
        "state": journey.state_in_words(access),
        "roles": sorted(role.label for role in access.roles),
    }
    return render(request, "workspace/case.html", context)
