"""The one click between pseudonyms and names, for every page of the chronology."""

from django.http import HttpRequest

from candour.cases.access import Access
from candour.chronology.naming import Showing, may_see_names
from candour.chronology.presenters.lines import query_without


def naming_context(request: HttpRequest, access: Access, shown: Showing) -> dict[str, object]:
    """What a page says of names, and the address that shows it the other way."""
    other = (
        query_without(request.GET, "names")
        if shown.names
        else query_without(request.GET, names="shown")
    )
    return {
        "shows_names": shown.names,
        "may_see_names": may_see_names(access),
        "other_naming": f"?{other}",
    }
