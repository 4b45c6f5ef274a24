"""Whether what the report cites exists: F-3, F-4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.reading import Sentence
from gongkai.law.texts import Text

_BY_OFFICE = re.compile(r"公开办函[\[(〔【](20\d\d)[\])〕】](?:第)?(\d+)号")
#: 政府信息公开条例 before its revision [C].
_OLD_REGULATION = "第492号"
#: What a sentence is about, how it cites, which numbers exist for it, and the one that is due [C; the fee notice S].
#: Of the first: the two forms of the report, and the notice on party organs.
_CITED: tuple[tuple[str, re.Pattern[str], frozenset[tuple[int, ...]], str], ...] = (
    ("年度报告", _BY_OFFICE, frozenset({(2021, 30), (2019, 60), (2019, 51)}), "国办公开办函〔2021〕30号"),
    ("政府信息公开条例", re.compile(r"国务院令[\[(〔【]?第?(\d+)号?"), frozenset({(711,)}), "国务院令第711号"),
    (
        "信息处理费",
        re.compile(r"国办函[\[(〔【](20\d\d)[\])〕】](?:第)?(\d+)号"),
        frozenset({(2020, 109)}),
        "国办函〔2020〕109号",
    ),
)


@rule("F-3", "引用的文号存在", "the documents cited exist")
def cited_documents(case: Case) -> Iterator[Finding]:
    """F-3: 国办公开办函〔2021〕30号, 〔2019〕60号, 〔2019〕51号, 国务院令第711号, 国办函〔2020〕109号.

    Only where the sentence itself says what is cited: the same office has written on other matters as well.
    """
    for sentence in case.report.prose():
        for subject, pattern, known, due in _CITED:
            if subject not in sentence.plain or "省" in sentence.plain:
                continue
            for match in pattern.finditer(sentence.plain):
                if tuple(int(number) for number in match.groups()) not in known:
                    yield _wrong(case, sentence, match.group(0), due)


def _wrong(case: Case, sentence: Sentence, cited: str, due: str) -> Finding:
    old = _OLD_REGULATION in cited
    note = Text("是修订前的条例，", "is the regulation before its revision; ") if old else Text("", "")
    message = Text(
        f"引用的「{cited}」{note.zh}应为「{due}」，请核对文号。",
        f"「{cited}」 is cited: {note.en}it should be 「{due}」.",
    )
    return Finding("F-3", Severity.ERROR, place_of(case.report, sentence.line), message, (cited, due), sentence.line)


@rule("F-4", "2021年度起按〔2021〕30号格式编制", "from 2021 on the form of (2021) No. 30 is the basis")
def old_basis(case: Case) -> Iterator[Finding]:
    """F-4: 〔2019〕60号 as the basis of a report on 2021 or later that does not cite 〔2021〕30号."""
    if not case.report.year or case.report.year < 2021:
        return
    cited = [
        ((int(match[1]), int(match[2])), sentence)
        for sentence in case.report.prose()
        for match in _BY_OFFICE.finditer(sentence.plain)
    ]
    old = [sentence for number, sentence in cited if number == (2019, 60)]
    if old and (2021, 30) not in {number for number, _ in cited}:
        message = Text(
            "引用的是〔2019〕60号（试行），2021年度起应按国办公开办函〔2021〕30号的格式编制。",
            "(2019) No. 60 (trial) is cited; from 2021 on the form of (2021) No. 30 applies.",
        )
        values = ("〔2019〕60号", "〔2021〕30号")
        place = place_of(case.report, old[0].line)
        yield Finding("F-4", Severity.WARNING, place, message, values, old[0].line)
