"""What was decided about a notification, looked at again; and a notification taken back."""

from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.duties.services import explain_open, start_duty
from candour.duties.states import move, state_of
from candour.engines.statute.rulebook import rule_set
from candour.incidents.models import Notification
from candour.incidents.services.notification import LOCAL_STEPS, OWED
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState

_LOOKED_AFTER_ALONE = "LAC_OR_CARE_LEAVER_ONLY"


@transaction.atomic
def look_again(*, access: Access, new_information: str) -> Notification:
    """Look again because something new has come to light.

    At a decision not to notify; or at a death that was told only because the child was looked
    after or a care leaver, once abuse or neglect is suspected. What was sent then is kept, and
    the days to notify the panel are counted from today.
    """
    access.may(Act.NOTIFY).require()
    notification = Notification.objects.select_for_update().get(case=access.case)
    told_alone = state_of(access.case) == _LOOKED_AFTER_ALONE
    if not notification.decided_not_to_at and not told_alone:
        raise WrongState("not_decided", "There is no such decision to look at again.")
    if not new_information.strip():
        raise Invalid("reasons_missing", "Say what is new.", "new_information")
    if access.case.regime == Case.Regime.CSPR:
        facts = {"new_information": "yes"}
        move(access=access, target="AWARE", facts=facts, reasons=new_information)
    if told_alone:
        _keep_what_was_sent(notification)
        _count_again(access)
    explain_open(access=access, codes=OWED, explanation="")
    notification.decided_not_to_at = None
    notification.version += 1
    notification.save()
    note_event(access, "incidents.notification_reopened", notification)
    return notification


def _keep_what_was_sent(notification: Notification) -> None:
    sent = notification.sent_at
    notification.earlier = [
        *notification.earlier,
        {
            "sent_at": sent.isoformat() if sent else "",
            "sent_by_role": notification.sent_by_role,
            "sent_to": notification.sent_to,
            "reference": notification.reference,
        },
    ]
    notification.sent_at = None
    notification.sent_by_role = notification.sent_to = notification.reference = ""


def _count_again(access: Access) -> None:
    rules = access.case.notification_rule_set
    known = {each.code for each in rule_set(rules).clocks}
    for code, owed_to in (("C1", "The national panel"), ("C2", "The safeguarding partners")):
        if code in known:
            start_duty(
                access=access,
                code=code,
                starts=clock.today(),
                owed_by="The local authority",
                owed_to=owed_to,
                rules=rules,
            )


@transaction.atomic
def rescind_notification(
    *, access: Access, reasons: str, panel_agreed_on: date | None
) -> Notification:
    """Take a notification back because the incident turned out not to meet the criteria.

    Only with the national panel's agreement, and the reasons; the rapid review falls away with it
    (the panel's questions and answers: no other ground lets it fall away). WrongState once the
    rapid review has been signed.
    """
    access.may(Act.NOTIFY).require()
    notification = Notification.objects.select_for_update().get(case=access.case)
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why the criteria are not met after all.", "reasons")
    if panel_agreed_on and panel_agreed_on > clock.today():
        raise Invalid("day_ahead", "The day of the panel's agreement cannot lie ahead.")
    agreed = panel_agreed_on.isoformat() if panel_agreed_on else ""
    facts = {"panel_agrees": agreed, "reasons": "yes"}
    move(access=access, target="SIN_RESCINDED", facts=facts, reasons=reasons)
    notification.rescinded_at = clock.now()
    notification.rescinded_reasons = reasons.strip()
    notification.panel_agreed_on = panel_agreed_on
    notification.version += 1
    notification.save()
    told = "The notification was rescinded with the panel's agreement; the rapid review fell away."
    explain_open(access=access, codes=("C4", *LOCAL_STEPS), explanation=told)
    note_event(
        access, "incidents.notification_rescinded", notification, panel_agreed_on=agreed or None
    )
    return notification
