"""An agency's file as it was sent holds what the agency kept out of the review: its alone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.permissions import Kind
from candour.cases.services import grant
from candour.contributions.models import Submission
from candour.contributions.sender import sender_for
from candour.contributions.services.receiving import receive_submission
from candour.documents.models import Document
from candour.documents.selectors import documents_visible
from candour.documents.services import open_document
from candour.kernel import clock
from candour.kernel.errors import Hidden
from candour.people.models import User
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

ROWS = b"Date,Event\n3 March 2014,Seen at home\n"


@pytest.fixture
def manager() -> Access:
    return world.an_incident()


@pytest.fixture
def returned(manager: Access) -> Submission:
    request = world.an_asked_agency(manager)
    return world.a_signed_return(world.a_signer(manager, request), request, ROWS)


def download(access: Access, document: Document) -> int:
    address = reverse("documents:download", args=[access.case.reference, document.pk])
    return int(world.a_browser(access).get(address).status_code)


@pytest.mark.parametrize(
    "role", [Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.CHAIR, Role.REVIEW_PANEL]
)
def test_an_agency_s_file_is_never_opened_by_those_who_read_its_entries(
    manager: Access, returned: Submission, role: Role
) -> None:
    reader = world.a_member(manager, role)
    assert reader.may_read(Kind.AGENCY_RETURN)

    assert download(reader, returned.document) == 404
    assert not documents_visible(reader).exists()
    with pytest.raises(Hidden):
        open_document(reader, returned.document, "download")


def test_a_grant_over_returns_does_not_open_the_files(
    manager: Access, returned: Submission
) -> None:
    liaison = world.a_member(manager, Role.POLICE_LIAISON)
    grant(
        access=manager,
        membership=Membership.objects.get(user_id=liaison.actor.id),
        kind=Kind.AGENCY_RETURN,
        legal_basis="Order of 3 March",
        onward_use="",
        ends_at=clock.now() + timedelta(days=3),
    )
    held = world.access_for(User.objects.get(pk=liaison.actor.id), manager.case)

    assert download(held, returned.document) == 404


def test_an_agency_s_own_people_open_what_it_sent(manager: Access, returned: Submission) -> None:
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=returned.request.agency)

    assert download(author, returned.document) == 200
    assert open_document(author, returned.document, "download") == ROWS


def test_whoever_filed_a_return_from_e_mail_can_open_that_file(manager: Access) -> None:
    request = world.an_asked_agency(manager)
    filed = receive_submission(
        sender=sender_for(manager, request),
        upload=SimpleUploadedFile("return.csv", ROWS),
        came_from="The agency, by e-mail",
    )

    assert download(manager, filed.document) == 200
    assert download(world.a_member(manager, Role.LEAD_REVIEWER), filed.document) == 404


def test_the_page_of_an_entry_offers_the_file_to_its_agency_alone(
    manager: Access, returned: Submission
) -> None:
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=returned.request.agency)
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    entry = returned.entries.get()
    page = reverse("chronology:entry", args=[manager.case.reference, entry.pk])
    file = reverse("documents:download", args=[manager.case.reference, returned.document.pk])

    assert file in world.a_browser(author).get(page).content.decode()
    assert file not in world.a_browser(reviewer).get(page).content.decode()
