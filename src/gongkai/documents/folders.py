"""Files named on the command line, folders among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Folders with all that is in them, but for hidden files and the lock files of office programs."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inside in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in inside.relative_to(path).parts)
            if inside.is_file() and not hidden:
                yield inside
