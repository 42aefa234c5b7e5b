"""Addresses of the archive. They are permanent: a page that moves leaves a redirect."""

from django.urls import include, path

from candour.archive import (
    catalogue_pages,
    feeds,
    learning_pages,
    proof_pages,
    reading_pages,
    search_pages,
    version_pages,
    views,
)

app_name = "archive"

_REVIEW = "review/<str:record_id>"
_PROOF = f"{_REVIEW}/v<int:number>/proof/<slug:kind>"

urlpatterns = [
    path("", include("candour.archive.exchange.urls")),
    path(f"{_REVIEW}/versions", version_pages.all_versions, name="versions"),
    path(f"{_REVIEW}/changes/<int:before>-<int:after>", version_pages.compare, name="compare"),
    path(f"{_REVIEW}/timegate", version_pages.time_gate, name="time_gate"),
    path(f"{_REVIEW}/timemap", version_pages.time_map, name="time_map"),
    path(f"{_REVIEW}/one-page", catalogue_pages.one_page, name="one_page"),
    path(f"{_PROOF}/certificate", proof_pages.certificate, name="certificate"),
    path(f"{_PROOF}/certificate.json", proof_pages.certificate_file, name="certificate_file"),
    path(f"{_REVIEW}/v<int:number>/text.html", proof_pages.text_as_deposited, name="own_bytes"),
    path("proof", proof_pages.proof, name="proof"),
    path("proof/verify.py", proof_pages.script, name="proof_script"),
    path("proof/stamps/<str:day>.tsr", proof_pages.stamp, name="proof_stamp"),
    path("proof/roots.json", proof_pages.roots, name="proof_roots"),
    path("publishers", catalogue_pages.publishers, name="publishers"),
    path("publisher/<slug:slug>", catalogue_pages.publisher, name="publisher"),
    path("terms", catalogue_pages.terms, name="terms"),
    path("learning", learning_pages.learning, name="learning"),
    path("learning/<int:learning_id>", learning_pages.one, name="learning_one"),
    path("guidance", catalogue_pages.guidance, name="guidance"),
    path("data", catalogue_pages.data, name="data"),
    path("contact", catalogue_pages.contact, name="contact"),
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
