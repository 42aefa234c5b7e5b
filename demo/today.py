"""An incident logged this morning: nothing decided yet."""

from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.services.logging import log_incident
from candour.kernel import clock
from demo.people import Company
from demo.stage import scene


def play(company: Company) -> None:
    """The business manager logs what the hospital told her an hour ago."""
    today = clock.today()
    hour = min(8, clock.now().astimezone(clock.LONDON).hour)
    agencies = company.present_agencies
    with scene(company, "manager", today, hour) as by:
        log_incident(
            by=by,
            partnership=company.partnership,
            details=IncidentDetails(
                nature="SERIOUS_HARM",
                happened="some time last night",
                aware_on=today,
                outline="A fourteen-year-old was brought to hospital with stab wounds found in a "
                "park. Stable. Known to children’s social care and to the police.",
                place_kind="Public place",
                in_area="yes",
                outside_england="no",
                bodies_known=(agencies["CSC"], agencies["POL"], agencies["HOSP"]),
            ),
            children=(
                ChildDetails(
                    real=RealIdentity(forms=("Kian Westerby",)),
                    age_years="14",
                    facts={"outcome": "serious_harm", "harm_basis": "violent_assault"},
                ),
            ),
        )
