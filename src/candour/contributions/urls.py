"""Addresses of this room.

The agency's own pages stand twice: for people on the case, and for the holder of a one-use link,
for whom nobody is signed in. `PUBLIC_ADDRESSES` names the latter: each opens nothing without a
living link whose code was given in this browser.
"""

from django.urls import path

from candour.contributions.desk import DeskView, by_link, signed_in
from candour.contributions.views import (
    asking,
    blank,
    checking,
    family,
    linked,
    practitioners,
    settling,
)

app_name = "contributions"

_AGENCIES = "cases/<str:reference>/agencies/"
_REQUEST = _AGENCIES + "<uuid:request_id>/"
_FILE = "files/<uuid:submission_id>/"
_PRACTITIONERS = "cases/<str:reference>/practitioners/"
_ACCOUNT = _PRACTITIONERS + "<uuid:conversation_id>/"
_FAMILY = "cases/<str:reference>/family/"
_MEMBER = _FAMILY + "<uuid:contribution_id>/"

_DESK: list[tuple[str, DeskView, str]] = [
    ("upload/", checking.upload, "upload"),
    ("form.docx", blank.word_form, "word_form"),
    ("form.xlsx", blank.excel_form, "excel_form"),
    ("nothing-held/", checking.nothing_held, "nothing_held"),
    (_FILE, checking.file, "file"),
    (_FILE + "headings/", checking.headings, "headings"),
    (_FILE + "rows/", checking.rows, "rows"),
    (_FILE + "hidden/", settling.held_back, "held_back"),
    (_FILE + "hidden/all/<slug:kind>/", settling.decide_kind, "decide_kind"),
    (_FILE + "hidden/<uuid:part_id>/", settling.decide_part, "decide_part"),
    (_FILE + "unclear/", settling.queries, "queries"),
    (_FILE + "unclear/<uuid:query_id>/", settling.query, "query"),
    (_FILE + "sign-off/", checking.sign_off, "sign_off"),
]

_LINKED = [
    path("contribute/open/<str:token>/", linked.link_open, name="link_open"),
    path("contribute/", by_link(linked.link_request), name="link_request"),
    path("contribute/done/", linked.link_done, name="link_done"),
    *(path("contribute/" + at, by_link(view), name=f"link_{name}") for at, view, name in _DESK),
]

PUBLIC_ADDRESSES = tuple(f"{app_name}:{each.name}" for each in _LINKED)

_ASKING = [
    path(_AGENCIES, asking.requests, name="requests"),
    path(_AGENCIES + "ask/", asking.ask, name="ask"),
    path(_REQUEST, asking.request_page, name="request"),
    path(_REQUEST + "letter/", asking.letter, name="letter"),
    path(_REQUEST + "chase/", asking.chase, name="chase"),
    path(_REQUEST + "link/", asking.make_link, name="make_link"),
    path(_REQUEST + "link/withdraw/", asking.withdraw_link, name="withdraw_link"),
    *(path(_REQUEST + at, signed_in(view), name=name) for at, view, name in _DESK),
]

_HEARING = [
    path(_PRACTITIONERS, practitioners.practitioners, name="practitioners"),
    path(_PRACTITIONERS + "invite/", practitioners.invite, name="invite"),
    path(_PRACTITIONERS + "events/add/", practitioners.add_event, name="add_event"),
    path(_PRACTITIONERS + "events/<uuid:event_id>/", practitioners.event, name="event"),
    path(_ACCOUNT, practitioners.account, name="account"),
    path(_ACCOUNT + "limits/", practitioners.explain_limits, name="explain_limits"),
    path(_ACCOUNT + "record/", practitioners.record_conversation, name="record_conversation"),
    path(_ACCOUNT + "correct/", practitioners.correct_conversation, name="correct_conversation"),
    path(_ACCOUNT + "agree/", practitioners.agree_conversation, name="agree_conversation"),
    path(_ACCOUNT + "not-held/", practitioners.not_held, name="not_held"),
    path(_FAMILY, family.family, name="family"),
    path(_FAMILY + "begin/", family.begin_family, name="begin_family"),
    path(_MEMBER, family.family_member, name="family_member"),
    path(_MEMBER + "safe-contact/", family.safe_contact, name="safe_contact"),
    path(_MEMBER + "approach/", family.approach, name="approach"),
    path(_MEMBER + "not-approached/", family.not_approached, name="not_approached"),
    path(_MEMBER + "words/", family.family_words, name="family_words"),
    path(_MEMBER + "read-back/", family.read_back, name="read_back"),
]

urlpatterns = [*_ASKING, *_HEARING, *_LINKED]
