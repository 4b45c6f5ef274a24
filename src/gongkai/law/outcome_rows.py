"""Under which row of table 3 of the annual report an outcome is counted: 21 rows since 2021, 19 in 2019 and 2020.

The trial form of 2019 has one row （六）其他处理 where that of 2021 has three; all else is the same (年度报告格式) [M].
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.law.citations import Article
from gongkai.law.errors import LawError
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.texts import Text

FIRST_YEAR = 2019
#: Since the reports on this year the form of 2021 holds.
SINCE = 2021
_OTHERWISE = tuple(outcome for outcome, rule in OUTCOMES.items() if rule.code.startswith("E"))


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A row of results: ``label`` as the form prints it under ``group`` (None: it stands alone), and what it counts.

    ``key``: the row in addresses of cells (``report_form``).
    """

    key: str
    label: Text
    group: Text | None
    outcomes: tuple[Outcome, ...]


@cache
def outcome_rows(year: int) -> tuple[OutcomeRow, ...]:
    """The rows of results of a report on ``year``, in official order, without 总计.

    Raises ``LawError`` ("no_national_form") for years before 2019.
    """
    if year < FIRST_YEAR:
        text = Text(f"{year}年没有全国统一的年度报告格式。", f"There was no national form for reports on {year}.")
        raise LawError("no_national_form", text, Article("年度报告格式2019", None))
    if year >= SINCE:
        return tuple(_row(outcome) for outcome in OUTCOMES)
    named = tuple(_row(outcome) for outcome in OUTCOMES if outcome not in _OTHERWISE)
    return (*named, OutcomeRow(Outcome.OTHER.value, OUTCOMES[Outcome.OTHER].group, None, _OTHERWISE))


def _row(outcome: Outcome) -> OutcomeRow:
    rule = OUTCOMES[outcome]
    return OutcomeRow(outcome.value, rule.row, None if rule.group == rule.row else rule.group, (outcome,))


def outcome_row(outcome: Outcome, year: int) -> OutcomeRow:
    """The row that counts an outcome in the report on ``year``."""
    return next(row for row in outcome_rows(year) if outcome in row.outcomes)
