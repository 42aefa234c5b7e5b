"""Addresses of this room."""

from django.urls import path

from candour.incidents.views import (
    assessment,
    decision,
    incident,
    logging,
    notification,
    panel,
    rapid_review,
    scoping,
)

app_name = "incidents"

_CASE = "cases/<str:reference>/"
_CARD = _CASE + "incident/first-hours/"

urlpatterns = [
    path("incidents/log/", logging.log, name="log"),
    path(_CASE + "incident/", incident.incident, name="incident"),
    path(_CASE + "incident/correct/", incident.correct, name="correct"),
    path(_CASE + "incident/children/<uuid:child_id>/", incident.facts, name="facts"),
    path(_CARD + "add/", incident.first_hours_add, name="first_hours_add"),
    path(_CARD + "<uuid:step_id>/", incident.first_hours, name="first_hours"),
    path(_CARD + "<uuid:step_id>/words/", incident.first_hours_reword, name="first_hours_reword"),
    path(_CASE + "notification/", notification.notification, name="notification"),
    path(_CASE + "notification/prepare/", notification.prepare, name="prepare"),
    path(_CASE + "notification/sent/", notification.sent, name="sent"),
    path(_CASE + "notification/not-sent/", notification.not_sent, name="not_sent"),
    path(_CASE + "notification/look-again/", notification.again, name="look_again"),
    path(_CASE + "notification/rescind/", notification.rescind, name="rescind"),
    path(_CASE + "panel/sent/", panel.sent, name="panel_copies"),
    path(_CASE + "criteria/", assessment.criteria, name="criteria"),
    path(_CASE + "criteria/<uuid:child_id>/<slug:criterion>/", assessment.finding, name="finding"),
    path(_CASE + "screening/", assessment.screening, name="screening"),
    path(_CASE + "recommendation/", assessment.recommendation, name="recommend"),
    path(_CASE + "decision/", decision.decision, name="decision"),
    path(_CASE + "decision/take/", decision.take, name="decide"),
    path(_CASE + "decision/<uuid:decision_id>/answer/", decision.answer, name="answer"),
    path(_CASE + "panel/told/", panel.told, name="panel_told"),
    path(_CASE + "panel/letter/", panel.letter, name="panel_letter"),
    path(_CASE + "panel/letter/<uuid:letter_id>/reply/", panel.reply, name="reply"),
    path(_CASE + "panel/keep/", panel.keep, name="keep_decision"),
    path(_CASE + "panel/follow/", panel.follow, name="act_on_decision"),
    path(_CASE + "scoping/", scoping.scoping, name="scoping"),
    path(_CASE + "scoping/ask/", scoping.ask, name="ask"),
    path(_CASE + "scoping/<uuid:form_id>/", scoping.scoping_form, name="scoping_form"),
    path(_CASE + "scoping/<uuid:form_id>/chase/", scoping.chase, name="chase"),
    path(_CASE + "scoping/<uuid:form_id>/file/", scoping.file, name="file_scoping"),
    path(_CASE + "rapid-review/", rapid_review.rapid_review, name="rapid_review"),
    path(_CASE + "rapid-review/begin/", rapid_review.begin, name="begin"),
    path(_CASE + "rapid-review/write/", rapid_review.write, name="write"),
    path(_CASE + "rapid-review/sign/", rapid_review.sign, name="sign"),
    path(_CASE + "rapid-review/sent/", rapid_review.sent, name="sent_to_panel"),
]
