"""Addresses of this room."""

from django.urls import path

from candour.paperwork import views

app_name = "paperwork"

_FORMS = "cases/<str:reference>/forms/"

urlpatterns = [
    path(_FORMS, views.papers, name="papers"),
    path(_FORMS + "schedule/", views.schedule, name="schedule"),
    path(_FORMS + "schedule.<str:file_format>", views.take_schedule, name="take_schedule"),
    path(_FORMS + "<slug:form>/", views.paper, name="paper"),
    path(_FORMS + "<slug:form>/fill/", views.fill, name="fill"),
    path(_FORMS + "<slug:form>/finish/", views.finish, name="finish"),
    path(_FORMS + "<slug:form>/open/", views.open_again, name="open_again"),
    path(_FORMS + "<slug:form>.<str:file_format>", views.take, name="take"),
    path(_FORMS + "records/<slug:record>/", views.composed, name="composed"),
    path(
        _FORMS + "records/<slug:record>.<str:file_format>",
        views.take_composed,
        name="take_composed",
    ),
]
