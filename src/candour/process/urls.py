"""Addresses of this room."""

from django.urls import path

from candour.process import rule_views, views

app_name = "process"

_STEPS = "cases/<str:reference>/steps/"

urlpatterns = [
    path("rules/", rule_views.rules, name="rules"),
    path("rules/steps/<slug:code>/", rule_views.one_machine, name="machine"),
    path("rules/files/<slug:name>/", rule_views.local_file, name="local_file"),
    path("rules/<slug:code>/", rule_views.one_rule_set, name="rule_set"),
    path(_STEPS, views.steps, name="steps"),
    path(_STEPS + "<slug:target>/", views.step, name="step"),
    path(_STEPS + "say/<slug:fact>/", views.say, name="say"),
]
