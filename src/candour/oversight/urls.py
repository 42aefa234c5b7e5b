"""Addresses of letters begun, packs sent, desks and national bodies."""

from django.urls import path

from candour.oversight.views import bodies, desk, publishing, reviewers, sending

app_name = "oversight"

CASE = "cases/<str:reference>/"
DESK = "desks/<uuid:desk_id>/"

urlpatterns = [
    path(f"{CASE}letters/begin/", sending.letter_begin, name="letter_begin"),
    path(
        f"{CASE}letters/<uuid:letter_id>/letter.<str:file_format>",
        sending.letter_download,
        name="letter_download",
    ),
    path(f"{CASE}national/", sending.packs, name="packs"),
    path(f"{CASE}national/send/", sending.send, name="send"),
    path(f"{CASE}national/<uuid:pack_id>/", sending.pack, name="pack"),
    path(
        f"{CASE}national/<uuid:pack_id>/pack.<str:file_format>",
        sending.pack_download,
        name="pack_download",
    ),
    path("desks/", desk.desks, name="desks"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}figures/", desk.figures, name="figures"),
    path(
        f"{DESK}figures/<str:begins>/figures.<str:file_format>",
        publishing.figures_file,
        name="figures_file",
    ),
    path(
        f"{DESK}figures/<str:begins>/report.<str:file_format>",
        publishing.report_file,
        name="report_file",
    ),
    path(f"{DESK}<uuid:notified_id>/", desk.notified, name="notified"),
    path(f"{DESK}<uuid:notified_id>/letter/", desk.write, name="write"),
    path("reviewers/", reviewers.reviewers, name="reviewers"),
    path("reviewers/enter/", reviewers.enter, name="enter_reviewer"),
    path("reviewers/<uuid:reviewer_id>/", reviewers.reviewer, name="reviewer"),
    path("reviewers/<uuid:reviewer_id>/change/", reviewers.change, name="change_reviewer"),
    path("reviewers/<uuid:reviewer_id>/past/", reviewers.past, name="past_review"),
    path("reviewers/<uuid:reviewer_id>/feedback/", reviewers.feedback, name="feedback"),
    path("national-bodies/", bodies.bodies, name="bodies"),
    path("national-bodies/enter/", bodies.add, name="add_body"),
    path("national-bodies/<uuid:body_id>/", bodies.body, name="body"),
    path("national-bodies/<uuid:body_id>/then/", bodies.came_after, name="came_after"),
    path("national-bodies/<uuid:body_id>/place/", bodies.place, name="place"),
    path("national-bodies/places/<uuid:member_id>/end/", bodies.end, name="end_place"),
]
