"""Addresses of the response and its actions."""

from django.urls import path

from candour.improvement.views import acting, answering

app_name = "improvement"

CASE = "cases/<str:reference>/improvement/"
ACTION = f"{CASE}actions/<uuid:action_id>/"

urlpatterns = [
    path("actions/", answering.mine, name="mine"),
    path(CASE, answering.response, name="response"),
    path(f"{CASE}<int:number>/response/", answering.respond, name="respond"),
    path(f"{CASE}<int:number>/action/", answering.set_action, name="set_action"),
    path(ACTION, acting.action, name="action"),
    path(f"{ACTION}change/", acting.change, name="change"),
    path(f"{ACTION}evidence/", acting.evidence, name="evidence"),
    path(f"{ACTION}close/", acting.close, name="close"),
    path(f"{ACTION}impact/", acting.impact, name="impact"),
]
