"""What a check found as a workbook: a sheet with a row for each finding, a sheet with a row for each file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual_report.audit import Severity
from gongkai.annual_report.checking import Checked
from gongkai.documents.spreadsheet import Cell, Sheet, workbook_portions
from gongkai.law.texts import Text

_FINDINGS, _FILES = Text("发现", "Findings"), Text("文件", "Files")
_OF_FINDING = (
    Text("文件", "File"),
    Text("机关", "Agency"),
    Text("年度", "Year"),
    Text("程度", "Severity"),
    Text("规则", "Rule"),
    Text("位置", "Where"),
    Text("说明", "Message"),
    Text("数值一", "Value 1"),
    Text("数值二", "Value 2"),
)
_OF_FILE = (
    Text("文件", "File"),
    Text("机关", "Agency"),
    Text("年度", "Year"),
    Text("格式", "Form"),
    Text("完整", "Whole"),
    Text("错误", "Errors"),
    Text("可疑", "Warnings"),
    Text("提示", "Hints"),
    Text("无法读取的原因", "Why it could not be read"),
)
_YES, _NO = Text("是", "yes"), Text("否", "no")


def workbook(checked: Sequence[Checked], lang: str) -> Iterator[bytes]:
    """The workbook, portion by portion."""
    return workbook_portions(
        [
            Sheet(_FINDINGS.of(lang), [column.of(lang) for column in _OF_FINDING], _findings(checked, lang)),
            Sheet(_FILES.of(lang), [column.of(lang) for column in _OF_FILE], _files(checked, lang)),
        ]
    )


def _findings(checked: Sequence[Checked], lang: str) -> Iterator[Sequence[Cell]]:
    for one in checked:
        for finding in one.findings:
            values = [value if isinstance(value, int | str) else str(value) for value in finding.values[:2]]
            yield (
                one.file,
                one.agency,
                one.year,
                finding.severity.label.of(lang),
                finding.rule,
                finding.place.of(lang),
                finding.message.of(lang),
                *values,
            )


def _files(checked: Sequence[Checked], lang: str) -> Iterator[Sequence[Cell]]:
    for one in checked:
        counts = [one.count(severity) if one.error is None else None for severity in Severity]
        whole = (_YES if one.complete else _NO).of(lang) if one.error is None else None
        why = one.error[1].of(lang) if one.error else None
        yield one.file, one.agency, one.year, one.form, whole, *counts, why
