"""Words shown to the public in a report's place go through the register like all that is public."""

import pytest
from tests import world

from candour.archive.models import ReasonClass, TombstoneKind
from candour.cases.access import Access
from candour.kernel.errors import Invalid
from candour.publication.models import Publication
from candour.publication.services.withdraw import Withdrawal, withdraw

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


def wish(words: str, tombstone: TombstoneKind = TombstoneKind.FULL) -> Withdrawal:
    return Withdrawal(
        reason_class=ReasonClass.COURT_ORDER,
        tombstone=tombstone,
        reason="An order of the High Court about Sam Fictional",
        public_text=words,
    )


@pytest.mark.parametrize("words", ["The family of Sam Fictional asked for it.", "sam  FICTIONAL"])
def test_a_withdrawal_whose_public_words_hold_a_name_of_the_register_is_refused(
    manager: Access, words: str
) -> None:
    publication, partner = world.a_published_report(manager)

    with pytest.raises(Invalid, match="register") as refused:
        withdraw(access=partner, publication=publication, withdrawal=wish(words))
    publication.refresh_from_db()
    assert refused.value.field == "public_text"
    assert "Sam" not in refused.value.reason
    assert publication.state == Publication.State.PUBLISHED


def test_a_name_in_the_reason_for_the_record_hinders_no_withdrawal(manager: Access) -> None:
    publication, partner = world.a_published_report(manager)

    words = "An order of the court asks for it."
    asked = withdraw(access=partner, publication=publication, withdrawal=wish(words))
    assert asked.state == Publication.State.WITHDRAWING
