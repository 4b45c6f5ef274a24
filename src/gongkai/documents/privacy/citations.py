"""D16: documents that are cited by their number and may not be public themselves (forwarding or quoting one is a fault)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.hits import Hit
from gongkai.documents.privacy.lines import Line
from gongkai.law.texts import Text

IsPublic = Callable[[str], bool]
"""Whether the document of this number is public, as far as the register knows."""

_NUMBER = re.compile(r"(?P<prefix>[\u4e00-\u9fa5]{2,12})(?P<rest>[〔\[［【(（](?:19|20)\d{2}[〕\]］】)）]\d{1,4}号)")
#: Words that stand before a number and are none of it.
_LEADING = re.compile(
    r".*(?:根据|依据|按照|依照|参照|遵照|贯彻|落实|执行|印发|转发|详见|关于|经由|等|见|和|与|及|或|以|的|按|将|把|为|由|如|文号)"
)
#: The number of an application is no document's.
_CASE = re.compile(r"公开申$|依申请$")
#: The document's own number stands alone near its beginning, with no more than who signs beside it.
OWN, LONGEST = 40, 80
_TELL = Text("引用的文件不在已公开的文件登记中。请确认该文件已经公开，否则不得引用其标题和文号。",
             "The document cited here is not in the register of public ones. Make sure that it is public; else neither title nor number may be cited.")  # fmt: skip


def find(line: Line) -> Iterator[Hit]:
    if "号" not in line.text:
        return
    for found in _NUMBER.finditer(line.text):
        prefix = _LEADING.sub("", found["prefix"])
        if len(prefix) < 2 or _CASE.search(prefix):
            continue
        number = prefix + _proper(found["rest"])
        start = found.end("prefix") - len(prefix)
        if not _is_own(line, found):
            yield Hit("D16", Severity.WARN, _TELL, start, found.end(), number, number)


def _proper(rest: str) -> str:
    year, serial = re.findall(r"\d+", rest)
    return f"〔{year}〕{serial}号"


def _is_own(line: Line, found: re.Match[str]) -> bool:
    if line.number > OWN or line.beside is not None or len(line.text) > LONGEST:
        return False
    rest = line.text[: found.start()] + line.text[found.end() :]
    return not re.sub(r"签发人[:：].*|\s", "", rest)


def without_public(findings: Iterable[Finding], is_public: IsPublic) -> tuple[Finding, ...]:
    """The findings without citations of what is public. What stands before a number in its sentence is no part of it,
    so the ends of the prefix are asked for, too."""
    return tuple(
        finding
        for finding in findings
        if finding.rule != "D16" or not any(map(is_public, possible_numbers(finding.sample)))
    )


def possible_numbers(sample: str) -> list[str]:
    prefix, bracket, rest = sample.partition("〔")
    return [prefix[start:] + bracket + rest for start in range(max(len(prefix) - 1, 1))]
