"""Addresses of the platform."""

from django.urls import path

from candour.platform import health

app_name = "platform"
urlpatterns = [path("health", health.health, name="health")]
