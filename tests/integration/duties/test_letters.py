"""Letters are written from templates that run nothing, sent by people, filed with their answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordFile
from tests import world

from candour.audit.models import Event
from candour.cases.access import Access
from candour.duties.letter_pages import letter_of, letters_of
from candour.duties.letter_words import SHIPPED, check_template, merged
from candour.duties.letters import (
    To,
    begin_letter,
    file_letter,
    record_letter_sent,
    save_template,
    write_letter,
)
from candour.duties.models import Letter, LetterKind
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.oversight.letter_facts import facts_of, letter_file
from candour.people.roles import Role

EML = (
    b"From: The panel <panel@example.gov.uk>\r\nDate: Tue, 7 May 2024 09:00:00 +0100\r\n"
    b"Subject: Your letter\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>We agree.</p><script>alert(1)</script>"
)


@pytest.fixture(autouse=True)
def day(db: None) -> Iterator[None]:
    with time_machine.travel(datetime(2024, 5, 7, 10, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def manager() -> Access:
    return world.an_incident(name="Sam Fictional")


@pytest.fixture
def mother(manager: Access) -> Identity:
    return enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.MOTHER,
        pseudonym="Mother",
        real=RealIdentity(forms=("Jo Fictional",)),
    )


def a_letter(manager: Access, to: To | None = None) -> Letter:
    whom = to or To(LetterKind.CHIEF_EXECUTIVE, "The chief executive", world.an_agency())
    return begin_letter(access=manager, to=whom, facts=facts_of(manager, whom, "14 May 2024"))


def sent(manager: Access, letter: Letter, **more: object) -> Letter:
    return record_letter_sent(
        access=manager,
        letter=letter,
        sent_on=clock.today(),
        sent_how="By secure e-mail",
        **more,  # type: ignore[arg-type]
    )


# Templates


@pytest.mark.parametrize(
    "text",
    ["{unknown}", "{case.__class__}", "{{ 7 * 7 }}", "{% include 'x' %}", "{0}", "{child!r}", "{"],
)
def test_a_template_holds_no_field_but_the_listed_ones(text: str) -> None:
    with pytest.raises(Invalid):
        check_template(text)


def test_what_a_fact_holds_is_never_read_as_a_field() -> None:
    assert merged("Dear {addressee}", {"addressee": "{child} {x}"}) == "Dear {child} {x}"


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_shipped_template_passes_its_own_check(kind: LetterKind) -> None:
    for text in SHIPPED[kind]:
        check_template(text)


def test_saving_words_makes_the_next_version_and_is_the_managers(manager: Access) -> None:
    home = manager.case.lead_partnership
    for number in (1, 2):
        saved = save_template(
            by=manager.actor,
            partnership=home,
            kind=LetterKind.OFSTED,
            subject="{case_reference}",
            body=f"Version {number}",
        )
        assert saved.number == number
    other = world.a_member(manager, Role.CHAIR)
    with pytest.raises(NotPermitted):
        save_template(by=other.actor, partnership=home, kind=LetterKind.DFE, subject="x", body="y")

    letter = a_letter(manager, To(LetterKind.OFSTED, "Ofsted"))
    assert (letter.body, letter.template_number) == ("Version 2", 2)


# Out


def test_a_fact_that_is_not_known_is_marked_and_the_letter_cannot_go(manager: Access) -> None:
    letter = a_letter(manager, To(LetterKind.OFSTED, "Ofsted"))
    assert "[not known: the day of that decision]" in letter.body
    with pytest.raises(Invalid, match="letter_incomplete"):
        sent(manager, letter)

    letter = write_letter(
        access=manager, letter=letter, seen_version=1, subject="Notice", body="A review is held."
    )
    assert sent(manager, letter).sent_on == clock.today()


def test_no_letter_goes_to_a_family_by_itself_or_without_somebody_who_asked(
    manager: Access, mother: Identity
) -> None:
    letter = a_letter(manager, To(LetterKind.FAMILY, identity=mother))
    body = letter.body.replace("[not known: job title of who signs]", "")
    letter = write_letter(
        access=manager, letter=letter, seen_version=1, subject=letter.subject, body=body
    )

    assert not Letter.objects.filter(sent_on__isnull=False).exists()
    with pytest.raises(Invalid, match="safe_contact_unknown"):
        sent(manager, letter)
    assert sent(manager, letter, safe_to_write=True).sent_on


def test_a_family_letter_keeps_the_pseudonym_and_has_the_name_only_when_taken_away(
    manager: Access, mother: Identity
) -> None:
    letter = a_letter(manager, To(LetterKind.FAMILY, identity=mother))
    assert "Fictional" not in letter.body
    before = Event.objects.filter(name="identities.read").count()

    file = letter_file(manager, letter, "docx")

    words = "\n".join(each.text for each in WordFile(_stream(file.content)).paragraphs)
    assert "Dear Jo Fictional" in words
    assert "Fictional" not in file.name
    assert Event.objects.filter(name="identities.read").count() == before + 1


def _stream(content: bytes) -> object:
    from io import BytesIO

    return BytesIO(content)


def test_letters_of_the_family_are_for_those_who_read_the_familys_record(
    manager: Access, mother: Identity
) -> None:
    letter = a_letter(manager, To(LetterKind.FAMILY, identity=mother))
    legal, chair = world.a_member(manager, Role.LEGAL_ADVISER), world.a_member(manager, Role.CHAIR)

    assert letter in letters_of(chair)
    assert letter in letters_of(legal)
    with pytest.raises(NotPermitted):
        letters_of(world.a_member(manager, Role.NOTIFIER))
    with pytest.raises(NotPermitted):
        write_letter(access=chair, letter=letter, seen_version=1, subject="x", body="y")


def test_two_people_who_write_one_draft_lose_nothing(manager: Access) -> None:
    letter = a_letter(manager)
    write_letter(access=manager, letter=letter, seen_version=1, subject="One", body="First")

    with pytest.raises(EditedElsewhere):
        write_letter(access=manager, letter=letter, seen_version=1, subject="Two", body="Second")


def test_a_letter_that_went_is_never_changed(manager: Access) -> None:
    letter = a_letter(manager)
    letter = write_letter(access=manager, letter=letter, seen_version=1, subject="S", body="Words")
    sent(manager, letter)
    letter.refresh_from_db()

    with pytest.raises(WrongState):
        write_letter(
            access=manager, letter=letter, seen_version=letter.version, subject="x", body="y"
        )


# In


def test_an_answer_is_filed_with_the_letter_it_answers(manager: Access) -> None:
    letter = write_letter(
        access=manager, letter=a_letter(manager), seen_version=1, subject="S", body="Words"
    )
    sent(manager, letter, reply_due_on=clock.today() + timedelta(days=5))
    answer = file_letter(
        access=manager,
        kind=LetterKind.CHIEF_EXECUTIVE,
        correspondent="The chief executive",
        received_on=clock.today(),
        subject="Re: S",
        text="Secured.",
        answers=letter,
    )

    assert list(letter.answered_by.all()) == [answer]


def test_an_email_is_filed_as_an_answer_with_its_words_and_its_file(manager: Access) -> None:
    path = reverse("duties:letter_file_in", args=[manager.case.reference])
    upload = SimpleUploadedFile("answer.eml", EML, "message/rfc822")
    answer = world.a_browser(manager).post(
        path,
        {
            "submission": str(uuid4()),
            "kind": "panel",
            "received_on-day": 7,
            "received_on-month": 5,
            "received_on-year": 2024,
            "file": upload,
        },
    )

    assert answer.status_code == 302, answer.content.decode()[-3000:]
    filed = Letter.objects.get()
    assert (filed.correspondent, filed.subject) == (
        "The panel <panel@example.gov.uk>",
        "Your letter",
    )
    assert filed.body == "We agree."
    assert filed.document is not None


def test_what_is_no_email_is_refused_and_the_form_is_kept(manager: Access) -> None:
    path = reverse("duties:letter_file_in", args=[manager.case.reference])
    upload = SimpleUploadedFile("answer.eml", b"\x00\x01\x02", "message/rfc822")
    answer = world.a_browser(manager).post(
        path,
        {
            "submission": str(uuid4()),
            "kind": "panel",
            "correspondent": "The panel",
            "received_on-day": 7,
            "received_on-month": 5,
            "received_on-year": 2024,
            "file": upload,
        },
    )

    assert answer.status_code == 422
    assert "not an e-mail that can be read" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_letter_of_another_case_is_not_there(manager: Access) -> None:
    elsewhere = world.an_incident()

    with pytest.raises(Hidden):
        letter_of(elsewhere, a_letter(manager).pk)


def test_the_pages_of_letters_do_what_they_say(manager: Access, mother: Identity) -> None:
    browser, case = world.a_browser(manager), manager.case.reference
    begin = reverse("oversight:letter_begin", args=[case])
    assert browser.get(begin).status_code == 200
    typed = {"submission": str(uuid4()), "kind": "family", "identity": str(mother.pk)}
    assert browser.post(begin, typed).status_code == 302
    letter = Letter.objects.get()
    for page, given in (
        ("letter_edit", {"version": "1", "subject": "About", "body": "Dear Mother\n\nI am sorry."}),
        (
            "letter_sent",
            {
                "sent_on-day": 7,
                "sent_on-month": 5,
                "sent_on-year": 2024,
                "sent_how": "By hand",
                "safe_to_write": "on",
            },
        ),
    ):
        path = reverse(f"duties:{page}", args=[case, letter.pk])
        assert browser.get(path).status_code == 200
        answer = browser.post(path, {"submission": str(uuid4()), **given})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert browser.get(reverse("duties:letters", args=[case])).status_code == 200
    shown = browser.get(reverse("duties:letter", args=[case, letter.pk])).content.decode()
    assert "Sent 7 May 2024" in shown
    assert browser.get(reverse("duties:templates")).status_code == 200
    words = reverse("duties:template", args=[manager.case.lead_partnership_id, "dfe"])
    given = {"submission": str(uuid4()), "subject": "{case_reference}", "body": "{nonsense}"}
    assert "is not a field" in browser.post(words, given).content.decode()
