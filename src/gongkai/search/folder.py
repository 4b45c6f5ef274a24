"""The folder of the index: which build is the one in use, and who may write.

`current` names the build in use; a rebuild makes another beside it and puts its name there in one step. Nothing that a
reader may have open is ever written over: a file that shrinks under a reading process kills it. Locks of the operating
system, which a killed process gives back: one for whoever writes, one for whoever builds anew, and one in each build, which
its readers share, so that it is removed when the last of them has gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from gongkai.search.errors import IndexBusy
from gongkai.search.schema import LAYOUT

#: Seconds between two looks whether a lock has become free.
_LOOK = 0.05
#: In each build: locked by whoever reads it.
_READERS = "readers.lock"


class Held:
    """A lock that is given back when the last one who has hold of it has gone."""

    __slots__ = ("descriptor",)

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __del__(self) -> None:
        os.close(self.descriptor)


class Folder:
    """Names and locks; knows nothing of what is in an index."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def pointer(self) -> Path:
        return self.path / "current"

    @property
    def changed(self) -> Path:
        """The keys that were written while a rebuild was under way."""
        return self.path / "changed"

    def current(self) -> Path | None:
        """The build in use; None where there is none of this layout."""
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        right = name.startswith(f"v{LAYOUT}-") and "/" not in name and (self.path / name / "meta.json").is_file()
        return self.path / name if right else None

    def new_build(self) -> Path:
        """An empty folder for a build."""
        build = self.path / f"v{LAYOUT}-{secrets.token_hex(6)}"
        build.mkdir(mode=0o700, parents=True)
        (build / _READERS).touch()
        return build

    def held(self, build: Path) -> Held:
        """As long as somebody has hold of this, the build stays where it is. Raises OSError where it is being removed, or
        gone."""
        held = Held(os.open(build / _READERS, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
        fcntl.flock(held.descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if not os.fstat(held.descriptor).st_nlink:  # removed between the two
            raise FileNotFoundError(build)
        return held

    def use(self, build: Path) -> None:
        """From now on this build is the one; the others go, as far as nobody reads them."""
        draft = self.pointer.with_name("current.draft")
        with draft.open("w", encoding="ascii") as file:
            file.write(build.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.pointer)
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self.tidy()

    def tidy(self) -> None:
        """Remove what no pointer names and nobody reads: old builds, and builds that broke off. For whoever holds the
        builder's lock."""
        now = self.current()
        for build in self.path.glob("v*-*"):
            if build != now and build.is_dir():
                _remove(build)

    def writing(self, seconds: float) -> contextlib.AbstractContextManager[None]:
        """The lock of whoever writes. Raises IndexBusy after so many seconds."""
        return self._locked("writing.lock", seconds)

    def building(self) -> contextlib.AbstractContextManager[None]:
        """The lock of whoever builds anew. Raises IndexBusy after a moment."""
        return self._locked("building.lock", 1.0)

    @property
    def is_building(self) -> bool:
        try:
            with self._locked("building.lock", 0.0):
                return False
        except IndexBusy:
            return True

    @contextlib.contextmanager
    def _locked(self, name: str, seconds: float) -> Iterator[None]:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        until = time.monotonic() + seconds
        with (self.path / name).open("a") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    if time.monotonic() >= until:
                        raise IndexBusy(name) from None
                    time.sleep(_LOOK)
            yield


def _remove(build: Path) -> None:
    """Unless somebody reads it."""
    with (build / _READERS).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        shutil.rmtree(build, ignore_errors=True)
