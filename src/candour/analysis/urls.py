"""Addresses of the analysis."""

from django.urls import path

from candour.analysis.views import episodes, evidence, findings, overview, recommendations

app_name = "analysis"

_ROOM = "cases/<str:reference>/analysis/"
_EPISODE = _ROOM + "episodes/<uuid:episode_id>/"
_FINDING = _ROOM + "findings/<uuid:finding_id>/"
_RECOMMENDATION = _ROOM + "recommendations/<uuid:recommendation_id>/"
_RESTING = {noun: f"{_ROOM}{noun}s/<uuid:resting_id>/evidence/" for noun in ("episode", "finding")}

urlpatterns = [
    path(_ROOM, overview.overview, name="overview"),
    path(_ROOM + "chain/", overview.chain, name="chain"),
    path(_ROOM + "unused-entries/", overview.unused, name="unused"),
    path(_ROOM + "entries/<uuid:entry_id>/", overview.where_used, name="where_used"),
    path(_ROOM + "episodes/add/", episodes.episode_add, name="episode_add"),
    path(_EPISODE, episodes.episode, name="episode"),
    path(_EPISODE + "edit/", episodes.episode_edit, name="episode_edit"),
    path(_EPISODE + "set-aside/", episodes.episode_set_aside, name="episode_set_aside"),
    path(_EPISODE + "factors/add/", episodes.factor_add, name="factor_add"),
    path(_ROOM + "factors/<uuid:factor_id>/remove/", episodes.factor_remove, name="factor_remove"),
    path(_ROOM + "findings/add/", findings.finding_add, name="finding_add"),
    path(_FINDING, findings.finding, name="finding"),
    path(_FINDING + "edit/", findings.finding_edit, name="finding_edit"),
    path(_FINDING + "set-aside/", findings.finding_set_aside, name="finding_set_aside"),
    path(
        _ROOM + "recommendations/add/",
        recommendations.recommendation_add,
        name="recommendation_add",
    ),
    path(_RECOMMENDATION, recommendations.recommendation, name="recommendation"),
    path(
        _RECOMMENDATION + "edit/",
        recommendations.recommendation_edit,
        name="recommendation_edit",
    ),
    path(
        _RECOMMENDATION + "set-aside/",
        recommendations.recommendation_set_aside,
        name="recommendation_set_aside",
    ),
    *(
        path(f"{_RESTING[noun]}{page}/", view, {"noun": noun}, name=f"{noun}_{page}")
        for noun in _RESTING
        for page, view in (
            ("entries", evidence.entries),
            ("account", evidence.account),
            ("citation", evidence.citation),
        )
    ),
    path(
        _ROOM + "evidence/<uuid:evidence_id>/withdraw/",
        evidence.withdraw,
        name="evidence_withdraw",
    ),
]
