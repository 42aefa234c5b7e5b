"""The librarian's desk in a real browser: axe finds nothing, and its outline is sound."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Browser, Page
from tests.browser.people import faults_of
from tests.browser.test_every_page import page_in, show
from tests.integration.archive.deposited import body, paragraphs_of, record
from tests.world import actor, an_appointment

from candour.archive import storage
from candour.archive.deposits import deposit
from candour.archive.models import LearningKind, ReasonClass, RelatedKind, TombstoneKind
from candour.archive.theme_pages import Sentence
from candour.archive.vocabularies import load_vocabularies
from candour.kernel.actor import Actor
from candour.library.services import describe, learning, ledger, look_across, relate
from candour.library.services.withdrawing import Order, ask_to_withdraw
from candour.people.models import User
from candour.people.roles import Role
from candour.people.second_factor import confirm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "archive"])]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def signed_in(somebody: Actor) -> Client:
    user, client = User.objects.get(pk=somebody.id), Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = RequestFactory().get("/")
    request.session, request.user = client.session, user
    confirm(request.session, user)
    record_authentication(request, user, method="password")
    request.session.save()
    return client


def test_every_page_of_the_desk_meets_the_baseline(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "archive_folder", lambda: tmp_path / "archive")
    load_vocabularies()
    by = actor(an_appointment(Role.LIBRARIAN))
    second = actor(an_appointment(Role.LIBRARIAN))
    pages = [*_pages_of_a_full_desk(by)]
    browser, other = signed_in(by), signed_in(second)
    for path in pages:
        found = page_in((other if "withdrawals" in path else browser).get(path))
        assert found, path
        show(page, *found)
        assert faults_of(page) == [], path


def _pages_of_a_full_desk(by: Actor) -> Iterator[str]:
    texts = paragraphs_of("The Board should ask where the infant sleeps, at each visit.", "A fact.")
    parts = {"paragraphs": texts, "html": body(texts), "is_demonstration": False}
    earlier = deposit(record("d-1", year_text="2012", **parts))
    review = deposit(record("d-2", label="Child Y", **parts))
    for each in (earlier, review):
        found = learning.confirm(
            by=by, version=each.versions.get(), chosen=[("p-1", LearningKind.RECOMMENDATION)]
        )
    beside = relate.Beside(RelatedKind.RESPONSE, "The board’s response", "https://x.example/r.pdf")
    document = relate.relate(by=by, review=review, beside=beside)
    told = look_across.Told("2012-03", "criminal", "Paragraph 1.2")
    look_across.set_course(by=by, review=review, told=told)
    look_across.set_total(by=by, year=2015, count=12, source="National panel")
    look_across.publish_theme_page(
        by=by,
        title="Safe sleep",
        signed_by="A. Writer",
        theme="safe-sleep",
        sentences=[Sentence("Nobody asked.", review.pk, 1, "p-1")],
    )
    describe.set_visibility(
        by=by, review=earlier, noindex=False, kept_until=date(2015, 1, 31), gone=None
    )
    earlier.refresh_from_db()
    order = Order(ReasonClass.RETENTION_END, TombstoneKind.FULL, "Deed of 3 May 2014")
    asked = ask_to_withdraw(by=by, review=earlier, order=order)
    ledger.enter_all()
    slug = review.publishers.get().slug
    named: tuple[tuple[str, tuple[object, ...]], ...] = (
        *((name, ()) for name in ("desk", "take_in", "catalogue", "ledger", "reviews", "terms")),
        *((name, ()) for name in ("keeping", "bodies", "add_body", "themes", "write_theme")),
        *((name, (review.pk,)) for name in ("review", "account", "announce", "related")),
        *((name, (review.pk,)) for name in ("publishers", "course", "withdraw", "visibility")),
        *(
            ("totals", ()),
            ("strike_out", (review.pk,)),
            ("successors", (slug,)),
            ("unrelated", (review.pk, document.pk)),
        ),
        *((name, ("safe-sleep",)) for name in ("rewrite_theme", "take_down_theme")),
        *((name, (asked.pk,)) for name in ("withdrawal", "leave")),
        *((name, (found[0].pk,)) for name in ("alike", "status")),
    )
    for name, args in named:
        yield reverse(f"library:{name}", args=args)
