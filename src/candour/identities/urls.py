"""Addresses of this room."""

from django.urls import path

from candour.identities import views

app_name = "identities"

_ROOM = "cases/<str:reference>/identities/"

urlpatterns = [
    path(_ROOM, views.register, name="register"),
    path(_ROOM + "enter/", views.enter, name="enter"),
    path(_ROOM + "<uuid:identity_id>/correct/", views.correct, name="correct"),
    path(_ROOM + "proposed/", views.proposals, name="proposals"),
    path(_ROOM + "proposed/<uuid:proposal_id>/", views.proposal, name="proposal"),
]
