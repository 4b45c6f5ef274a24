"""D19: numbers that are masked already, but badly: too little is hidden, the day of birth is left, or two lists hide
different parts, so that whoever has both has the whole number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.documents.privacy.columns import NAME_HEAD
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.hits import Hit
from gongkai.documents.privacy.lines import Line
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_identity, mask_telephone

_HIDDEN = "*●•■█×＊"
_ID = re.compile(
    rf"(?<![0-9A-Za-z{_HIDDEN}])(?=\d)(?=[0-9X{_HIDDEN}]*[{_HIDDEN}])[0-9Xx{_HIDDEN}]{{18}}(?![0-9A-Za-z{_HIDDEN}])"
)
_PHONE = re.compile(rf"(?<![0-9A-Za-z{_HIDDEN}])1[3-9][0-9{_HIDDEN}]{{9}}(?![0-9A-Za-z{_HIDDEN}])")
_MARK = re.compile(f"[{_HIDDEN}]")
_BIRTH = range(6, 14)
#: The rest of a number is found by trying out once no more than so many digits are hidden.
FEWEST_HIDDEN = 6
#: The first six digits are the place: neighbours share them. So many others must agree for two to be one person's.
ALIKE, PLACE = 4, 6
MOST_COMPARED = 8
_TELL_BIRTH = Text("身份证号码遮盖得不够：出生日期仍然可见。请遮盖为前4位和后2位。",
                   "Badly masked: the day of birth can be seen. Mask the number to its first four and last two characters.")  # fmt: skip
_TELL_FEW = Text("号码遮盖得太少，可以逐个试出。请遮盖：身份证号码留前4位和后2位，手机留前3位和后4位。",
                 "So little is hidden that it can be found by trying. Keep four and two characters of an ID number, three and four of a mobile number.")  # fmt: skip
_TELL_TWO = Text("同一个人的号码在两处遮盖了不同的部分，合起来可以还原。请用同一规则遮盖：前4位和后2位。",
                 "One person's number is masked differently in two places; together they give it away. Mask both by one rule: first four and last two.")  # fmt: skip
_TELL_LIST = Text("号码遮盖的只是出生日期，而同一行写着出生日期，合起来可以还原。请遮盖为前4位和后2位。",
                  "Only the day of birth is hidden, and the same row tells it: the number can be put together. Keep the first four and last two.")  # fmt: skip
_BIRTHDAY = re.compile(r"(?<!\d)(?:19|20)\d{2}[-年./]?\d{1,2}[-月./]?\d{1,2}日?(?!\d)")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked ID number and where it stands."""

    signs: str
    line: Line
    start: int
    row: str
    names: tuple[str, ...]

    @property
    def shown(self) -> frozenset[int]:
        return frozenset(place for place, sign in enumerate(self.signs) if not _MARK.match(sign))


def find(line: Line) -> Iterator[Hit]:
    """What one line shows: masks that hide too little."""
    if not _MARK.search(line.text):
        return
    for found in _ID.finditer(line.text):
        hidden = [place for place, sign in enumerate(found[0]) if _MARK.match(sign)]
        if not set(hidden) & set(_BIRTH):
            yield _hit(_TELL_BIRTH, found)
        elif len(hidden) < FEWEST_HIDDEN:
            yield _hit(_TELL_FEW, found)
    for found in _PHONE.finditer(line.text):
        if 0 < len(_MARK.findall(found[0])) < 4:
            yield _hit(_TELL_FEW, found)


def _hit(message: Text, found: re.Match[str]) -> Hit:
    return Hit("D19", Severity.WARN, message, *found.span(), _sample(found[0]), found[0])


def _sample(signs: str) -> str:
    """Hidden further, by our own rule."""
    plain = _MARK.sub("*", signs)
    return mask_identity(plain) if len(signs) == 18 else mask_telephone(plain)


def masked_in(lines: Sequence[Line]) -> list[Masked]:
    """All masked ID numbers, each with its whole row."""
    rows: dict[tuple[int | None, int], list[Line]] = defaultdict(list)
    holding = [line for line in lines if _MARK.search(line.text) and _ID.search(line.text)]
    wanted = {(line.table, line.number) for line in holding}
    for line in lines:
        if (line.table, line.number) in wanted:
            rows[line.table, line.number].append(line)
    return [
        _masked(found, line, rows[line.table, line.number]) for line in holding for found in _ID.finditer(line.text)
    ]


def _masked(found: re.Match[str], line: Line, row: list[Line]) -> Masked:
    names = tuple(
        cell.text.strip() for cell in row if NAME_HEAD.search(cell.head) and 2 <= len(cell.text.strip()) <= 20
    )
    return Masked(found[0], line, found.start(), "\t".join(cell.text for cell in row), names)


def across(masked: Iterable[Masked]) -> Iterator[Finding]:
    """What several places show together."""
    several = list(masked)
    for each in several:
        if (
            each.shown.isdisjoint(_BIRTH)
            and len(each.shown) >= 10
            and _BIRTHDAY.search(each.row.replace(each.signs, ""))
        ):
            yield _finding(_TELL_LIST, each)
    by_ends: dict[tuple[str, ...], list[Masked]] = defaultdict(list)
    for each in several:
        for key in _keys(each):
            by_ends[key].append(each)
    told: set[tuple[int, int]] = set()
    for group in by_ends.values():
        yield from _rebuilt(group, told)


def _keys(each: Masked) -> Iterator[tuple[str, ...]]:
    """What two places of one person share: a name in the row, or the signs at one end."""
    for name in each.names:
        yield ("name", name)
    if not _MARK.search(each.signs[-ALIKE:]):
        yield ("last", each.signs[:2], each.signs[-ALIKE:])
    if not _MARK.search(each.signs[: PLACE + ALIKE]):
        yield ("first", each.signs[: PLACE + ALIKE])


def _rebuilt(group: list[Masked], told: set[tuple[int, int]]) -> Iterator[Finding]:
    """Those that fit to one masked in another way and leave no more than two signs hidden. Of each way only the first
    few are compared with: a long list masked in one way costs no more than a short one."""
    ways: dict[frozenset[int], list[Masked]] = defaultdict(list)
    for each in group:
        place = (each.line.number, each.start)
        others = (other for shown, found in ways.items() if shown != each.shown for other in found)
        if place not in told and any(_together(each, other) for other in others):
            told.add(place)
            yield _finding(_TELL_TWO, each)
        if len(ways[each.shown]) < MOST_COMPARED:
            ways[each.shown].append(each)


def _together(one: Masked, other: Masked) -> bool:
    agree = all(one.signs[place] == other.signs[place] for place in one.shown & other.shown)
    return agree and len(one.shown | other.shown) >= 16 and max(len(one.shown), len(other.shown)) < 16


def _finding(message: Text, each: Masked) -> Finding:
    return Finding(
        "D19", Severity.WARN, message, _sample(each.signs), each.line.place, each.start, 18, each.line.beside
    )
