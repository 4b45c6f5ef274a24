"""信息处理费: the notice with its reckoning, and the payment (条例 42; 收费办法)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.correspondence import ask_payment
from gongkai.applications.counted_items import counted_before
from gongkai.applications.history import acting_role, case_of, locked, reckoning_of, take
from gongkai.applications.models import Application, Form, PaperKind
from gongkai.law.fees import FeeMethod, FeeQuote, charge, fee_for_items, fee_for_pages
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def ask_fee(
    *, case_id: int, actor: Person, on: date, method: FeeMethod, count: int, how_to_pay: str,
    received: date | None = None, seen: int | None = None,
) -> Application:  # fmt: skip
    """Ask for the fee for `count` items or pages. `received` is the day the applicant got the notice, where already
    known (handed over). What earlier applications of the month count is reckoned here, never typed."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.FEE_NOTICE)
    if not how_to_pay.strip():
        raise Invalid("how_to_pay", Text("请写明缴纳方式。", "Say how to pay."))
    before = counted_before(application) if method is FeeMethod.ITEMS else 0
    quote = fee_for_items(count, before) if method is FeeMethod.ITEMS else fee_for_pages(count)
    case = case_of(application.steps.order_by("number"))
    reckoning = reckoning_of(case, max(on, case.clock_start), explain=False) if case else None
    facts = {
        **stated(quote, before),
        "how_to_pay": how_to_pay.strip(),
        "received": received.isoformat() if received else None,
    }
    step = take(application, StepKind.FEE_NOTICE, on=on, actor=actor, role=role, facts=facts)
    assert reckoning is not None, "before its receipt no such step is taken"
    copies = application.form_wanted != Form.INSPECTION
    charged = charge(
        quote, notified=on, reply_due=reckoning.due, calendar=calendar(), received=received, copies=copies
    )  # fmt: skip
    ask_payment(application, step, pay_by=charged.pay_by.day if received else None)
    return application


def stated(quote: FeeQuote, before: int) -> dict[str, Any]:
    """The reckoning as the step holds it and the notice tells it."""
    bands = [[band.first, band.last, band.rate] for band in quote.bands]
    return {
        "method": quote.method.value, "count": quote.count, "before": before, "bands": bands, "amount": quote.amount
    }  # fmt: skip


@transaction.atomic
def record_payment(
    *, case_id: int, actor: Person, on: date, voucher: str, received: date | None = None,
    papers: Iterable[Upload] = (), seen: int | None = None,
) -> Application:  # fmt: skip
    """The fee was paid on `on`, under this voucher (财政票据) number. `received` is the day the applicant got the
    notice, where that is known now."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.FEE_PAID)
    if not voucher.strip():
        raise Invalid("voucher", Text("请填写缴费票据号码。", "Fill in the number of the voucher."))
    facts = {"voucher": voucher.strip(), "received": received.isoformat() if received else None}
    step = take(application, StepKind.FEE_PAID, on=on, actor=actor, role=role, facts=facts)
    file_papers(application, PaperKind.FEE, papers, actor=actor, step=step)
    return application
