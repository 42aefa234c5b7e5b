"""The archive before our own report: facts of 173 published reviews, no documents."""

from pathlib import Path

from candour.archive.catalogue import load_catalogue
from candour.archive.indexing import index_pending
from demo.people import Company

CATALOGUE = Path(__file__).parent / "data" / "catalogue.csv"


def load(company: Company) -> None:
    """Load the catalogue and index it."""
    load_catalogue(CATALOGUE)
    index_pending()
