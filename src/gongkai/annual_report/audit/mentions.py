"""Figures that the prose gives: read narrowly, for a figure of another scope must never raise an alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.annual_report.reading import Report, Sentence

UNIT = r"(?:件次|件|条|份|宗|次|个|项|起|例)"
NUMBER = rf"(\d+|零)(?![\d.]|余|多){UNIT}"

#: Other matters whose figures stand beside those of applications.
_OTHER_MATTERS = re.compile(
    r"复议|诉讼|许可|投诉|举报|咨询|信箱|留言|建议|提案|信访|热线|处理费|收费|网站|补正|结转|不予|重复|逾期|符合|有效"
)
#: Words that make a figure one of a part only: kinds of applicant, ways of applying, results.
_PART_ONLY = re.compile(
    r"企业|科研|公益|法律服务|网络|网上|线上|线下|在线|互联网|平台|信函|邮寄|邮件|邮箱|当面|现场|窗口|传真|书面|口头"
    r"|予以公开|部分公开|无法提供|其他处理|按时|延期|当场|季度|月份|上半年|下半年"
)
_EARLIER = re.compile(r"上年|去年|上一年|往年|历年|同期|以来|近[一二两三四五\d]年|年均")
#: What is longer was not written by people as a sentence, and patterns would take long over it.
_LONGEST_CLAUSE, LONGEST_SENTENCE = 300, 2000
_SUBJECT = re.compile(r"公开")


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in a sentence: ``word`` is the verb it hangs on, ``value`` 0 also for 「未…」."""

    value: int
    word: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of a sentence between commas, with all that stands before it in the sentence."""

    text: str
    before: str
    sentence: Sentence


@lru_cache(maxsize=2)
def _clauses(sentences: tuple[Sentence, ...]) -> tuple[_Clause, ...]:
    """Of one report at a time: a dozen rules ask for them."""
    return tuple(_parted(sentences))


def _parted(sentences: Sequence[Sentence]) -> Iterator[_Clause]:
    for sentence in sentences:
        # A comma between digits groups thousands, it does not part clauses.
        whole = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", sentence.plain)
        if len(whole) > LONGEST_SENTENCE:
            continue
        position = 0
        for text in whole.split(","):
            if len(text) <= _LONGEST_CLAUSE:
                yield _Clause(text, whole[:position], sentence)
            position += len(text) + 1


def _number(text: str) -> int:
    return 0 if text == "零" else int(text)


def _of_this_year(report: Report, clause: _Clause, end: int) -> bool:
    """Whether the last year named before the figure is the report's, and no word says it is an earlier one."""
    years = re.findall(r"(20\d\d)年", clause.before + clause.text[:end])
    same_year = not years or report.year is None or int(years[-1]) == report.year
    said = clause.before + clause.text[:end]
    some_months = re.search(r"\d月", said) and "12月" not in said
    return same_year and not some_months and not _EARLIER.search(said)


_AGENCY_NAMED = re.compile(r"(?:局|委|办|办公室|厅|镇|乡|街道|中心|部门|单位|村|社区)(?:全年|共计?|累计|总共|年内)*$")
_OWN = re.compile(r"[我本全](?:[局委办厅镇乡县区市州省院处]|街道|单位|机关|部门|中心|系统)")


def _of_another_agency(report: Report, before: str) -> bool:
    """Whether the subject before the verb is another agency: 「各部门收到 …」, 「县水务局收到 …」."""
    if _OWN.search(before) or (report.agency and report.agency in before):
        return False
    return bool(_AGENCY_NAMED.search(before))


def _whole_scope(clause: _Clause, *words: str) -> bool:
    """Whether a figure counts all applications: not 「其中」, not one kind, way or result of them."""
    if "其中" in clause.before or "其中" in clause.text:
        return False
    text = "".join(words)
    one_side = ("自然人" in text or "公民" in text) != ("法人" in text or "组织" in text)
    return not one_side and not _OTHER_MATTERS.search(text) and not _PART_ONLY.search(text)


# --- Received -----------------------------------------------------------------------------------------------

_RECEIVE = r"(新收到?|收到|接收到?|接到|受理|收办)"
_RECEIVED_THEN_SUBJECT = re.compile(rf"^(.*?){_RECEIVE}([^\d]{{0,40}}?){NUMBER}(.{{0,25}})")


def received(report: Report) -> tuple[Mention, ...]:
    """「收到/受理/新收 … 政府信息公开申请 N 件」 and 「收到 N 件 … 申请」, of this year and of all kinds."""
    found = []
    for clause in _clauses(report.prose()):
        # Asking for the word first spares the patterns most clauses of a report.
        if not any(word in clause.text for word in ("收", "接", "受理")):
            continue
        match = _RECEIVED_THEN_SUBJECT.search(clause.text)
        if match is None:
            continue
        before, verb, between, number, after = match.groups()
        named = re.match(r".{0,20}?申请", after)
        about = between + (named.group(0) if named and "申请" not in between else "")
        subject = "申请" in about and _SUBJECT.search(about)
        if not subject or _of_another_agency(report, before):
            continue
        if _whole_scope(clause, before, about) and _of_this_year(report, clause, match.end(4)):
            found.append(Mention(_number(number), verb, clause.sentence))
    return tuple(found)


#: Words that do not narrow 「申请」: a denial with any other word may deny one kind of application only.
_NEUTRAL = (
    r"(?:过|到|任何|一件|单位|个人|公民|自然人|法人|和|或者?|及|与|、|其[他它]|组织|社会|公众|群众|提出|提交|递交|的"
    r"|关于|有关|相关|政府|信息|公开|要求|获取|查询|依|向|[我本][局委办厅镇乡县区市院处]|申请人|人|各类|所|年度)*"
)
_APPLICATION = r"(?:信息公开的?申请|依申请公开|申请公开政府信息)"
_WHAT = r"(?:的?(?:申请|事项|情况|办件|件|信息))*[。;]?$"
_DENIALS = (
    re.compile(
        rf"^(.*?)(?:未曾?|没有|尚未|暂未|均未|从未)(?:收到|接到|接收到?|发生|产生|出现){_NEUTRAL}{_APPLICATION}{_WHAT}"
    ),
    re.compile(rf"^(.{{0,20}}?)(?:(?<!有)无|没有|未有){_NEUTRAL}{_APPLICATION}{_WHAT}"),
    re.compile(rf"^(.*?)依申请公开(?:政府信息)?(?:申请|事项|件|数量)?(?:共计?|为|:)?(?:0|零){UNIT}[。;]?$"),
)
_CONDITION = re.compile(r"如|若|凡|是否")


def none_received(report: Report) -> tuple[Mention, ...]:
    """Statements that no application was received: 「未收到 … 政府信息公开申请」, 「无依申请公开事项」."""
    found = []
    for clause in _clauses(report.prose()):
        if "申请" not in clause.text:
            continue
        match = next(filter(None, (pattern.search(clause.text) for pattern in _DENIALS)), None)
        if match and _denies_all(report, clause, match):
            found.append(Mention(0, "未收到", clause.sentence))
    zero = (mention for mention in received(report) if mention.value == 0)
    return (*found, *zero)


def _denies_all(report: Report, clause: _Clause, match: re.Match[str]) -> bool:
    before = match[1]
    if _CONDITION.search(before) or _of_another_agency(report, before):
        return False
    return _whole_scope(clause, match.group(0)) and _of_this_year(report, clause, match.end())


# --- Handled and carried over -------------------------------------------------------------------------------

_OF_APPLICATIONS = r"(?:了|共计?|合计|累计|政府信息|信息|依申请|公开|申请|件数|数量|事项|为|:|的)*"
_HANDLED = re.compile(
    rf"^(.*?)(办结|办理完毕|办理完结|答复|处理完毕)({_OF_APPLICATIONS}){NUMBER}|"
    rf"^(.*?){NUMBER}(?:申请)?(?:均|全部|都)?已?(?:按时|按期|依法|按规定|全部)*(办结|答复|办理完毕)"
)
_CARRIED_OUT = re.compile(
    rf"结转(?:至|到)?(下一?年度?|次年|(20\d\d)年度?)(?:继续)?(?:办理|处理)?的?(?:政府信息公开)?(?:申请)?{NUMBER}"
)
_CARRIED_IN = re.compile(rf"(上一?年度?|(20\d\d)年度?)结转的?(?:政府信息公开)?(?:申请)?(?:共)?{NUMBER}")


def handled(report: Report) -> tuple[Mention, ...]:
    """「办结/答复 … N 件」 in a sentence on applications, of all results."""
    found, divided = [], set()
    for clause in _clauses(report.prose()):
        match = _HANDLED.search(clause.text)
        if match is None or not _on_applications(clause):
            continue
        before, number = match[1] or match[5] or "", match[4] or match[6]
        scope = re.sub(r"按时|按期", "", clause.text[: match.end()])
        if not _whole_scope(clause, scope):
            # 「按时答复 10 件，延期答复 8 件」: the first is a part as well; after 「其中」 it is the whole.
            divided |= {clause.sentence} if "其中" not in clause.before + clause.text else set()
        elif not before.endswith(("未", "不", "尚未", "逾期")) and _of_this_year(report, clause, match.end()):
            found.append(Mention(_number(number), match[2] or match[7], clause.sentence))
    return tuple(mention for mention in found if mention.sentence not in divided)


def _on_applications(clause: _Clause) -> bool:
    sentence = clause.before + clause.text
    return (
        "申请" in sentence
        and "公开" in sentence
        and not re.search(r"复议|诉讼|建议|提案|信箱|留言|信访|热线", sentence)
    )


def carried_out(report: Report) -> tuple[Mention, ...]:
    """「结转下年度继续办理 N 件」."""
    return _carried(report, _CARRIED_OUT, offset=1)


def carried_in(report: Report) -> tuple[Mention, ...]:
    """「上年结转 N 件」."""
    return _carried(report, _CARRIED_IN, offset=-1)


def _carried(report: Report, pattern: re.Pattern[str], *, offset: int) -> tuple[Mention, ...]:
    found = []
    for clause in _clauses(report.prose()):
        match = pattern.search(clause.text)
        if match is None or not _on_applications(clause):
            continue
        year = match[2]
        if year is None or report.year is None or int(year) == report.year + offset:
            found.append(Mention(_number(match[3]), "结转", clause.sentence))
    return tuple(found)


# --- Disputes -----------------------------------------------------------------------------------------------

_REVIEW = re.compile(rf"复议(?:案件|申请)?([^\d诉]{{0,8}}?){NUMBER}")
_COURT = re.compile(rf"诉讼(?:案件)?([^\d]{{0,8}}?){NUMBER}")
_NO_DISPUTE = re.compile(r"(?:未|没有|无(?!法|正当))(?:发生|收到|因|出现|产生|有)?[^\d]{0,30}?(复议|诉讼)")
#: Figures of a narrower or other scope than table 4.
_OTHER_SCOPE = re.compile(r"备案|维持|纠正|撤销|败诉|改判|变更|违法|责令|未经复议|复议后|各|应诉率|义务|出庭")


def disputes(report: Report, kind: str) -> tuple[Mention, ...]:
    """Figures of 复议 (``kind`` "复议") or 诉讼 on disclosure; 0 for 「未发生…」."""
    pattern = _REVIEW if kind == "复议" else _COURT
    found = []
    for clause in _clauses(report.prose()):
        if (
            kind not in clause.text
            or _OTHER_SCOPE.search(clause.text)
            or "其中" in clause.before
            or not _on_disclosure(report, clause)
        ):
            continue
        match = pattern.search(clause.text)
        both = kind == "诉讼" and match is not None and re.search(r"复议[、和及与]", clause.text[: match.start()])
        if match and not both and _of_this_year(report, clause, match.end()):
            found.append(Mention(_number(match[2]), kind, clause.sentence))
        elif not re.search(r"\d", clause.text) and _denies_dispute(clause.text, kind):
            found.append(Mention(0, kind, clause.sentence))
    return tuple(found)


def _on_disclosure(report: Report, clause: _Clause) -> bool:
    return clause.sentence.part == 4 or "公开" in clause.before + clause.text


def _denies_dispute(text: str, kind: str) -> bool:
    match = _NO_DISPUTE.search(text)
    return match is not None and kind in text[match.start() :]


# --- Normative documents ------------------------------------------------------------------------------------

_NORMATIVE = r"(?:行政)?规范性文件"
_DOCUMENT_FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("made", re.compile(rf"新?(?:制发|制定)(?:并?印发|出台)?的?{_NORMATIVE}(?:共|件数为?|数量为?)?{NUMBER}")),
    ("made", re.compile(rf"新?(?:制发|制定)(?:并?印发|出台)?{NUMBER}{_NORMATIVE}")),
    ("repealed", re.compile(rf"废止的?(?:{_NORMATIVE})?(?:共|件数为?|数量为?)?{NUMBER}")),
    ("in_force", re.compile(rf"现行有效的?(?:{_NORMATIVE})?(?:共有?|件数为?|数量?为?|总数为?)?{NUMBER}")),
    ("in_force", re.compile(rf"{NUMBER}{_NORMATIVE}(?:现行|继续)有效")),
)
_NOT_MADE = re.compile(rf"(?:未|没有)(?:新?制发|新?制定)[^\d]{{0,8}}?{_NORMATIVE}")
_OTHER_DOCUMENTS = re.compile(r"草案|征求意见|审查|备案|解读|清理|修改|修订|拟|规章|党内")


def normative_documents(report: Report) -> tuple[tuple[str, Mention], ...]:
    """Figures of 规范性文件 with the column of table 2 they belong to: made, repealed, in_force."""
    found = []
    for clause in _clauses(report.prose()):
        before = clause.before + clause.text
        if not re.search(_NORMATIVE, before) or "其中" in before or _OTHER_DOCUMENTS.search(before):
            continue
        for column, pattern in _DOCUMENT_FIGURES:
            match = pattern.search(clause.text)
            if match and _of_this_year(report, clause, match.end()):
                found.append((column, Mention(_number(match[1]), column, clause.sentence)))
        if _NOT_MADE.search(clause.text) and _of_this_year(report, clause, len(clause.text)):
            found.append(("made", Mention(0, "made", clause.sentence)))
    return tuple(found)
