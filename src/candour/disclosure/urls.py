"""Addresses of the check before publication."""

from django.urls import path

from candour.disclosure import views

app_name = "disclosure"

urlpatterns = [
    path("cases/<str:reference>/disclosure/", views.check, name="check"),
    path("cases/<str:reference>/disclosure/<uuid:match_id>/", views.accept, name="accept"),
]
