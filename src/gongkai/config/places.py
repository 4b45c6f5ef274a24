"""Where this installation keeps its data, and the secrets it makes for itself on its first start.

Everything lives in one folder, `GONGKAI_DATA` (default `var/` of the working folder): the embedded database,
the document store, and `secrets/`, readable by its owner only. An office that keeps its keys elsewhere sets
`GONGKAI_SECRET_KEY` and `GONGKAI_IDENTITY_KEY` instead.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class Misconfigured(RuntimeError):
    """The installation cannot start as it is set up; the message says what to change."""


def data_folder() -> Path:
    """The data folder, made on first use."""
    folder = Path(os.environ.get("GONGKAI_DATA") or "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"GONGKAI_DATA: {folder} cannot be used ({error.strerror})") from error
    return folder


def secret(name: str, folder: Path) -> str:
    """A 256-bit secret in hexadecimal: from the environment, else from `secrets/`, else made now.

    Raises Misconfigured for a value shorter than 32 characters: what is sealed with it would be as good as open.
    """
    variable = f"GONGKAI_{name.upper()}"
    if given := os.environ.get(variable):
        return _long_enough(given, variable)
    path = folder / "secrets" / name
    if not path.exists():
        make_secret(path)
    return _long_enough(path.read_text(encoding="ascii").strip(), str(path))


def _long_enough(value: str, place: str) -> str:
    if len(value) < 32:
        raise Misconfigured(f"{place} must have at least 32 characters")
    return value


def make_secret(path: Path) -> None:
    """Write a new secret, readable by its owner only. Two processes that start at once agree on one of them."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A name of its own: a process that was killed here leaves its draft, and the next may get the same number.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where the other process was first; its secret stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _force_to_disk(path.parent)


def _force_to_disk(folder: Path) -> None:
    """What is sealed with a key must not outlast it: the name of its file, too, survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
