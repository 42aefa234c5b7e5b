"""The agreed accounts that one person may read and therefore cite."""

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.contributions.models import Conversation, FamilyContribution
from candour.contributions.selectors import agreed_conversations, agreed_family
from candour.kernel.errors import Hidden

Account = Conversation | FamilyContribution


def account_choices(access: Access) -> list[tuple[str, str]]:
    """Every account that may be cited, by its id; opening the records is an event."""
    return [(str(account.pk), account_name(account)) for account in _accounts(access)]


def account_named(access: Access, account_id: str) -> Account:
    """The account with this id; Hidden if it may not be cited."""
    for account in _accounts(access):
        if str(account.pk) == account_id:
            return account
    raise Hidden


def account_name(account: Account) -> str:
    """How it is cited: by number, or by the family member's pseudonym."""
    if isinstance(account, Conversation):
        return f"Practitioner account {account.number}: {account.role_label}"
    return f"Family contribution: {account.identity.pseudonym}"


def _accounts(access: Access) -> list[Account]:
    found: list[Account] = []
    if access.may_read(Kind.CONVERSATIONS):
        found += agreed_conversations(access)
    if access.may_read(Kind.FAMILY):
        found += agreed_family(access)
    return found
