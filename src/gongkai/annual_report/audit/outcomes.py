"""How applications and disputes ended, as the prose tells it, against the tables: P-5, P-8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.audit import mentions
from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.reading import Sentence
from gongkai.law.report_form import TABLE_4_GROUPS, Tables, Value, table_3_rows
from gongkai.law.texts import Text

_GROUPS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
_NAMES = "|".join(_GROUPS)
_COUNT = r"(\d+)(?![\d.%]|余|多)(?:件次|件|份|宗|起)"
_SEVERAL = rf"(?P<names>(?:{_NAMES})(?:(?:、|和|及|与|或)(?:{_NAMES}))*)"
_NAME_THEN_COUNT = re.compile(
    rf"(?<!未){_SEVERAL}(?:的|共计?|合计|政府信息|信息|申请|答复|决定|为|:|类)*(?P<n>{_COUNT})"
)
_COUNT_THEN_NAME = re.compile(
    rf"(?P<n>{_COUNT})(?:申请)?(?:被|作出|予以|依法|答复为|属于|为)*{_SEVERAL}(?!的?(?:共|为|:)?\d)"
)
#: Words after which the figure is one of a part of the applications, or of something else.
_NARROWER = re.compile(r"复议|诉讼|自然人|企业|法人|网络|信函|当面|现场|上半年|下半年|季度|上年|去年|建议|提案")


def sum_of_groups(tables: Tables, names: list[str]) -> Value:
    """The total of the groups of table 3 of these names; None if a cell was not read."""
    rows = [
        row
        for row in table_3_rows(tables.form)
        if row.part is not None and row.key != "total" and any(name in (row.group or row.label).zh for name in names)
    ]
    return tables.sum_of([f"t3.{row.key}.total" for row in rows])


@rule("P-5", "文中各类办理结果件数与表格一致", "results in prose = table 3")
def results_in_prose(case: Case) -> Iterator[Finding]:
    """P-5: 予以公开 N 件, 不予公开 N 件 … = the groups of table 3; 「予以公开和部分公开 N 件」 is both together."""
    told: dict[tuple[str, ...], list[tuple[int, Sentence]]] = {}
    for sentence in case.report.prose():
        for names, value in _told(case, sentence):
            told.setdefault(names, []).append((value, sentence))
    for names, figures in told.items():
        table = sum_of_groups(case.report.tables, list(names))
        if table is None or any(value == table for value, _ in figures) or sum(v for v, _ in figures) == table:
            continue
        for value, sentence in figures:
            named = "、".join(names)
            message = Text(
                f"文中说{named} {value} 件，第三部分表格是 {table} 件。",
                f"The prose gives {value} {named}, the table {table}.",
            )
            place = place_of(case.report, sentence.line)
            yield Finding("P-5", _certainty(case, sentence), place, message, (value, table), sentence.line)


def _told(case: Case, sentence: Sentence) -> Iterator[tuple[tuple[str, ...], int]]:
    text = sentence.plain
    if "公开" not in text or len(text) > mentions.LONGEST_SENTENCE or sentence.part not in (None, 1, 3):
        return
    years = {int(year) for year in re.findall(r"(20\d\d)年", text)}
    if "申请" not in text or _NARROWER.search(text) or (case.report.year and years - {case.report.year}):
        return
    for pattern in (_NAME_THEN_COUNT, _COUNT_THEN_NAME):
        found = [
            (tuple(re.findall(_NAMES, m["names"])), int(re.sub(r"\D", "", m["n"]))) for m in pattern.finditer(text)
        ]
        if found:
            yield from found
            return


def _certainty(case: Case, sentence: Sentence) -> Severity:
    """A sentence whose own number of applications is not the table's may tell of another scope."""
    tables = case.report.tables
    whole = {tables["t3.received.total"], tables["t3.total.total"]}
    whole.add(tables.sum_of(("t3.received.total", "t3.carried_in.total")))
    said = [m.value for m in mentions.received(case.report) if m.sentence == sentence]
    return Severity.WARNING if any(value not in whole for value in said) else Severity.ERROR


# --- P-8 ----------------------------------------------------------------------------------------------------

_ALL_UPHELD = re.compile(r"(?:均|全部|都|皆)(?:已|被|获|获得|得到|予以|判决|决定|复议|法院|裁定)*(?:维持|胜诉)")
_NONE_LOST = re.compile(
    r"零(?:败诉|纠错|纠正|撤销)|(?:无|没有)一?[件例起]?(?:败诉|被纠错|被纠正|被撤销)|败诉率(?:为|:)?(?:0|零)"
)


@rule("P-8", "「均获维持」「零败诉」与表格一致", "「all upheld」, 「none lost」 = table 4")
def all_upheld(case: Case) -> Iterator[Finding]:
    """P-8: 「均获维持」 leaves nothing corrected, other or pending; 「零败诉」 nothing corrected."""
    for sentence in case.report.prose():
        text = sentence.plain
        if sentence.part != 4 and "公开" not in text:
            continue
        if _ALL_UPHELD.search(text):
            closed_only = re.search(r"审结|已结|结案", text)
            barred = ("corrected", "other") if closed_only else ("corrected", "other", "pending")
            yield from _contradicted(case, sentence, barred, Severity.ERROR)
        elif _NONE_LOST.search(text):
            yield from _contradicted(case, sentence, ("corrected",), Severity.ERROR)


_RESULTS = {
    "corrected": Text("结果纠正", "corrected"),
    "other": Text("其他结果", "with another result"),
    "pending": Text("尚未审结", "pending"),
}


def _contradicted(case: Case, sentence: Sentence, barred: tuple[str, ...], severity: Severity) -> Iterator[Finding]:
    review, court = "复议" in sentence.plain, bool(re.search(r"诉讼|败诉|胜诉|法院|应诉", sentence.plain))
    groups = [
        group.key
        for group in TABLE_4_GROUPS
        if (review or not court if group.key == "reconsideration" else court or not review)
    ]
    for result in barred:
        value = sum(case.report.tables[f"t4.{group}.{result}"] or 0 for group in groups)
        if value:
            name = _RESULTS[result]
            message = Text(
                f"文中说「{sentence.text[:40]}」，第四部分表格却有 {value} 件{name.zh}。",
                f"The prose says that none was lost, yet table 4 has {value} {name.en}.",
            )
            place = place_of(case.report, sentence.line)
            yield Finding("P-8", severity, place, message, (0, value), sentence.line)
