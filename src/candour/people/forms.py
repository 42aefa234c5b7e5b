"""The forms about people and accounts."""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.forms import LoginForm

from candour.people.models import Partnership
from candour.people.roles import PartnerBody, Region, Role
from candour.ui import fields
from candour.ui.forms import Form


class SignIn(LoginForm):  # type: ignore[misc]
    """E-mail address and password, in our words."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].label = "Password"
        self.fields["password"].help_text = ""


class NewPassword(Form):
    """The password of somebody who was invited, or has forgotten theirs."""

    password = fields.password(
        "New password",
        new=True,
        hint="At least 15 characters. Three or four words that only you would put together "
        "are easy to remember and hard to guess.",
    )


class PresentPassword(Form):
    """The password somebody has, before they enrol a new authenticator app."""

    password = fields.password("Your password")


class Invitation(Form):
    """A new account."""

    name = fields.text("Full name", autocomplete="off", max_length=120)
    email = fields.email("E-mail address", hint="Their work address. They sign in with it.")
    job_title = fields.text("Job title", required=False, max_length=120)
    telephone = fields.telephone("Telephone number", required=False)


class AppointmentForm(Form):
    """A standing role in a partnership; the choices are the administrator's own partnerships."""

    role = fields.select("Role", choices=[(role.value, role.label) for role in Role])
    partnership = fields.select("Partnership", choices=[])
    agency = fields.select(
        "Agency",
        choices=[],
        required=False,
        hint="For agency authors and signing-off managers: the agency they act for.",
        nothing="No agency",
    )
    partner_body = fields.select(
        "Safeguarding partner",
        choices=[(body.value, body.label) for body in PartnerBody],
        required=False,
        hint="For lead and delegated partners and deputies: which of the three they stand for.",
        nothing="None of the three",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        partnerships: Iterable[Partnership],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        known = list(partnerships)
        self.fields["partnership"].choices = [(str(one.pk), one.name) for one in known]  # type: ignore[attr-defined]
        agencies = [agency for one in known for agency in one.agencies.all()]
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            ("", "No agency"),
            *((str(agency.pk), agency.name) for agency in agencies),
        ]


class NewEmail(Form):
    """A new address."""

    email = fields.email("New e-mail address", hint="You sign in with it from then on.")


class AdministratorDecision(Form):
    """The second person's answer."""

    confirmed = fields.choice(
        "Is this person to be an administrator?",
        choices=[("yes", "Yes, I know who this is"), ("no", "No")],
    )


class RegionForm(Form):
    """In which region of England a partnership works."""

    region = fields.choice("Region of England", choices=Region.choices)


class Sure(Form):
    """Nothing to fill in: the page says what will happen, the button does it."""


class RestorationForm(Form):
    """Why a second factor is to be restored."""

    reason = fields.long_text(
        "What was lost, and how do you know who is asking?",
        hint="For example: new telephone; I called them back on the number in our directory.",
        max_length=2000,
    )
