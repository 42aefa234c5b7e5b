"""Addresses of the private site, in the order of a review."""

from django.urls import include, path

from candour.sites.workspace import administration, views

handler400 = "candour.ui.errors.bad_request"
handler403 = "candour.ui.errors.not_found"
handler404 = "candour.ui.errors.not_found"
handler500 = "candour.ui.errors.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("cases/", views.cases, name="cases"),
    path("cases/<str:reference>/", views.case, name="case"),
    path("administration/work/", administration.unfinished_work, name="unfinished_work"),
    path("administration/work/<uuid:job_id>/again/", administration.work_again, name="work_again"),
    path("", include("candour.platform.urls")),
    path("", include("candour.ui.urls")),
    path("", include("candour.people.urls")),
    path("", include("candour.cases.urls")),
    path("", include("candour.identities.urls")),
    path("", include("candour.documents.urls")),
    path("", include("candour.duties.urls")),
    path("", include("candour.incidents.urls")),
    path("", include("candour.reviews.urls")),
    path("", include("candour.contributions.urls")),
    path("", include("candour.chronology.urls")),
    path("", include("candour.analysis.urls")),
    path("", include("candour.reports.urls")),
    path("", include("candour.disclosure.urls")),
    path("", include("candour.publication.urls")),
    path("", include("candour.improvement.urls")),
    path("", include("candour.library.urls")),
    path("", include("candour.process.urls")),
    path("", include("candour.paperwork.urls")),
    path("", include("candour.oversight.urls")),
    path("", include("candour.worklist.urls")),
]
