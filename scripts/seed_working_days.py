"""Write law/data/working_days.csv from the facts of the development dependency ``chinesecalendar``.

Run after the State Council Office has published a year and a release of that library holds it:
    python scripts/seed_working_days.py
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from chinese_calendar import constants

from gongkai.law.calendar_notices import YEAR_NOTICES

TARGET = Path(__file__).resolve().parent.parent / "src/gongkai/law/data/working_days.csv"
OCCASIONS = {holiday.value: holiday.name for holiday in constants.Holiday}


def rows() -> list[tuple[dt.date, str, str]]:
    """Every day off of a holiday block, every day off in lieu, every make-up working day, in order."""
    off = {
        day: ("in_lieu" if day in constants.in_lieu_days else "holiday", OCCASIONS[str(name)])
        for day, name in constants.holidays.items()
    }
    off |= {day: ("in_lieu", OCCASIONS[str(name)]) for day, name in constants.in_lieu_days.items()}
    makeup = {day: ("makeup", OCCASIONS[str(name)]) for day, name in constants.workdays.items()}
    if off.keys() & makeup.keys():
        raise SystemExit(f"both off and at work: {sorted(off.keys() & makeup.keys())}")
    return [(day, kind, occasion) for day, (kind, occasion) in sorted((off | makeup).items())]


def main() -> None:
    """Write the file and say how much is in it."""
    lines = rows()
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("day", "kind", "occasion"))
        writer.writerows((day.isoformat(), kind, occasion) for day, kind, occasion in lines)
    known = {notice.year for notice in YEAR_NOTICES}
    for year in sorted({day.year for day, _, _ in lines if day.year >= min(known)} - known):
        print(f"{year}: enter its notice and the day of its issue in law/calendar_notices.py")
    print(f"{len(lines)} days, {lines[0][0].year} to {lines[-1][0].year}: {TARGET.name}")


if __name__ == "__main__":
    main()
