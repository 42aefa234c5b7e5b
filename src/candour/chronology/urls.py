"""Addresses of the integrated chronology."""

from django.urls import path

from candour.chronology import views

app_name = "chronology"

_ROOM = "cases/<str:reference>/chronology/"
_EVENT = _ROOM + "events/<uuid:event_id>/"

urlpatterns = [
    path(_ROOM, views.integrated, name="integrated"),
    path(_ROOM + "undated/", views.undated, name="undated"),
    path(_ROOM + "entries/<uuid:entry_id>/", views.entry, name="entry"),
    path(_ROOM + "group/", views.group, name="group"),
    path(_ROOM + "events/", views.events, name="events"),
    path(_EVENT, views.event, name="event"),
    path(_EVENT + "rename/", views.rename, name="rename"),
    path(_EVENT + "entries/<uuid:entry_id>/take-out/", views.take_out, name="take_out"),
    path(_ROOM + "chronology.docx", views.export, {"file_format": "docx"}, name="word"),
    path(_ROOM + "chronology.csv", views.export, {"file_format": "csv"}, name="csv"),
]
