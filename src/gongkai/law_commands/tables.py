"""`gongkai outcomes` and `gongkai limits`: the tables of the law, for people or as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import TextIO

from gongkai.law.citations import REG, Article
from gongkai.law.outcome_rows import outcome_row
from gongkai.law.outcomes import OUTCOMES, OutcomeRule
from gongkai.law.remedies import remedy_order
from gongkai.law.time_limits import TIME_LIMITS, TimeLimit
from gongkai.law_commands.asking import answering, day


@answering
def outcomes(arguments: argparse.Namespace, out: TextIO) -> None:
    """Every outcome: articles, what its reply must say, its row of the report, which remedy paragraph follows."""
    on = day(arguments.on, REG(36)) if arguments.on else dt.date.today()
    year = arguments.year or on.year
    if arguments.json:
        _write_json([_outcome_json(rule, on, year, arguments.lang) for rule in OUTCOMES.values()], out)
        return
    for rule in OUTCOMES.values():
        lang, row = arguments.lang, outcome_row(rule.outcome, year)
        group = f"{row.group.of(lang)} " if row.group else ""
        out.write(f"{rule.code}  {group}{row.label.of(lang)}\n")
        out.write(f"    {_articles(rule.articles, lang) or '–'}\n    {rule.reply.of(lang)}\n")
        out.write(f"    {remedy_order(rule.outcome, on).label.of(lang)}\n")


def _outcome_json(rule: OutcomeRule, on: dt.date, year: int, lang: str) -> dict[str, object]:
    row = outcome_row(rule.outcome, year)
    return {
        "code": rule.code,
        "outcome": rule.outcome.value,
        "name": rule.name.of(lang),
        "articles": [article.of(lang) for article in rule.articles],
        "reply": rule.reply.of(lang),
        "report_year": year,
        "report_row": row.key,
        "group": row.group.of(lang) if row.group else None,
        "row": row.label.of(lang),
        "on": on.isoformat(),
        "review_first": rule.review_first(on),
        "review_first_from": rule.review_first_from.isoformat() if rule.review_first_from else None,
        "remedy": remedy_order(rule.outcome, on).value,
    }


@answering
def limits(arguments: argparse.Namespace, out: TextIO) -> None:
    """Every time limit: start, length, what interrupts it, what follows if it is missed, article."""
    if arguments.json:
        _write_json([_limit_json(limit, arguments.lang) for limit in TIME_LIMITS.values()], out)
        return
    for limit in TIME_LIMITS.values():
        lang = arguments.lang
        mark = "" if limit.certainty == "C" else f" [{limit.certainty}]"
        out.write(f"{limit.number:2}  {limit.start.of(lang)}: {limit.wording.of(lang)}{mark}\n")
        for text in (limit.interrupted_by, limit.consequence, limit.note):
            if text is not None:
                out.write(f"    {text.of(lang)}\n")
        out.write(f"    {_articles(limit.articles, lang)}\n")


def _limit_json(limit: TimeLimit, lang: str) -> dict[str, object]:
    return {
        "number": limit.number,
        "key": limit.key,
        "start": limit.start.of(lang),
        "length": limit.length,
        "unit": limit.unit.value,
        "bound": limit.bound.value,
        "date": f"{limit.fixed[0]:02}-{limit.fixed[1]:02}" if limit.fixed else None,
        "may_add": limit.may_add,
        "wording": limit.wording.of(lang),
        "variants": [
            {"key": v.key, "name": v.label.of(lang), "length": v.length, "unit": v.unit.value, "may_add": v.may_add}
            for v in limit.variants
        ],
        "interrupted_by": limit.interrupted_by.of(lang) if limit.interrupted_by else None,
        "consequence": limit.consequence.of(lang),
        "articles": [article.of(lang) for article in limit.articles],
        "certainty": limit.certainty,
        "note": limit.note.of(lang) if limit.note else None,
    }


def _articles(articles: tuple[Article, ...], lang: str) -> str:
    return ("、" if lang == "zh" else "; ").join(article.of(lang) for article in articles)


def _write_json(rows: list[dict[str, object]], out: TextIO) -> None:
    out.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
