"""Everything that must hold, in the order of what fails fastest: `make test`.

Every step runs, the failed ones are named at the end. The tests run three times: on SQLite, on PostgreSQL, and in a
real browser against a real server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))

from scripts import machine  # noqa: E402

#: Hundreds of processes start in a run: each module is compiled once, not once in each, and outside the sources.
BYTECODE = ROOT / "build/bytecode"

PYTEST = [str(BIN / "pytest"), "-q", "-n", "2", "--dist", "worksteal"]

STEPS: list[tuple[str, list[str]]] = [
    ("lint", [str(BIN / "ruff"), "check", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("templates", [str(BIN / "python"), "scripts/templates.py"]),
    ("translations", [str(BIN / "python"), "scripts/messages.py", "--check"]),
    ("compliance page", [str(BIN / "python"), "scripts/compliance.py", "--check"]),
    ("structure", [str(BIN / "lint-imports"), "--no-cache"]),
    ("types", [str(BIN / "mypy")]),
    (
        "migrations",
        [
            str(BIN / "python"),
            "-m",
            "django",
            "makemigrations",
            "--check",
            "--dry-run",
            "--settings=gongkai.config.settings_test",
        ],
    ),
    ("tests on SQLite", [*PYTEST, "-m", "not browser"]),
    (
        "tests on PostgreSQL",
        [str(BIN / "python"), "scripts/postgresql.py", *PYTEST, "-m", "not browser", "--ignore=tests/law", "tests"],
    ),
    # Two browsers, each with an office of its own; the stories of one file stay together.
    (
        "tests in the browser",
        [str(BIN / "pytest"), "-q", "-n", "2", "--dist", "loadfile", "-m", "browser", "tests/browser"],
    ),
]


def main() -> int:
    if missing := machine.prepare():
        if machine.in_ci():
            print(f"Missing, and could not be installed: {missing}")
            return 1
        print(f"The browser tests will be skipped: this machine lacks {missing}.")
    wanted = set(sys.argv[1:])
    steps = [(name, command) for name, command in STEPS if not wanted or name in wanted]
    # What takes one processor goes two at a time; the tests, which take all, one after the other.
    light, heavy = ([step for step in steps if step[0].startswith("tests") is tests] for tests in (False, True))
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(lambda step: run(*step, quiet=True), light))
    passed += [run(*step) for step in heavy]
    failed = [name for (name, _), well in zip(light + heavy, passed, strict=True) if not well]
    print("\nFailed: " + ", ".join(failed) if failed else "\nEverything holds.")
    return 1 if failed else 0


def run(name: str, command: list[str], *, quiet: bool = False) -> bool:
    """Whether it passed. A quiet one says what it has to say when it is done, in one piece."""
    if not quiet:
        print(f"── {name}", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    kept = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} if quiet else {}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, **kept)
    passed = done.returncode == 0
    said = f"── {name}\n{done.stdout}" if quiet else ""
    print(f"{said}   {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.1f} s", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
