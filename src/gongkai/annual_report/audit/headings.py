"""Rules on headings and numbering: H-1 to H-5 (H-6: `substance`, H-7: `wording`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.audit.sequences import Fault, faults
from gongkai.annual_report.reading import Heading, Report, Style
from gongkai.annual_report.reading.headings import mark
from gongkai.annual_report.reading.lines import plain
from gongkai.law.report_form import ASPECTS, PARTS, Part
from gongkai.law.texts import Text, chinese_numeral

_SIX = len(PARTS)


def _tops(report: Report) -> list[Heading]:
    return [heading for heading in report.headings if heading.style is Style.PART]


def _at(report: Report, heading: Heading) -> Text:
    return place_of(report, heading.line)


def _quoted(heading: Heading) -> str:
    return f"「{heading.mark}{heading.title}」"


# --- H-1, H-2 -----------------------------------------------------------------------------------------------


@rule("H-1", "六个标题齐全、依次、各一次、序号正确", "the six headings: all, in order, once, rightly numbered")
def six_headings(case: Case) -> Iterator[Finding]:
    """H-1: the six parts of the form; other wordings of the notice itself are accepted."""
    yield from _numbers_twice(case.report)
    yield from _wrong_numbers(case.report)
    yield from _parts_twice(case.report)
    yield from _missing_parts(case.report)
    yield from _out_of_order(case.report)
    yield from _other_wording(case.report)


def _numbers_twice(report: Report) -> Iterator[Finding]:
    # A part under a wrong number is reported as such, not as a repetition of that number.
    in_place = [h for h in _tops(report) if h.number and h.number <= _SIX and h.part in (None, h.number)]
    ordered = sorted(in_place, key=lambda heading: heading.number or 0)
    for number, group in groupby(ordered, key=lambda heading: heading.number):
        same = list(group)
        one_part = len({heading.part for heading in same}) == 1 and same[0].part
        if len(same) < 2 or one_part:
            continue
        foreign = "".join(_quoted(heading) for heading in same if heading.part is None)
        numeral = chinese_numeral(number or 0)
        message = Text(
            f"序号「{numeral}、」用了 {len(same)} 次：{'、'.join(map(_quoted, same))}。"
            f"{foreign}不在格式规定的六个标题之中。",
            f"The number {numeral}、 stands {len(same)} times: {', '.join(map(_quoted, same))}; "
            f"{foreign} is none of the six headings of the form.",
        )
        titles = tuple(heading.title for heading in same)
        yield Finding("H-1", Severity.ERROR, _at(report, same[1]), message, titles, same[1].line)


def _wrong_numbers(report: Report) -> Iterator[Finding]:
    for heading in _tops(report):
        if heading.part is not None and heading.number not in (None, heading.part):
            due = mark(Style.PART, heading.part)
            message = Text(
                f"标题{_quoted(heading)}的序号应为「{due}」。", f"The heading {_quoted(heading)} should be {due}"
            )
            yield Finding("H-1", Severity.ERROR, _at(report, heading), message, (heading.mark, due), heading.line)


def _parts_twice(report: Report) -> Iterator[Finding]:
    for part in PARTS:
        same = [heading for heading in report.parts if heading.part == part.number]
        if len(same) > 1:
            message = Text(
                f"第{chinese_numeral(part.number)}部分的标题出现了 {len(same)} 次：{'、'.join(map(_quoted, same))}。",
                f"The heading of part {part.number} stands {len(same)} times.",
            )
            titles = tuple(heading.title for heading in same)
            yield Finding("H-1", Severity.ERROR, _at(report, same[1]), message, titles, same[1].line)


def _missing_parts(report: Report) -> Iterator[Finding]:
    present = {heading.part for heading in report.parts}
    for part in PARTS:
        if part.number not in present:
            yield _missing_part(report, part)


def _missing_part(report: Report, part: Part) -> Finding:
    """Certain only if the file goes on after the place (or before it): else the file may be an excerpt."""
    numbers = [heading.part or 0 for heading in report.parts]
    after, before = any(n > part.number for n in numbers), any(n < part.number for n in numbers)
    certain = after and (before or report.begins_whole)
    heading = f"{mark(Style.PART, part.number)}{part.aliases[0] if part.number in (1, 5, 6) else part.heading.zh}"
    instead = [h for h in _tops(report) if h.part is None and h.number == part.number]
    zh, en = f"缺少第{chinese_numeral(part.number)}部分的标题「{heading}」", f"Part {part.number} is missing"
    if instead:
        zh, en = f"{zh}，现在是{_quoted(instead[0])}", f"{en}; {_quoted(instead[0])} stands there"
    if not certain:
        zh, en = f"{zh}；如果这份文件只是节选，请检查全文", f"{en}; if this is an excerpt, check the whole text"
    severity = Severity.ERROR if certain else Severity.WARNING
    place = _at(report, instead[0]) if instead else Text("全文", "whole report")
    return Finding("H-1", severity, place, Text(f"{zh}。", f"{en}."), (heading,), instead[0].line if instead else None)


def _out_of_order(report: Report) -> Iterator[Finding]:
    highest: Heading | None = None
    for heading in report.parts:
        if highest is not None and (heading.part or 0) < (highest.part or 0):
            message = Text(
                f"{_quoted(heading)}排在{_quoted(highest)}之后，顺序与格式不符。",
                f"{_quoted(heading)} stands after {_quoted(highest)}, against the order of the form.",
            )
            values = (highest.title, heading.title)
            yield Finding("H-1", Severity.ERROR, _at(report, heading), message, values, heading.line)
        elif highest is None or (heading.part or 0) > (highest.part or 0):
            highest = heading


def _other_wording(report: Report) -> Iterator[Finding]:
    for heading in report.parts:
        if not heading.exact and heading.part is not None:
            official = PARTS[heading.part - 1].heading.zh
            message = Text(
                f"标题{_quoted(heading)}与格式用语不同，格式为「{official}」。",
                f"The heading {_quoted(heading)} differs from the wording of the form: {official}",
            )
            yield Finding("H-1", Severity.INFO, _at(report, heading), message, (heading.title, official), heading.line)


@rule("H-2", "不设第七部分", "no seventh part")
def no_seventh_part(case: Case) -> Iterator[Finding]:
    """H-2: 「不能遗漏，也不宜泛化」."""
    for heading in _tops(case.report):
        if heading.part is None and heading.number is not None and heading.number > _SIX:
            message = Text(
                f"格式只有六个部分，{_quoted(heading)}不宜单列。",
                f"The form has six parts; {_quoted(heading)} should not stand on its own.",
            )
            place = _at(case.report, heading)
            yield Finding("H-2", Severity.WARNING, place, message, (heading.title,), heading.line)


# --- H-3, H-4 -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Region:
    """Numbered items of one style between two higher headings, and the prose of the same stretch."""

    items: tuple[Heading, ...]
    text: str
    first: bool


def _regions(report: Report, style: Style, borders: tuple[Style, ...], *, empty: bool = False) -> Iterator[_Region]:
    """The stretches that hold items of this style; with ``empty`` all."""
    starts = [0, *sorted(h.line for h in report.headings if h.style in borders)]
    items: list[list[Heading]] = [[] for _ in starts]
    texts: list[list[str]] = [[] for _ in starts]
    for heading in report.headings:
        if heading.style is style:
            items[bisect_right(starts, heading.line) - 1].append(heading)
    for sentence in report.sentences:
        texts[bisect_right(starts, sentence.line) - 1].append(sentence.plain)
    for place, found in enumerate(items):
        if found or empty:
            yield _Region(tuple(found), "".join(texts[place]), first=not place)


def _lost_marks(region: _Region, fault: Fault, pattern: str) -> tuple[int, ...]:
    """The missing numbers that do not stand inside a line either (a paragraph may hold several items)."""
    return tuple(n for n in fault.missing if not re.search(pattern.format(n=n, c=chinese_numeral(n)), region.text))


def _numbering(
    report: Report, rule_id: str, style: Style, borders: tuple[Style, ...], inside: str
) -> Iterator[Finding]:
    for region in _regions(report, style, borders):
        numbers = [heading.number or 0 for heading in region.items]
        for fault in faults(numbers, nested=style is not Style.BRACKETED):
            missing = _lost_marks(region, fault, inside)
            cut_off = not report.begins_whole and region.first and fault.index == 0
            if (missing or not fault.missing) and not cut_off:
                yield _misnumbered(report, rule_id, style, region.items, fault, missing)


def _misnumbered(
    report: Report, rule_id: str, style: Style, items: Sequence[Heading], fault: Fault, missing: Sequence[int]
) -> Finding:
    heading = items[fault.index]
    before = f"{_quoted(items[fault.index - 1])}之后是" if fault.index else ""
    lost = "".join(f"「{mark(style, number)}」" for number in missing)
    if missing and not fault.index:
        text = Text(f"有{_quoted(heading)}，前面没有{lost}。", f"{_quoted(heading)} has no {lost} before it.")
    elif missing:
        text = Text(f"{before}{_quoted(heading)}，缺少{lost}。", f"{lost} is missing before {_quoted(heading)}.")
    else:
        text = Text(f"{before}{_quoted(heading)}，序号重复或颠倒。", f"{_quoted(heading)} repeats or goes back.")
    values = (*(mark(style, number) for number in missing), heading.mark)
    return Finding(rule_id, Severity.ERROR, _at(report, heading), text, values, heading.line)


@rule("H-3", "（一）（二）…依次不缺不重", "(一)(二)… run without gap or repeat")
def bracketed_numbers(case: Case) -> Iterator[Finding]:
    """H-3: sub-headings of a part; unnumbered ones (一是 …) are allowed, article 第二十条第（一）项 is none."""
    yield from _numbering(case.report, "H-3", Style.BRACKETED, (Style.PART,), r"(?<!第)\({c}\)")
    for heading in case.report.headings:
        if heading.style is Style.BRACKETED and heading.faulty == "bracket":
            message = Text(
                f"{_quoted(heading)}的括号缺了一半。", f"Half of the brackets of {_quoted(heading)} is lost."
            )
            yield Finding("H-3", Severity.ERROR, _at(case.report, heading), message, (heading.title,), heading.line)


@rule("H-4", "1、2、3 与一是、二是、三是依次不缺不重", "1、2、3 and 一是二是三是 run without gap or repeat")
def item_numbers(case: Case) -> Iterator[Finding]:
    """H-4: numbered items and 一是 … below the sub-headings."""
    borders = (Style.PART, Style.BRACKETED)
    yield from _numbering(case.report, "H-4", Style.ARABIC, borders, r"(?<!\d){n}[、.](?!\d)")
    yield from _numbering(case.report, "H-4", Style.BRACKETED_ARABIC, borders, r"(?<!\d){n}\)")
    yield from _spoken_numbers(case.report)
    yield from _bullets(case.report)


_SPOKEN = re.compile(r"(?:^|[。;:,!?、)])([一二三四五六七八九十])是")
_BY_NUMERAL = {chinese_numeral(number): number for number in range(1, 11)}


def _spoken_numbers(report: Report) -> Iterator[Finding]:
    """一是 … 二是 …, over line breaks; a mixed 「二要」「三则」 fills its place."""
    for region in _regions(report, Style.BRACKETED, (Style.PART, Style.BRACKETED), empty=True):
        found = list(_SPOKEN.finditer(region.text))
        for fault in faults([_BY_NUMERAL[match[1]] for match in found], nested=True):
            missing = _lost_marks(region, fault, r"{c}(?:是|要|则|来|方面|、)|第{c}|其{c}")
            if missing or not fault.missing:
                yield _misspoken(report, region, found[fault.index], missing)


def _misspoken(report: Report, region: _Region, match: re.Match[str], missing: Sequence[int]) -> Finding:
    following = region.text[match.start(1) : match.start(1) + 12]
    line = next((s.line for s in report.sentences if following[:8] in s.plain), None)
    if missing:
        lost = "".join(f"「{chinese_numeral(number)}是」" for number in missing)
        text = Text(f"「{following}…」之前缺少{lost}。", f"{lost} is missing before 「{following}…」.")
    else:
        text = Text(f"「{following}…」的序号重复或颠倒。", f"「{following}…」 repeats or goes back.")
    place = place_of(report, line) if line else Text("全文", "whole report")
    values = (*(f"{chinese_numeral(number)}是" for number in missing), f"{match[1]}是")
    return Finding("H-4", Severity.ERROR, place, text, values, line)


def _bullets(report: Report) -> Iterator[Finding]:
    """A bullet before a number: a trace of conversion, told once for each report."""
    doubled = [heading for heading in report.headings if heading.faulty == "bullet"]
    if doubled:
        first = doubled[0]
        message = Text(
            f"{len(doubled)} 个条目既有项目符号又有序号（如{_quoted(first)}），像是格式转换的痕迹，请删去一种。",
            f"{len(doubled)} items have a bullet and a number (such as {_quoted(first)}): a trace of conversion.",
        )
        yield Finding("H-4", Severity.ERROR, _at(report, first), message, (len(doubled),), first.line)


# --- H-5 ----------------------------------------------------------------------------------------------------


@rule("H-5", "第一部分五个方面齐全", "all five aspects in part one")
def five_aspects(case: Case) -> Iterator[Finding]:
    """H-5: 主动公开, 依申请公开, 政府信息管理, 平台建设, 监督保障, as sub-heading or in the words of part one."""
    report = case.report
    ends = any((heading.part or 0) > 1 for heading in report.parts)
    opening = [heading for heading in report.parts if heading.part == 1]
    if not opening or not (ends or report.whole):
        return
    titles = [plain(heading.title) for heading in report.headings_in(1)]
    text = "".join(sentence.plain for sentence in report.prose(1))
    for aspect in ASPECTS:
        said = [*titles, text]
        if not any(word in piece for word in aspect.marks for piece in said):
            message = Text(
                f"第一部分应包括五个方面，没有写「{aspect.name.zh}」。",
                f"Part one covers five aspects; {aspect.name.en.lower()} is not dealt with.",
            )
            yield Finding(
                "H-5", Severity.WARNING, Text("第一部分", "part 1"), message, (aspect.name.zh,), opening[0].line
            )
