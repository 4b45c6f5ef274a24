"""Which row or group of the tables a label names, however the label was printed."""

from __future__ import annotations

import re
from functools import cache

from gongkai.annual_report.reading.lines import wording
from gongkai.law.report_form import (
    APPLICANTS,
    COLUMNS,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    RECONSIDERATION,
    RESULTS,
    RESULTS_PART,
    TABLE_2,
    TABLE_3_CORNER,
    TABLE_4_GROUPS,
    table_3_rows,
)

#: Patterns on the bare wording, for labels that agencies and tools shorten or annotate.
_LOOSE: tuple[tuple[str, str], ...] = (
    (r"一?本年度?新收(政府信息公开)?申请(数量)?", "received"),
    (r"二?上年度?结转(政府信息公开)?申请(数量)?", "carried_in"),
    (r"四?结转(至|到)?下一?年度?继续办理", "carried_out"),
    (r"一?予以公开", "granted"),
    (r"二?部分公开.*", "partially_granted"),
    (r"七总计", "total"),
    (r"1?(申请人)?(无正当理由)?逾期不补正.*", "correction_lapsed"),
    (r"2?(申请人)?逾期(未按收费通知|未缴|不缴).*", "fee_unpaid"),
    (r"3其他", "other"),
)


@cache
def _groups() -> tuple[str, ...]:
    groups = {wording(row.group.zh) for row in table_3_rows() if row.group}
    return (wording(RESULTS_PART.zh), *sorted(groups))


@cache
def _leaves() -> dict[str, str]:
    """Numbered rows by wording, with and without their number; 其他 alone is also a column, so not that."""
    leaves = {}
    for row in table_3_rows():
        if row.group and row.key != "other":
            leaves[wording(row.label.zh)] = row.key
            leaves[wording(row.label.zh)[1:]] = row.key
    return leaves


@cache
def table_3_row(label: str) -> str | None:
    """The key of the row of table 3 that ``label`` names, or None; a group before it is passed over."""
    words = wording(label)
    for group in _groups():
        if words != group:
            words = words.removeprefix(group)
    if words in _leaves():
        return _leaves()[words]
    return next((key for pattern, key in _LOOSE if re.fullmatch(pattern, words)), None)


def is_other_handling(label: str) -> bool:
    """（六）其他处理: a group in the form of 2021, a row with numbers in that of 2019."""
    return wording(label) in {"六其他处理", "其他处理"}


def is_group(label: str) -> bool:
    """Whether the label is a group of table 3, or 三、本年度办理结果."""
    words = wording(label)
    return any(words in (group, group[1:]) for group in _groups())


_ROWS_OF_TABLE_2 = {
    "规章": "rules",
    "行政规范性文件": "normative_documents",
    "规范性文件": "normative_documents",
    "行政许可": "licences",
    "行政处罚": "penalties",
    "行政强制": "coercion",
    "行政事业性收费": "charges",
}


def table_2_row(label: str) -> str | None:
    """The key of the row of table 2 that ``label`` names, or None; a note in brackets is passed over."""
    return _ROWS_OF_TABLE_2.get(wording(re.split(r"[（(]", label, maxsplit=1)[0]))


@cache
def _headers() -> frozenset[str]:
    texts = [TABLE_3_CORNER, APPLICANTS, ORGANISATIONS, INFORMATION, RECONSIDERATION, LITIGATION]
    texts += [column.text for column in (*COLUMNS, *TABLE_4_GROUPS, *RESULTS)]
    for block in TABLE_2:
        texts += [block.caption, *(column.text for column in block.columns)]
    return frozenset(wording(text.zh) for text in texts)


def is_header(label: str) -> bool:
    """Whether the label is a column heading or caption of one of the three tables."""
    return wording(label) in _headers()


def is_label(label: str) -> bool:
    """Whether the label belongs to a table at all."""
    known = table_3_row(label) or table_2_row(label) or is_group(label) or is_header(label)
    return bool(known)


#: Column headings that only the form of 2019 has (〔2019〕60号).
MARKS_OF_2019 = ("本年新制作数量", "本年新公开数量", "上一年项目数量", "采购项目数量")
