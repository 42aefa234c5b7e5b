"""Addresses of this room."""

from django.urls import path

from candour.duties.views import clocks, meetings

app_name = "duties"

_CASE = "cases/<str:reference>/"

urlpatterns = [
    path(_CASE + "clocks/", clocks.clocks, name="clocks"),
    path(_CASE + "clocks/<uuid:duty_id>/explain/", clocks.explain, name="explain"),
    path(_CASE + "history/", clocks.history, name="history"),
    path(_CASE + "meetings/", meetings.meetings, name="meetings"),
    path(_CASE + "meetings/convene/", meetings.convene_meeting, name="convene"),
    path(_CASE + "meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path(_CASE + "meetings/<uuid:meeting_id>/minute/", meetings.minute_meeting, name="minute"),
]
