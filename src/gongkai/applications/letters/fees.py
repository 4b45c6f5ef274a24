"""P12 收费通知书: basis, standard, amount and way to pay, and what follows if it is not paid (条例 42; 收费办法)."""

from __future__ import annotations

import datetime as dt

from gongkai.applications.letters.catalogue import Wording, wording_on
from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.errors import MissingSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import cite
from gongkai.documents.letter import LetterContent
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.fees import Band, FeeMethod, FeeQuote
from gongkai.law.texts import Text


def fee_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    quote: FeeQuote,
    how_to_pay: str,
    pay_by: dt.date | None = None,
    restarts: bool = True,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P12 收费通知书. The notice says 依据、标准、数额、缴纳方式 [M/S]; ``pay_by`` where it is known when it was received;
    ``restarts``: the reply limit starts anew with the payment [U], else it runs on. Raises MissingSlotError without a
    way to pay."""
    if not how_to_pay.strip():
        raise MissingSlotError("how_to_pay", Text("缴纳方式", "how to pay"), REG(42))
    return compose(
        facts,
        wording or wording_on("P12", on),
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={
            "fee_basis": cite(REG(42), quote.method.article),
            "amount": str(quote.amount),
            "pay_by_said": f"，至{day_text(pay_by).zh}止" if pay_by else "",
            "how_to_pay": how_to_pay.strip(),
        },
        given={"fee_clock": "restart" if restarts else "go_on"},
        reckoned=_reckoning(quote),
        draft=draft,
    )


def _reckoning(quote: FeeQuote) -> tuple[tuple[str, str], ...]:
    """The method, what is counted, and each band at its rate."""
    items = quote.method is FeeMethod.ITEMS
    unit = "件" if items else "页"
    return (
        ("计收方式", quote.method.label.zh),
        ("计收数量", f"{quote.count}{unit}" + (_place_in_month(quote) if items else "")),
        *(_band(band, unit) for band in quote.bands),
    )


def _place_in_month(quote: FeeQuote) -> str:
    """Which of the month's items they are: the rates follow from it."""
    first, last = quote.bands[0].first, quote.bands[-1].last
    span = f"第{first}件" if first == last else f"第{first}件至第{last}件"
    return f"（同一申请人一个自然月内累计申请的{span}）"


def _band(band: Band, unit: str) -> tuple[str, str]:
    span = f"第{band.first}{unit}" if band.first == band.last else f"第{band.first}至{band.last}{unit}"
    return span, f"每{unit}{band.rate}元，计{band.amount}元" if band.rate else "不收费"
