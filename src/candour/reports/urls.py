"""Addresses of the draft report."""

from django.urls import path

from candour.reports.views import chronology, draft, reading

app_name = "reports"

CASE = "cases/<str:reference>/report/"

urlpatterns = [
    path(CASE, draft.draft, name="draft"),
    path(f"{CASE}start/", draft.start, name="start"),
    path(f"{CASE}front/", draft.front, name="front"),
    path(f"{CASE}sections/<str:key>/", draft.section, name="section"),
    path(f"{CASE}briefing/", draft.briefing, name="briefing"),
    path(f"{CASE}read/", reading.read, name="read"),
    path(f"{CASE}working-copy.<str:file_format>", reading.download, name="download"),
    path(f"{CASE}briefing.<str:file_format>", reading.download_briefing, name="download_briefing"),
    path(f"{CASE}chronology/", chronology.chosen, name="chosen"),
    path(f"{CASE}chronology/choose/", chronology.choose, name="choose"),
    path(f"{CASE}chronology/<uuid:row_id>/", chronology.wording, name="wording"),
    path(
        "cases/<str:reference>/meetings/<uuid:meeting_id>/pack/",
        reading.recipients,
        name="recipients",
    ),
    path(
        "cases/<str:reference>/meetings/<uuid:meeting_id>/pack/<uuid:membership_id>.pdf",
        reading.pack,
        name="pack",
    ),
]
