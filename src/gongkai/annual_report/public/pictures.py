"""图解年报: what the pictures show, made from the same cells as the tables. Each picture is a table, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual_report.figure_groups import cells_of
from gongkai.law.applicants import ApplicantKind
from gongkai.law.report_form import RESULTS, TABLE_4_GROUPS, Form, Tables, Value, table_2_blocks, table_3_rows
from gongkai.law.texts import Text

#: The six groups of results by the names of their figures.
OUTCOME_GROUPS = ("granted", "partially_granted", "refused", "unable", "not_processed", "otherwise")


@dataclass(frozen=True)
class Picture:
    """Bars: a row a category, a column a series; `stacked`: the series of a category are parts of one bar."""

    key: str
    title: Text
    categories: Sequence[Text]
    series: Sequence[tuple[Text, Sequence[Value]]]
    stacked: bool = False

    @property
    def rows(self) -> list[tuple[Text, list[Value]]]:
        """The same as the table beside it shows it."""
        return [(name, [values[place] for _, values in self.series]) for place, name in enumerate(self.categories)]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for _, values in self.series for value in values)

    def as_data(self, lang: str) -> dict[str, object]:
        """For the script that draws it."""
        return {
            "categories": [name.of(lang) for name in self.categories],
            "stacked": self.stacked,
            "series": [
                {"name": name.of(lang), "data": [None if value is None else float(value) for value in values]}
                for name, values in self.series
            ],
        }


def pictures_of(tables: Tables) -> list[Picture]:
    """Every picture of a report in the order of its parts."""
    return [*_disclosure(tables), _applicants(tables), _outcomes(tables), _disputes(tables)]


def first_figures(tables: Tables) -> dict[str, Value]:
    """The four numbers everybody looks at first."""
    return {key: tables[f"t3.{key}.total"] for key in ("received", "carried_in", "total", "carried_out")}


_COUNT = Text("件数", "Number")


def _disclosure(tables: Tables) -> Iterator[Picture]:
    documents, *others = table_2_blocks(tables.form)
    yield Picture(
        "documents",
        Text("规章和行政规范性文件", "Rules and normative documents"),
        [row.text for row in documents.rows],
        [(c.text, [tables[f"t2.{row.key}.{c.key}"] for row in documents.rows]) for c in documents.columns],
    )
    rows = [row for block in others for row in block.rows if any(c.key == "decisions" for c in block.columns)]
    yield Picture(
        "decisions",
        Text("行政许可、行政处罚、行政强制等处理决定", "Licences, penalties, coercion: decisions"),
        [row.text for row in rows],
        [(_COUNT, [tables[f"t2.{row.key}.decisions"] for row in rows])],
    )


def _applicants(tables: Tables) -> Picture:
    values = [tables[f"t3.received.{kind.value}"] for kind in ApplicantKind]
    title = Text("本年新收申请，按申请人", "Applications received, by applicant")
    return Picture("applicants", title, [kind.label for kind in ApplicantKind], [(_COUNT, values)])


def _outcomes(tables: Tables) -> Picture:
    names = [_name_of_group(group, tables.form) for group in OUTCOME_GROUPS]
    series = [
        (kind.label, [tables.sum_of(_of_group(group, kind.value, tables.form)) for group in OUTCOME_GROUPS])
        for kind in ApplicantKind
    ]
    return Picture("outcomes", Text("本年度办理结果", "Results of handling this year"), names, series, stacked=True)


def _of_group(group: str, column: str, form: Form) -> tuple[str, ...]:
    return cells_of(f"t3.{group}.{column}", form)


def _name_of_group(group: str, form: Form) -> Text:
    """The official label of a group without its number: 不予公开."""
    first = _of_group(group, "total", form)[0].split(".")[1]
    row = next(row for row in table_3_rows(form) if row.key == first)
    label = row.group or row.label
    zh, en = label.zh.partition("（区分")[0], label.en.partition(" (where")[0]
    return Text(zh[3:] if zh.startswith("（") else zh, en.partition(") ")[2] or en)


def _disputes(tables: Tables) -> Picture:
    results = [result for result in RESULTS if result.key != "total"]
    series = [(result.text, [tables[f"t4.{group.key}.{result.key}"] for group in TABLE_4_GROUPS]) for result in results]
    title = Text("行政复议、行政诉讼", "Reconsideration and litigation")
    return Picture("disputes", title, [group.text for group in TABLE_4_GROUPS], series, stacked=True)
