"""答复送达: the reply goes out (条例 33; 国办公开办函〔2016〕235号)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.applications.release import found_since, look_again, released
from gongkai.applications.third_parties import last_opinion
from gongkai.documents.privacy.holding import require_release
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


class Delivery(models.TextChoices):
    """How the reply reaches the applicant."""

    DIRECT = "direct", _("直接送达（当面签收）")
    POST = "post", _("邮寄（邮政企业，以交邮日为准）")
    ONLINE = "online", _("电子方式（网上下载或电子邮件）")


def deliver(
    *, case_id: int, actor: Person, on: date, way: Delivery, received_on: date | None = None,
    papers: Iterable[Upload] = (), release_reason: str = "", seen: int | None = None,
) -> Application:  # fmt: skip
    """The reply went out on `on` (posted: the day of posting), which is what the limit is measured by. `received_on`
    is the day it reached the applicant, from which the remedies run, where already known; `papers` prove it.

    What goes along is scanned again where the rules of the scan have changed since it was signed; what they hold back
    now, and nobody gave a reason for, goes out for `release_reason` only."""
    look_again(case_id, actor)
    facts = {"way": str(way), "received_on": received_on.isoformat() if received_on else None}
    return _deliver(case_id, actor, on, facts, papers, release_reason, seen)


@transaction.atomic
def _deliver(
    case_id: int, actor: Person, on: date, facts: dict[str, Any], papers: Iterable[Upload], release_reason: str,
    seen: int | None,
) -> Application:  # fmt: skip
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.DELIVER)
    _require_order(on, facts["received_on"])
    new = found_since(last_opinion(list(application.steps.order_by("number"))))
    reasons = dict.fromkeys((each.digest for each in new), release_reason)
    if told := released(new, reasons):
        facts["release"] = told
    step = take(application, StepKind.DELIVER, on=on, actor=actor, role=role, facts=facts)
    require_release(new, reasons, "release_reason")
    file_papers(application, PaperKind.PROOF, papers, actor=actor, step=step)
    return application


def _require_order(on: date, received_on: str | None) -> None:
    if received_on and not on <= date.fromisoformat(received_on) <= max(on, today()):
        message = Text(
            "收到日期不能早于送出日期，也不能晚于今天。", "It cannot have arrived before it was sent, nor after today."
        )
        raise Invalid("received_on", message)
