"""Slips of the pen, as far as a rule can be certain of them: H-7, and L-1 to L-7 (ours).

Every pattern is narrow: what another reading could defend is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.reading import Heading, Report, Sentence, Style
from gongkai.annual_report.reading.lines import wording
from gongkai.law.report_form import PARTS
from gongkai.law.texts import Text

# --- H-7 ----------------------------------------------------------------------------------------------------

_ASPECT_TITLES = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "平台建设", "监督保障")
#: Words that may come or go without a slip of the pen.
_MAY_VARY = set("的及和与年本等中工作各其我")


def _slip(written: str, due: str) -> bool:
    """Whether ``written`` is ``due`` with one character lost, doubled or put in, or two neighbours exchanged."""
    if written == due or abs(len(written) - len(due)) > 1:
        return False
    if len(written) == len(due):
        differ = [at for at, (one, other) in enumerate(zip(written, due, strict=True)) if one != other]
        exchanged = len(differ) == 2 and differ[1] == differ[0] + 1
        return exchanged and written[differ[0]] == due[differ[1]] and written[differ[1]] == due[differ[0]]
    shorter, longer = sorted((written, due), key=len)
    at = next((at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter))
    return shorter[at:] == longer[at + 1 :] and longer[at] not in _MAY_VARY


@rule("H-7", "标题没有错别字", "no slip of the pen in headings")
def heading_slips(case: Case) -> Iterator[Finding]:
    """H-7: 「行政法复议」, 「府信息公开平台建设」."""
    for heading in case.report.headings:
        due = _meant(case.report, heading)
        if due is not None:
            message = Text(
                f"标题「{heading.title}」疑为「{due}」之误。", f"「{heading.title}」 is a slip for 「{due}」."
            )
            place = place_of(case.report, heading.line)
            yield Finding("H-7", Severity.ERROR, place, message, (heading.title, due), heading.line)


def _meant(report: Report, heading: Heading) -> str | None:
    """The official words of which the heading is one slip away; None if it says them or something else."""
    written = wording(re.sub(r"[（(].*?[）)]", "", heading.title))
    if heading.style is Style.PART and heading.part is not None and not heading.exact:
        known = [alias for part in PARTS for alias in (part.name.zh, *part.aliases)]
    elif heading.style is Style.BRACKETED and report.part_at(heading.line) == 1:
        known = [title for title in _ASPECT_TITLES if len(title) > 4 or len(written) > 4]
    else:
        return None
    if written in {wording(title) for title in (*known, *_ASPECT_TITLES, "申请公开", "信息公开平台建设")}:
        return None
    return next((title for title in known if _slip(written, wording(title))), None)


# --- L-1 to L-3 ---------------------------------------------------------------------------------------------


def _each(
    case: Case,
    rule_id: str,
    pattern: re.Pattern[str],
    told: Callable[[str], Text],
    severity: Severity = Severity.ERROR,
    around: int = 0,
) -> Iterator[Finding]:
    """A finding for each match, told with so many characters ``around`` it."""
    for sentence in case.report.prose():
        for match in pattern.finditer(sentence.plain):
            place = place_of(case.report, sentence.line)
            seen = sentence.plain[max(0, match.start() - around) : match.end() + around]
            yield Finding(rule_id, severity, place, told(seen), (seen,), sentence.line)


_STRAY = re.compile(r"(?:中央|国家|[省市县区]|自治区)、(?=关于|对于)|、(?=[,。;:、!?])|^。$")


@rule("L-1", "没有多余的标点", "no stray punctuation")
def stray_marks(case: Case) -> Iterator[Finding]:
    """L-1 (ours): a 、 that joins nothing, two full stops."""

    def told(seen: str) -> Text:
        return Text(f"「{seen}」中有多余的标点。", f"Stray punctuation in 「{seen}」.")

    yield from _each(case, "L-1", _STRAY, told, around=6)


_US = r"我[区县市省局委办厅镇乡院处]|我街道|本[区县市局委办厅]|全[区县市省局]"
_NOUNS = (
    r"(?:政务公开|政府信息公开|信息公开|基层政务公开|主动公开|依申请公开|重点|平台|基层|专栏|栏目|网站|队伍|制度|机制"
    r"|政府信息|政务|信息|公开|工作|建设(?=工作)|任务|领域|和|与|及|、|的)+"
)
_NO_VERB = re.compile(rf"[一二三四五六七八九]是(?:{_US})(?:{_NOUNS})(?=[,。;])")


@rule("L-2", "句子有谓语", "sentences have a verb")
def no_verb(case: Case) -> Iterator[Finding]:
    """L-2 (ours): 「一是我区重点工作，…」. 「一是主动公开。」 alone names a heading and is right."""

    def told(seen: str) -> Text:
        return Text(f"「{seen}」缺少动词，句子不完整。", f"「{seen}」 has no verb.")

    yield from _each(case, "L-2", _NO_VERB, told)


_DOUBLED = re.compile(
    r"有待[^,。;、:]{1,8}有待[^,。;、:]{0,6}|(加强|推进|推动|完善|开展|进行|提高|提升|进一步|不断|积极|及时|规范|公开政府信息)\1"
)


@rule("L-3", "没有重复的词", "no doubled words")
def doubled_words(case: Case) -> Iterator[Finding]:
    """L-3 (ours): 「有待丰富有待加强」, 「加强加强」."""

    def told(seen: str) -> Text:
        return Text(f"「{seen}」用词重复。", f"Doubled words: 「{seen}」.")

    yield from _each(case, "L-3", _DOUBLED, told)


# --- L-4 ----------------------------------------------------------------------------------------------------


@rule("L-4", "最后一项以句号结束", "the last item of a list ends with a full stop")
def last_item(case: Case) -> Iterator[Finding]:
    """L-4 (ours): the last of two or more items ends with ；."""
    report = case.report
    headings = sorted(report.headings, key=lambda heading: heading.line)
    for at, heading in enumerate(headings):
        if heading.style is Style.PART or heading.number in (None, 1) or heading.number != _before(headings, at) + 1:
            continue
        after = headings[at + 1] if at + 1 < len(headings) else None
        if after is not None and after.style is heading.style and after.number == (heading.number or 0) + 1:
            continue
        end = after.line if after else len(report.lines) + 1
        last = next((s for s in reversed(report.sentences) if heading.line <= s.line < end), None)
        whole = after is not None or report.ends_whole
        if last is not None and whole and last.plain.endswith(";"):
            message = Text(
                f"「{heading.mark}」是最后一项，应以句号结束，现在是分号。",
                f"{heading.mark} is the last item: it should end with a full stop, not a semicolon.",
            )
            place = place_of(report, last.line)
            yield Finding("L-4", Severity.ERROR, place, message, (last.text[-12:],), last.line)


def _before(headings: list[Heading], at: int) -> int:
    """The number of the item before, if it is of the same style; else 0."""
    before = headings[at - 1] if at else None
    return (before.number or 0) if before is not None and before.style is headings[at].style else 0


# --- L-5 to L-7 ---------------------------------------------------------------------------------------------

_INTRODUCED = re.compile(r"(?:简称|下称|以下称)[^)。]{0,3}《?条例")


@rule("L-5", "简称先说明再使用", "a short name is introduced before it is used")
def short_name(case: Case) -> Iterator[Finding]:
    """L-5 (ours): 「《条例》」 without 「以下简称《条例》」 before it; not said of an excerpt."""
    if not case.report.begins_whole:
        return
    for sentence in case.report.prose():
        if _INTRODUCED.search(sentence.plain):
            return
        if "《条例》" in sentence.plain:
            message = Text(
                "「《条例》」是简称，前面没有说明；第一次出现时请写全称并注明“以下简称《条例》”。",
                "《条例》 is a short name that was not introduced; give the full name first.",
            )
            place = place_of(case.report, sentence.line)
            yield Finding("L-5", Severity.ERROR, place, message, ("《条例》",), sentence.line)
            return


#: What is written, and what the regulation and the rest of the report call it.
_DRIFTS = (
    ("政务信息公开", "政府信息公开"),
    ("基层政务平台", "基层政务公开"),
    ("政府信息公开费用", "信息处理费"),
    ("信息公开费用", "信息处理费"),
    ("政府公开信息工作", "政府信息公开工作"),
)


#: How somebody else's paper, column or platform is called is not for the report to choose.
_NAMES = re.compile(r"《[^《》]*》|[“\"][^“”\"]{1,20}[”\"]|「[^「」]*」")


@rule("L-6", "用语前后一致", "one term for one thing")
def drifting_terms(case: Case) -> Iterator[Finding]:
    """L-6 (ours): names that the report itself calls otherwise elsewhere; one finding for all of them."""
    found: dict[str, tuple[str, Sentence]] = {}
    everything = "".join(sentence.plain for sentence in case.report.prose())
    for written, due in _DRIFTS:
        at = next((one for one in case.report.prose() if written in _NAMES.sub("", one.plain)), None)
        said = due == "信息处理费" or due in everything
        if at is not None and said and not any(written in longer for longer in found):
            found[written] = (due, at)
    if not found:
        return
    first = next(iter(found.values()))[1]
    told = "、".join(f"「{written}」应为「{due}」" for written, (due, _) in found.items())
    message = Text(f"用语前后不一：{told}。", f"Terms drift: {told}.")
    place = place_of(case.report, first.line)
    yield Finding("L-6", Severity.ERROR, place, message, tuple(found), first.line)


_APPROVED_TOO_LATE = re.compile(r"作出(?:答复|处理)?决定(?:、|,|及|和|→|-)+(?:报批|审批|审核)")


@rule("L-7", "办理流程的顺序合理", "the order of the procedure makes sense")
def order_of_procedure(case: Case) -> Iterator[Finding]:
    """L-7 (ours): approval told of after the decision; a question, for the words may not mean an order."""

    def told(seen: str) -> Text:
        return Text(
            f"「{seen}」：审批应在作出决定之前，且流程中没有答复、送达环节的也请补上，请核对。",
            f"「{seen}」: approval comes before the decision; please check the order.",
        )

    yield from _each(case, "L-7", _APPROVED_TOO_LATE, told, Severity.WARNING)
