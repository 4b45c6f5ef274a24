"""What the commands of the law share: days and calendars from arguments, answers and refusals to the terminal."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from gongkai.law.case_json import ordinal, shown
from gongkai.law.case_lines import error_json
from gongkai.law.citations import REG, Article
from gongkai.law.errors import CalendarError, CaseError, LawError
from gongkai.law.regional_calendars import DayNotice, RegionalCalendars, read_notices
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


def day(text: str, article: Article | None = None) -> dt.date:
    """A day written YYYY-MM-DD; else ``CaseError`` ("bad_date")."""
    try:
        return dt.date.fromordinal(ordinal(text))
    except ValueError:
        found = shown(text)
        message = Text(
            f"“{found}”不是日历上的日期（应写作YYYY-MM-DD）。",
            f'"{found}" is no day of the calendar (write YYYY-MM-DD).',
        )
        raise CaseError("bad_date", message, article or REG(33)) from None


def calendar_of(arguments: argparse.Namespace) -> Calendar:
    """The calendar asked for. It ends with the first year whose schedule is not known: that one is provisional, and
    anything later would be a guess, so it is refused ("after_calendar")."""
    calendars = RegionalCalendars(_notices(arguments.calendar))
    known_on = day(arguments.known_on, Article("放假办法", None)) if arguments.known_on else None
    found = calendars.of(arguments.region, known_on)
    return found.cut_after(dt.date(found.first_unpublished_year, 12, 31))


def _notices(path: str | None) -> list[DayNotice]:
    if path is None:
        return []
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            return read_notices(stream)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "not UTF-8"
        text = Text(f"无法读取日历文件 {shown(path)}：{why}。", f"Cannot read the calendar file {shown(path)}: {why}.")
        raise CalendarError("calendar_unreadable", text, Article("放假办法", None)) from None


def answering(act: Callable[[argparse.Namespace, TextIO], None]) -> Callable[[argparse.Namespace, TextIO], int]:
    """A command: 0 where it answered, 1 where the law refused, told with code, message and article."""

    def run(arguments: argparse.Namespace, out: TextIO) -> int:
        try:
            try:
                act(arguments, out)
            except LawError as error:
                refuse(error, arguments, out)
                return 1
            finally:
                out.flush()
        except BrokenPipeError:
            return cut_off()
        return 0

    return run


def refuse(error: LawError, arguments: argparse.Namespace, out: TextIO) -> None:
    """Tells a refusal: as JSON where JSON was asked for, else in words."""
    if arguments.json:
        out.write(json.dumps({"error": error_json(error, arguments.lang)}, ensure_ascii=False) + "\n")
    else:
        tell(error, arguments.lang)


def cut_off() -> int:
    """Whoever read the answers has gone (`… | head`): nothing must be left to be flushed after them at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def tell(error: LawError, lang: str) -> None:
    """A refusal in one line on standard error."""
    article = ""
    if error.article is not None:
        article = f"（{error.article.zh}）" if lang == "zh" else f" ({error.article.en})"
    sys.stderr.write(f"{error.code}: {error.message.of(lang)}{article}\n")
