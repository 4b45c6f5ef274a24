"""Every template in the form that djade gives it; fails with the names of those that are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    templates = sorted(str(path) for path in (ROOT / "src/gongkai").rglob("templates/**/*.html"))
    mode = [] if "--fix" in sys.argv else ["--check"]
    djade = Path(sys.executable).parent / "djade"
    return subprocess.run([djade, "--target-version", "5.2", *mode, *templates], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
