"""Addresses of the librarian's desk."""

from django.urls import path

from candour.library.views import across, checking, describing, desk, keeping, relating

app_name = "library"

_FILE = "library/files/<uuid:intake_id>/"
_REVIEW = "library/reviews/<str:record_id>/"

urlpatterns = [
    path("library/", desk.desk, name="desk"),
    path("library/take-in/", desk.take_in_files, name="take_in"),
    path("library/catalogue/", desk.catalogue, name="catalogue"),
    path("library/ledger/", desk.ledger, name="ledger"),
    path("library/batches/<uuid:batch_id>/", desk.batch, name="batch"),
    path(_FILE, checking.intake, name="intake"),
    path(f"{_FILE}text/", checking.text, name="text"),
    path(f"{_FILE}names/", checking.names, name="names"),
    path(f"{_FILE}record/", checking.facts, name="facts"),
    path(f"{_FILE}approve/", checking.approve_file, name="approve"),
    path(f"{_FILE}discard/", checking.discard, name="discard"),
    path(f"{_FILE}again/", checking.again, name="again"),
    path("library/reviews/", describing.reviews, name="reviews"),
    path(_REVIEW, describing.review, name="review"),
    path(f"{_REVIEW}account/", describing.account, name="account"),
    path(f"{_REVIEW}announcement/", describing.announce, name="announce"),
    path(f"{_REVIEW}visibility/", describing.visibility, name="visibility"),
    path(f"{_REVIEW}related/", relating.related, name="related"),
    path(f"{_REVIEW}related/<int:related_id>/", relating.unrelated, name="unrelated"),
    path(f"{_REVIEW}publishers/", relating.publishers, name="publishers"),
    path(f"{_REVIEW}course/", relating.course, name="course"),
    path(f"{_REVIEW}withdraw/", keeping.withdraw, name="withdraw"),
    path("library/keeping/", keeping.keeping, name="keeping"),
    path("library/withdrawals/<uuid:withdrawal_id>/", keeping.withdrawal, name="withdrawal"),
    path("library/withdrawals/<uuid:withdrawal_id>/leave/", keeping.leave, name="leave"),
    path("library/ledger/<str:record_id>/strike-out/", keeping.strike_out, name="strike_out"),
    path("library/bodies/", relating.bodies, name="bodies"),
    path("library/bodies/add/", relating.add_body, name="add_body"),
    path("library/bodies/<slug:slug>/after/", relating.successors, name="successors"),
    path("library/themes/", across.themes, name="themes"),
    path("library/themes/write/", across.write_theme, name="write_theme"),
    path("library/themes/<slug:slug>/", across.write_theme, name="rewrite_theme"),
    path("library/themes/<slug:slug>/away/", across.take_down_theme, name="take_down_theme"),
    path("library/totals/", across.totals, name="totals"),
    path(f"{_REVIEW}learning/", describing.confirm_learning, name="learning"),
    path("library/learning/<int:learning_id>/alike/", describing.alike, name="alike"),
    path("library/learning/<int:learning_id>/status/", describing.status, name="status"),
    path("library/terms/", describing.terms, name="terms"),
    path("library/terms/<int:term_id>/", describing.term, name="term"),
    path("library/terms/<int:term_id>/reviews/", describing.give_term, name="give_term"),
]
