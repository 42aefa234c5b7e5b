"""Addresses of the standing pages, the same on both sites."""

from django.urls import path

from candour.ui.views import about

urlpatterns = [
    path("help", about, {"page": "help"}, name="help"),
    path("accessibility", about, {"page": "accessibility"}, name="accessibility"),
    path("privacy", about, {"page": "privacy"}, name="privacy"),
    path("cookies", about, {"page": "cookies"}, name="cookies"),
]
