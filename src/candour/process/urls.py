"""Addresses of this room."""

from django.urls import path

from candour.process import views

app_name = "process"

_STEPS = "cases/<str:reference>/steps/"

urlpatterns = [
    path(_STEPS, views.steps, name="steps"),
    path(_STEPS + "<slug:target>/", views.step, name="step"),
    path(_STEPS + "say/<slug:fact>/", views.say, name="say"),
]
