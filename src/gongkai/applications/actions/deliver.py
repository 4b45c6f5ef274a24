"""答复送达: the reply goes out (条例 33; 国办公开办函〔2016〕235号)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


class Delivery(models.TextChoices):
    """How the reply reaches the applicant."""

    DIRECT = "direct", _("直接送达（当面签收）")
    POST = "post", _("邮寄（邮政企业，以交邮日为准）")
    ONLINE = "online", _("电子方式（网上下载或电子邮件）")


@transaction.atomic
def deliver(
    *,
    case_id: int,
    actor: Person,
    on: date,
    way: Delivery,
    received_on: date | None = None,
    papers: Iterable[Upload] = (),
    seen: int | None = None,
) -> Application:
    """The reply went out on `on` (posted: the day of posting), which is what the limit is measured by. `received_on`
    is the day it reached the applicant, from which the remedies run, where already known; `papers` prove it."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.DELIVER)
    if received_on and not on <= received_on <= max(on, today()):
        message = Text(
            "收到日期不能早于送出日期，也不能晚于今天。", "It cannot have arrived before it was sent, nor after today."
        )
        raise Invalid("received_on", message)
    facts = {"way": str(way), "received_on": received_on.isoformat() if received_on else None}
    step = take(application, StepKind.DELIVER, on=on, actor=actor, role=role, facts=facts)
    file_papers(application, PaperKind.PROOF, papers, actor=actor, step=step)
    return application
