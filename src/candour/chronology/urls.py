"""Addresses of the integrated chronology."""

from django.urls import path

from candour.chronology.views import (
    clocks,
    differing,
    exports,
    family,
    held,
    integrated,
    knowledge,
    lanes,
    matching,
    resubmission,
    working,
)

app_name = "chronology"

_ROOM = "cases/<str:reference>/chronology/"
_ENTRY = _ROOM + "entries/<uuid:entry_id>/"
_EVENT = _ROOM + "events/<uuid:event_id>/"
_SAME_EVENT = _ROOM + "same-events/<uuid:same_event_id>/"
_DIFFERENCE = _ROOM + "differing/<uuid:difference_id>/"
_CONTACT = _ROOM + "one-agency/<uuid:contact_id>/"
_HELD = _ROOM + "held/<uuid:statement_id>/"

urlpatterns = [
    path(_ROOM, integrated.integrated, name="integrated"),
    path(_ROOM + "undated/", integrated.undated, name="undated"),
    path(_ROOM + "entries/<uuid:entry_id>/", integrated.entry, name="entry"),
    path(_ROOM + "group/", integrated.group, name="group"),
    path(_ROOM + "events/", integrated.events, name="events"),
    path(_EVENT, integrated.event, name="event"),
    path(_EVENT + "rename/", integrated.rename, name="rename"),
    path(_EVENT + "entries/<uuid:entry_id>/take-out/", integrated.take_out, name="take_out"),
    path(_ROOM + "files/", resubmission.resubmitted, name="resubmitted"),
    path(_ROOM + "files/<uuid:submission_id>/", resubmission.changes, name="changes"),
    path(_ROOM + "files/<uuid:submission_id>/carry/", resubmission.carry, name="carry_over"),
    path(_ROOM + "same-events/", matching.same_events, name="same_events"),
    path(_ROOM + "same-events/look/", matching.look, name="look"),
    path(_SAME_EVENT, matching.same_event, name="same_event"),
    path(_SAME_EVENT + "decline/", matching.decline, name="decline_same_event"),
    path(_ROOM + "differing/", differing.register, name="differing"),
    path(_DIFFERENCE, differing.difference, name="difference"),
    path(_DIFFERENCE + "decline/", differing.decline, name="decline_difference"),
    path(_EVENT + "differing/add/", differing.add, name="add_difference"),
    path(_ROOM + "one-agency/", differing.one_agency, name="one_agency"),
    path(_CONTACT, differing.one_sided, name="one_sided"),
    path(_CONTACT + "decline/", differing.decline_contact, name="decline_contact"),
    path(
        _ROOM + "register.docx",
        differing.take_register,
        {"register_format": "docx"},
        name="register_word",
    ),
    path(
        _ROOM + "register.csv",
        differing.take_register,
        {"register_format": "csv"},
        name="register_csv",
    ),
    path(_ROOM + "held/", held.held_on, name="held_on"),
    path(_ROOM + "held.csv", held.held_on_csv, name="held_on_csv"),
    path(_ROOM + "held/proposals/", knowledge.proposals, name="proposals"),
    path(_ROOM + "held/propose/", knowledge.propose, name="propose"),
    path(_HELD, knowledge.held, name="held"),
    path(_HELD + "decline/", knowledge.decline, name="decline"),
    path(_EVENT + "spread/", held.spread, name="spread"),
    path(_ENTRY + "spread/", held.spread_of_entry, name="spread_of_entry"),
    path(_ENTRY + "held-by/", knowledge.state, name="state_held"),
    path(_ENTRY + "available/", knowledge.available, name="available"),
    path(_ROOM + "lanes/", lanes.lanes, name="lanes"),
    path(_ROOM + "lanes.json", lanes.lanes_data, name="lanes_data"),
    path(_ROOM + "gaps/", lanes.gaps, name="gaps"),
    path(_ROOM + "clocks/", clocks.clocks, name="clocks"),
    path(_ROOM + "steps/", clocks.steps, name="steps"),
    path(_ROOM + "family/", family.family, name="family"),
    path(_ROOM + "family.svg", family.family_picture, name="family_picture"),
    path(_ROOM + "family/record/", family.record_a_tie, name="record_tie"),
    path(_ROOM + "family/<uuid:tie_id>/correct/", family.correct, name="correct_tie"),
    path(_ROOM + "family/<uuid:tie_id>/withdraw/", family.withdraw, name="withdraw_tie"),
    path(_ROOM + "tag/", working.tag, name="tag"),
    path(_ROOM + "undo/<uuid:tagging_id>/", working.undo, name="undo"),
    path(_ENTRY + "tags/<uuid:tag_id>/take-off/", working.untag, name="untag"),
    path(_ENTRY + "comment/", working.comment, name="comment"),
    path(_ROOM + "comments/<uuid:comment_id>/", working.change_comment, name="change_comment"),
    path(_ROOM + "filters/", working.save_filter, name="save_filter"),
    path(_ROOM + "filters/<uuid:filter_id>/remove/", working.forget_filter, name="forget_filter"),
    path(_ROOM + "take-away/", exports.take_away, name="take_away"),
    path(_ROOM + "exports/<uuid:export_id>/", exports.asked, name="export_asked"),
    path(_ROOM + "exports/<uuid:export_id>/file/", exports.written, name="export_written"),
    path(_ROOM + "chronology.docx", exports.export, {"file_format": "docx"}, name="word"),
    path(_ROOM + "chronology.csv", exports.export, {"file_format": "csv"}, name="csv"),
    path(_ROOM + "chronology.xlsx", exports.export, {"file_format": "xlsx"}, name="excel"),
]
