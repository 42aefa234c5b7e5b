"""Addresses for machines. They are permanent, and each answers reading alone."""

from django.urls import path, register_converter

from candour.archive.exchange import api, bags, bulk, negotiation, oai


class Reference:
    """A permanent reference, which has no dot: what follows a dot is an ending."""

    regex = "[A-Za-z0-9-]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class BulkEnding:
    """The forms in which bulk data is given."""

    regex = "csv|jsonl|parquet"
    to_python = Reference.to_python
    to_url = Reference.to_url


register_converter(Reference, "review_reference")
register_converter(BulkEnding, "bulk_ending")

urlpatterns = [
    path("oai", oai.answer, name="oai"),
    path("oai/json.xsd", oai.schema, name="oai_schema"),
    path("api/v1/openapi.json", api.description, name="api_description"),
    path("api/v1/reviews", api.reviews, name="api_reviews"),
    path("api/v1/reviews/<str:record_id>", api.review, name="api_review"),
    path("api/v1/reviews/<str:record_id>/paragraphs", api.paragraphs, name="api_paragraphs"),
    path("api/v1/publishers", api.publishers, name="api_publishers"),
    path("api/v1/terms", api.terms, name="api_terms"),
    path("data/dictionary.json", bulk.dictionary, name="data_dictionary"),
    path("data/reviews.<bulk_ending:ending>", bulk.reviews, name="data_reviews"),
    path("data/paragraphs.<bulk_ending:ending>", bulk.paragraphs, name="data_paragraphs"),
    path("review/<str:record_id>/v<int:number>/bag.zip", bags.bag, name="bag"),
    path(
        "review/<review_reference:record_id>.<str:ending>",
        negotiation.review_as,
        name="review_as",
    ),
]
