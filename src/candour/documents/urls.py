"""Addresses of documents."""

from django.urls import path

from candour.documents import views

app_name = "documents"
urlpatterns = [
    path(
        "cases/<str:reference>/documents/<uuid:document_id>/download",
        views.download,
        name="download",
    ),
]
