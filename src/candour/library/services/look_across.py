"""What is said across reviews: courses, yearly totals, and pages on a theme."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from candour.archive import courses, theme_pages
from candour.archive.models import Course, ReviewRecord, ThemePage, UnannouncedTotal
from candour.archive.theme_pages import Sentence
from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden, Invalid
from candour.library.policies import may_keep
from candour.platform.databases import ARCHIVE

_FIRST_YEAR = 1945


@dataclass(frozen=True, slots=True)
class Told:
    """When the incident was (`YYYY-MM`), why the review was long in coming, and who says so."""

    incident: str
    reason: str
    source: str


@transaction.atomic
def set_course(*, by: Actor, review: ReviewRecord, told: Told) -> Course:
    """Write down how long a review took; Invalid as `candour.archive.courses.write_course`."""
    may_keep(by).require()
    course = courses.write_course(
        review, incident=told.incident.strip(), reason=told.reason, source=told.source.strip()
    )
    record("library.course_set", by=by, subject=review.pk, reason=course.reason)
    return course


@transaction.atomic
def set_total(*, by: Actor, year: int, count: int, source: str) -> UnannouncedTotal:
    """Write down how many reviews of a year nobody has announced, all over England.

    Invalid under ten, because fewer could tell which family it was, and without a source.
    """
    may_keep(by).require()
    if count < UnannouncedTotal.FEWEST:
        raise Invalid(
            "too_few",
            f"A total under {UnannouncedTotal.FEWEST} could tell which review it is. Leave this "
            "year out.",
            "count",
        )
    if not _FIRST_YEAR <= year <= clock.today().year:
        raise Invalid("no_such_year", "Enter a year that has come, in four figures.", "year")
    if not source.strip():
        raise Invalid("source_missing", "Say who counted them, and where.", "source")
    with transaction.atomic(using=ARCHIVE):
        total, _ = UnannouncedTotal.objects.update_or_create(
            year=year, defaults={"count": count, "source": source.strip()}
        )
    record("library.total_set", by=by, subject=str(year), reviews=count)
    return total


@transaction.atomic
def publish_theme_page(
    *, by: Actor, title: str, signed_by: str, theme: str, sentences: Sequence[Sentence]
) -> ThemePage:
    """Publish a page on a theme under the name of the person who wrote it, as of today.

    A page of the same title is replaced. Invalid as `candour.archive.theme_pages`.
    """
    may_keep(by).require()
    slug = slugify(title)[:80]
    if not slug:
        raise Invalid("title_missing", "Give the page a title in words.", "title")
    page = theme_pages.publish_theme_page(
        slug=slug,
        title=title.strip(),
        signed_by=signed_by.strip(),
        signed_on=clock.today(),
        theme=theme,
        sentences=sentences,
    )
    record("library.theme_page_published", by=by, subject=slug, sentences=len(sentences))
    return page


@transaction.atomic
def take_down_theme_page(*, by: Actor, slug: str) -> None:
    """Take a page on a theme away; Hidden if there is none."""
    may_keep(by).require()
    page = ThemePage.objects.filter(slug=slug).first()
    if page is None:
        raise Hidden
    with transaction.atomic(using=ARCHIVE):
        page.delete()
    record("library.theme_page_taken_down", by=by, subject=slug)
