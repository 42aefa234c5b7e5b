"""Addresses of this room."""

from django.urls import path

from candour.reviews.views import beside, bodies, review, reviewers, scope, terms

app_name = "reviews"

_REVIEW = "cases/<str:reference>/review/"
_REVIEWER = _REVIEW + "reviewers/<uuid:appointment_id>/"

urlpatterns = [
    path(_REVIEW, review.review, name="review"),
    path(_REVIEW + "commission/", review.commission, name="commission"),
    path(_REVIEW + "terms/", terms.terms, name="terms"),
    path(_REVIEW + "terms/versions/", terms.versions, name="versions"),
    path(_REVIEW + "terms/agree/", terms.agree, name="agree"),
    path(_REVIEW + "lines/add/", terms.add_line, name="add_line"),
    path(_REVIEW + "lines/<uuid:line_id>/", terms.line, name="line"),
    path(_REVIEW + "agencies/add/", scope.add_agency, name="add_agency"),
    path(_REVIEW + "agencies/<uuid:scoped_id>/leave/", scope.leave_scope, name="leave_scope"),
    path(_REVIEW + "reviewers/declare/", reviewers.declare, name="declare"),
    path(_REVIEWER, reviewers.reviewer, name="reviewer"),
    path(_REVIEWER + "accept/", reviewers.accept, name="accept"),
    path(_REVIEWER + "end/", reviewers.end, name="end"),
    path(_REVIEW + "beside/", beside.beside, name="beside"),
    path(_REVIEW + "proceedings/add/", beside.add_proceeding, name="add_proceeding"),
    path(_REVIEW + "proceedings/<uuid:proceeding_id>/", beside.proceeding, name="proceeding"),
    path(_REVIEW + "proceedings/<uuid:proceeding_id>/hold/", beside.hold, name="hold"),
    path(_REVIEW + "held/<uuid:held_id>/", beside.lift, name="lift"),
    path(_REVIEW + "agreement/", beside.agreement, name="agreement"),
    path(_REVIEW + "checks/add/", beside.check, name="check"),
    path(_REVIEW + "checks/<uuid:progress_id>/", beside.answer_check, name="answer_check"),
    path(_REVIEW + "bodies/", bodies.bodies, name="bodies"),
    path(_REVIEW + "bodies/join/", bodies.join, name="join"),
    path(_REVIEW + "bodies/hand-over/", bodies.hand_over, name="hand_over"),
]
