"""登记: the clerk enters the application into the register (条例 45)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import day_of
from gongkai.applications.actions.receive import Arrival, receipt_by_law, start_clock
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, Channel
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def register(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """Register. Where the agency counts from the day both sides confirm (条例 31(三)), this is that day: the clock
    starts here and the receipt is issued."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.REGISTER)
    confirm_receipt(application, actor, on)
    take(application, StepKind.REGISTER, on=on, actor=actor, role=role, facts={})
    return application


def confirm_receipt(application: Application, actor: Person, on: date) -> None:
    """Start the clock of a locked case whose receipt was not confirmed yet; of any other nothing changes."""
    if application.received_on is not None:
        return
    if on < day_of(application.submitted_at):
        message = Text("确认收到的日期不能早于提交日期。", "It cannot be confirmed before it was sent.")
        raise Invalid("on", message)
    arrival = Arrival(Channel(application.channel), day_of(application.submitted_at), confirmed=on)
    receipt = receipt_by_law(application.agency, arrival)
    start_clock(application, on=receipt.day if receipt else on, actor=actor)
