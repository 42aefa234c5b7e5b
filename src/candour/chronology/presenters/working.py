"""What a page says of the work just done, and the filter that it shows."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, QueryDict

from candour.chronology.presenters.lines import query_without

# Parts of an address that are no filter.
NO_FILTER = ("page", "names", "done", "count", "counted", "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class Done:
    """What one press of a button did to how many entries; `tagging` is what `undo` takes."""

    tagging: UUID
    count: int


def done_just_now(query: QueryDict) -> Done | None:
    """What the address says was just done, or None where it says nothing that can be undone."""
    try:
        return Done(UUID(query.get("done", "")), int(query.get("count", "0")))
    except ValueError:
        return None


def filter_query(request: HttpRequest) -> str:
    """The page's filter alone, encoded."""
    return query_without(request.GET, *NO_FILTER)
