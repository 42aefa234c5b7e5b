"""Addresses of the archive. They are permanent: a page that moves leaves a redirect."""

from django.urls import path

from candour.archive import feeds, reading_pages, search_pages, views

app_name = "archive"

urlpatterns = [
    path("", views.home, name="home"),
    path("reviews", views.reviews, name="reviews"),
    path("review/<str:record_id>", views.review, name="review"),
    path("review/<str:record_id>/read", reading_pages.latest_text, name="latest_text"),
    path("review/<str:record_id>/v<int:number>", reading_pages.text, name="text"),
    path(
        "review/<str:record_id>/v<int:number>/chapter/<int:chapter>",
        reading_pages.text,
        name="chapter",
    ),
    path("review/<str:record_id>/v<int:number>/at/<str:anchor>", reading_pages.at, name="at"),
    path("review/<str:record_id>/v<int:number>/files/<str:name>", views.file, name="file"),
    path("search", search_pages.search, name="search"),
    path("search/help", search_pages.search_help, name="search_help"),
    path("search/other-names", search_pages.other_names, name="other_names"),
    path("list", search_pages.kept_list, name="kept_list"),
    path("list.docx", search_pages.kept_list_file, {"ending": "docx"}, name="kept_list_word"),
    path("list.ris", search_pages.kept_list_file, {"ending": "ris"}, name="kept_list_ris"),
    path("search.atom", feeds.search_feed, name="search_feed"),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("health", views.health, name="health"),
]
