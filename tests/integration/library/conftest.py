"""A librarian at the desk, and an archive with a folder of its own."""

from pathlib import Path

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory
from tests.world import actor, an_appointment

from candour.archive import storage
from candour.archive.vocabularies import load_vocabularies
from candour.kernel.actor import Actor
from candour.people.models import User
from candour.people.roles import Role
from candour.people.second_factor import confirm


@pytest.fixture(autouse=True)
def archive_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "archive_folder", lambda: tmp_path / "archive")


@pytest.fixture
def librarian() -> Actor:
    """Somebody appointed to keep the archive; the thesaurus is there, as after set-up."""
    load_vocabularies()
    return actor(an_appointment(Role.LIBRARIAN))


@pytest.fixture
def browser(librarian: Actor) -> Client:
    """The librarian's browser, signed in with password and second factor a moment ago."""
    user, client = User.objects.get(pk=librarian.id), Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = RequestFactory().get("/")
    request.session, request.user = client.session, user
    confirm(request.session, user)
    record_authentication(request, user, method="password")
    request.session.save()
    return client
