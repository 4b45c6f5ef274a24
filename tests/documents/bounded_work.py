"""What the tests have done in the worker: a module of its own, because the worker imports it whole."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from gongkai.documents.reading.errors import refuse


def pid() -> int:
    return os.getpid()


def refused(code: str) -> None:
    refuse(code)


def faulty() -> None:
    raise ZeroDivisionError("of ours")


class Unpackable(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def unpackable() -> None:
    raise Unpackable("a", "b")


def eat(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def spin() -> None:
    while True:
        pass


def told(pages: int, on_page: Callable[[int, int], None]) -> str:
    for page in range(1, pages + 1):
        on_page(page, pages)
    return "done"


def slowly(number: int) -> int:
    time.sleep(0.02 * (number % 3))
    if number == 4:
        refuse("empty")
    return number * number


def with_child(mark: str) -> None:
    Path(mark).write_text(str(subprocess.Popen(["sleep", "60"]).pid))
    time.sleep(60)
