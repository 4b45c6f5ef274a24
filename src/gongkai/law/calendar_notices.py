"""The notices of the State Council Office that fix a year's working days: when each was issued, what it changed later.

The days themselves are in ``data/working_days.csv`` as they finally stood. With the days of issue the calendar can
also be had as it was known earlier (``Calendar.as_known_on``): before its notice a year is Monday to Friday and
provisional. Days of issue are held for the years from 2019 [M]; earlier years count as always known.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

_D = dt.date


@dataclass(frozen=True, slots=True)
class YearNotice:
    """The notice that published the schedule of ``year``. ``certainty``: the mark of its day of issue."""

    year: int
    source: str
    issued: dt.date
    certainty: str = "M"


@dataclass(frozen=True, slots=True)
class AmendingNotice:
    """A notice that changed days of a schedule already published.

    ``days``: what it says now stands in the data; ``before``: what the first notice had said of some of them
    (True: at work), where that differs from what the weekday says.
    """

    source: str
    issued: dt.date
    days: tuple[dt.date, ...]
    before: tuple[tuple[dt.date, bool], ...] = ()
    certainty: str = "M"


YEAR_NOTICES: tuple[YearNotice, ...] = (
    YearNotice(2019, "国办发明电〔2018〕15号", _D(2018, 12, 4)),
    YearNotice(2020, "国办发明电〔2019〕16号", _D(2019, 11, 21)),
    YearNotice(2021, "国办发明电〔2020〕27号", _D(2020, 11, 25)),
    YearNotice(2022, "国办发明电〔2021〕11号", _D(2021, 10, 25)),
    YearNotice(2023, "国办发明电〔2022〕16号", _D(2022, 12, 8)),
    YearNotice(2024, "国办发明电〔2023〕7号", _D(2023, 10, 25)),
    YearNotice(2025, "国办发明电〔2024〕12号", _D(2024, 11, 12)),
    # The number of this notice is not confirmed [U]; its day is [M].
    YearNotice(2026, "国务院办公厅关于2026年部分节假日安排的通知", _D(2025, 11, 4)),
)

AMENDING_NOTICES: tuple[AmendingNotice, ...] = (
    AmendingNotice(
        "国办发明电〔2019〕3号",
        _D(2019, 3, 22),
        (_D(2019, 4, 28), _D(2019, 5, 2), _D(2019, 5, 3), _D(2019, 5, 4), _D(2019, 5, 5)),
    ),
    AmendingNotice(
        "国办发明电〔2020〕1号",
        _D(2020, 1, 26),
        (_D(2020, 1, 31), _D(2020, 2, 1), _D(2020, 2, 2)),
        before=((_D(2020, 2, 1), True),),
        # The notice reached the government's site on 27 January; that it was issued on the 26th is not confirmed.
        certainty="U",
    ),
)
