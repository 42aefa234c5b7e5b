"""Publishers as the archive knows them."""

from django.utils.text import slugify

from candour.archive.deposit_record import DepositPublisher
from candour.archive.models import Publisher, PublisherKind
from candour.kernel.errors import Invalid


def publisher_for(given: DepositPublisher, *, is_demonstration: bool) -> Publisher:
    """The publisher of this name, made or brought up to date with what the depositor says.

    Raises:
        Invalid: when a fictional review would stand under a real publisher, or the reverse.
    """
    publisher = named(given.name, given.kind, is_demonstration=is_demonstration)
    if publisher.is_demonstration != is_demonstration:
        raise Invalid(
            "demonstration_and_real_mixed",
            f"“{given.name}” publishes {'fictional' if publisher.is_demonstration else 'real'} "
            "reviews here. Deposit this review under another publisher, so that nobody takes the "
            "one for the other.",
            field="publishers",
        )
    publisher.kind = given.kind
    publisher.helpline_name = given.helpline_name
    publisher.helpline_number = given.helpline_number
    publisher.helpline_checked_on = given.helpline_checked_on
    publisher.recent_since = given.recent_since or publisher.recent_since
    publisher.save()
    return publisher


def named(
    name: str, kind: PublisherKind | None = None, *, is_demonstration: bool = False
) -> Publisher:
    """The publisher of this name; a new one gets an address of its own."""
    publisher, _ = Publisher.objects.get_or_create(
        name=name,
        defaults={
            "slug": _free_slug(name),
            "kind": kind or kind_in(name),
            "is_demonstration": is_demonstration,
        },
    )
    return publisher


def kind_in(name: str) -> PublisherKind:
    """Board or partnership, where the name says so."""
    words = name.casefold()
    if "partnership" in words:
        return PublisherKind.PARTNERSHIP
    return PublisherKind.BOARD if "board" in words or "lscb" in words else PublisherKind.NOT_KNOWN


def _free_slug(name: str) -> str:
    slug = slugify(name)[:70] or "publisher"
    taken = Publisher.objects.filter(slug__startswith=slug).count()
    return f"{slug}-{taken + 1}" if taken else slug
