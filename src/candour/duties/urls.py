"""Addresses of this room."""

from django.urls import path

from candour.duties import views

app_name = "duties"

_CASE = "cases/<str:reference>/"

urlpatterns = [
    path(_CASE + "clocks/", views.clocks, name="clocks"),
    path(_CASE + "clocks/<uuid:duty_id>/explain/", views.explain, name="explain"),
    path(_CASE + "history/", views.history, name="history"),
    path(_CASE + "meetings/", views.meetings, name="meetings"),
    path(_CASE + "meetings/convene/", views.convene_meeting, name="convene"),
    path(_CASE + "meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path(_CASE + "meetings/<uuid:meeting_id>/minute/", views.minute_meeting, name="minute"),
]
