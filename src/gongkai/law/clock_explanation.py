"""Why a reply is due when it is due: the reckoning as lines, one a span, in Chinese and English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.citations import REG, Article
from gongkai.law.clock_course import Course, Hold, Pause, effective, merged
from gongkai.law.clock_events import Consulted
from gongkai.law.dates import day_text, span_text, weekday_text
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

_FEE_RESTART = Article("收费办法", None, certainty="U")


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One span of the reckoning: first and last day, working days of the limit in it, why."""

    start: dt.date
    end: dt.date
    days: int
    text: Text
    article: Article | None


def explanation(course: Course) -> tuple[ExplanationLine, ...]:
    """The lines from receipt to due date of a settled course."""
    first_due, due = course.first_due, course.last_day
    writer = _Writer(course, effective(course.pauses, due))
    lines = [writer.receipt()]
    if course.late_notice and course.notice is not None:
        lines.append(writer.late_notice(course.notice))
    position = course.received
    for hold in sorted((h for h in course.holds if h.end is not None), key=lambda h: h.end or 0):
        lines += writer.pieces(position, hold.start)
        lines.append(writer.restart(hold, position))
        position = hold.end or position
    awaited = next((hold for hold in course.holds if hold.end is None), None)
    if awaited is not None:
        return (*lines, *writer.pieces(position, awaited.start), writer.awaited(awaited, due))
    return (*lines, *writer.pieces(position, first_due), *writer.added(position, first_due), writer.due(due))


class _Writer:
    """Writes the lines of one course."""

    def __init__(self, course: Course, pauses: list[Pause]) -> None:
        self.course = course
        self.calendar = course.calendar
        self.pauses = pauses
        self.intervals = merged((pause.start, pause.end) for pause in pauses)

    def receipt(self) -> ExplanationLine:
        """The day of receipt, which is not counted (条例 31, 33)."""
        day = dt.date.fromordinal(self.course.received)
        name = weekday_text(day)
        text = Text(f"{name.zh}收到申请，当日不计。", f"{name.en}: application received; that day is not counted.")
        if not self.calendar.is_working_day(day):
            why = self.calendar.why(day)
            text += Text(
                f"当日为休息日（{why.zh}），仍以当日为收到之日。",
                f"A rest day ({why.en}), yet the day of receipt.",
            )
        return ExplanationLine(day, day, 0, text, REG(31))

    def late_notice(self, notice: int) -> ExplanationLine:
        """The notice to correct went out after its seven working days (条例 30)."""
        on = dt.date.fromordinal(notice)
        day = day_text(on)
        restarts = self.course.settings.late_correction_restarts
        effect = (
            Text(
                "收到补正的申请后仍重新计算答复期限。",
                "the corrected application still starts the limit anew.",
            )
            if restarts
            else Text("按设置不重新计算答复期限。", "as set, it does not start the limit anew.")
        )
        text = Text(
            f"{day.zh}的补正通知超过收到申请之日起7个工作日；{effect.zh}",
            f"The correction notice of {day.en} came after 7 working days from receipt; {effect.en}",
        )
        return ExplanationLine(on, on, 0, text, REG(30, certainty="C" if restarts else "I"))

    def pieces(self, start: int, end: int, already: int = 0) -> list[ExplanationLine]:
        """The days after ``start`` up to ``end``: spans that count, and pauses between them."""
        lines: list[ExplanationLine] = []
        position, total = start, already
        for first, last in self.intervals:
            low, high = max(first, position), min(last, end)
            if low >= high:
                continue
            if low > position:
                lines.append(self._counted(position, low, total))
                total += lines[-1].days
            lines.append(self._paused(low, high, (first, last)))
            position = high
        if position < end:
            lines.append(self._counted(position, end, total))
        return lines

    def _counted(self, start: int, end: int, total: int) -> ExplanationLine:
        first, last = dt.date.fromordinal(start + 1), dt.date.fromordinal(end)
        days = self.calendar.count_until(end) - self.calendar.count_until(start)
        span = span_text(first, last)
        text = Text(
            f"{span.zh}计{days}个工作日，累计{total + days}个。",
            f"{span.en}: {days} working days, {total + days} in all.",
        )
        notes = rest_notes(self.calendar, first, last)
        if notes is not None:
            text += notes
        return ExplanationLine(first, last, days, text, REG(33, 2))

    def _paused(self, start: int, end: int, interval: tuple[int, int]) -> ExplanationLine:
        first, last = dt.date.fromordinal(start + 1), dt.date.fromordinal(end)
        skipped = self.calendar.count_until(end) - self.calendar.count_until(start)
        span = span_text(first, last)
        text = Text(
            f"{span.zh}的{skipped}个工作日不计入期限：",
            f"{span.en}: {skipped} working days not counted:",
        )
        inside = [p for p in self.pauses if p.start >= interval[0] and p.end <= interval[1]]
        reasons = [self._reason(pause) for pause in inside]
        text += Text("；".join(r.zh for r in reasons) + "。", "; ".join(r.en for r in reasons) + ".")
        fee = all(pause.who is None for pause in inside)
        return ExplanationLine(first, last, 0, text, _FEE_RESTART if fee else REG(33, 3))

    def _reason(self, pause: Pause) -> Text:
        issued, end = day_text(dt.date.fromordinal(pause.start)), day_text(dt.date.fromordinal(pause.end))
        if pause.who is None:
            sent = Text(f"{issued.zh}发出收费通知", f"fee notice of {issued.en}")
            if pause.known:
                return Text(f"{sent.zh}，{end.zh}缴费", f"{sent.en}, paid on {end.en}")
            return Text(f"{sent.zh}，缴费期限至{end.zh}届满", f"{sent.en}, to be paid by {end.en}")
        who = pause.who.label
        sent = Text(f"{issued.zh}征求{who.zh}意见", f"{who.en} consulted on {issued.en}")
        if pause.open:
            return Text(
                f"{sent.zh}，尚未收到意见，暂推算至{end.zh}，收到意见前届满日顺延",
                f"{sent.en}, no answer yet; taken up to {end.en}, the due date moves on until it comes",
            )
        if pause.known:
            return Text(f"{sent.zh}，{end.zh}收到意见", f"{sent.en}, answered on {end.en}")
        return _silence(pause.who, pause.returned, sent, end)

    def restart(self, hold: Hold, anchor: int) -> ExplanationLine:
        """What was awaited has come: the limit starts anew, what had run is void (条例 30; fee [U])."""
        first, last = (
            dt.date.fromordinal(min(hold.start + 1, hold.end or 0)),
            dt.date.fromordinal(hold.end or 0),
        )
        used = sum(line.days for line in self.pieces(anchor, hold.start))
        day = day_text(last)
        if hold.fee:
            what, article = Text("申请人缴费", "fee paid"), _FEE_RESTART
        else:
            what, article = Text("收到补正的申请", "corrected application received"), REG(30)
        text = Text(
            f"{day.zh}{what.zh}，答复期限自次日起重新计算，此前已计的{used}个工作日作废。",
            f"{day.en}: {what.en}; the limit starts anew the next day, the {used} working days before are void.",
        )
        extended = self.course.extended
        if extended is not None and anchor <= extended < last.toordinal():
            text += Text("此前的延期随之失效。", "The extension told before is void with them.")
        return ExplanationLine(first, last, 0, text, article)

    def awaited(self, hold: Hold, due: int) -> ExplanationLine:
        """A correction or payment is awaited: the due date cannot be known yet."""
        start, so_far = dt.date.fromordinal(hold.start), weekday_text(dt.date.fromordinal(due))
        day = day_text(start)
        if not hold.fee:
            text = Text(
                f"{day.zh}已发出补正通知，等待申请人补正；收到补正的申请后期限重新计算，届时才能确定届满日。",
                f"Correction was asked for on {day.en} and is awaited; the limit will run anew from "
                "the receipt of the corrected application, and only then can the due date be known.",
            )
            article = REG(30)
        else:
            text = Text(
                f"{day.zh}已发出收费通知，等待申请人缴费；缴费后期限重新计算，届时才能确定届满日。",
                f"A fee was asked for on {day.en} and payment is awaited; the limit will run anew "
                "from payment, and only then can the due date be known.",
            )
            article = _FEE_RESTART
        text += Text(f"此前推算的届满日为{so_far.zh}。", f"Reckoned so far: {so_far.en}.")
        return ExplanationLine(start, max(start, dt.date.fromordinal(self.course.stop)), 0, text, article)

    def added(self, anchor: int, first_due: int) -> list[ExplanationLine]:
        """What an extension or an agreed delay added after the first due date."""
        lines: list[ExplanationLine] = []
        days, position = self.course.settings.reply_days, first_due
        if (length := self.course.length(anchor)) != days:
            position = self.course.due(anchor, length)
            lines += [self._extension(first_due), *self.pieces(first_due, position, already=days)]
        if (until := self.course.delayed(anchor)) is not None:
            lines.append(self._delay(position, until))
        return lines

    def _extension(self, first_due: int) -> ExplanationLine:
        """The extension adds its working days to what runs (条例 33(2))."""
        course, day = self.course, dt.date.fromordinal(first_due)
        told, end = day_text(dt.date.fromordinal(course.extended or first_due)), weekday_text(day)
        consent = Text("", "")
        if course.consented is not None:
            agreed = day_text(dt.date.fromordinal(course.consented))
            consent = Text(
                f"政府信息公开工作机构负责人于{agreed.zh}同意，",
                f"agreed to by the head of the disclosure office on {agreed.en}, ",
            )
        text = Text(
            f"原届满日为{end.zh}；{consent.zh}{told.zh}告知延期{course.extension}个工作日，接续计算。",
            f"The limit would end on {end.en}; {consent.en}on {told.en} it was extended by "
            f"{course.extension} working days.",
        )
        return ExplanationLine(day, day, 0, text, REG(33, 2))

    def _delay(self, before: int, until: int) -> ExplanationLine:
        """The agency fixed a reasonable period for a delayed reply (条例 35); it names a day, nothing is counted."""
        assert self.course.delay is not None  # written only where a delay is in force
        told, last = day_text(dt.date.fromordinal(self.course.delay[0])), dt.date.fromordinal(until)
        end, day = weekday_text(dt.date.fromordinal(before)), weekday_text(last)
        text = Text(
            f"申请理由合理，{told.zh}告知申请人延迟至{day.zh}答复。",
            f"The reasons being good, the applicant was told on {told.en} that the reply comes by {day.en}.",
        )
        if before >= until:
            text += Text(
                f"其后征求意见所需时间不计入期限，届满日为{end.zh}。",
                f"Consultation since then is not counted; the limit ends on {end.en}.",
            )
            return ExplanationLine(last, last, 0, text, REG(33, 3))
        text = Text(f"原届满日为{end.zh}。", f"The limit would end on {end.en}.") + text
        return ExplanationLine(dt.date.fromordinal(before), last, 0, text, REG(35))

    def due(self, due: int) -> ExplanationLine:
        """The last day of the limit, and whether it can still change."""
        day = dt.date.fromordinal(due)
        name = weekday_text(day)
        text = Text(f"答复期限于{name.zh}届满。", f"The reply is due on {name.en}.")
        if self.calendar.provisional_between(self.course.received, due):
            text += Text(
                "其中有的年份放假安排尚未公布，暂按周一至周五为工作日推算，公布后可能调整。",
                "A year without a published holiday schedule was counted in, "
                "taking Monday to Friday as working days; the date may change.",
            )
        return ExplanationLine(day, day, 0, text, REG(33, 2))


def _silence(who: Consulted, returned: int | None, sent: Text, end: Text) -> Text:
    effect = (
        Text("视为同意公开（条例第三十四条）", "which counts as agreement (art. 34)")
        if who is Consulted.CO_PRODUCER
        else Text("由行政机关依照条例决定（条例第三十二条）", "and the agency decides (art. 32)")
    )
    if returned is not None:
        came = day_text(dt.date.fromordinal(returned))
        return Text(
            f"{sent.zh}，答复意见的15个工作日至{end.zh}届满（{came.zh}才收到意见，逾期部分不扣除）",
            f"{sent.en}, its 15 working days ended on {end.en} (the answer of {came.en} came too late)",
        )
    return Text(
        f"{sent.zh}，答复意见的15个工作日至{end.zh}届满，届时仍未答复的{effect.zh}",
        f"{sent.en}, its 15 working days end on {end.en}; silent until then, {effect.en}",
    )


def rest_notes(calendar: Calendar, first: dt.date, last: dt.date) -> Text | None:
    """The holidays passed over and the weekend days worked in a span; None if there are none."""
    notes = [
        Text(
            f"{span_text(start, end).zh}放假（{name.zh}）不计",
            f"{span_text(start, end).en} off ({name.en})",
        )
        for start, end, name in _holidays(calendar, first, last)
    ]
    worked = [day for day in _days(first, last) if day.weekday() >= 5 and calendar.is_working_day(day)]
    if worked:
        zh = "、".join(f"{day.month}月{day.day}日" for day in worked)
        notes.append(Text(f"{zh}调休上班计入", f"{', '.join(map(str, worked))} worked, counted"))
    if not notes:
        return None
    return Text(f"其间{'；'.join(n.zh for n in notes)}。", f"({'; '.join(n.en for n in notes)}.)")


def _holidays(calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date, Text]]:
    """Runs of rest days that hold at least one day off by holiday or notice."""
    run: list[dt.date] = []
    for day in (*_days(first, last), None):
        if day is not None and not calendar.is_working_day(day):
            run.append(day)
            continue
        names = list(dict.fromkeys(name for d in run if (name := calendar.occasion(d)) is not None))
        if names:
            yield run[0], run[-1], Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
        run = []


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [dt.date.fromordinal(o) for o in range(first.toordinal(), last.toordinal() + 1)]
