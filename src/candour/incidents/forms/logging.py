"""Logging an incident: what happened, to whom, who knows the family."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.models import Incident
from candour.incidents.questions import AGE_HINT, FACTS, YES_NO_UNKNOWN
from candour.people.models import Agency, Partnership
from candour.ui import fields
from candour.ui.forms import Form

MOST_PEOPLE = 12

_ASKED_AT_ONCE = ("outcome", "abuse_neglect", "looked_after")
_OTHERS = [
    (value, label)
    for value, label in Identity.Relationship.choices
    if value not in ("subject_child", "not_a_person", "professional")
]
_SUBJECT = Identity.Relationship.SUBJECT_CHILD


class LogForm(Form):
    """One page for the first hour: nothing is asked that can wait.

    `people` blocks are shown, the first for the child. The second and later may stay blank.
    """

    sent_once = True

    aware_on = fields.day("Day the local authority became aware")
    happened = fields.day_as_known(
        "When it happened",
        hint="As it is known: 3 May 2024, between 3 and 4 May 2024, April 2024, or not known.",
    )
    place_kind = fields.text(
        "Kind of place", required=False, hint="For example: home, foster home, hospital, street."
    )
    place = fields.text(
        "Address or name of the place",
        required=False,
        hint="Sealed in the identity register at once. Pages show “Place of the incident”.",
    )
    in_area = fields.choice(
        "Did it happen in our area?", choices=YES_NO_UNKNOWN, initial="unknown", inline=True
    )
    outside_england = fields.choice(
        "Did it happen outside England?", choices=YES_NO_UNKNOWN, initial="unknown", inline=True
    )
    outline = fields.long_text(
        "What is known, in a few words",
        hint="Without names: write “the child”, “the mother”, “a neighbour”.",
        disclosable=True,
    )
    proceedings = fields.long_text(
        "Police, court or inquest, if any", required=False, rows=3, disclosable=True
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        partnerships: Iterable[Partnership],
        people: int = 1,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        offered = list(partnerships)
        self.people = range(1, max(1, min(people, MOST_PEOPLE)) + 1)
        if len(offered) > 1:
            choices = [(str(each.pk), each.name) for each in offered]
            self.fields["partnership"] = fields.select("Partnership", choices=choices)
            self.order_fields(["partnership"])
        bodies = [(str(each.pk), each.name) for one in offered for each in one.agencies.all()]
        self.fields["bodies_known"] = fields.choices(
            "Bodies that know the family", choices=bodies, required=False
        )
        for number in self.people:
            self._add_person(number)
        count = forms.IntegerField(widget=forms.HiddenInput, initial=len(self.people))
        self.fields["people"] = count

    def _add_person(self, number: int) -> None:
        first, key = number == 1, f"person{number}_"
        self.fields[key + "name"] = fields.text(
            "Full name of the child" if first else f"Full name of person {number}",
            required=first,
            hint="Sealed in the identity register. It is shown on no other page.",
        )
        self.fields[key + "other_names"] = fields.long_text(
            f"Other names of person {number}" if not first else "Other names of the child",
            hint="Nicknames, earlier names, misspellings; one on each line.",
            required=False,
            rows=2,
        )
        self.fields[key + "born"] = fields.day(
            f"Date of birth of person {number}" if not first else "Date of birth of the child",
            hint="For example, 27 3 2014. Leave it blank if not known.",
            required=False,
        )
        if not first:
            self._add_who(number, key)
        self._add_facts(number, key)

    def _add_who(self, number: int, key: str) -> None:
        facts = tuple(key + name for name in ("age_years", *_ASKED_AT_ONCE))
        self.fields[key + "who"] = fields.choice(
            f"Who is person {number}?",
            choices=(("child", "A child to whom it happened"), ("other", "Somebody else")),
            required=False,
            reveals={"child": facts, "other": key + "relationship"},
        )
        self.fields[key + "relationship"] = fields.select(
            f"What person {number} is to the child", choices=_OTHERS, required=False
        )

    def _add_facts(self, number: int, key: str) -> None:
        of_whom = "" if number == 1 else f" (person {number})"
        self.fields[key + "age_years"] = fields.text(
            f"Age when it happened{of_whom}", hint=AGE_HINT, required=False, width=10
        )
        questions = {question.name: question for question in FACTS}
        for name in _ASKED_AT_ONCE:
            self.fields[key + name] = fields.select(
                questions[name].text + of_whom,
                choices=questions[name].choices,
                required=False,
                nothing="Not recorded yet",
            )

    def clean(self) -> dict[str, Any]:
        """A named person must be somebody to the child."""
        told = super().clean() or self.cleaned_data
        for number in self.people:
            key = f"person{number}_"
            if number == 1 or not told.get(key + "name"):
                continue
            if not told.get(key + "who"):
                self.add_error(key + "who", f"Select who person {number} is")
            elif told[key + "who"] == "other" and not told.get(key + "relationship"):
                self.add_error(key + "relationship", f"Select what person {number} is to the child")
        return told

    def details(self, agencies: Iterable[Agency]) -> IncidentDetails:
        """What was told of the incident; its nature is the gravest outcome of any child."""
        told, chosen = self.cleaned_data, set(self.cleaned_data["bodies_known"])
        return IncidentDetails(
            nature=self._nature(),
            happened=told["happened"],
            aware_on=told["aware_on"],
            outline=told["outline"],
            place_kind=told["place_kind"],
            place=told["place"],
            in_area=told["in_area"],
            outside_england=told["outside_england"],
            bodies_known=tuple(each for each in agencies if str(each.pk) in chosen),
            proceedings=told["proceedings"],
        )

    def _nature(self) -> str:
        outcomes = {child.facts.get("outcome") for child in self.persons()}
        if "death" in outcomes:
            return Incident.Nature.DEATH
        return Incident.Nature.SERIOUS_HARM if "serious_harm" in outcomes else Incident.Nature.OTHER

    def persons(self) -> tuple[ChildDetails, ...]:
        """The child, and everybody else who was named."""
        named = [n for n in self.people if self.cleaned_data.get(f"person{n}_name")]
        return tuple(self._person(number) for number in named)

    def _person(self, number: int) -> ChildDetails:
        told = {
            name.removeprefix(f"person{number}_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"person{number}_")
        }
        born = told["born"].isoformat() if told["born"] else ""
        real = RealIdentity(forms=(told["name"], *told["other_names"].splitlines()), born=born)
        if number > 1 and told["who"] == "other":
            return ChildDetails(real, Identity.Relationship(told["relationship"]))
        facts = {name: told[name] for name in _ASKED_AT_ONCE if told[name]}
        return ChildDetails(real, _SUBJECT, age_years=told["age_years"] or "", facts=facts)

    def with_one_more(self, partnerships: Iterable[Partnership]) -> "LogForm":
        """The same page with room for one more person, and everything typed so far still there."""
        typed = {
            name: each.widget.value_from_datadict(self.data, self.files, name)
            for name, each in self.fields.items()
            if name != "people"
        }
        return LogForm(initial=typed, partnerships=partnerships, people=len(self.people) + 1)
