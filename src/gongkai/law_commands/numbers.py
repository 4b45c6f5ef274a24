"""`gongkai fee` and `gongkai workdays`: one number on standard output, the reasons on request."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from typing import TextIO

from gongkai.law.case_json import shown
from gongkai.law.citations import REG, Article
from gongkai.law.clock_checks import out_of_order
from gongkai.law.clock_explanation import rest_notes
from gongkai.law.errors import FeeError
from gongkai.law.fees import FeeQuote, fee_for_items, fee_for_pages
from gongkai.law.texts import Text
from gongkai.law_commands.asking import answering, calendar_of, day


@answering
def fee(arguments: argparse.Namespace, out: TextIO) -> None:
    """The processing fee in yuan."""
    if arguments.items is not None:
        quote = fee_for_items(_count(arguments.items))
    else:
        quote = fee_for_pages(_count(arguments.pages))
    if arguments.json:
        out.write(json.dumps(_quote_json(quote, arguments.lang), ensure_ascii=False) + "\n")
        return
    out.write(f"{quote.amount}\n")
    if arguments.explain:
        out.write("".join(f"  {line.of(arguments.lang)}\n" for line in _bands(quote)))


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 20:
        return int(text)
    found = shown(text)
    raise FeeError(
        "fee_count",
        Text(f"数量“{found}”应为正整数。", f'The count "{found}" must be a whole number above 0.'),
        Article("收费办法", 3, certainty="M"),
    )


def _bands(quote: FeeQuote) -> list[Text]:
    lines = [
        Text(
            f"第{band.first}至{band.last}{_UNITS[quote.method].zh}，每{_UNITS[quote.method].zh}{band.rate}元：{band.amount}元",
            f"{_UNITS[quote.method].en} {band.first} to {band.last} at {band.rate} yuan each: {band.amount} yuan",
        )
        for band in quote.bands
    ]
    method = quote.method
    return [*lines, Text(f"{method.label.zh}（{method.article.zh}）", f"{method.label.en} ({method.article.en})")]


_UNITS = {"items": Text("件", "items"), "pages": Text("页", "pages")}


def _quote_json(quote: FeeQuote, lang: str) -> dict[str, object]:
    return {
        "method": quote.method.value,
        "count": quote.count,
        "amount": quote.amount,
        "bands": [{"first": b.first, "last": b.last, "rate": b.rate, "amount": b.amount} for b in quote.bands],
        "article": quote.method.article.of(lang),
    }


@answering
def workdays(arguments: argparse.Namespace, out: TextIO) -> None:
    """Working days after the first day up to and including the last: the first, the day of the event, is not counted."""
    calendar = calendar_of(arguments)
    start, end = day(arguments.start), day(arguments.end)
    if end < start:
        raise out_of_order(start.toordinal(), end.toordinal())
    days = calendar.working_days_between(start, end)
    provisional = start < end and calendar.provisional_between(start.toordinal(), end.toordinal())
    notes = rest_notes(calendar, start + dt.timedelta(days=1), end) if start < end else None
    if arguments.json:
        told = {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "days": days,
            "provisional": provisional,
            "explanation": [notes.of(arguments.lang)] if notes else [],
            "article": REG(33).of(arguments.lang),
        }
        out.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    out.write(f"{days}\n")
    if arguments.explain and notes:
        out.write(f"  {notes.of(arguments.lang)}\n")
    if provisional:
        note = Text("暂定：涉及放假安排尚未公布的年份。", "Provisional: a year without a published schedule is in it.")
        sys.stderr.write(note.of(arguments.lang) + "\n")
