"""Addresses of the archive. They are permanent: a page that moves leaves a redirect."""

from django.urls import path

from candour.archive import feeds, views

app_name = "archive"

urlpatterns = [
    path("", views.home, name="home"),
    path("reviews", views.reviews, name="reviews"),
    path("review/<str:record_id>", views.review, name="review"),
    path("review/<str:record_id>/read", views.latest_text, name="latest_text"),
    path("review/<str:record_id>/v<int:number>", views.text, name="text"),
    path("review/<str:record_id>/v<int:number>/files/<str:name>", views.file, name="file"),
    path("search", views.search, name="search"),
    path("search.atom", feeds.search_feed, name="search_feed"),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("health", views.health, name="health"),
]
