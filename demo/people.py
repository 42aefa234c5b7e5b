"""The cast: people in every role, invited and enrolled through the real services."""

import secrets
from dataclasses import dataclass
from datetime import date

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from candour.kernel.actor import SYSTEM, Actor
from candour.people.models import Agency, Partnership, User
from candour.people.roles import AgencyKind, LinkPurpose, PartnerBody, Region, Role
from candour.people.services.accounts import enrolled, set_password
from candour.people.services.appoint import appoint
from candour.people.services.invite import first_administrator_link, invite
from candour.people.services.links import find_link
from candour.platform.acting import acting
from demo.sign_in import Person


@dataclass(frozen=True)
class Part:
    """A part in the cast: who, with which standing role, for whom."""

    key: str
    name: str
    does: str
    role: Role | None = None
    body: PartnerBody | None = None


PARTS = (
    Part("manager", "Ruth Calloway", "Business manager: runs every review", Role.BUSINESS_MANAGER),
    Part("chair", "Helen Osei", "Chair of the Board: decides on serious case reviews", Role.CHAIR),
    Part(
        "council",
        "Marcus Bellweather",
        "Lead safeguarding partner for the council",
        Role.LEAD_PARTNER,
        PartnerBody.LOCAL_AUTHORITY,
    ),
    Part(
        "police",
        "Anita Deverell",
        "Delegated safeguarding partner for the police",
        Role.DELEGATED_PARTNER,
        PartnerBody.POLICE,
    ),
    Part(
        "health",
        "Tomasz Ellery",
        "Delegated safeguarding partner for the integrated care board",
        Role.DELEGATED_PARTNER,
        PartnerBody.HEALTH,
    ),
    Part(
        "deputy",
        "Owen Castellane",
        "Deputy of the council’s lead partner",
        Role.DEPUTY_PARTNER,
        PartnerBody.LOCAL_AUTHORITY,
    ),
    Part("notifier", "Bronwen Achebe", "Records notifications for the council", Role.NOTIFIER),
    Part("sub_group", "Judith Farrowby", "Member of the SCR sub-group", Role.SUB_GROUP),
    Part("reviewer", "Frances Imrie", "Lead reviewer, independent of every body reviewed"),
    Part("second", "Amara Whitlock", "Second reviewer"),
    Part("panel", "Geraint Holloway", "Member of the case review panel"),
    Part("author", "Nadia Whitcombe", "Writes children's social care's return"),
    Part("signer", "Colin Abernathy", "Signs off children's social care's return"),
    Part("police_author", "Zoe Larkspur", "Writes and signs off the police return"),
    Part("legal", "Simon Okafor-Dean", "Legal adviser"),
    Part("scrutineer", "Eleanor Vance-Hill", "Independent scrutineer"),
    Part("coroner", "Peter Quillfeather", "Coroner's officer: sees what an order allows"),
    Part("liaison", "Karen Tollemache", "Police and prosecutors' liaison"),
    Part("adviser", "Rashida Penhallow", "Adviser of the national panel"),
    Part("owner", "Iris Montague", "Owns actions after a review"),
    Part("press", "Leo Ballantyne", "Communications lead", Role.COMMUNICATIONS_LEAD),
    Part("librarian", "Margot Sefton", "Librarian of the archive; sees no case", Role.LIBRARIAN),
    Part("admin", "Ada Marshfield", "Administrator; sees no case", Role.ADMINISTRATOR),
)

AGENCIES = (
    ("CSC", "Brackenport City Council Children's Social Care", AgencyKind.SOCIAL_CARE),
    ("HV", "Brackenport Community Health NHS Trust", AgencyKind.HEALTH_VISITING),
    ("GP", "Fennimore Road Surgery GP practice", AgencyKind.GP),
    ("HOSP", "Ellesmarsh General Hospital NHS Foundation Trust", AgencyKind.HOSPITAL),
    ("POL", "Hallowshire Constabulary", AgencyKind.POLICE),
    ("SCH", "Larkhollow Primary School and Little Puffins Nursery", AgencyKind.SCHOOL),
    ("HOUS", "Saltpan Homes housing association", AgencyKind.HOUSING),
    ("DAS", "Turnstone Recovery", AgencyKind.SUBSTANCE_MISUSE),
    ("PROB", "Hallowshire Probation Trust", AgencyKind.PROBATION),
)


@dataclass(frozen=True)
class Company:
    """The board of 2015, its successor, the agencies of each, and everybody by their part."""

    board: Partnership
    partnership: Partnership
    agencies: dict[str, Agency]
    present_agencies: dict[str, Agency]
    users: dict[str, User]
    kept: list[Person]

    def actor(self, key: str) -> Actor:
        """The person with this part, as an actor."""
        return Actor(id=str(self.users[key].pk))


def assemble(checked_on: date) -> Company:
    """Found the board and its successor, invite everybody, appoint those with standing roles."""
    partnership = Partnership.objects.create(
        name="Wendlebury Vale Safeguarding Children Partnership",
        short_name="Wendlebury Vale SCP",
        kind=Partnership.Kind.PARTNERSHIP,
        helpline_name="Wendlebury Vale children’s social care",
        helpline_number="01632 960 123",
        helpline_checked_on=checked_on,
        contact_email="reviews@wendlebury.example.org",
        region=Region.YORKSHIRE,
    )
    board = Partnership.objects.create(
        name="Wendlebury Vale Safeguarding Children Board",
        short_name="Wendlebury Vale SCB",
        kind=Partnership.Kind.BOARD,
        helpline_name=partnership.helpline_name,
        helpline_number=partnership.helpline_number,
        helpline_checked_on=checked_on,
        successor=partnership,
        region=partnership.region,
    )
    users: dict[str, User] = {}
    kept: list[Person] = []
    for part in sorted(PARTS, key=lambda part: part.key != "admin"):
        users[part.key], person = _join(part, partnership, users)
        kept.append(person)
    _appoint_all(users, (partnership, board))
    agencies = {code: _agency(board, name, kind) for code, name, kind in AGENCIES}
    present = {
        code: _agency(partnership, name, kind, agencies[code]) for code, name, kind in AGENCIES
    }
    order = [part.name for part in PARTS]
    kept.sort(key=lambda person: order.index(person.name))
    return Company(board, partnership, agencies, present, users, kept)


def _agency(
    home: Partnership, name: str, kind: AgencyKind, predecessor: Agency | None = None
) -> Agency:
    return Agency.objects.create(
        partnership=home,
        name=name,
        short_name=name.split()[0],
        kind=kind.value,
        predecessor=predecessor,
    )


def _join(part: Part, partnership: Partnership, users: dict[str, User]) -> tuple[User, Person]:
    """Invite one person, who then sets a password and registers an authenticator app."""
    email = f"{part.key.replace('_', '.')}@demo.example.org"
    if part.key == "admin":
        with acting(SYSTEM):
            invited = first_administrator_link(email=email, name=part.name, partnership=partnership)
    else:
        administrator = Actor(id=str(users["admin"].pk))
        with acting(administrator):
            invited = invite(by=administrator, email=email, name=part.name, job_title=part.does)
    token = invited.address.rstrip("/").rsplit("/", 1)[-1]
    password = secrets.token_urlsafe(18)
    set_password(link=find_link(token=token, purpose=LinkPurpose.INVITATION), password=password)
    secret = generate_totp_secret()
    TOTP.activate(invited.user, secret)
    RecoveryCodes.activate(invited.user)
    actor = Actor(id=str(invited.user.pk))
    with acting(actor):
        enrolled(by=actor)
    return invited.user, Person(email, part.name, part.does, password, secret)


def _appoint_all(users: dict[str, User], homes: tuple[Partnership, ...]) -> None:
    administrator_first = sorted(PARTS, key=lambda part: part.role is not Role.ADMINISTRATOR)
    for home in homes:
        for part in administrator_first:
            if part.role and not (part.role is Role.ADMINISTRATOR and home is homes[0]):
                by = SYSTEM if part.role is Role.ADMINISTRATOR else Actor(id=str(users["admin"].pk))
                with acting(by):
                    appoint(
                        by=by,
                        user=users[part.key],
                        partnership=home,
                        role=part.role,
                        partner_body=part.body,
                    )
