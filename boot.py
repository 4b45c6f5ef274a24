"""Set up Gongkai on a machine that has only Python (3.11 or newer) with pip: `python3 boot.py [--dev]`.

Makes `.venv` from the hashed locks in `requirements/`, builds the package in place (which fetches the pinned
front-end files and fonts) and leaves `.venv/bin/gongkai`. Run again, it sees by a stamp that nothing changed
and returns at once.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".tools"
VENV = HERE / ".venv"
STAMP = VENV / ".gongkai-stamp"
UV = "uv==0.13.9"
INPUTS = ("boot.py", "pyproject.toml", "hatch_build.py", "package.json", "package-lock.json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="with the tools that the tests need")
    arguments = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 (this very file runs before anything is checked)
        print("Gongkai needs Python 3.11 or newer; this is " + sys.version.split()[0])
        return 1
    stamp = fingerprint()
    if up_to_date(stamp, dev=arguments.dev):
        return 0
    install(dev=arguments.dev)
    STAMP.write_text(f"{stamp} {'dev' if arguments.dev else 'run'}", encoding="utf-8")
    return 0


def fingerprint() -> str:
    """One digest over everything that decides what `.venv` holds."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    translations = sorted((HERE / "src/gongkai/locale").rglob("*.po"))
    for path in [HERE / name for name in INPUTS] + sorted((HERE / "requirements").glob("*.txt")) + translations:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def up_to_date(stamp: str, *, dev: bool) -> bool:
    if not STAMP.exists() or not (VENV / "bin/gongkai").exists():
        return False
    known, _, kind = STAMP.read_text(encoding="utf-8").partition(" ")
    return known == stamp and (kind == "dev" or not dev)


def install(*, dev: bool) -> None:
    uv = find_uv()
    # Never let the installer fetch an interpreter: the machine's own Python is the one we were started with.
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}

    def run(*command: str) -> None:
        subprocess.run([*uv, *command], check=True, cwd=HERE, env=environment)

    if not (VENV / "bin/python").exists():
        run("venv", "--quiet", "--python", sys.executable, str(VENV))
    lock = "requirements/dev.txt" if dev else "requirements/run.txt"
    run("pip", "sync", "--quiet", "--require-hashes", lock)
    build = ("--build-constraints", "requirements/build.txt")
    run("pip", "install", "--quiet", "--no-deps", "--editable", ".", *build)


def find_uv() -> list[str]:
    """The installer: the one on PATH, else the pinned wheel in `.tools` (nothing outside this folder changes)."""
    if found := shutil.which("uv"):
        return [found]
    if not (TOOLS / "bin/uv").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), UV]
        if subprocess.run(pip, check=False).returncode:
            sys.exit("Could not install uv with pip. Is pip there? (Debian: apt-get install python3-pip)")
    return [str(TOOLS / "bin/uv")]


if __name__ == "__main__":
    sys.exit(main())
