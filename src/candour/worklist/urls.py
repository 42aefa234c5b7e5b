"""Addresses of messages, reminders, calendar and cover."""

from django.urls import path

from candour.worklist import views

app_name = "worklist"

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/seen/", views.messages_seen, name="messages_seen"),
    path("account/reminders/", views.reminders, name="reminders"),
    path("account/reminders/e-mail/", views.rhythm, name="rhythm"),
    path("account/reminders/calendar/", views.feed, name="feed"),
    path("account/reminders/calendar/revoke/", views.revoke, name="revoke"),
    path("account/reminders/cover/", views.cover, name="cover"),
    path("account/reminders/cover/end/", views.cover_ended, name="cover_ended"),
    path("calendar/<str:token>.ics", views.calendar_file, name="calendar"),
]
