"""The workspace's addresses and one more."""

from django.urls import path

from candour.sites.workspace.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
)
from candour.sites.workspace.urls import urlpatterns as workspace
from demo import sign_in

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("demo/", sign_in.choose, name="demo"), *workspace]
