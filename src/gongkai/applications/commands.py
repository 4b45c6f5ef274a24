"""`gongkai applications recount`."""

from __future__ import annotations

import argparse
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
