"""Which row or group of the tables a label names, however the label was printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gongkai.annual_report.reading.lines import wording
from gongkai.law.report_form import (
    APPLICANTS,
    COLUMNS,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    RECONSIDERATION,
    RESULTS,
    RESULTS_PART,
    TABLE_2,
    TABLE_2_OF_2019,
    TABLE_3_CORNER,
    TABLE_4_GROUPS,
    table_3_rows,
)

#: Patterns on the bare wording, for labels that agencies and tools shorten or annotate.
_LOOSE: tuple[tuple[str, str], ...] = (
    (r"一?(本年度?)?新收(政府信息公开)?申请(数量)?", "received"),
    (r"二?上年度?结转((政府信息公开)?申请)?(数量)?", "carried_in"),
    (r"四?结转(至|到)?下一?年度?继续办理", "carried_out"),
    (r"一?予以公开", "granted"),
    (r"二?部分公开.*", "partially_granted"),
    (r"七总计", "total"),
    (r"1?(申请人)?(无正当理由)?逾期不补正.*", "correction_lapsed"),
    (r"2?(申请人)?逾期(未按收费通知|未缴|不缴|未交|不交).*", "fee_unpaid"),
    (r"3其他(处理|情形)?", "other"),
    (r"1?(属于)?国家秘密", "state_secret"),
    (r"2?(属于)?(其他)?法律法规禁止公开|2?(属于)?(其他)?法律行政法规禁止公开", "prohibited_by_law"),
    (r"3?(危及)?三安全一稳定", "endangers_security"),
    (r"4?(保护|涉及)?第三方(合法)?权益", "third_party_rights"),
    (r"5?(属于)?(三类)?内部事务信息", "internal_affairs"),
    (r"6?(属于)?(四类)?过程性信息", "process_information"),
    (r"7?(属于)?(行政)?执法案卷", "enforcement_file"),
    (r"8?(属于)?行政查询(事项)?", "administrative_query"),
    (r"1?(本机关)?不掌握(相关政府信息)?", "not_held"),
    (r"2?(没有)?(现成信息)?需(要)?另行制作|2?没有现成信息", "needs_creation"),
    (r"3?补正后(申请内容)?仍?不明确", "still_unclear"),
    (r"1?信访(举报|投诉)*(类)?(申请)?", "petition"),
    (r"2?重复申请", "repeated"),
    (r"3?(要求)?(提供)?公开出版物", "published_material"),
    (r"4?(无正当理由)?大量反复申请", "abusive_volume"),
    (r"5?(要求)?(行政机关)?(确认或?)?(重新出具)(已获取信息)?", "reissue"),
)
#: A label cut short is still known by its beginning, one with words put into it by what it holds; no shorter ones.
_SHORTEST = 5


@cache
def _groups() -> tuple[str, ...]:
    groups = {wording(row.group.zh) for row in table_3_rows() if row.group}
    return (wording(RESULTS_PART.zh), *sorted(groups))


@cache
def _leaves() -> dict[str, str]:
    """Numbered rows by wording, with and without their number; 其他 alone is also a column, so not that."""
    leaves = {}
    for row in table_3_rows():
        if row.group and row.key != "other":
            leaves[wording(row.label.zh)] = row.key
            leaves[wording(row.label.zh)[1:]] = row.key
    return leaves


@cache
def _words_of_rows() -> dict[str, str]:
    """The official wording of every row but 其他, without its number."""
    return {
        re.sub(r"^[一二三四五六七1-8]", "", wording(row.label.zh)): row.key
        for row in table_3_rows()
        if row.key != "other"
    }


@lru_cache(maxsize=8192)
def table_3_row(label: str) -> str | None:
    """The key of the row of table 3 that ``label`` names, or None; a group before it is passed over."""
    if "。" in label:  # a sentence may speak of a row
        return None
    words = wording(label)
    for group in _groups():
        if words != group:
            words = words.removeprefix(group)
    if words in _leaves():
        return _leaves()[words]
    loose = next((key for pattern, key in _LOOSE if re.fullmatch(pattern, words)), None)
    return loose or _by_part(words)


def _by_part(words: str) -> str | None:
    """The one row whose label begins so, or stands whole within ``words``."""
    bare = re.sub(r"^[一二三四五六七1-8]", "", words)
    if len(bare) < _SHORTEST:
        return None
    found = {key for official, key in _words_of_rows().items() if official.startswith(bare)}
    if not found:
        found = {key for official, key in _words_of_rows().items() if len(official) >= _SHORTEST and official in words}
    return found.pop() if len(found) == 1 else None


@cache
def _everything() -> str:
    rows = table_3_rows()
    groups = dict.fromkeys(row.group.zh for row in rows if row.group)
    return "|".join(wording(text) for text in (RESULTS_PART.zh, *groups, *(row.label.zh for row in rows)))


@lru_cache(maxsize=8192)
def is_fragment(cell: str) -> bool:
    """Whether the cell holds a piece of a label of table 3 that was wrapped, or set from top to bottom."""
    words = wording(cell)
    return bool(words) and not words.isdecimal() and words in _everything()


def is_other_handling(label: str) -> bool:
    """（六）其他处理: a group in the form of 2021, a row with numbers in that of 2019."""
    return wording(label) in {"六其他处理", "其他处理"}


@lru_cache(maxsize=8192)
def is_group(label: str) -> bool:
    """Whether the label is a group of table 3, or 三、本年度办理结果."""
    words = wording(label)
    return any(words in (group, group[1:]) for group in _groups())


_ROWS_OF_TABLE_2 = {wording(row.text.zh): row.key for block in (*TABLE_2_OF_2019, *TABLE_2) for row in block.rows}


@lru_cache(maxsize=8192)
def table_2_row(label: str) -> str | None:
    """The key of the row of table 2 that ``label`` names, or None; a note in brackets is passed over."""
    return _ROWS_OF_TABLE_2.get(wording(re.split(r"[（(]", label, maxsplit=1)[0]))


@cache
def _headers() -> frozenset[str]:
    texts = [TABLE_3_CORNER, APPLICANTS, ORGANISATIONS, INFORMATION, RECONSIDERATION, LITIGATION]
    texts += [column.text for column in (*COLUMNS, *TABLE_4_GROUPS, *RESULTS)]
    for block in (*TABLE_2, *TABLE_2_OF_2019):
        texts += [block.caption, *(column.text for column in block.columns)]
    return frozenset(wording(text.zh) for text in texts)


@lru_cache(maxsize=8192)
def is_header(label: str) -> bool:
    """Whether the label is a column heading or caption of one of the three tables."""
    return wording(label) in _headers()


@lru_cache(maxsize=8192)
def is_label(label: str) -> bool:
    """Whether the label belongs to a table at all."""
    known = table_3_row(label) or table_2_row(label) or is_group(label) or is_header(label)
    return bool(known)


#: Column headings that only the form of 2019 has (〔2019〕60号).
MARKS_OF_2019 = ("本年新制作数量", "本年新公开数量", "对外公开总数量", "上一年项目数量", "采购项目数量")

_ENDINGS = (
    "申请数量|予以公开|部分公开|不计其他情形|国家秘密|禁止公开|一稳定|合法权益|事务信息|过程性信息|执法案卷|查询事项"
    "|相关政府信息|另行制作|仍不明确|投诉类申请|重复申请|公开出版物|大量反复申请|已获取信息|政府信息公开申请|[3３][.．]?其他"
    "|其他处理|[)）]总计|继续办理|规章|规范性文件|行政许可|行政处罚|行政强制|事业性收费|尚未审结总计"
)
_LABEL_AND_DIGITS = re.compile(rf"(?:{_ENDINGS})[\"'”’）)\s]*\d[\d\s]*(?![\d件条项宗人份个年起次.,%％])")
_ENDS_IN_DIGITS = re.compile(r"\d[\d\s/]*$")


def runs_together(text: str) -> bool:
    """Whether the line is a piece of a table whose labels and numbers were printed without anything between them."""
    if "。" in text or "\t" in text or "|" in text:
        return False
    found = _LABEL_AND_DIGITS.findall(text)
    return len(found) > 1 or (len(found) == 1 and _ENDS_IN_DIGITS.search(text) is not None)
