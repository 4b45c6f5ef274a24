"""P12 收费通知书: basis, standard, amount and way to pay, and what follows if it is not paid (条例 42; 收费办法)."""

from __future__ import annotations

import datetime as dt

from gongkai.applications.letters.errors import MissingSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.notices import to_applicant
from gongkai.applications.letters.wording import cite, contact, opening, request, you
from gongkai.documents.letter import Block, LetterContent, Paragraph, TableBlock
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.fees import Band, FeeMethod, FeeQuote
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS


def fee_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    quote: FeeQuote,
    how_to_pay: str,
    pay_by: dt.date | None = None,
    restarts: bool = True,
    draft: bool = False,
) -> LetterContent:
    """P12 收费通知书. The notice says 依据、标准、数额、缴纳方式 [M/S]; ``pay_by`` where it is known when it was received;
    ``restarts``: the reply limit starts anew with the payment [U], else it runs on. Raises MissingSlotError without a
    way to pay."""
    if not how_to_pay.strip():
        raise MissingSlotError("how_to_pay", Text("缴纳方式", "how to pay"), REG(42))
    limit = f"自收到本通知书次日起{TIME_LIMITS['fee_payment'].wording.zh}内"
    rows = (
        *_reckoning(quote),
        ("应缴金额", f"人民币{quote.amount}元"),
        ("缴费期限", f"{limit}，至{day_text(pay_by).zh}止" if pay_by else limit),
        ("缴纳方式", how_to_pay.strip()),
    )
    after = "重新计算" if restarts else "继续计算"
    body: tuple[Block, ...] = (
        opening(facts),
        *request(facts),
        Paragraph(
            f"{you(facts)}申请公开政府信息的数量、频次明显超过合理范围。根据{cite(REG(42), quote.method.article)}的规定，"
            f"本机关决定收取信息处理费。计收的方式、标准、数额和缴纳方式如下："
        ),
        TableBlock(rows),
        Paragraph(f"请{you(facts)}{limit}缴纳。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
        Paragraph(f"答复期限自{you(facts)}完成缴费的次日起{after}。"),
        Paragraph(f"如有疑问，请与本机关政府信息公开工作机构联系：{contact(facts)}。"),
    )
    return to_applicant(facts, "政府信息公开信息处理费收费通知书", number, on, body, draft)


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
