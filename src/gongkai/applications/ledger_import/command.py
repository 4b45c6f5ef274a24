"""`gongkai applications import`: look at a ledger, and take it over where every row is sound."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

# Nothing of Django here: the parser is made before it is set up.
if TYPE_CHECKING:
    from gongkai.agencies.models import Agency, Person
    from gongkai.applications.ledger_import.examination import Examination, Options, Progress
    from gongkai.applications.ledger_import.fields import Field

SHOWN = 20
DONE, BAD, UNUSABLE = 0, 1, 2


class Unusable(Exception):
    """What was asked cannot be done at all: exit status 2."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="台账.xlsx", help="the ledger: .xlsx, or .csv in UTF-8 or GBK")
    command.add_argument("--agency", required=True, metavar="SLUG", help="whose ledger it is")
    command.add_argument("--as", dest="person", metavar="USERNAME", help="the clerk who imports; not for a dry run")
    command.add_argument("--dry-run", action="store_true", help="only look: nothing is written")
    command.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write the faulty rows here, to be mended")
    command.add_argument("--skip-bad", action="store_true", help="take over the sound rows, leave the faulty ones")
    command.add_argument("--sheet", metavar="NAME", help="which sheet; else the one whose head is known best")
    help_map = "what a column is (列名=字段, or #3=字段 by its number); 列名= leaves it out"
    command.add_argument("--map", action="append", default=[], metavar="列名=字段", help=help_map)
    help_default = "what stands where 申请人类型 or 提交方式 is empty"
    command.add_argument("--default", action="append", default=[], metavar="字段=值", help=help_default)


def run(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Exit status 0: done, or sound; 1: something has to be mended, nothing was written; 2: it could not be read."""
    from gongkai.applications.ledger_import.errors import LedgerUnreadable
    from gongkai.documents.gate import UploadRefused
    from gongkai.law.errors import LawError

    try:
        return _run(arguments, out)
    except (Unusable, OSError) as error:
        err.write(f"{error}\n")
        return UNUSABLE
    except LawError as error:
        err.write(f"{error.message.zh}\n")
        return UNUSABLE if isinstance(error, LedgerUnreadable | UploadRefused) else BAD


def _run(arguments: argparse.Namespace, out: TextIO) -> int:
    from gongkai.applications.ledger_import.examination import examine

    agency = _agency(arguments.agency)
    person = None if arguments.dry_run else _person(arguments.person)
    options = _options(arguments)
    data = arguments.file.read_bytes()
    with _progress("核对 Checking") as progress:
        found = examine(data, arguments.file.name, agency, options, progress)
    out.writelines(f"{line}\n" for line in _report(found))
    if found.missing:
        names = "、".join(field.label.zh for field in found.missing)
        out.write(f"缺少必需的列：{names}。请用 --map 列名=字段 指明。\n")
        return BAD
    if found.bad and arguments.errors:
        _write_errors(found, arguments.errors, out)
    if person is None or (found.bad and not arguments.skip_bad):
        return _stop(found, dry=person is None, out=out)
    return _take_over(found, agency, person, out)


def _agency(slug: str) -> Agency:
    from gongkai.agencies.models import Agency

    found: Agency | None = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise Unusable(f"没有标识为 {slug} 的机关 No such agency")
    return found


def _person(username: str | None) -> Person:
    from gongkai.agencies.models import Person

    if username is None:
        raise Unusable("请用 --as 指明由哪位经办人导入（或者先加 --dry-run 试运行） Say who imports: --as USERNAME")
    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Unusable(f"没有这个用户名：{username} No such person")
    return found


def _options(arguments: argparse.Namespace) -> Options:
    from gongkai.applications.ledger_import.examination import Options

    return Options(
        arguments.sheet, dict(_columns(arguments.map)), defaults_told(_pairs("--default", arguments.default))
    )


def _pairs(option: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise Unusable(f"{option} {text}：应为 名称=值 should be NAME=VALUE")
        yield name.strip(), value.strip()


def _columns(texts: Sequence[str]) -> Iterator[tuple[str, Field | None]]:
    from gongkai.applications.ledger_import.fields import FIELDS, field_by_word

    for name, word in _pairs("--map", texts):
        field = field_by_word(word) if word else None
        if word and field is None:
            known = "、".join(label.zh for label in FIELDS.values())
            raise Unusable(f"--map {name}={word}：没有这个字段，有：{known}")
        yield name, field


def defaults_told(pairs: Iterator[tuple[str, str]]) -> Mapping[Field, str]:
    """The values for empty cells, in the words that a cell could have."""
    from gongkai.applications.ledger_import.errors import Unclear
    from gongkai.applications.ledger_import.fields import Field, field_by_word
    from gongkai.applications.ledger_import.values import channel_of, kind_of

    found: dict[Field, str] = {}
    for name, word in pairs:
        field = field_by_word(name)
        try:
            meant = (
                kind_of(word) if field is Field.APPLICANT_KIND else channel_of(word) if field is Field.CHANNEL else None
            )
        except Unclear as error:
            raise Unusable(error.message.zh) from error
        if field is None or meant is None:
            raise Unusable(f"--default {name}={word}：只能为申请人类型、提交方式指定 only for these two")
        found[field] = meant.value
    return found


def _report(found: Examination) -> Iterator[str]:
    """What a person looks at before the import: the columns as they are understood, then the counts."""
    yield f"{found.source.name}（工作表 {found.layout.sheet.name}，表头在第{max(found.layout.head)}行）"
    for column in found.layout.columns:
        meaning = f"→ {column.field.label.zh}" if column.field else "不导入"
        samples = "  例 " + "｜".join(column.samples) if column.samples else ""
        yield f"  {column.name}  {meaning}{samples}"
        if column.note:
            yield f"    ！{column.note.zh}"
    if found.other_sheets:
        yield f"  未读取的工作表：{'、'.join(found.other_sheets)}（用 --sheet 指定）"
    if found.missing:
        return
    yield (
        f"共{found.total}行：可导入{len(found.rows)}行（已答复{found.answered}、在办{len(found.rows) - found.answered}），"
        f"已有{len(found.existing)}行，有误{len(found.bad)}行"
    )
    for name, count in found.assumed.items():
        from gongkai.applications.ledger_import.fields import Field

        yield f"  其中{count}行的{Field(name).label.zh}台账没有写明，按惯例填写"
    yield from (f"  第{problem.line}行：{problem.message.zh}" for problem in found.problems[:SHOWN])
    if len(found.problems) > SHOWN:
        yield f"  ……另有{len(found.problems) - SHOWN}处（用 --errors 错误.xlsx 导出全部）"


def _write_errors(found: Examination, path: Path, out: TextIO) -> None:
    from gongkai.applications.ledger_import.error_sheet import error_sheet

    path.write_bytes(error_sheet(found))
    out.write(f"有误的{len(found.bad)}行已写入 {path}，更正后可以直接再次导入。\n")


def _stop(found: Examination, *, dry: bool, out: TextIO) -> int:
    if dry:
        out.write("试运行：没有写入任何内容。\n")
        return BAD if found.bad else DONE
    out.write("有误的行未更正，没有导入任何一行。更正后再导入，或者加 --skip-bad 先导入无误的行。\n")
    return BAD


def _take_over(found: Examination, agency: Agency, person: Person, out: TextIO) -> int:
    from gongkai.applications.actions.import_ledger import import_ledger

    with _progress("导入 Importing") as progress:
        result = import_ledger(agency=agency, actor=person, rows=found.rows, source=found.source, progress=progress)
    left = f"，有误{len(found.bad)}行未导入" if found.bad else ""
    out.write(f"已导入{result.created}件，已有{result.skipped + len(found.existing)}件{left}。\n")
    return DONE


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A progress bar for people; nothing where the output goes into a file."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
