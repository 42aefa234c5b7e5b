"""The pages that look across reviews: each a chart drawn here, with its table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.archive import citing, looking, selectors, theme_pages
from candour.archive.charts import Column, Tile, columns, tiles
from candour.archive.looking import ENOUGH, FEW, Bar, Delay
from candour.archive.models.looking import ThemePage, UnannouncedTotal
from candour.archive.regions import regions
from candour.archive.titles import publisher_words, shown_title

_FEWER = f"fewer than {FEW}"


def index(request: HttpRequest) -> HttpResponse:
    """What can be looked at across reviews."""
    pages = [{"slug": page.slug, "title": page.title} for page in ThemePage.objects.all()]
    return render(request, "archive/looking.html", {"theme_pages": pages})


def years(request: HttpRequest) -> HttpResponse:
    """Reviews by year."""
    bars = looking.reviews_by_year()
    title = "Reviews in the catalogue by year"
    rows = [[bar.name, f"{bar.count}"] for bar in bars]
    without = looking.without_year()
    notes = [
        "A review that names several years stands at the last of them.",
        "A year with few reviews may be a year whose reviews were taken down: the catalogue holds "
        "what somebody could still find.",
    ]
    if without:
        notes.append(f"Not in the chart, because no year is known: {without}.")
    chart = columns(title, [Column(bar.name, bar.count) for bar in bars]) if bars else ""
    return _page(request, title, chart, ("Year", "Reviews"), rows, notes)


def themes(request: HttpRequest) -> HttpResponse:
    """One theme over the years, as a share of the reviews whose themes are recorded."""
    known = looking.themes()
    asked = request.GET.get("theme", "")
    theme = next((term for term in known if term.code == asked), known[0] if known else None)
    bars = looking.theme_by_year(theme) if theme else []
    title = f"Reviews with the theme “{theme.label}” by year" if theme else "Themes by year"
    notes = [
        f"Numbers under {FEW} are not shown, and no share where the year has under {ENOUGH} "
        "reviews with recorded themes. A theme is what a librarian found in a report: more "
        "reviews with a theme may mean that it is written about more.",
    ]
    chart = (
        columns(title, [Column(bar.name, bar.per_cent) for bar in bars], unit="%") if bars else ""
    )
    rows = [_theme_row(bar) for bar in bars]
    heads = ("Year", "With the theme", "Reviews with recorded themes", "Share")
    choices = [
        {"value": term.code, "text": term.label, "selected": term == theme} for term in known
    ]
    return _page(request, title, chart, heads, rows, notes, choices=choices)


def delay(request: HttpRequest) -> HttpResponse:
    """Months from incident to publication; by name, never ranked, never over few reviews."""
    boards, reasons = looking.delay_by_board(), looking.delay_by_reason()
    title = "Months from incident to publication"
    rows = [_delay_row(one) for one in (*boards, *reasons)]
    notes = [
        f"Medians over {ENOUGH} or more reviews whose reports give the month of the incident; "
        "boards and partnerships in the order of their names, then reasons of delay over all of "
        "them. A long delay may be a court’s, and says nothing of how well a board works.",
    ]
    drawn = [Column(one.name.split()[0], one.months) for one in reasons]
    chart = columns(title + " by stated reason", drawn) if drawn else ""
    heads = ("Board, partnership or reason", "Reviews", "Median months")
    return _page(request, title, chart, heads, rows, notes)


def unannounced(request: HttpRequest) -> HttpResponse:
    """Reviews that no body has announced, as totals of a year and nothing more."""
    totals = selectors.unannounced_totals()
    title = "Reviews that were not announced"
    rows = [[str(one.year), str(one.count), one.source] for one in totals]
    notes = [
        "Where a review stands is shown here only once the body that commissioned it has said so "
        "itself. Of all others there are totals of a year for the whole of England, and none under "
        f"{UnannouncedTotal.FEWEST}: a smaller number could tell which family it is.",
    ]
    chart = columns(title, [Column(str(one.year), one.count) for one in totals]) if totals else ""
    return _page(request, title, chart, ("Year", "Reviews", "Counted by"), rows, notes)


def areas(request: HttpRequest) -> HttpResponse:
    """Reviews by region, on tiles of one size."""
    bars = {bar.name: bar for bar in looking.reviews_by_region()}
    title = "Reviews in the catalogue by region"
    drawn = [
        Tile(region.name, str(bars[region.name].count), region.column, region.row)
        for region in regions()
    ]
    rows = [[bar.name, f"{bar.count}"] for bar in bars.values()]
    notes = [
        "Each region has one tile of the same size, wherever it lies. Regions differ in the number "
        "of children who live there and in how many reviews can still be found; the numbers "
        "compare neither. A joint review of two regions stands in both.",
    ]
    return _page(request, title, tiles(title, drawn), ("Region", "Reviews"), rows, notes)


def citations(request: HttpRequest) -> HttpResponse:
    """Which reviews name which."""
    return render(request, "archive/citations.html", _naming_context())


def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """A page on a theme, each sentence with the paragraph that it rests on."""
    page, sentences, gone = theme_pages.theme_page(slug)
    context = {
        "page": page,
        "gone": gone,
        "sentences": [
            {
                "text": one.text,
                "record": one.record,
                "number": one.paragraph.version.number,
                "anchor": one.paragraph.anchor,
                "source": f"{shown_title(one.record)}, {publisher_words(one.record)}",
            }
            for one in sentences
        ],
        "demo": page.is_demonstration,
    }
    return render(request, "archive/theme.html", context)


def _page(
    request: HttpRequest,
    title: str,
    chart: str,
    heads: tuple[str, ...],
    rows: list[list[str]],
    notes: list[str],
    choices: list[dict[str, object]] | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "chart": chart,
        "heads": heads,
        "rows": rows,
        "notes": notes,
        "choices": choices or [],
    }
    return render(request, "archive/looked_at.html", context)


def _theme_row(bar: Bar) -> list[str]:
    count = _FEWER if bar.count is None else str(bar.count)
    share = "not shown" if bar.per_cent is None else f"{bar.per_cent}%"
    return [bar.name, count, str(bar.of), share]


def _delay_row(delay: Delay) -> list[str]:
    return [delay.name, str(delay.reviews), f"{delay.months:g}"]


def _naming_context() -> dict[str, object]:
    return {
        "namings": [
            {
                "citing": shown_title(one.citing),
                "citing_year": one.citing.year_text,
                "citing_id": one.citing.pk,
                "number": one.version_number,
                "anchor": one.anchor,
                "cited": shown_title(one.cited),
                "cited_year": one.cited.year_text,
                "cited_id": one.cited.pk,
            }
            for one in citing.all_namings()
        ]
    }
