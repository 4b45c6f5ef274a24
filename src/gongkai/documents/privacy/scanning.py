"""The scan of one reading: every detector over every line, in the order that keeps one number from being told twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from gongkai.documents.offices import NO_OFFICE, Office
from gongkai.documents.privacy import (
    accounts,
    citations,
    columns,
    contacts,
    hidden,
    masks,
    numbers,
    papers,
    secrecy,
    wording,
)
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.hits import Hit, Taken
from gongkai.documents.privacy.lines import Line, lines_of, with_tables
from gongkai.documents.privacy.places import pages_in_words
from gongkai.documents.reading.errors import NOTES
from gongkai.documents.reading.normal import AsideKind, Place, Reading
from gongkai.law.texts import Text

#: Of the rules and patterns in this package; a file is scanned anew when it changes.
RULES = "2026-11-2"
#: So many numbers of one kind in a table, or in so many lines one after the other, make a list.
LIST, NEAR = 3, 20
#: So many findings of one rule are told one by one; a further one says how many more there are.
MOST = 500
#: A document number or organisation is told once, however often it stands there.
_ONCE = frozenset({"D5", "D11", "D12", "D16"})
_ID_SEAM = 17
_TELL_LIST = Text("这是一份名单，共{count}个号码，不得公开。请删除，或者用本系统的规则遮盖。",
                  "This is a list of {count} numbers and must not be public. Delete them, or mask them by this system's rule.")  # fmt: skip
_TELL_MORE = Text(
    "同类问题还有{count}处，没有逐一列出。", "There are {count} more of this kind, not listed one by one."
)
_TELL_PICTURES = Text("这一页是图片，系统看不到上面的文字，没有检查。请人工检查。",
                      "This page is a picture: its text was not looked at. Look at it yourself.")  # fmt: skip
_TELL_PICTURE_PAGES = Text("第{pages}页是图片，系统看不到上面的文字，没有检查。请人工检查。",
                           "Pages {pages} are pictures: their text was not looked at. Look at them yourself.")  # fmt: skip
_TELL_NOTE = Text("请人工检查这一部分。", "Look at that part yourself.")
#: Rules of what nobody looked at: no detector's.
PICTURES, UNREAD, UNREAD_PART = "pictures", "unread", "unread_part"
_PARTS = frozenset({"embedded_unread", "ofd_unread", "no_characters"})
_HARMLESS = frozenset({"name_differs", "no_values"})


@dataclass(frozen=True)
class Found:
    """A hit with its line."""

    hit: Hit
    line: Line


def scan(reading: Reading, *, office: Office = NO_OFFICE, words: str = "") -> tuple[Finding, ...]:
    """Everything that the detectors find, the gravest first, of each rule in reading order. `words`: the
    office's own list; one that cannot be used is told of.
    """
    reading = with_tables(reading)
    lines, findings = list(lines_of(reading)), list(_unread(reading))
    try:
        word_list = wording.word_list(words)
    except wording.BadWordList as error:
        findings.append(Finding("D17", Severity.WARN, error.message, "", Place()))
        word_list = wording.word_list()
    findings += _of_lines(lines, office, word_list)
    for table in reading.tables:
        findings += columns.find(table, office)
    findings += hidden.find(reading)
    findings += masks.across(masks.masked_in(lines))
    return tuple(sorted(_bounded(findings), key=_gravest_first))


def _gravest_first(finding: Finding) -> tuple[int, int]:
    return -finding.severity.weight, int(finding.rule[1:]) if finding.rule[1:].isdecimal() else 0


def _of_lines(lines: Sequence[Line], office: Office, words: wording.WordList) -> Iterator[Finding]:
    found = [Found(hit, line) for line in lines for hit in _hits(line, office, words)]
    found += _over_seams(lines)
    found += _over_cells(lines)
    return _told(found)


def _hits(line: Line, office: Office, words: wording.WordList) -> Iterator[Hit]:
    """All of one line. The numbers that are surest come first and take their places from those that come later."""
    if line.beside is AsideKind.POSITION:
        return
    taken = Taken()
    if any(map(str.isdigit, line.text)) or "@" in line.text:
        yield from numbers.find(line, taken)
        yield from papers.find(line, taken)
        yield from accounts.find(line, taken, office)
        yield from contacts.find(line, taken, office)
    yield from secrecy.find(line)
    yield from citations.find(line)
    yield from masks.find(line)
    yield from wording.find(line, words)


def _over_seams(lines: Sequence[Line]) -> Iterator[Found]:
    """Identity numbers that the end of a line cuts in two (only they can be told from what merely meets there)."""
    for line, following in pairwise(lines):
        if line.table is not None or following.table is not None or not line.text[-1:].isdigit():
            continue
        tail, start = line.text.rstrip()[-_ID_SEAM:], following.text.lstrip()[:_ID_SEAM]
        if not start[:1].isalnum():
            continue
        joined = Line(tail + start, line.place, line.number, beside=line.beside)
        for hit in numbers.find(joined, Taken()):
            if hit.rule != "D2" and hit.start < len(tail) < hit.end:
                begin = max(len(line.text) - len(tail) + hit.start, 0)
                yield Found(replace(hit, start=begin, end=len(line.text)), line)


def _over_cells(lines: Sequence[Line]) -> Iterator[Found]:
    """Identity numbers that the cells of a row divide."""
    for (table, _number), row in groupby(lines, key=lambda line: (line.table, line.number)):
        cells = list(row)
        if table is not None and len(cells) > 1:
            yield from (Found(hit, line) for hit, line in numbers.over_cells(cells))


def _told(found: Sequence[Found]) -> Iterator[Finding]:
    """As findings: what makes a list is graver, what is told once is told once."""
    listed = _lists([each for each in found if each.hit.rule in ("D4", "D6")])
    seen: set[tuple[str, str]] = set()
    for each in found:
        hit = each.hit
        if hit.rule in _ONCE:
            if (hit.rule, hit.key) in seen:
                continue
            seen.add((hit.rule, hit.key))
        severity, message = hit.severity, hit.message
        if count := listed.get(id(each)):
            severity, message = Severity.BLOCK, hit.message + _counted(_TELL_LIST, count)
        place, length = each.line.place, hit.end - hit.start
        yield Finding(hit.rule, severity, message, hit.sample, place, hit.start, length, each.line.beside)


def _lists(found: Sequence[Found]) -> dict[int, int]:
    """Of those that stand in a list, how many different ones it has: in one table, or in lines close together."""
    groups: dict[tuple[str, int], list[Found]] = defaultdict(list)
    group = 0
    for before, each in zip([None, *found], found, strict=False):
        if before is None or each.line.number - before.line.number > NEAR or each.line.table != before.line.table:
            group += 1
        key = (each.hit.rule, -1 - each.line.table if each.line.table is not None else group)
        groups[key].append(each)
    sizes = {key: len({each.hit.key for each in members}) for key, members in groups.items()}
    return {id(each): sizes[key] for key, members in groups.items() if sizes[key] >= LIST for each in members}


def _bounded(findings: Sequence[Finding]) -> Iterator[Finding]:
    """No more of one rule and severity than a person reads; then one that counts the rest."""
    counts = Counter((finding.rule, finding.severity) for finding in findings)
    told: Counter[tuple[str, Severity]] = Counter()
    for finding in findings:
        key = (finding.rule, finding.severity)
        told[key] += 1
        if told[key] <= MOST:
            yield finding
        elif told[key] == MOST + 1:
            message = _counted(_TELL_MORE, counts[key] - MOST)
            yield Finding(finding.rule, finding.severity, message, "", finding.place)


def _counted(text: Text, count: int) -> Text:
    return Text(text.zh.format(count=count), text.en.format(count=count))


def _unread(reading: Reading) -> Iterator[Finding]:
    """What nobody looked at is said, never passed over."""
    if len(reading.pictures) == 1:
        yield Finding(PICTURES, Severity.WARN, _TELL_PICTURES, "", Place(page=reading.pictures[0]))
    elif reading.pictures:
        pages = pages_in_words(reading.pictures)
        message = Text(_TELL_PICTURE_PAGES.zh.format(pages=pages), _TELL_PICTURE_PAGES.en.format(pages=pages))
        yield Finding(PICTURES, Severity.WARN, message, "", Place(page=reading.pictures[0]))
    for note in reading.notes:
        severity = Severity.INFO if note in _HARMLESS else Severity.WARN
        rule = PICTURES if note == "pictures_inside" else UNREAD_PART if note in _PARTS else UNREAD
        yield Finding(rule, severity, NOTES.get(note, Text(note, note)) + _TELL_NOTE, "", Place())
