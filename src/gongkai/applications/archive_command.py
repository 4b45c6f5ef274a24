"""`gongkai archive verify` and `gongkai archive export`.

`verify` needs no database: an archive runs it on a machine of its own. Where there is one that knows the case, the
ledger is asked, too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from gongkai.documents.packages.checking import Line, Property, Result, Seen, result_of, seen_in
from gongkai.documents.packages.errors import NotAPackage
from gongkai.documents.packages.opening import CHUNK, opened
from gongkai.law.texts import Text

PASSED, FAULTS, NOT_A_PACKAGE = 0, 1, 2
#: A receipt is told in a few hundred bytes.
MOST_RECEIPTS = 64 * 1024 * 1024


def run_verify(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Check each file; one bad file never stops the rest. 0: all pass; 1: something does not; 2: one could not be opened
    as a case file at all."""
    try:
        receipts = _receipts(arguments.receipts) if arguments.receipts else None
    except (OSError, ValueError, LookupError, TypeError):
        err.write(f"{arguments.receipts}: 不是移交回执 no receipts\n")
        return NOT_A_PACKAGE
    status = PASSED
    for path in arguments.files:
        try:
            seen, lines = checked(path, receipts)
        except (NotAPackage, OSError) as error:
            status = NOT_A_PACKAGE
            _tell_unopened(path, error, arguments, out)
            continue
        if result_of(lines) is Result.FAILED:
            status = max(status, FAULTS)
        told = _as_json(path, seen, lines) if arguments.json else _for_people(path, seen, lines, arguments.lang)
        out.writelines(f"{line}\n" for line in told)
    return status


def checked(path: Path, receipts: Sequence[dict[str, Any]] | None = None) -> tuple[Seen, list[Line]]:
    """Everything that can be asked of this package here. Raises NotAPackage, OSError."""
    from gongkai.applications.case_file import report
    from gongkai.applications.case_file_checks import KEPT, receipt_line

    with _bar(path.name) as on_file, opened(path) as package:
        seen = seen_in(package, KEPT, on_file)
    digest = None if path.is_dir() else _digest(path)
    lines = [_office_line(seen, digest) if receipts is None else receipt_line(seen, receipts)]
    return seen, [*lines, *report(seen)]


def _office_line(seen: Seen, digest: str | None) -> Line:
    from django.db import DatabaseError, connection

    from gongkai.applications.case_file_checks import not_ours, seal_line

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "mode=memory" not in name and not Path(name).exists():
        return not_ours(Text("本机没有数据库", "there is no database here"))  # asking would make an empty one
    try:
        return seal_line(seen, digest)
    except DatabaseError:
        return not_ours(Text("本机的数据库无法使用", "the database here cannot be used"))


def _receipts(path: Path) -> list[dict[str, Any]]:
    if path.stat().st_size > MOST_RECEIPTS:
        raise ValueError(path)
    rows = json.loads(path.read_text(encoding="utf-8"))["packages"]
    if not all({"number", "volume", "manifest"} <= row.keys() for row in rows):
        raise ValueError(path)
    return list(rows)


def _digest(path: Path) -> str:
    running = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            running.update(chunk)
    return running.hexdigest()


def _tell_unopened(path: Path, error: Exception, arguments: argparse.Namespace, out: TextIO) -> None:
    message = error.message if isinstance(error, NotAPackage) else _no_file(error)
    if arguments.json:
        told = {"code": getattr(error, "code", "unreadable"), "zh": message.zh, "en": message.en}
        out.write(json.dumps({"file": str(path), "result": "not_a_package", "error": told}, ensure_ascii=False) + "\n")
    else:
        out.write(f"{path}: {message.of(arguments.lang)}\n")


def _no_file(error: Exception) -> Text:
    reason = getattr(error, "strerror", None) or str(error)
    return Text(f"文件无法读取（{reason}）。", f"The file cannot be read ({reason}).")


def _as_json(path: Path, seen: Seen, lines: Sequence[Line]) -> Iterator[str]:
    head = {name: seen.manifest.head.get(name) for name in ("agency", "number", "volume", "archive_number", "format")}
    told = {"file": str(path), "result": result_of(lines).value, **head, "manifest": seen.manifest_digest}
    yield json.dumps({**told, "lines": [line.as_data for line in lines]}, ensure_ascii=False)


_HEAD = Text(
    "{agency} {number} 第{volume}卷 档号：{archive}", "{agency} {number} volume {volume}, archive number: {archive}"
)
_NONE = Text("未编", "none")


def _for_people(path: Path, seen: Seen, lines: Sequence[Line], lang: str) -> Iterator[str]:
    told = {name: seen.manifest.told(name) for name in ("agency", "number", "volume")}
    yield str(path)
    yield "  " + _HEAD.of(lang).format(**told, archive=seen.manifest.told("archive_number") or _NONE.of(lang))
    for each in Property:
        own = [line for line in lines if line.kind is each]
        yield f"  {each.label.of(lang)}：{result_of(own).label.of(lang)}"
        for line in own:
            yield f"    [{line.result.label.of(lang)}] {line.message.of(lang)}"
    yield f"  {result_of(lines).label.of(lang)}"


@contextmanager
def _bar(title: str, *, least: int = 50) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for people, where there is something to wait for; nothing where the output is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, of: None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(title, total=None, visible=False)
        yield lambda done, of: progress.update(task, completed=done, total=of, visible=of >= least)


def run_export(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Write a year's case files into a folder, with their list and receipts. 0: all written; 1: refused."""
    from gongkai.agencies.models import Agency
    from gongkai.applications.actions.hand_over import hand_over
    from gongkai.law.errors import LawError

    agency = Agency.objects.filter(slug=arguments.agency).first()
    if agency is None:
        err.write(f"没有标识为 {arguments.agency} 的机关\n")
        return FAULTS
    try:
        with _bar("导出 Exporting", least=1) as on_file:
            told = hand_over(
                agency=agency, year=arguments.year, folder=arguments.folder, zipped=arguments.zip, on_file=on_file
            )
    except LawError as refusal:
        err.write(f"{refusal.message.zh}\n{refusal.message.en}\n")
        return FAULTS
    except OSError as error:
        err.write(f"未能写完 not written ({error.strerror}): {arguments.folder}\n")
        return FAULTS
    out.write(
        f"{told} 卷已写入 {arguments.folder}；请把 receipts.json 另行移交。\n"
        f"{told} case files written; hand receipts.json over apart from them.\n"
    )
    return PASSED
