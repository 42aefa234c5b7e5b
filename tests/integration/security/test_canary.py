"""A string planted in every confidential field and file, and where it may and may not turn up."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from docs.addresses import Address, addresses
from tests.integration.security.browsing import Browser, body_of
from tests.integration.security.built_case import BuiltCase, Holder
from tests.integration.security.overwritten import overwrite
from tests.integration.security.planted import Place, planted_in
from tests.integration.security.ways import CASE_PAGES, OTHER_PAGES, archive_parts, ways
from tests.integration.security.who_is_served import OWN_AGENCY, reach_of

from candour.archive.models import ReviewRecord
from candour.platform.config import config
from candour.platform.keys import open_with_service
from candour.platform.models import Job, Mail, Notification
from candour.sites.archive import settings as archive_site

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


@pytest.fixture(scope="module")
def planted(own: BuiltCase, other: BuiltCase) -> dict[str, Place]:
    """Both cases with a string of its own in every field; what was published is left alone."""
    overwrite(own)
    overwrite(other)
    return {**own.planted.places, **other.planted.places}


def pages_of(built: BuiltCase) -> Iterator[str]:
    """Every page of a case that a reader can open, for every record it can name."""
    for address in CASE_PAGES:
        for way in ways(address, built):
            yield way.path


@pytest.mark.parametrize("address", CASE_PAGES, ids=lambda address: address.name)
def test_on_a_page_people_meet_only_what_their_role_reaches(
    address: Address, own: BuiltCase, planted: dict[str, Place], browsers: dict[str, Browser]
) -> None:
    for way in ways(address, own):
        for holder in own.holders:
            if reach_of(holder, way.kind) is None:
                continue
            met = planted_in(body_of(browsers[str(holder)].get(way.path)))
            wrong = {planted[text].where for text in met if not may_meet(holder, planted[text])}
            assert not wrong, f"{holder} at {way.path}"
            assert met <= set(own.planted.places), f"{holder} at {way.path} meets another case"


def may_meet(holder: Holder, place: Place) -> bool:
    """May this person read what is planted there, by the table alone?"""
    for kind in place.kinds:
        reach = reach_of(holder, kind)
        if reach is None:
            continue
        own = holder.agency is not None and holder.agency.pk in (place.of, place.agency)
        if place.agency is not None and not own:
            continue
        if reach not in OWN_AGENCY or own:
            return True
    return False


@pytest.mark.parametrize("address", CASE_PAGES, ids=lambda address: address.name)
def test_nothing_of_a_case_shows_to_people_of_another_case(
    address: Address,
    own: BuiltCase,
    other: BuiltCase,
    planted: dict[str, Place],
    browsers: dict[str, Browser],
) -> None:
    theirs = set(other.planted.places)
    paths = [way.path for way in ways(address, other)]
    paths += [way.path for way in ways(address, other, own.case.reference)]
    for name in ("Business manager", "Lead reviewer", "anonymous"):
        for path in paths:
            assert not planted_in(body_of(browsers[name].get(path))) & theirs, f"{name} at {path}"


def test_nothing_of_a_case_shows_on_pages_of_no_case_to_anybody_else(
    own: BuiltCase, other: BuiltCase, planted: dict[str, Place], browsers: dict[str, Browser]
) -> None:
    paths = [reverse(page.name) for page in OTHER_PAGES if not page.parts]
    for name, browser in browsers.items():
        for path in paths:
            found = planted_in(body_of(browser.get(path)))
            assert not found & set(other.planted.places), f"{name} at {path}"
            if name in ("anonymous", "former member", "Administrator", "Librarian"):
                assert not found, f"{name} at {path}"


def test_nothing_of_any_case_shows_in_the_archive_or_its_feeds(
    own: BuiltCase, planted: dict[str, Place]
) -> None:
    record = ReviewRecord.objects.get()
    parts = archive_parts(record)
    with override_settings(
        SITE=archive_site.SITE,
        ROOT_URLCONF=archive_site.ROOT_URLCONF,
        MIDDLEWARE=archive_site.MIDDLEWARE,
        TEMPLATES=archive_site.TEMPLATES,
    ):
        visitor = Client()
        for page in addresses("archive"):
            path = reverse(page.name, kwargs={part: parts[part] for part, _ in page.parts})
            met = {planted[text].where for text in planted_in(body_of(visitor.get(path)))}
            assert not met, path
        for text in planted:
            assert not planted_in(body_of(visitor.get("/search", {"q": text}))) - {text}


def test_nothing_of_any_case_was_said_in_a_mail_a_job_or_a_message(
    planted: dict[str, Place],
) -> None:
    said = [
        f"{each.subject} {open_with_service(bytes(each.text_sealed))!r}"
        for each in Mail.objects.all()
    ]
    said += [f"{each.subject} {each.body}" for each in mail.outbox]
    said += [f"{job.payload} {job.last_error} {job.unique_key}" for job in Job.objects.all()]
    said += [f"{each.subject_reference} {each.path}" for each in Notification.objects.all()]

    assert not planted_in("\n".join(said))


def test_nothing_of_any_case_stands_in_a_file_name_or_readable_in_a_file(
    planted: dict[str, Place],
) -> None:
    for path in config().data_dir.rglob("*"):
        assert not planted_in(str(path)), path
        if path.is_file() and "sqlite" not in path.name:
            met = {planted[text].where for text in planted_in(path.read_bytes())}
            assert not met, f"{path} is not sealed"


def test_nothing_of_any_case_is_written_to_the_log(
    own: BuiltCase,
    planted: dict[str, Place],
    browsers: dict[str, Browser],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG, logger="candour"):
        for path in pages_of(own):
            browsers["Business manager"].get(path)
            browsers["Business manager"].post(path, {"reason": "zq9999qz", "text": "zq9999qz"})
    out, err = capfd.readouterr()

    assert "request.answered" in out + err, "the log was read"
    assert not planted_in(out + err + caplog.text)


def test_addresses_name_nothing_but_references(
    own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    links = re.compile(r'(?:href|action|src)="([^"]*)"')
    for path in pages_of(own):
        body = browsers["Business manager"].get(path)
        if not body.streaming:
            for link in links.findall(body.content.decode("utf-8", "ignore")):
                assert not planted_in(link), f"{path} leads to {link}"
