"""What an agency sends is kept as it is; what it may not have meant to send it alone decides on."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world
from tests.integration.contributions.agency_files import (
    PLAIN,
    UNCLEAR,
    workbook_with_hidden_date,
    workbook_with_hidden_parts,
)

from candour.audit.models import Event
from candour.cases.access import Access
from candour.contributions import selectors
from candour.contributions.models import (
    AgencyRequest,
    Entry,
    EntryQuery,
    HeldBack,
    Submission,
)
from candour.contributions.sender import Sender, sender_for
from candour.contributions.services import asking, checking, receiving, signing_off
from candour.documents import services as documents
from candour.identities.models import NameProposal
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.platform import worker
from candour.platform.child import ReadingFailed
from candour.platform.models import Job
from candour.platform.scanner import ScannerDown, ScanResult, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def asked(manager: Access) -> AgencyRequest:
    return world.an_asked_agency(manager)


@pytest.fixture
def signer(manager: Access, asked: AgencyRequest) -> Access:
    return world.a_signer(manager, asked)


@pytest.fixture
def sender(signer: Access, asked: AgencyRequest) -> Sender:
    return sender_for(signer, asked)


def sent(sender: Sender, content: bytes, name: str = "chronology.csv", **more: str) -> Submission:
    upload = SimpleUploadedFile(name, content)
    return receiving.receive_submission(sender=sender, upload=upload, **more)


def settled(sender: Sender, submission: Submission) -> Submission:
    """Headings as guessed, everything released, queries left."""
    read = checking.confirm_headings(sender=sender, submission=submission, roles=submission.roles)
    checking.release(sender=sender, held=read.held_back.all(), reason="Ours")
    for query in signing_off.open_queries(read):
        checking.leave_query(sender=sender, query=query, reason="No better known")
    return read


def signed(sender: Sender, content: bytes, name: str = "chronology.csv") -> Submission:
    return signing_off.sign_off(
        sender=sender, submission=settled(sender, sent(sender, content, name)), signed_off_as="Head"
    )


# Asking


def test_only_an_agency_in_scope_is_asked(manager: Access) -> None:
    world.a_review(manager)
    with pytest.raises(WrongState, match="agency_not_in_scope"):
        asking.ask_agency(
            access=manager,
            agency=world.an_agency(name="Not In Scope"),
            asked_for="All",
            due_on=clock.today(),
        )


def test_asking_twice_is_asking_once(manager: Access, asked: AgencyRequest) -> None:
    again = asking.ask_agency(
        access=manager, agency=asked.agency, asked_for="More", due_on=clock.today()
    )
    assert again == asked
    assert Event.objects.filter(name="contributions.asked").count() == 1


def test_a_due_day_has_not_passed(manager: Access, asked: AgencyRequest) -> None:
    with pytest.raises(Invalid, match="day_past"):
        asking.ask_agency(
            access=manager,
            agency=asked.agency,
            asked_for="All",
            due_on=clock.today() - timedelta(days=1),
        )


def test_an_agency_that_answered_is_not_chased(
    manager: Access, asked: AgencyRequest, sender: Sender
) -> None:
    asking.chase(access=manager, request=asked)
    signed(sender, PLAIN)
    with pytest.raises(WrongState, match="already_answered"):
        asking.chase(access=manager, request=asked)


def test_only_the_signing_off_manager_declares_that_nothing_is_held(
    manager: Access, asked: AgencyRequest, sender: Sender
) -> None:
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=asked.agency)
    with pytest.raises(NotPermitted):
        asking.declare_nothing_held(sender=sender_for(author, asked), declaration="Nothing")
    with pytest.raises(Invalid):
        asking.declare_nothing_held(sender=sender, declaration=" ")
    done = asking.declare_nothing_held(sender=sender, declaration="Searched all; nothing is held")
    assert done.state == AgencyRequest.State.NOTHING_HELD


def test_nothing_held_is_not_declared_over_a_signed_return(sender: Sender) -> None:
    signed(sender, PLAIN)
    with pytest.raises(WrongState, match="already_answered"):
        asking.declare_nothing_held(sender=sender, declaration="Nothing")


# Receiving


def test_rows_are_kept_as_written_with_their_days_beside(sender: Sender) -> None:
    first, second = sent(sender, PLAIN).entries.all()
    assert first.text["Event"] == "Home visit by the health visitor"
    assert (first.date_raw, str(first.earliest)) == ("12/3/2013", "2013-03-12")
    assert second.source_of_information == "Log"
    assert not first.in_force


def test_headings_are_settled_once_for_an_agency(sender: Sender) -> None:
    first = sent(sender, PLAIN)
    assert first.state == Submission.State.HEADINGS
    checking.confirm_headings(sender=sender, submission=first, roles=first.roles)
    assert sent(sender, PLAIN + b"1/4/2013,Call,Log\n").state == Submission.State.TO_CHECK


def test_other_meanings_than_guessed_read_the_file_again(sender: Sender) -> None:
    table = b"Seen on,Typed on,Event\n1/2/2013,9/9/2014,Visit\n3/2/2013,9/9/2014,Call\n"
    held = sent(sender, table)
    roles = {"Seen on": "recorded_on", "Typed on": "date", "Event": "event"}
    read = checking.confirm_headings(sender=sender, submission=held, roles=roles)
    assert read.state == Submission.State.TO_CHECK
    assert {str(entry.earliest) for entry in read.entries.all()} == {"2014-09-09"}


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ({"Date": "date", "Event": "date", "Source": "source"}, "two_date_columns"),
        ({"Date": "date", "Event": "other", "Source": "source"}, "roles_missing"),
        ({"Date": "date", "Event": "event"}, "role_unknown"),
        ({"Date": "date", "Event": "event", "Source": "gossip"}, "role_unknown"),
    ],
)
def test_every_heading_has_a_meaning_and_each_table_one_date(
    sender: Sender, roles: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        checking.confirm_headings(sender=sender, submission=sent(sender, PLAIN), roles=roles)


def test_the_same_file_sent_twice_is_one(sender: Sender) -> None:
    assert sent(sender, PLAIN) == sent(sender, PLAIN)
    assert Submission.objects.count() == 1


def test_a_file_that_cannot_be_read_is_kept_and_says_why(sender: Sender) -> None:
    held = sent(sender, b"\x00\x01 not a table", "chronology.docx")
    assert held.state == Submission.State.UNREADABLE
    assert held.problems[0]["message"]
    assert documents.contents_for_reading(held.document) == b"\x00\x01 not a table"


def test_headings_of_an_unread_file_cannot_be_settled(sender: Sender) -> None:
    held = sent(sender, b"\x00\x01 not a table", "chronology.docx")
    with pytest.raises(WrongState, match="not_read"):
        checking.confirm_headings(sender=sender, submission=held, roles={})
    held.refresh_from_db()
    assert held.state == Submission.State.UNREADABLE


def test_a_file_that_waits_for_the_scanner_is_read_by_the_worker(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        def scan(self, chunks: object) -> ScanResult:
            raise ScannerDown("ConnectionRefusedError")

    class Up:
        def scan(self, chunks: object) -> ScanResult:
            return ScanResult(Verdict.CLEAN, "")

    monkeypatch.setattr(documents, "scanner", Down)
    held = sent(sender, PLAIN)
    assert held.state == Submission.State.READING

    Job.objects.update(run_after=clock.now())
    worker.run_due()
    held.refresh_from_db()
    assert held.state == Submission.State.READING

    monkeypatch.setattr(documents, "scanner", Up)
    for _ in range(2):
        Job.objects.update(run_after=clock.now())
        worker.run_due()
    held.refresh_from_db()
    assert held.state == Submission.State.HEADINGS
    assert Job.objects.filter(done_at__isnull=True).count() == 0


def test_the_worker_leaves_a_file_alone_that_was_read(sender: Sender) -> None:
    held = settled(sender, sent(sender, PLAIN))
    Job.objects.update(run_after=clock.now())
    worker.run_due()
    before = held.version
    held.refresh_from_db()
    assert held.version == before


def test_a_reading_that_fails_for_want_of_time_is_tried_again_with_the_same_file(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object, **__: object) -> object:
        raise ReadingFailed("too_slow", "Reading took too long.", "Split it.")

    with monkeypatch.context() as patched:
        patched.setattr(receiving.child, "run", too_slow)
        assert sent(sender, PLAIN).state == Submission.State.UNREADABLE
    assert sent(sender, PLAIN).state == Submission.State.HEADINGS
    assert Submission.objects.count() == 1


# Held back


@pytest.fixture
def hiding(sender: Sender) -> Submission:
    held = sent(sender, workbook_with_hidden_parts(), "chronology.xlsx")
    return checking.confirm_headings(sender=sender, submission=held, roles=held.roles)


def part(submission: Submission, kind: HeldBack.Kind) -> HeldBack:
    return submission.held_back.get(kind=kind)


def test_hidden_parts_comments_and_properties_wait_for_the_agency(hiding: Submission) -> None:
    found = {held.kind: held.text for held in hiding.held_back.all()}
    assert found[HeldBack.Kind.HIDDEN_COLUMN] == "column-canary"
    assert "row-canary" in found[HeldBack.Kind.HIDDEN_ROW]
    assert found[HeldBack.Kind.COMMENT] == "Pat Commenter: comment-canary"
    assert "Hidden Author" in {held.text for held in hiding.held_back.all()}
    shown = "".join(str([e.text, e.what, e.notes]) for e in hiding.entries.filter(hidden=False))
    assert "canary" not in shown


@pytest.mark.parametrize("role", [Role.LEAD_REVIEWER, Role.CHAIR, Role.REVIEW_PANEL])
def test_nobody_else_sees_what_is_held_back(
    manager: Access, asked: AgencyRequest, hiding: Submission, role: Role
) -> None:
    with pytest.raises(Hidden):
        sender_for(world.a_member(manager, role), asked)


def test_the_business_unit_does_not_see_it_while_the_agency_has_people(
    manager: Access, asked: AgencyRequest, hiding: Submission
) -> None:
    unit = sender_for(manager, asked)
    with pytest.raises(NotPermitted, match="agency_alone"):
        selectors.held_back(unit, hiding)
    with pytest.raises(NotPermitted, match="agency_alone"):
        checking.release(sender=unit, held=hiding.held_back.all(), reason="Ours")
    with pytest.raises(Hidden):
        selectors.submission_of(unit, str(hiding.pk))


def test_the_business_unit_never_sees_what_the_agency_itself_sent(
    manager: Access, asked: AgencyRequest, hiding: Submission, signer: Access
) -> None:
    from candour.cases.models import Membership
    from candour.cases.services import end_membership

    own = Membership.objects.get(user_id=signer.actor.id)
    end_membership(access=manager, membership=own, reason="Left")
    with pytest.raises(NotPermitted, match="agency_alone"):
        selectors.held_back(sender_for(manager, asked), hiding)


def test_the_business_unit_acts_for_an_agency_that_has_nobody(
    manager: Access, asked: AgencyRequest
) -> None:
    unit = sender_for(manager, asked)
    held = sent(unit, workbook_with_hidden_parts(), "c.xlsx", came_from="The head, by e-mail")
    done = signing_off.sign_off(
        sender=unit, submission=settled(unit, held), signed_off_as="Head of service"
    )
    assert (done.how, done.signed_off_as) == (Submission.How.EMAIL, "Head of service")
    event = Event.objects.get(name="contributions.held_back_released")
    assert event.payload["how"] == "email"


def test_a_manager_of_one_agency_does_not_sign_for_another(
    manager: Access, asked: AgencyRequest, sender: Sender
) -> None:
    other = world.an_asked_agency(manager, "Another Trust")
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=asked.agency)
    person = world.User.objects.get(pk=author.actor.id)
    both = world.a_member(manager, Role.SIGNING_OFF_MANAGER, user=person, agency=other.agency)
    held = settled(sender, sent(sender, PLAIN))
    with pytest.raises(NotPermitted, match="signer_needed"):
        signing_off.sign_off(sender=sender_for(both, asked), submission=held)


def test_an_agency_does_not_see_another_ones_request(manager: Access, asked: AgencyRequest) -> None:
    other = world.an_asked_agency(manager, "Another Trust")
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=other.agency)
    assert list(selectors.requests_of(author)) == [other]
    with pytest.raises(Hidden):
        sender_for(author, asked)


def test_what_is_released_joins_its_row(sender: Sender, hiding: Submission) -> None:
    checking.release(sender=sender, held=hiding.held_back.all(), reason="Ours")
    entry = hiding.entries.get(row_index=2)
    assert entry.text["Staff notes"] == "column-canary"
    commented = hiding.entries.get(row_index=4)
    assert commented.notes["comment"][0]["text"] == "Pat Commenter: comment-canary"


def test_a_decision_can_be_changed_until_sign_off(sender: Sender, hiding: Submission) -> None:
    column = part(hiding, HeldBack.Kind.HIDDEN_COLUMN)
    comment = part(hiding, HeldBack.Kind.COMMENT)
    checking.release(sender=sender, held=[column, comment], reason="Ours")
    checking.remove(sender=sender, held=[column, comment], reason="A slip")
    assert "canary" not in str([[e.text, e.notes] for e in hiding.entries.filter(hidden=False)])
    column.refresh_from_db()
    assert (column.state, column.reason) == (HeldBack.State.REMOVED, "A slip")


def test_each_decision_needs_a_reason(sender: Sender, hiding: Submission) -> None:
    with pytest.raises(Invalid, match="reasons_missing"):
        checking.remove(sender=sender, held=hiding.held_back.all(), reason=" ")
    assert set(hiding.held_back.values_list("state", flat=True)) == {HeldBack.State.PENDING}


def test_a_row_kept_out_never_comes_into_force(sender: Sender, hiding: Submission) -> None:
    row = part(hiding, HeldBack.Kind.HIDDEN_ROW)
    checking.remove(sender=sender, held=[row], reason="Another child")
    rest = hiding.held_back.exclude(pk=row.pk)
    checking.release(sender=sender, held=rest, reason="Ours")
    signing_off.sign_off(sender=sender, submission=hiding)
    assert not Entry.objects.filter(in_force=True, what__contains="row-canary").exists()
    assert Entry.objects.filter(in_force=True).count() == 2


def test_a_hidden_date_column_dates_nothing_until_it_is_released(sender: Sender) -> None:
    held = sent(sender, workbook_with_hidden_date(), "c.xlsx")
    entry = held.entries.first()
    assert entry is not None
    assert (entry.date_raw, entry.earliest) == ("", None)
    checking.release(sender=sender, held=held.held_back.all(), reason="Ours")
    entry.refresh_from_db()
    assert str(entry.earliest) == "2013-03-12"


# Queries


@pytest.fixture
def query(sender: Sender) -> EntryQuery:
    held = sent(sender, UNCLEAR)
    read = checking.confirm_headings(sender=sender, submission=held, roles=held.roles)
    return EntryQuery.objects.get(entry__submission=read)


def test_an_answer_stands_beside_the_untouched_original(sender: Sender, query: EntryQuery) -> None:
    done = checking.answer_query(
        sender=sender, query=query, answer="", date_text="between 3 and 9 March 2013"
    )
    assert (str(done.earliest), str(done.latest)) == ("2013-03-03", "2013-03-09")
    entry = Entry.objects.get(pk=query.entry_id)
    assert (entry.date_raw, entry.earliest) == ("not sure when", None)


def test_a_date_that_cannot_be_read_is_refused_and_nothing_is_saved(
    sender: Sender, query: EntryQuery
) -> None:
    with pytest.raises(Invalid, match="date_not_read"):
        checking.answer_query(sender=sender, query=query, answer="", date_text="31/2/2013")
    query.refresh_from_db()
    assert query.state == EntryQuery.State.OPEN


def test_two_colleagues_do_not_overwrite_each_others_answers(
    sender: Sender, query: EntryQuery
) -> None:
    checking.answer_query(sender=sender, query=query, answer="First", seen_version=1)
    with pytest.raises(EditedElsewhere):
        checking.answer_query(sender=sender, query=query, answer="Second", seen_version=1)
    query.refresh_from_db()
    assert query.answer == "First"


def test_an_answered_date_places_the_entry(
    manager: Access, sender: Sender, query: EntryQuery
) -> None:
    checking.answer_query(sender=sender, query=query, answer="", date_text="1 February 2013")
    submission = query.entry.submission
    checking.release(sender=sender, held=submission.held_back.all(), reason="Ours")
    signing_off.sign_off(sender=sender, submission=submission)
    first = selectors.entries_in_force(manager)[0]
    assert first.date_raw == "not sure when"
    assert str(first.placed_from) == "2013-02-01"


def test_a_later_file_keeps_answers_and_decisions_where_the_words_are_the_same(
    sender: Sender, query: EntryQuery
) -> None:
    checking.answer_query(sender=sender, query=query, answer="", date_text="1 February 2013")
    name = query.entry.submission.held_back.get(kind=HeldBack.Kind.PROPERTY)
    checking.remove(sender=sender, held=[name], reason="Only a name")

    later = sent(sender, UNCLEAR + b"1/5/2013,Clinic\n")
    kept = EntryQuery.objects.get(entry__submission=later)
    assert (kept.state, str(kept.earliest)) == (EntryQuery.State.ANSWERED, "2013-02-01")
    assert later.held_back.get(kind=HeldBack.Kind.PROPERTY).state == HeldBack.State.REMOVED
    assert query.entry.submission.__class__.objects.get(number=1).state == Submission.State.REPLACED


def test_a_row_that_says_something_else_is_asked_about_again(
    sender: Sender, query: EntryQuery
) -> None:
    checking.answer_query(sender=sender, query=query, answer="", date_text="1 February 2013")
    later = sent(sender, UNCLEAR.replace(b"grandmother", b"aunt"))
    assert EntryQuery.objects.get(entry__submission=later).state == EntryQuery.State.OPEN


# Signing off


def test_nothing_is_signed_off_that_waits(sender: Sender) -> None:
    held = sent(sender, UNCLEAR)
    with pytest.raises(WrongState, match="confirm what the headings mean"):
        signing_off.sign_off(sender=sender, submission=held)
    assert not Entry.objects.filter(in_force=True).exists()


def test_sign_off_brings_entries_into_force_and_proposes_names(sender: Sender) -> None:
    signed(sender, b"Date,Event\n1/2/2013,Mrs Zebedee Quillfeather rang\n2/2/2013,Visit\n")
    assert Entry.objects.filter(in_force=True).count() == 2
    assert NameProposal.objects.exists()


def test_a_signed_file_is_frozen(sender: Sender) -> None:
    done = signed(sender, PLAIN)
    for act in (
        lambda: checking.release(sender=sender, held=done.held_back.all(), reason="x"),
        lambda: checking.confirm_headings(sender=sender, submission=done, roles=done.roles),
        lambda: receiving.read_submission(done),
    ):
        with pytest.raises(WrongState, match="signed_off"):
            act()


def test_a_new_file_replaces_only_when_it_is_signed_off(sender: Sender) -> None:
    first = signed(sender, PLAIN)
    second = settled(sender, sent(sender, PLAIN + b"1/5/2013,Clinic,Log\n"))
    first.refresh_from_db()
    assert first.state == Submission.State.SIGNED_OFF
    assert Entry.objects.filter(in_force=True).count() == 2

    signing_off.sign_off(sender=sender, submission=second)
    first.refresh_from_db()
    assert first.state == Submission.State.REPLACED
    assert {e.submission_id for e in Entry.objects.filter(in_force=True)} == {second.pk}
    assert first.entries.count() == 2


def test_entries_stand_in_order_of_time_then_agency(manager: Access) -> None:
    for name, day in (("Zeta", b"2/2/2013"), ("Alpha", b"2/2/2013"), ("Mid", b"1/2/2013")):
        request = world.an_asked_agency(manager, name)
        content = b"Date,Event\n" + day + b",Visit\nnot known,Call\n" + day + b",Again\n"
        world.a_signed_return(world.a_signer(manager, request), request, content)
    placed = [(e.agency.name, e.what) for e in selectors.entries_in_force(manager)]
    assert placed[0] == ("Mid", "Visit")
    assert placed[2:4] == [("Alpha", "Visit"), ("Alpha", "Again")]
    assert [what for _, what in placed[-3:]] == ["Call"] * 3


def test_an_agency_sees_its_own_rows_of_the_chronology(
    manager: Access, signer: Access, sender: Sender
) -> None:
    signed(sender, PLAIN)
    other = world.an_asked_agency(manager, "Another Trust")
    theirs = world.a_signer(manager, other)
    world.a_signed_return(theirs, other, PLAIN)
    assert {e.agency_id for e in selectors.entries_in_force(signer)} == {sender.request.agency_id}
    entry = selectors.entries_in_force(signer)[0]
    with pytest.raises(Hidden):
        selectors.entry_of(theirs, str(entry.pk))
