"""Addresses of publication."""

from django.urls import path

from candour.publication.views import advice, not_publishing, preparing, publishing

app_name = "publication"

CASE = "cases/<str:reference>/publication/"
NOT = f"{CASE}not-publishing/"

urlpatterns = [
    path(CASE, preparing.publication, name="publication"),
    path(f"{CASE}holds/<str:kind>/", preparing.hold, name="hold"),
    path(f"{CASE}copy/", preparing.copy, name="copy"),
    path(f"{CASE}day/", preparing.day, name="day"),
    path(f"{CASE}clear/<str:digest>/", preparing.clear, name="clear"),
    path(f"{CASE}publish/", publishing.publish, name="publish"),
    path(f"{CASE}withdraw/", publishing.withdraw, name="withdraw"),
    path(f"{CASE}done/", publishing.published, name="published"),
    path(NOT, not_publishing.decision, name="not_publishing"),
    path(f"{NOT}decide/", not_publishing.decide, name="not_publishing_decide"),
    path(f"{NOT}answer/", not_publishing.answer, name="not_publishing_answer"),
    path(f"{NOT}told/", not_publishing.told, name="not_publishing_told"),
    path(f"{NOT}publish-after-all/", not_publishing.after_all, name="publish_after_all"),
    path(f"{NOT}letter/", advice.letter, name="advice"),
    path(f"{NOT}letters/<uuid:advice_id>/reply/", advice.reply, name="advice_reply"),
]
