"""Mixed, lawful cases for measuring: the same ones every time."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any

BEGIN = dt.date(2019, 5, 15)
DAYS = (dt.date(2026, 6, 30) - BEGIN).days


def mixed_cases(count: int, seed: int = 711) -> Iterator[dict[str, Any]]:
    """Plain cases, corrections, up to three consultations at once, extensions, fees, replies, and their mixtures."""
    chance = random.Random(seed)
    for number in range(count):
        received = BEGIN + dt.timedelta(days=chance.randrange(DAYS))
        steps: list[dict[str, Any]] = []
        anchor = received
        if chance.random() < 0.15:
            anchor = _correction(chance, received, steps)
        if chance.random() < 0.05:
            anchor = _fee(chance, anchor, steps)
        if chance.random() < 0.3:
            _consultations(chance, anchor, steps)
        if chance.random() < 0.15:
            _extension(chance, anchor, steps)
        if chance.random() < 0.5:
            last = max(_dates(steps), default=str(received))
            steps.append({"kind": "delivered", "on": _later(dt.date.fromisoformat(last), chance.randrange(1, 15))})
        as_of = None if chance.random() < 0.2 else _later(received, chance.randrange(90))
        yield {"id": f"c{number}", "received": str(received), "steps": steps, "as_of": as_of}


def lines(count: int, seed: int = 711) -> list[bytes]:
    """The same as lines of JSON."""
    return [json.dumps(case, ensure_ascii=False).encode() for case in mixed_cases(count, seed)]


def _later(day: dt.date, days: int) -> str:
    return str(day + dt.timedelta(days=days))


def _dates(steps: list[dict[str, Any]]) -> list[str]:
    return [value for step in steps for key, value in step.items() if value and key not in ("kind", "days", "who")]


def _correction(chance: random.Random, received: dt.date, steps: list[dict[str, Any]]) -> dt.date:
    notice = received + dt.timedelta(days=chance.randrange(1, 8))
    corrected = notice + dt.timedelta(days=chance.randrange(1, 20))
    steps += [{"kind": "correction_notice", "on": str(notice)}, {"kind": "corrected", "on": str(corrected)}]
    return corrected


def _fee(chance: random.Random, anchor: dt.date, steps: list[dict[str, Any]]) -> dt.date:
    issued = anchor + dt.timedelta(days=chance.randrange(1, 15))
    paid = issued + dt.timedelta(days=chance.randrange(2, 25))
    steps.append({"kind": "fee_notice", "issued": str(issued), "received": str(issued), "paid": str(paid)})
    return paid


def _consultations(chance: random.Random, anchor: dt.date, steps: list[dict[str, Any]]) -> None:
    for days in sorted(chance.randrange(1, 12) for _ in range(chance.choice([1, 1, 1, 2, 3]))):
        issued = anchor + dt.timedelta(days=days)
        answered = chance.random() < 0.7
        steps.append(
            {
                "kind": "consultation",
                "issued": str(issued),
                "received": _later(issued, 2) if answered or chance.random() < 0.5 else None,
                "returned": _later(issued, chance.randrange(3, 24)) if answered else None,
                "who": chance.choice(["third_party", "third_party", "co_producer"]),
            }
        )


def _extension(chance: random.Random, anchor: dt.date, steps: list[dict[str, Any]]) -> None:
    # Thirteen to twenty-five days after the limit began, twenty working days are never over.
    steps.append({"kind": "extension", "on": _later(anchor, chance.randrange(13, 26)), "days": chance.randint(1, 20)})
