"""What can be done about people: invited, appointed, deactivated, let in again."""

from candour.people.services.accounts import deactivate, end_sessions, reactivate
from candour.people.services.appoint import appoint, end_appointment
from candour.people.services.invite import (
    Invited,
    first_administrator_link,
    invite,
    link_address,
    new_password_link,
    renew_invitation,
)
from candour.people.services.links import (
    MadeLink,
    find_link,
    link_actor,
    make_link,
    open_link,
    revoke_links,
    use_link,
)
from candour.people.services.restore import ask_restoration, confirm_restoration

__all__ = [
    "Invited",
    "MadeLink",
    "appoint",
    "ask_restoration",
    "confirm_restoration",
    "deactivate",
    "end_appointment",
    "end_sessions",
    "find_link",
    "first_administrator_link",
    "invite",
    "link_actor",
    "link_address",
    "make_link",
    "new_password_link",
    "open_link",
    "reactivate",
    "renew_invitation",
    "revoke_links",
    "use_link",
]
