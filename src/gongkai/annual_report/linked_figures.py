"""Figures in the prose that are printed from the cells: `{{ t3.received.total }}`. So text and table cannot part.

What may stand in the braces is a small language without any freedom to run something:
`QUANTITY`, `last QUANTITY` (last year's), `more QUANTITY` (增加5), `change QUANTITY` (增长12.5%),
`share QUANTITY of QUANTITY` (65%). A quantity is a cell, a group of the form (`t3.refused.total`, all of 不予公开;
`t4.litigation.total`, both ways to court) or several of them with + between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from gongkai.annual_report.figure_groups import cells_of
from gongkai.law.errors import LawError
from gongkai.law.report_form import Tables
from gongkai.law.texts import Text

#: Blanks inside are taken off afterwards: a pattern that does it could be made to search for ever.
#: More braces around it than two make it none: printed once, it would look like another figure.
FIGURE = re.compile(r"(?<!\{)\{\{([^{}]*)\}\}(?!\})")
_LEFT_OVER = re.compile(r"\{\{+[^{}\n]{0,20}|[^{}\n]{0,20}\}\}+")
_NAME = r"t[234]\.[a-z_]+\.[a-z_]+"
_SUM = rf"{_NAME}(?:\s*\+\s*{_NAME})*"
_SAID = re.compile(rf"(?:(last|more|change)\s+)?({_SUM})|share\s+({_SUM})\s+of\s+({_SUM})")
_LAST_YEARS = re.compile(r"\{\{\s*(?:last|more|change)\s")

Number = int | Decimal


class UnknownFigure(LawError):
    """A linked figure that names no cell of the form, or a cell that holds nothing."""


def links(text: str) -> Iterator[str]:
    """What stands in the braces of a text, in order, each as often as it stands there."""
    return (found[1].strip() for found in FIGURE.finditer(text))


def addresses(text: str) -> Iterator[str]:
    """The cells and groups that a text links to, in order, each as often as it stands there."""
    return (name for link in links(text) for name in re.findall(_NAME, link))


def compares_with_last_year(texts: Iterable[str]) -> bool:
    """Whether any of the texts needs last year's tables."""
    return any(_LAST_YEARS.search(text) for text in texts)


def filled(text: str, tables: Tables, previous: Tables | None = None) -> str:
    """The text with its figures printed. Raises UnknownFigure."""
    return FIGURE.sub(lambda found: figure(found[1].strip(), tables, previous), text)


def unknown(text: str, tables: Tables, previous: Tables | None = None) -> tuple[UnknownFigure, ...]:
    """Everything in the text that cannot be printed, each as the refusal it would be."""
    found = []
    for link in links(text):
        try:
            figure(link, tables, previous)
        except UnknownFigure as error:
            found.append(error)
    return (*found, *_left_over(text, tables))


def _left_over(text: str, tables: Tables) -> Iterator[UnknownFigure]:
    """Braces that open or close no figure: they would be printed as they stand."""
    for found in dict.fromkeys(_LEFT_OVER.findall(FIGURE.sub("", text))):
        message = Text(
            f"“{found.strip()}”处的大括号不成对或者嵌套，不是引用的数据。引用写作 {{{{ t3.received.total }}}}。",
            f"The braces at {found.strip()} are not a pair, or nested. A figure is written {{{{ t3.received.total }}}}.",
        )
        yield _refused(found, message, tables)


def figure(link: str, tables: Tables, previous: Tables | None = None) -> str:
    """What a link prints. Raises UnknownFigure."""
    said = _SAID.fullmatch(link)
    if said is None:
        raise _unknown(link, tables)
    word, quantity, part, whole = said.groups()
    if part:
        return _share(_value(part, link, tables), _value(whole, link, tables), link, tables)
    now = _value(quantity, link, tables)
    if word is None:
        return printed(now)
    if previous is None:
        raise _refused(
            link,
            Text(
                f"没有上年的数据，“{link}”无法计算。",
                f"There are no figures of last year for the linked figure {link}.",
            ),
            tables,
        )
    before = _value(quantity, link, previous)
    if word == "last":
        return printed(before)
    return _more(now, before) if word == "more" else _change(now, before, link, tables)


def _value(quantity: str, link: str, tables: Tables) -> Number:
    names = re.findall(_NAME, quantity)
    every = [address for name in names for address in cells_of(name, tables.form)]
    values = [tables.cells.get(address) for address in every]
    known = [value for value in values if value is not None]
    if not every or len(known) < len(values):
        raise _unknown(link, tables)
    return sum(known)


def _more(now: Number, before: Number) -> str:
    if now == before:
        return "持平"
    return f"增加{printed(now - before)}" if now > before else f"减少{printed(before - now)}"


def _change(now: Number, before: Number, link: str, tables: Tables) -> str:
    if now == before:
        return "持平"
    if not before:
        text = Text(f"上年为0，“{link}”不能计算增幅。", f"Last year's figure is 0: no change of {link} in per cent.")
        raise _refused(link, text, tables)
    word = "增长" if now > before else "下降"
    return f"{word}{_per_cent(abs(Decimal(now) - Decimal(before)), before)}"


def _share(part: Number, whole: Number, link: str, tables: Tables) -> str:
    if not whole:
        text = Text(f"分母为0，“{link}”不能计算占比。", f"The whole is 0: there is no share {link}.")
        raise _refused(link, text, tables)
    return _per_cent(part, whole)


def _per_cent(part: Number, whole: Number) -> str:
    """To two decimals, without idle zeros: 12.5%, 4.35%."""
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{printed(share)}%"


def printed(value: Number) -> str:
    """A number as the report prints it: digits without separators, an amount without idle zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _unknown(link: str, tables: Tables) -> UnknownFigure:
    message = Text(f"文中引用的数据“{link}”不存在或没有数字。", f"The linked figure {link} does not exist or is empty.")
    return _refused(link, message, tables)


def _refused(link: str, message: Text, tables: Tables) -> UnknownFigure:
    return UnknownFigure("unknown_figure", message, tables.form.article)
