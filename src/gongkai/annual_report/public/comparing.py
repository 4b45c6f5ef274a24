"""Reports side by side: years of one agency, or agencies in one year, figure by figure, with the differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual_report.figure_groups import cells_of
from gongkai.annual_report.rendering.layout import printed
from gongkai.law.report_form import Tables, Value
from gongkai.law.texts import Text

#: More columns than these no page holds.
MOST_COLUMNS = 6
PUBLISHED = Text("本站公布", "published here")
READ = Text("往年公布的报告，由文件录入", "published earlier, read from a file")
UNPUBLISHED = Text("尚未公布", "not published")


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the comparison: a cell or a sum of cells under its usual name."""

    name: str
    label: Text


PARTS: tuple[tuple[Text, tuple[Figure, ...]], ...] = (
    (
        Text("主动公开", "Proactive disclosure"),
        (
            Figure("t2.rules.in_force", Text("现行有效规章", "Rules in force")),
            Figure("t2.normative_documents.made", Text("制发行政规范性文件", "Normative documents issued")),
            Figure("t2.normative_documents.repealed", Text("废止行政规范性文件", "Normative documents repealed")),
            Figure("t2.normative_documents.in_force", Text("现行有效行政规范性文件", "Normative documents in force")),
            Figure("t2.licences.decisions", Text("行政许可决定", "Licences decided")),
            Figure("t2.penalties.decisions", Text("行政处罚决定", "Penalties decided")),
            Figure("t2.coercion.decisions", Text("行政强制决定", "Coercion decided")),
            Figure("t2.charges.amount", Text("行政事业性收费（万元）", "Administrative charges (CNY 10,000)")),
        ),
    ),
    (
        Text("依申请公开", "Disclosure on application"),
        (
            Figure("t3.received.total", Text("本年新收", "Received")),
            Figure("t3.received.natural_person", Text("其中自然人", "of these by natural persons")),
            Figure("t3.carried_in.total", Text("上年结转", "Carried over from last year")),
            Figure("t3.granted.total", Text("予以公开", "Granted")),
            Figure("t3.partially_granted.total", Text("部分公开", "Partly granted")),
            Figure("t3.refused.total", Text("不予公开", "Refused")),
            Figure("t3.unable.total", Text("无法提供", "Cannot be provided")),
            Figure("t3.not_processed.total", Text("不予处理", "Not processed")),
            Figure("t3.otherwise.total", Text("其他处理", "Otherwise handled")),
            Figure("t3.total.total", Text("办理结果总计", "Handled in total")),
            Figure("t3.carried_out.total", Text("结转下年度", "Carried over to next year")),
        ),
    ),
    (
        Text("行政复议、行政诉讼", "Reconsideration and litigation"),
        (
            Figure("t4.reconsideration.total", Text("行政复议", "Reconsideration")),
            Figure("t4.reconsideration.corrected", Text("复议纠正", "Corrected on reconsideration")),
            Figure("t4.litigation.total", Text("行政诉讼", "Litigation")),
            Figure("t4.litigation.corrected", Text("诉讼纠正", "Corrected in court")),
        ),
    ),
)
#: Drawn, too: the figures that everybody looks at first.
DRAWN = (
    "t3.received.total",
    "t3.total.total",
    "t3.carried_out.total",
    "t4.reconsideration.total",
    "t4.litigation.total",
)


@dataclass(frozen=True)
class Column:
    """A report in the comparison, and where its figures are from."""

    agency: str
    year: int
    tables: Tables
    source: Text = PUBLISHED


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a column, and by how much it differs from the column it is held against."""

    value: Value
    difference: Value = None

    @property
    def sign(self) -> str:
        """＋3, −2, or nothing where it is the same or cannot be said."""
        if not self.difference:
            return ""
        return f"＋{printed(self.difference)}" if self.difference > 0 else f"−{printed(-self.difference)}"


@dataclass(frozen=True)
class Comparison:
    """The columns, and the parts with their lines. ``by_year``: each is held against the one before, else the first."""

    columns: Sequence[Column]
    by_year: bool
    parts: Sequence[tuple[Text, Sequence[tuple[Text, Sequence[Number]]]]] = field(default_factory=tuple)

    @property
    def headings(self) -> list[str]:
        """What parts the columns from each other: their years or their agencies."""
        return [str(column.year) if self.by_year else column.agency for column in self.columns]

    @property
    def heads(self) -> list[tuple[str, Text]]:
        """The headings with the sources."""
        return [(heading, column.source) for heading, column in zip(self.headings, self.columns, strict=True)]

    @property
    def width(self) -> int:
        """How many columns the table has with that of the names."""
        return len(self.columns) + 1

    def chart(self, lang: str) -> dict[str, object]:
        """For the script that draws it: a group of bars a figure, a bar a column."""
        labels = {figure.name: figure.label for _, figures in PARTS for figure in figures}
        series = [
            {"name": heading, "data": [_plain(value_of(name, column.tables)) for name in DRAWN]}
            for heading, column in zip(self.headings, self.columns, strict=True)
        ]
        return {"categories": [labels[name].of(lang) for name in DRAWN], "stacked": False, "series": series}


def compare(columns: Sequence[Column], *, by_year: bool) -> Comparison:
    """The columns side by side; what no column knows (a figure of the other form) is left out."""
    parts = []
    for heading, figures in PARTS:
        lines = [(figure.label, _numbers(figure, columns, by_year)) for figure in figures]
        known = [line for line in lines if any(number.value is not None for number in line[1])]
        if known:
            parts.append((heading, known))
    return Comparison(columns, by_year, parts)


def _numbers(figure: Figure, columns: Sequence[Column], by_year: bool) -> list[Number]:
    values = [value_of(figure.name, column.tables) for column in columns]
    found = []
    for place, value in enumerate(values):
        against = None if place == 0 else values[place - 1 if by_year else 0]
        found.append(Number(value, None if value is None or against is None else value - against))
    return found


def value_of(name: str, tables: Tables) -> Value:
    """A figure by its name; None where the form has no such cell or nothing is known."""
    addresses = cells_of(name, tables.form)
    return tables.sum_of(addresses) if addresses else None


def _plain(value: Value) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
