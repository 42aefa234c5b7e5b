"""The people of a browser test, invited and enrolled in an installation of their own.

`python -m tests.browser.cast` writes them there and prints what each signs in with, as JSON.
"""

import json
import sys
from dataclasses import asdict, dataclass

PASSWORD = "four plain words together"


@dataclass(frozen=True)
class Login:
    """What somebody signs in with."""

    name: str
    email: str
    secret: str


def write_cast() -> dict[str, Login]:
    """A partnership, two agencies, people with standing roles, and people with none yet."""
    from candour.people.models import Agency, Partnership
    from candour.people.roles import AgencyKind, PartnerBody, Role

    home = Partnership.objects.create(
        name="Harness Vale Safeguarding Children Partnership",
        short_name="Harness Vale",
        kind=Partnership.Kind.PARTNERSHIP,
    )
    for name, kind in (("Vale Police", AgencyKind.POLICE), ("Vale Health", AgencyKind.GP)):
        Agency.objects.create(partnership=home, name=name, short_name=name, kind=kind.value)
    standing = {
        "manager": (Role.BUSINESS_MANAGER, None),
        "notifier": (Role.NOTIFIER, None),
        "council": (Role.LEAD_PARTNER, PartnerBody.LOCAL_AUTHORITY),
        "police": (Role.LEAD_PARTNER, PartnerBody.POLICE),
        "health": (Role.LEAD_PARTNER, PartnerBody.HEALTH),
    }
    cast = {key: _joined(key, home, role, body) for key, (role, body) in standing.items()}
    return cast | {key: _joined(key, home, None, None) for key in ("reviewer", "signer", "owner")}


def _joined(key: str, home, role, body) -> Login:  # type: ignore[no-untyped-def]
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from candour.kernel.actor import SYSTEM
    from candour.people.services import appoint, find_link, invite
    from candour.people.services.accounts import set_password
    from candour.platform.acting import acting

    name = f"{key.replace('_', ' ').title()} Harness"
    with acting(SYSTEM):
        invited = invite(by=SYSTEM, email=f"{key}@example.org", name=name)
        if role:
            appoint(by=SYSTEM, user=invited.user, partnership=home, role=role, partner_body=body)
    token = invited.address.rstrip("/").rpartition("/")[2]
    user = set_password(link=find_link(token=token), password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return Login(name, user.email, secret)


if __name__ == "__main__":
    import django

    django.setup()
    json.dump({key: asdict(login) for key, login in write_cast().items()}, sys.stdout)
