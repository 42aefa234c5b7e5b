"""Addresses of this room."""

from django.urls import path

from candour.cases import hold_views, views

app_name = "cases"

_CASE = "cases/<str:reference>/"

urlpatterns = [
    path(_CASE + "members/", views.members, name="members"),
    path(_CASE + "members/give/", views.give, name="give"),
    path(_CASE + "members/<uuid:membership_id>/end/", views.end, name="end"),
    path(_CASE + "members/<uuid:membership_id>/grant/", views.grant, name="grant"),
    path(_CASE + "grants/", views.grants, name="grants"),
    path(_CASE + "grants/<uuid:grant_id>/end/", views.end_leave, name="end_grant"),
    path(_CASE + "audit/", views.audit, name="audit"),
    path(_CASE + "legal-hold/", hold_views.holds, name="legal_holds"),
    path(_CASE + "legal-hold/place/", hold_views.place, name="place_hold"),
    path(_CASE + "legal-hold/<uuid:legal_hold_id>/lift/", hold_views.lift, name="lift_hold"),
]
