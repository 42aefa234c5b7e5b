"""Addresses of this room."""

from django.urls import path

from candour.duties.views import bodies, clocks, deciding, letters, meetings, templates

app_name = "duties"

_CASE = "cases/<str:reference>/"

urlpatterns = [
    path(_CASE + "clocks/", clocks.clocks, name="clocks"),
    path(_CASE + "clocks/<uuid:duty_id>/", clocks.one_clock, name="clock"),
    path(_CASE + "clocks/<uuid:duty_id>/explain/", clocks.explain, name="explain"),
    path(_CASE + "clocks/<uuid:duty_id>/approve/", clocks.approve, name="approve"),
    path(_CASE + "clocks/<uuid:duty_id>/count-again/", clocks.count_again, name="count_again"),
    path(_CASE + "history/", clocks.history, name="history"),
    path("letter-templates/", templates.templates, name="templates"),
    path(
        "letter-templates/<uuid:partnership_id>/<slug:kind>/", templates.template, name="template"
    ),
    path(_CASE + "letters/", letters.letters, name="letters"),
    path(_CASE + "letters/file/", letters.file, name="letter_file_in"),
    path(_CASE + "letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path(_CASE + "letters/<uuid:letter_id>/write/", letters.edit, name="letter_edit"),
    path(_CASE + "letters/<uuid:letter_id>/sent/", letters.sent, name="letter_sent"),
    path("bodies/", bodies.standing_bodies, name="standing_bodies"),
    path("bodies/set-up/", bodies.found_body, name="found_body"),
    path("bodies/<uuid:body_id>/", bodies.standing_body, name="standing_body"),
    path("bodies/<uuid:body_id>/terms/", bodies.body_terms, name="body_terms"),
    path("bodies/<uuid:body_id>/members/add/", bodies.add_member, name="add_member"),
    path(
        "bodies/<uuid:body_id>/members/<uuid:member_id>/end/", bodies.end_member, name="end_member"
    ),
    path(_CASE + "meetings/<uuid:meeting_id>/register/", deciding.register, name="register"),
    path(_CASE + "meetings/<uuid:meeting_id>/decide/", deciding.decide, name="decide"),
    path(_CASE + "meetings/<uuid:meeting_id>/action/", deciding.set_action, name="set_action"),
    path(
        _CASE + "meetings/<uuid:meeting_id>/actions/<uuid:action_id>/done/",
        deciding.action_done,
        name="action_done",
    ),
    path(_CASE + "meetings/", meetings.meetings, name="meetings"),
    path(_CASE + "meetings/convene/", meetings.convene_meeting, name="convene"),
    path(_CASE + "meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path(_CASE + "meetings/<uuid:meeting_id>/minute/", meetings.minute_meeting, name="minute"),
]
