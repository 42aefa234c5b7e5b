"""Addresses of publication."""

from django.urls import path

from candour.publication.views import preparing, publishing

app_name = "publication"

CASE = "cases/<str:reference>/publication/"

urlpatterns = [
    path(CASE, preparing.publication, name="publication"),
    path(f"{CASE}holds/<str:kind>/", preparing.hold, name="hold"),
    path(f"{CASE}copy/", preparing.copy, name="copy"),
    path(f"{CASE}day/", preparing.day, name="day"),
    path(f"{CASE}clear/<str:digest>/", preparing.clear, name="clear"),
    path(f"{CASE}publish/", publishing.publish, name="publish"),
    path(f"{CASE}withdraw/", publishing.withdraw, name="withdraw"),
    path(f"{CASE}done/", publishing.published, name="published"),
]
