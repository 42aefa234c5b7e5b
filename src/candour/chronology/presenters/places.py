"""Where the pages of the chronology stand, and the way back from them."""

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.pages import crumbs


def room_address(page: str, access: Access, **more: object) -> str:
    """The address of a page of this case's chronology."""
    return reverse(f"chronology:{page}", kwargs={"reference": access.case.reference, **more})


def room_crumbs(access: Access, *further: tuple[str, str]) -> list[dict[str, str]]:
    """The way back: the case, its integrated chronology, then what is named further."""
    return crumbs(access, ("Integrated chronology", room_address("integrated", access)), *further)
