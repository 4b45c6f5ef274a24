"""`gongkai applications recount` and `verify-file`."""

from __future__ import annotations

import argparse
import zipfile
from pathlib import Path
from typing import TextIO


def run_recount(arguments: argparse.Namespace, out: TextIO) -> int:
    """Count the due dates of all open cases anew, with a progress bar."""
    from rich.console import Console
    from rich.progress import Progress

    from gongkai.applications.actions.recount import recount_all

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("重新推算 Recounting", total=None)
        told = recount_all(lambda done, of: bar.update(task, completed=done, total=of))
    out.write(
        f"共 {told.looked_at} 件在办：{told.later} 件期限顺延；{told.nearer} 件期限提前，须由工作人员决定。\n"
        f"{told.looked_at} open: {told.later} due later; {told.nearer} would be due sooner and wait for a decision.\n"
    )
    if told.failed:
        out.write(f"未能推算 not counted (see the log): {told.failed}\n")
    return 1 if told.failed else 0


def run_verify_file(files: list[Path], out: TextIO) -> int:
    """Check case files against their manifests. Exit status 0 as closed, 1 changed, 2 not a case file."""
    status = 0
    for path in files:
        found, code = _verify(path)
        status = max(status, code)
        out.writelines(f"{path}: {line}\n" for line in found)
    return status


def _verify(path: Path) -> tuple[list[str], int]:
    from gongkai.applications.case_file import faults

    try:
        found = faults(path.read_bytes())
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        return [f"不是可以核验的卷宗 not a case file ({error})"], 2
    return (found, 1) if found else (["与归档时一致 as it was closed"], 0)
