"""`gongkai search rebuild | check`."""

from __future__ import annotations

import argparse
from typing import TextIO

from gongkai.search import house, sources
from gongkai.search.errors import IndexBusy, SearchUnavailable

_MANY = 20


def run_rebuild(out: TextIO, err: TextIO) -> int:
    """With a progress bar for people."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=err)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = sum(source.count() for source in sources.sources())
    try:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("重建索引 Building the index", total=total)
            count = house.rebuild(lambda: progress.advance(task))
    except IndexBusy as error:
        err.write(f"{error.message.zh} {error.message.en}\n")
        return 2
    out.write(f"{count} 件已编入索引，{house.index().size / 1e6:.1f} MB · {count} documents indexed\n")
    return 0


def run_check(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Exit status 0 where they agree, 1 where they do not, 2 where there is no index that could be read."""
    try:
        found = house.difference()
    except SearchUnavailable as error:
        err.write(f"没有可用的索引，请运行 gongkai search rebuild。No usable index ({error.why}).\n")
        return 2
    rows = [("缺少 missing", found.missing), ("未更新 late", found.late), ("多余 extra", found.extra)]
    for name, keys in rows:
        if keys:
            more = f" …（共 {len(keys)} 件）" if len(keys) > _MANY else ""
            out.write(f"{name}: {', '.join(keys[:_MANY])}{more}\n")
    if found.keys and arguments.mend:
        house.update(found.keys)
        out.write(f"已更新 {len(found.keys)} 件 · {len(found.keys)} documents brought up to date\n")
        return 0
    out.write(f"{found.count} 件，{len(found.keys)} 处不一致 · {found.count} documents, {len(found.keys)} differ\n")
    return 1 if found.keys else 0
