"""Resolve the dependencies anew into hashed, host-free locks: `requirements/{build,run,dev}.txt` (see decision 0002)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import boot  # noqa: E402

COMMON = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--quiet", "--upgrade"]


def main() -> None:
    uv = boot.find_uv()
    for source, extra, name in (
        ("requirements/build.in", (), "build"),
        ("pyproject.toml", (), "run"),
        ("pyproject.toml", ("--extra", "dev"), "dev"),
    ):
        target = f"requirements/{name}.txt"
        subprocess.run([*uv, "pip", "compile", *COMMON, *extra, source, "-o", target], check=True, cwd=ROOT)
        print(f"{target}: written")


if __name__ == "__main__":
    main()
