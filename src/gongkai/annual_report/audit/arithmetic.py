"""Whether the figures of the prose agree with one another: P-4, P-6, P-9."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from gongkai.annual_report.audit import mentions
from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.reading import Sentence
from gongkai.law.texts import Text


def _without_thousands(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


# --- P-4 ----------------------------------------------------------------------------------------------------


_DONE = re.compile(r"(?<!未)(?:办结|办理完毕|答复)(?:了|共计?|政府信息公开|申请)*(\d+)(?![\d.%])(?:件|份|宗)")


@rule("P-4", "没有表格时，文中新收加结转等于办结加结转", "without a table the prose must balance")
def prose_balances(case: Case) -> Iterator[Finding]:
    """P-4: 新收 + 上年结转 = 办结 + 结转下年, inside the prose, where table 3 has no numbers."""
    report = case.report
    if report.tables["t3.received.total"] is not None or report.tables["t3.total.total"] is not None:
        return
    told = [{m.value for m in find(report)} for find in (mentions.received, mentions.carried_in, mentions.carried_out)]
    sentences = {m.sentence for find in (mentions.carried_in, mentions.carried_out) for m in find(report)}
    handled = {int(n) for sentence in sentences for n in _DONE.findall(sentence.plain)}
    if len(told[0]) != 1 or len(handled) != 1 or len(told[1]) > 1 or len(told[2]) > 1:
        return
    new, before, done, after = (next(iter(values), 0) for values in (told[0], told[1], handled, told[2]))
    said = mentions.received(report)[0]
    counts_both = new == done + after and not said.word.startswith("新收")  # 收到 may hold those carried over
    if new + before != done + after and not counts_both:
        line = said.sentence.line
        message = Text(
            f"文中新收 {new} 件、上年结转 {before} 件，合计 {new + before} 件；"
            f"办结 {done} 件、结转下年 {after} 件，合计 {done + after} 件，两边不等。",
            f"{new} received + {before} carried in = {new + before}, but {done} handled + {after} carried over "
            f"= {done + after}.",
        )
        yield Finding("P-4", Severity.WARNING, place_of(report, line), message, (new + before, done + after), line)


# --- P-6 ----------------------------------------------------------------------------------------------------

_SHARE = re.compile(
    r"(?P<part>\d+)(?![\d.])(?:件次|件|条|份|宗|次|个|项|起|例|期|篇)[^\d,;]{0,12}?,?"
    r"占(?:比|总数|总量|全部|申请|公开|的|约|比例|为|达|总|数|量|办结|答复|政府|信息)*(?P<percent>\d+(?:\.\d+)?)%"
)
_FIGURE = re.compile(r"(?<![\d.〔(第])(\d+)(?![\d.%年月日号〕])")
#: Up to here a difference may be rounding that was forced to add up to 100.
_ROUNDING = Decimal("0.6")


@rule("P-6", "百分比与件数相符", "percentages fit their counts")
def percentages(case: Case) -> Iterator[Finding]:
    """P-6: N 件, 占 P%: within the last printed digit of N ÷ a total named before it (or in table 3)."""
    tables = case.report.tables
    known = [tables[f"t3.{row}.total"] for row in ("received", "total")]
    known.append(tables.sum_of(("t3.received.total", "t3.carried_in.total")))
    for sentence in case.report.prose():
        text = _without_thousands(sentence.plain)
        if "%" not in text or len(text) > mentions.LONGEST_SENTENCE:
            continue
        for match in _SHARE.finditer(text):
            wholes = [int(n) for n in _FIGURE.findall(text[: match.start()])]
            if "申请" in text:
                wholes += [int(value) for value in known if value is not None]
            yield from _share_differs(case, sentence, match, wholes)


def _share_differs(case: Case, sentence: Sentence, match: re.Match[str], wholes: Sequence[int]) -> Iterator[Finding]:
    part, printed = int(match["part"]), Decimal(match["percent"])
    ratios = [Decimal(part) * 100 / whole for whole in wholes if whole >= part and whole > 0]
    exponent = printed.as_tuple().exponent
    digit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if not ratios or any(abs(printed - ratio) < digit for ratio in ratios):
        return
    nearest = min(ratios, key=lambda ratio: abs(printed - ratio))
    severity = Severity.INFO if abs(printed - nearest) <= _ROUNDING else Severity.WARNING
    due = nearest.quantize(Decimal("0.01"))
    message = Text(
        f"文中说 {part} 占 {printed}%，按文中的总数应为 {due}%，请核对。",
        f"The prose says that {part} are {printed}%; of the totals named it would be {due}%.",
    )
    place = place_of(case.report, sentence.line)
    yield Finding("P-6", severity, place, message, (printed, due), sentence.line)


# --- P-9 (and the sums of fees, P-11) -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """「N 条，其中 a…、b…、其他 c」: the whole, its parts, and the sentence."""

    whole: Decimal
    parts: tuple[Decimal, ...]
    sentence: Sentence


_UNITS = r"万元|元|件次|人次|件|条|份|宗|次|个|项|起|例|期|篇|场"
_AMOUNT = re.compile(rf"(?<![\d.第〔])(\d+(?:\.\d+)?)({_UNITS})")
_LIST = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)({_UNITS})(?P<between>[^\d;]{{0,25}}?)其中")
#: A list that says so does not claim to be whole.
_NOT_WHOLE = re.compile(r"等|余[件条]|多[件条]|主要|包括|涉及|约|左右|近\d")
_REST = re.compile(r"(?:其[他它余]|剩余)[^,;、\d]{0,20}\d+(?:\.\d+)?(?:" + _UNITS + r")[^\d]*$")


def broken_lists(sentences: Sequence[Sentence]) -> Iterator[Listed]:
    """Lists that claim to be whole and do not add up, however they are read.

    A list passes if any beginning of it adds up (a new topic may follow), with all units or only with that of the whole.
    It claims to be whole if it ends with 其他 or if its first two parts are more than the whole already, or nearly.
    """
    for sentence in sentences:
        text = re.sub(r"\([^()]*\)", "", _without_thousands(sentence.plain))
        match = _LIST.search(text) if len(text) <= mentions.LONGEST_SENTENCE else None
        if match is None:
            continue
        listed = text[match.end() :]
        whole, unit = Decimal(match[1]), match[2]
        found = [(Decimal(n), u) for n, u in _AMOUNT.findall(listed)]
        same = tuple(n for n, u in found if u == unit)
        if len(same) < 2 or _NOT_WHOLE.search(listed) or "其中" in listed:
            continue
        sums = {*accumulate(same), *accumulate(n for n, _ in found)}
        if whole not in sums and _claims_to_be_whole(listed, whole, same):
            yield Listed(whole, same, sentence)


def _claims_to_be_whole(listed: str, whole: Decimal, parts: Sequence[Decimal]) -> bool:
    total = sum(parts)
    near = whole >= 100 and abs(total - whole) <= whole / 50
    return bool(_REST.search(listed)) or near or parts[0] + parts[1] > whole or (total > whole and len(parts) > 2)


@rule("P-9", "「其中」各项之和等于总数", "lists after 「其中」 add up")
def lists_add_up(case: Case) -> Iterator[Finding]:
    """P-9: 「N 条，其中 a…b…其他 c」; fees of part six are a matter of P-11."""
    for listed in broken_lists([sentence for sentence in case.report.prose() if sentence.part != 6]):
        yield list_finding(case, "P-9", listed)


def list_finding(case: Case, rule_id: str, listed: Listed) -> Finding:
    """The warning on a list that does not add up."""
    total, line = sum(listed.parts, Decimal(0)), listed.sentence.line
    told = " + ".join(str(part) for part in listed.parts)
    message = Text(
        f"文中总数是 {listed.whole}，「其中」各项 {told} = {total}，请核对。",
        f"The whole is {listed.whole}, but its parts {told} = {total}; please check.",
    )
    return Finding(rule_id, Severity.WARNING, place_of(case.report, line), message, (listed.whole, total), line)
