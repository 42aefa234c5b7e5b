"""Addresses of this room."""

from django.urls import path

from candour.cases import views

app_name = "cases"

_CASE = "cases/<str:reference>/"

urlpatterns = [
    path(_CASE + "members/", views.members, name="members"),
    path(_CASE + "members/give/", views.give, name="give"),
    path(_CASE + "members/<uuid:membership_id>/end/", views.end, name="end"),
    path(_CASE + "members/<uuid:membership_id>/grant/", views.grant, name="grant"),
    path(_CASE + "audit/", views.audit, name="audit"),
]
