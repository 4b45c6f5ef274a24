"""The package works without Django, and says what it exports."""

from __future__ import annotations

import subprocess
import sys

from gongkai import law

SCRIPT = """
import sys
sys.modules["django"] = None  # any import of it now fails
from gongkai import law
import datetime as dt
print(law.reckon(dt.date(2025, 1, 20), (), law.Calendar.national()).due)
assert not [name for name in sys.modules if name.startswith("django.")]
"""


def test_law_is_usable_without_django() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "2025-02-21", "")


def test_everything_exported_exists_and_is_documented() -> None:
    assert sorted(set(law.__all__)) == sorted(law.__all__)
    for name in law.__all__:
        thing = getattr(law, name)
        if isinstance(thing, type) or callable(thing):
            assert thing.__doc__, name
