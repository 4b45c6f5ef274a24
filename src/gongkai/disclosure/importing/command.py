"""`gongkai disclosure import`: look at the items of an earlier site, and take them over."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

# Nothing of Django here: the parser is made before it is set up.
if TYPE_CHECKING:
    from rich.console import Console

    from gongkai.disclosure.importing.running import Tally

DONE, BAD, UNUSABLE = 0, 1, 2


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", type=Path, metavar="FOLDER|XLSX|JSONL", help="the list, or the folder it lies in")
    command.add_argument(
        "--as", dest="person", required=True, metavar="USERNAME", help="the editor who takes them over"
    )
    command.add_argument("--agency", metavar="SLUG", help="whose items they are, where a row does not say")
    command.add_argument("--column", default="", metavar="CODE", help="their column, where a row does not say")
    command.add_argument("--old-host", action="append", default=[], metavar="HOST", help="a name of the earlier site")
    command.add_argument("--dry-run", action="store_true", help="only look: nothing is written")
    command.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write what is to be mended here")


def run(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Exit status 0: all taken over (or sound); 1: some rows must be mended; 2: it could not be read at all."""
    from gongkai.disclosure.importing.running import import_all
    from gongkai.documents.errors import DocumentError
    from gongkai.law.errors import LawError

    try:
        person, agency = _person(arguments.person), _agency(arguments.agency)
        with _progress() as tell:
            tally = import_all(
                source=arguments.source, actor=person, agency=agency, column=arguments.column,
                old_hosts=frozenset(arguments.old_host), dry=arguments.dry_run, tell=tell,
            )  # fmt: skip
    except (LawError, DocumentError) as error:
        err.write(f"{error.message.zh}\n")
        return UNUSABLE
    except OSError as error:
        err.write(f"{error}\n")
        return UNUSABLE
    _report(tally, out, dry=arguments.dry_run)
    if tally.problems and arguments.errors:
        _write_errors(tally, arguments.errors)
        out.write(f"需要处理的行已写入 {arguments.errors}\n")
    return BAD if tally.refused or tally.drafts or tally.stopped else DONE


def _person(username: str):  # type: ignore[no-untyped-def]  # the model is not loaded when this module is
    from gongkai.agencies.errors import Invalid
    from gongkai.agencies.models import Person
    from gongkai.law.texts import Text

    found = Person.objects.filter(username=username).first()
    if found is None:
        raise Invalid("as", Text(f"没有用户“{username}”。", f"There is no user {username!r}."))
    return found


def _agency(slug: str | None):  # type: ignore[no-untyped-def]
    from gongkai.agencies.errors import Invalid
    from gongkai.agencies.models import Agency
    from gongkai.law.texts import Text

    if slug is None:
        return None
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise Invalid("agency", Text(f"没有机关“{slug}”。", f"There is no agency {slug!r}."))
    return found


def _report(tally: Tally, out: TextIO, *, dry: bool) -> None:
    word = "可以公开" if dry else "已公开"
    out.write(
        f"{word} {tally.public} 条，{'将转为' if dry else '转为'}草稿 {tally.drafts} 条，"
        f"以前已转入 {tally.known} 条，不能转入 {tally.refused} 条\n"
    )
    if tally.stopped:
        out.write("已中断：上面的各条是完整的，再次运行会接着转入。\n")
    for problem in tally.problems[:20]:
        out.write(f"  第{problem.line}行 {problem.field} {problem.message.zh}\n")
    if len(tally.problems) > 20:
        out.write(f"  ……共 {len(tally.problems)} 处\n")


def _write_errors(tally: Tally, path: Path) -> None:
    from gongkai.documents.spreadsheet import Cell, xlsx_portions

    lines: Iterator[list[Cell]] = (
        [one.line, one.title, one.field, one.message.zh, one.value] for one in tally.problems
    )
    with path.open("wb") as file:
        file.writelines(xlsx_portions("需要处理的行", ("行", "标题", "字段", "问题", "原值"), lines))


@contextmanager
def _progress(console: Console | None = None) -> Iterator[Callable[[int, int], None]]:
    """A bar with its rate for people; nothing where the output goes into a file."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (
        TextColumn("转入"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None, rate="")

        def tell(done: int, total: int) -> None:
            speed = progress.tasks[0].speed  # None until something has been done
            progress.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield tell
