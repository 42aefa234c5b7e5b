"""The addresses of the public site."""

from django.urls import include, path

handler400 = "candour.ui.errors.bad_request"
handler403 = "candour.ui.errors.not_found"
handler404 = "candour.ui.errors.not_found"
handler500 = "candour.ui.errors.server_error"

urlpatterns = [
    path("", include("candour.archive.urls")),
    path("", include("candour.archive.looking_urls")),
    path("", include("candour.ui.urls")),
]
