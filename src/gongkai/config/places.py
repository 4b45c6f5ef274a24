"""Where this installation keeps its data, and the secrets it makes for itself on its first start.

Everything lives in one folder, `GONGKAI_DATA` (default `var/` of the working folder): the embedded database,
the document store, and `secrets/`, readable by its owner only. An office that keeps its keys elsewhere sets
`GONGKAI_SECRET_KEY` and `GONGKAI_IDENTITY_KEY` instead.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def data_folder() -> Path:
    """The data folder, made on first use."""
    folder = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret(name: str, folder: Path) -> str:
    """A 256-bit secret in hexadecimal: from the environment, else from `secrets/`, else made now.

    Raises RuntimeError for a value from the environment that is shorter than 32 characters.
    """
    variable = f"GONGKAI_{name.upper()}"
    if given := os.environ.get(variable):
        if len(given) < 32:
            raise RuntimeError(f"{variable} must have at least 32 characters")
        return given
    path = folder / "secrets" / name
    if not path.exists():
        make_secret(path)
    return path.read_text(encoding="ascii").strip()


def make_secret(path: Path) -> None:
    """Write a new secret, readable by its owner only. Two processes that start at once agree on one of them."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
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
