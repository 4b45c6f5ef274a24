"""``gongkai report aggregate``: the reports of a folder read, audited and added up, without any database."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from gongkai.annual_report.addition import added_up
from gongkai.annual_report.audit import Severity
from gongkai.annual_report.check_command import progress
from gongkai.annual_report.checking import Checked, How, check_files
from gongkai.annual_report.child_names import normal
from gongkai.annual_report.linked_figures import printed
from gongkai.documents.folders import files_in
from gongkai.documents.spreadsheet import Cell, Sheet, workbook_portions
from gongkai.law.report_form import Form, Tables, Value, broken_identities, cells
from gongkai.law.texts import Text

DONE, DOUBTS, NOTHING = 0, 1, 2
_YEAR = Text("是{0}年的报告。", "It is a report of {0}.")
_FORM = Text("是2019年格式的报告，不能汇总。", "In the form of 2019: it cannot be summed up.")
_TWICE = Text("与“{0}”是同一机关，只计入先读到的一份。", "The same agency as {0}: only the first is counted.")


@dataclass(frozen=True)
class Member:
    """One report in the sum. `blank`: cells in which nothing was read; they count as nothing."""

    name: str
    file: str
    tables: Tables
    errors: int

    @property
    def blank(self) -> int:
        return len(self.tables.missing)


@dataclass
class Aggregate:
    """What was summed up, what was not and why."""

    members: list[Member] = field(default_factory=list)
    left_out: list[tuple[str, Text]] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def add(self, checked: Checked, year: int) -> None:
        """Take one file in, or leave it out. An agency is counted once."""
        why = _unfit(checked, year)
        if why is None:
            name = checked.agency or Path(checked.file).stem
            first = self._known.setdefault(normal(name), checked.file)
            if first != checked.file:
                why = Text(_TWICE.zh.format(first), _TWICE.en.format(first))
        if why is not None:
            self.left_out.append((checked.file, why))
            return
        tables = Tables.from_json(checked.tables or {})
        self.members.append(Member(name, checked.file, tables, checked.count(Severity.ERROR)))

    @property
    def sum(self) -> Tables:
        return added_up(member.tables.cells for member in self.members)

    @property
    def code(self) -> int:
        if not self.members:
            return NOTHING
        doubtful = any(member.errors or member.blank for member in self.members)
        return DOUBTS if self.left_out or doubtful or broken_identities(self.sum) else DONE


def _unfit(checked: Checked, year: int) -> Text | None:
    if checked.error is not None:
        return checked.error[1]
    if checked.year is not None and checked.year != year:
        return Text(_YEAR.zh.format(checked.year), _YEAR.en.format(checked.year))
    return None if checked.form == Form.F2021.value else _FORM


def aggregate(files: Iterable[Path], year: int, jobs: int, step: Callable[[], None] = lambda: None) -> Aggregate:
    """Read and add up. One bad file never stops the rest."""
    found = Aggregate()
    for checked in check_files(files, How(None), jobs):
        found.add(checked, year)
        step()
    return found


def run(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """The command as it is typed. 0: all summed up without a doubt; 1: something left out, wrong or blank; 2: nothing."""
    files = list(files_in(arguments.folders))
    jobs = max(1, arguments.jobs or (os.cpu_count() or 1))
    with progress(len(files)) as step:
        found = aggregate(files, arguments.year, jobs, step)
    lang: str = arguments.lang
    if arguments.xlsx is not None:
        try:
            with arguments.xlsx.open("wb") as file:
                file.writelines(workbook(found, lang))
        except OSError as error:
            err.write(f"{error.filename}：{error.strerror}\n")
            return NOTHING
    if arguments.json:
        out.write(json.dumps(as_json(found, arguments.year, lang), ensure_ascii=False) + "\n")
    else:
        out.writelines(f"{line}\n" for line in for_people(found, lang))
    return found.code


def as_json(found: Aggregate, year: int, lang: str) -> dict[str, object]:
    """One object: the sum as `law.report_form.Tables.to_json` gives it, who is in it, who is not and why."""
    members = [
        {"agency": one.name, "file": one.file, "errors": one.errors, "blank": one.blank} for one in found.members
    ]
    return {
        "year": year,
        "tables": found.sum.to_json(),
        "members": members,
        "left_out": [{"file": file, "message": why.of(lang)} for file, why in found.left_out],
        "broken": [one.identity.key for one in broken_identities(found.sum)],
    }


_SUMMED = Text("汇总 {0} 个机关的报告。", "{0} reports summed up.")
_LEFT_OUT = Text("没有计入：", "Left out:")
_DOUBTFUL = Text("有错误或者空格：", "With errors or blank cells:")
_COUNTS = Text("{0} 处错误，{1} 格没有读到数字", "{0} errors, {1} cells not read")
_BROKEN = Text("勾稽关系不成立：", "Does not add up:")


def for_people(found: Aggregate, lang: str) -> Iterator[str]:
    """The sum of every cell that is not zero, and what is to be looked after."""
    yield _SUMMED.of(lang).format(len(found.members))
    total = found.sum
    for address, cell in cells().items():
        if number := total[address]:
            yield f"  {address}\t{printed(number)}\t{cell.place.of(lang)}"
    for one in broken_identities(total):
        yield f"{_BROKEN.of(lang)}{one.identity.where.of(lang)} {one.left} ≠ {one.right}"
    doubtful = [one for one in found.members if one.errors or one.blank]
    if doubtful:
        yield _DOUBTFUL.of(lang)
        yield from (f"  {one.name}\t{_COUNTS.of(lang).format(one.errors, one.blank)}\t{one.file}" for one in doubtful)
    if found.left_out:
        yield _LEFT_OUT.of(lang)
        yield from (f"  {file}\t{why.of(lang)}" for file, why in found.left_out)


def workbook(found: Aggregate, lang: str) -> Iterator[bytes]:
    """A row an agency with every cell, the sum first; a sheet of what was left out."""
    columns = [word.of(lang) for word in (_AGENCY, _FILE, _ERRORS)] + [one.place.of(lang) for one in cells().values()]
    left_out: list[list[Cell]] = [[file, why.of(lang)] for file, why in found.left_out]
    sheets = [
        Sheet(_SUM.of(lang), columns, _rows(found, lang)),
        Sheet(_LEFT_OUT.of(lang).rstrip("：:"), [_FILE.of(lang), _WHY.of(lang)], left_out),
    ]
    return workbook_portions(sheets)


_AGENCY, _FILE, _ERRORS = Text("机关", "Agency"), Text("文件", "File"), Text("错误", "Errors")
_SUM, _WHY = Text("汇总", "Sum"), Text("原因", "Why")


def _rows(found: Aggregate, lang: str) -> Iterator[list[Cell]]:
    yield [_SUM.of(lang), "", "", *(_cell(value) for value in found.sum.cells.values())]
    for one in found.members:
        yield [one.name, one.file, one.errors, *(_cell(value) for value in one.tables.cells.values())]


def _cell(value: Value) -> Cell:
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return printed(value)
    return None if value is None else int(value)
