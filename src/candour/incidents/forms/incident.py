"""Correcting the incident and its facts; the first-hours card."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.incidents.models import FirstHoursStep, Incident, IncidentChild
from candour.incidents.questions import AGE_HINT, FACTS, YES_NO_UNKNOWN
from candour.incidents.services.correcting import CorrectedIncident
from candour.people.models import Agency
from candour.ui import fields
from candour.ui.forms import Form


class IncidentForm(Form):
    """What is known of the incident now."""

    nature = fields.choice("What happened", choices=Incident.Nature.choices)
    aware_on = fields.day(
        "Day the local authority became aware",
        hint="A correction counts the clocks again from this day; the earlier day is kept.",
    )
    happened = fields.day_as_known("When it happened")
    place_kind = fields.text("Kind of place", required=False)
    in_area = fields.choice("Did it happen in our area?", choices=YES_NO_UNKNOWN, inline=True)
    outside_england = fields.choice(
        "Did it happen outside England?", choices=YES_NO_UNKNOWN, inline=True
    )
    outline = fields.long_text("What is known", hint="Without names.", disclosable=True)
    proceedings = fields.long_text(
        "Police, court or inquest, if any", required=False, rows=3, disclosable=True
    )
    bodies_known = fields.choices("Bodies that know the family", choices=[], required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, incident: Incident, agencies: Iterable[Agency]
    ) -> None:
        kept = [str(each.pk) for each in incident.bodies_known.all()]
        now = {
            name: getattr(incident, name) for name in self.base_fields if hasattr(incident, name)
        }
        initial = now | {"happened": incident.happened_raw, "bodies_known": kept}
        super().__init__(data, version=incident.version, initial=initial)
        choices = [(str(each.pk), each.name) for each in agencies]
        self.fields["bodies_known"].choices = choices  # type: ignore[attr-defined]

    def corrected(self, agencies: Iterable[Agency]) -> CorrectedIncident:
        """The incident as it is to be."""
        told = {name: self.cleaned_data[name] for name in self.base_fields}
        chosen = set(told.pop("bodies_known"))
        bodies = tuple(each for each in agencies if str(each.pk) in chosen)
        return CorrectedIncident(bodies_known=bodies, **told)


class FactsForm(Form):
    """The facts about one child on which the law turns. Whatever is left blank is not known."""

    def __init__(self, data: Mapping[str, Any] | None, *, child: IncidentChild) -> None:
        initial = {**child.facts, "age_years": child.age_years}
        super().__init__(data, version=child.version, initial=initial)
        first = {
            "age_years": fields.text(
                "Age when it happened", hint=AGE_HINT, required=False, width=10
            )
        }
        asked = {
            each.name: fields.select(
                each.text,
                choices=each.choices,
                hint=each.hint,
                required=False,
                nothing="Not recorded",
            )
            if each.choices
            else fields.text(each.text, hint=each.hint, required=False, width=5)
            for each in FACTS
        }
        self.fields = {**first, **asked, **self.fields}

    def facts(self) -> dict[str, str]:
        """The facts by name, blank where not known."""
        return {each.name: self.cleaned_data[each.name] for each in FACTS}


class StepForm(Form):
    """Settling one line of the first-hours card."""

    done = fields.yes_no("Has this been done?")
    note = fields.long_text("By whom, how, what remains", required=False, rows=3, disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None, *, step: FirstHoursStep) -> None:
        initial = {"done": "yes" if step.done_at else "", "note": step.note}
        super().__init__(data, version=step.version, initial=initial)


class WordsForm(Form):
    """The words of a line of the card."""

    text = fields.text("What is to be made sure of", max_length=300)
    help = fields.long_text("More about it", required=False, rows=3)
