"""Key practice episodes and what helps to explain them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from candour.analysis import presenters, selectors
from candour.analysis.forms import EpisodeForm, FactorForm
from candour.analysis.models import ContributoryFactor, Episode
from candour.analysis.presenters import ShownHeld, address, address_of
from candour.analysis.services import writing
from candour.analysis.services.writing import EpisodeWords
from candour.analysis.views.reading import (
    detail_page,
    now_saved,
    page_showing,
    set_aside_page,
    told,
)
from candour.analysis.views.writing import Page, writing_page
from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology.selectors import chronology, lines_among
from candour.chronology.selectors.held_then import held_then
from candour.ui.forms import Form

_WORDS = (
    "title",
    "period_start",
    "period_end",
    "what_happened",
    "how_it_looked",
    "good_practice",
)


@require_safe
@case_page(Kind.ANALYSIS)
def episode(request: HttpRequest, access: Access, episode_id: UUID) -> HttpResponse:
    """One key practice episode, with its factors and what it rests on."""
    found = selectors.episode_of(access, episode_id)
    groups = ContributoryFactor.Group
    factors = [(factor, groups(factor.group).label) for factor in selectors.factors_of(found)]
    more: dict[str, object] = {
        "factors": factors,
        "period": presenters.period(found),
        "remove_forms": [Form(auto_id=False) for _ in factors],
        "held_then": _held_then(request, access, found),
    }
    return detail_page(request, access, found, "analysis/episode.html", more)


def _held_then(request: HttpRequest, access: Access, found: Episode) -> list[ShownHeld]:
    """Who held what the episode leans on when it ended, for those who read the chronology."""
    wanted = presenters.entries_rested_on([found])
    if not found.period_end or not wanted or not access.may_read(Kind.CHRONOLOGY):
        return []
    whole = chronology(access)
    lines = lines_among(access, whole, wanted)
    held = held_then(access, whole, [line.entry.pk for line in lines], found.period_end)
    shown = page_showing(request, access)
    return presenters.held_then_rows(access, held, lines, found.period_end, shown)


@case_page(Kind.ANALYSIS)
def episode_add(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a new episode."""
    access.may_write(Kind.ANALYSIS).require()
    form = EpisodeForm(request.POST or None)

    def act() -> str:
        words = EpisodeWords(**told(form, _WORDS))
        return address_of(access, writing.add_episode(access=access, words=words))

    page = Page("Key practice episode", "Save the episode", address(access, "overview"))
    return writing_page(request, access, form, page, act)


@case_page(Kind.ANALYSIS)
def episode_edit(request: HttpRequest, access: Access, episode_id: UUID) -> HttpResponse:
    """Change an episode."""
    access.may_write(Kind.ANALYSIS).require()
    found = selectors.episode_of(access, episode_id)
    form = EpisodeForm(
        request.POST or None, version=found.version, initial=now_saved(found, _WORDS)
    )

    def act() -> str:
        writing.edit_episode(
            access=access,
            episode=found,
            seen_version=form.cleaned_data["version"],
            words=EpisodeWords(**told(form, _WORDS)),
        )
        return address_of(access, found)

    page = Page("Key practice episode", "Save the episode", address_of(access, found))
    return writing_page(request, access, form, page, act, lambda: presenters.saved_rows(found))


@case_page(Kind.ANALYSIS)
def factor_add(request: HttpRequest, access: Access, episode_id: UUID) -> HttpResponse:
    """Add something that helps to explain an episode."""
    access.may_write(Kind.ANALYSIS).require()
    found, form = selectors.episode_of(access, episode_id), FactorForm(request.POST or None)

    def act() -> str:
        group = ContributoryFactor.Group(form.cleaned_data["group"])
        text = form.cleaned_data["text"]
        writing.add_factor(access=access, episode=found, group=group, text=text)
        return address_of(access, found)

    page = Page("Contributory factor", "Add the factor", address_of(access, found))
    return writing_page(request, access, form, page, act)


@require_POST
@case_page(Kind.ANALYSIS)
def factor_remove(request: HttpRequest, access: Access, factor_id: UUID) -> HttpResponse:
    """Take a factor out of its episode."""

    def act() -> str:
        factor = selectors.factor_of(access, factor_id)
        writing.remove_factor(access=access, factor=factor)
        return address(access, "episode", episode_id=factor.episode_id)

    return once(request, act)


@case_page(Kind.ANALYSIS)
def episode_set_aside(request: HttpRequest, access: Access, episode_id: UUID) -> HttpResponse:
    """Take it out of the analysis."""
    return set_aside_page(request, access, selectors.episode_of(access, episode_id))
