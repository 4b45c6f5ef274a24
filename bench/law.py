"""How many cases the reply clock reckons in a second, next to a plain loop over the days: `make bench`.

python -m bench.law [COUNT]
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from io import BytesIO

from bench.cases import lines
from bench.plain import PlainLoop
from gongkai.law.case_lines import LineReckoner
from gongkai.law.working_days import FIRST_DAY, LAST_DAY, Calendar
from gongkai.law_commands.batch import answer_all

ROUNDS = 3


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock on the wall and of this process, the best of a few rounds."""
    found = []
    for _ in range(ROUNDS):
        wall, process = time.perf_counter(), time.process_time()
        act()
        found.append((time.perf_counter() - wall, time.process_time() - process))
    return min(found)


def main() -> int:
    """Measures, compares answers, prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    calendar = Calendar.national()
    plain = PlainLoop(frozenset(calendar.working_days(FIRST_DAY, LAST_DAY)))
    reckoner, explaining = LineReckoner(calendar), LineReckoner(calendar, explain=True)
    cases = lines(count)
    sample = cases[: max(count // 20, 1)]
    gc.freeze()
    batch = b"\n".join(cases)
    wall, process = measured(lambda: answer_all(reckoner, BytesIO(batch), BytesIO()))
    slow_wall, slow_process = measured(lambda: [json.dumps(plain.answer(line)) for line in sample])
    why_wall, why_process = measured(lambda: [explaining.answer(line) for line in sample])
    wrong = sum(differs(reckoner.answer(line)[0], plain.answer(line)) for line in sample)
    ratio = (slow_process / len(sample)) / (process / count)
    sys.stdout.write(
        f"{count:,} mixed cases, JSON in and out, one process, best of {ROUNDS}:\n"
        f"  reply clock            {count / wall:>9,.0f} a second   ({count / process:,.0f} by processor time)\n"
        f"  with explanations      {len(sample) / why_wall:>9,.0f} a second   ({len(sample) / why_process:,.0f})\n"
        f"  plain loop over days   {len(sample) / slow_wall:>9,.0f} a second   ({len(sample) / slow_process:,.0f})\n"
        f"  ratio {ratio:.1f}; {len(sample):,} answers compared, {wrong} differ\n"
    )
    return 1 if wrong else 0


def differs(text: str, expected: dict[str, object]) -> bool:
    """Whether the two answers to a line are not the same."""
    found = json.loads(text)
    return any(found[key] != value for key, value in expected.items())


if __name__ == "__main__":
    sys.exit(main())
