"""Forms of standing bodies, of the register of a meeting, of what it decides."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from candour.duties.deciding import Came
from candour.duties.models import Attendance, BodyMember, Meeting
from candour.people.models import Partnership, User
from candour.ui import fields
from candour.ui.forms import Form


class FoundBodyForm(Form):
    """A standing body."""

    sent_once = True

    partnership = fields.select("Partnership", choices=[])
    name = fields.text("Name", max_length=120)
    kind = fields.select("Kind of body", choices=Meeting.Body.choices)
    quorum = fields.number("Members needed to decide", at_least=1, at_most=50)

    def offer(self, partnerships: Iterable[Partnership]) -> "FoundBodyForm":
        """Say of which partnerships."""
        self.fields["partnership"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name) for each in partnerships
        ]
        return self


class BodyTermsForm(Form):
    """Its terms of reference."""

    sent_once = True

    text = fields.long_text("Terms of reference", rows=14)
    agreed_on = fields.day("Day on which they were agreed")


class BodyMemberForm(Form):
    """A member or a deputy."""

    sent_once = True

    person = fields.select("Person", choices=[])
    capacity = fields.text("Sits there as", max_length=120, hint="For example: designated doctor.")
    deputy_for = fields.select("Deputy for", choices=[], required=False, nothing="A full member")
    interests = fields.long_text(
        "Interests declared",
        required=False,
        rows=3,
        hint="Employments, relationships and offices that could bear on a case.",
    )
    starts_on = fields.day("First day")

    def offer(self, people: Iterable[User], members: Iterable[BodyMember]) -> "BodyMemberForm":
        """Say who may be chosen."""
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *((str(each.pk), each.name) for each in people),
        ]
        self.fields["deputy_for"].choices = [  # type: ignore[attr-defined]
            ("", "A full member"),
            *((str(each.pk), each.user.name) for each in members if not each.deputy_for_id),
        ]
        return self


class EndMemberForm(Form):
    """A member's last day."""

    sent_once = True

    ends_on = fields.day("Last day")


class RegisterForm(Form):
    """Who came: one line a member."""

    sent_once = True

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        members: Iterable[BodyMember],
        taken: Mapping[UUID, Attendance],
    ) -> None:
        super().__init__(data)
        self.members = list(members)
        for member in self.members:
            self._add(member, taken.get(member.pk))

    def _add(self, member: BodyMember, line: Attendance | None) -> None:
        name = member.user.name
        deputy = f" (deputy for {member.deputy_for.user.name})" if member.deputy_for else ""
        how = fields.select(f"{name}, {member.capacity}{deputy}", choices=Attendance.How.choices)
        conflict = fields.text(f"Conflict declared by {name}", required=False, max_length=500)
        withdrew = fields.tick(f"{name} withdrew for it", required=False)
        how.initial = line.how if line else Attendance.How.APOLOGIES.value
        conflict.initial = line.conflict if line else ""
        withdrew.initial = bool(line and line.withdrew)
        self.fields[f"how_{member.pk}"] = how
        self.fields[f"conflict_{member.pk}"] = conflict
        self.fields[f"withdrew_{member.pk}"] = withdrew

    def came(self) -> dict[UUID, Came]:
        """What is to stand in the register."""
        told = self.cleaned_data
        return {
            member.pk: Came(
                Attendance.How(told[f"how_{member.pk}"]),
                told[f"conflict_{member.pk}"],
                bool(told[f"withdrew_{member.pk}"]),
            )
            for member in self.members
        }


class MeetingDecisionForm(Form):
    """One decision."""

    sent_once = True

    text = fields.long_text("What was decided", rows=4, disclosable=True)
    dissent = fields.long_text(
        "Who did not agree, and why", required=False, rows=3, disclosable=True
    )


class MeetingActionForm(Form):
    """What somebody is to do."""

    sent_once = True

    text = fields.long_text("What is to be done", rows=3, disclosable=True)
    owner = fields.select("By whom", choices=[])
    due_on = fields.day("By when")

    def offer(self, people: Iterable[User]) -> "MeetingActionForm":
        """Say who may be chosen: people on the case."""
        known = {str(each.pk): each.name for each in people}
        self.fields["owner"].choices = [("", "Choose one"), *known.items()]  # type: ignore[attr-defined]
        return self


class ActionDoneForm(Form):
    """That it is done."""

    sent_once = True

    note = fields.long_text("What was done", rows=3, disclosable=True)
