"""Addresses of the pages that look across reviews, and of alerts."""

from django.urls import path

from candour.archive import alert_pages, looking_pages

app_name = "looking"

urlpatterns = [
    path("look", looking_pages.index, name="index"),
    path("look/years", looking_pages.years, name="years"),
    path("look/themes", looking_pages.themes, name="themes"),
    path("look/delay", looking_pages.delay, name="delay"),
    path("look/regions", looking_pages.areas, name="regions"),
    path("look/unannounced", looking_pages.unannounced, name="unannounced"),
    path("look/citations", looking_pages.citations, name="citations"),
    path("themes/<slug:slug>", looking_pages.theme, name="theme"),
    path("alerts", alert_pages.ask, name="alert_ask"),
    path("alerts/<str:token>", alert_pages.alert, name="alert"),
    path("alerts/<str:token>/stop", alert_pages.stop_at_once, name="alert_stop"),
]
