"""What an item of an earlier site is told by: the fields, the heads they go under, and their values read from text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.agencies.errors import Invalid
from gongkai.law.texts import Text

#: Field → the heads and keys under which it comes, the first being ours.
HEADS: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "信息名称", "文件名称", "title"),
    "column": ("栏目", "所属栏目", "目录分类", "栏目代码", "column"),
    "agency": ("公开机关", "发布机构", "公开机构", "公开单位", "机关", "agency"),
    "index_number": ("索引号", "index_number", "index_no"),
    "document_number": ("发文字号", "文号", "document_number", "doc_no"),
    "issuer_name": ("发文机关", "制发机关", "issuer", "issuer_name"),
    "made_on": ("成文日期", "生成日期", "made_on", "doc_date"),
    "published_on": ("发布日期", "发布时间", "公开日期", "published_on", "pub_date"),
    "body": ("正文", "内容", "body", "body_html", "content"),
    "body_file": ("正文文件", "网页文件", "body_file"),
    "attachments": ("附件", "附件文件", "attachments"),
    "url": ("网址", "原网址", "链接", "原地址", "url"),
    "summary": ("内容概述", "摘要", "概述", "summary"),
    "subject": ("主题分类", "主题", "subject"),
    "genre": ("体裁", "体裁分类", "genre"),
    "keywords": ("主题词", "关键词", "keywords"),
    "source": ("来源", "信息来源", "source"),
    "author": ("责任编辑", "作者", "author"),
    "document_class": ("文件类别", "document_class"),
    "in_force_from": ("施行日期", "生效日期", "in_force_from"),
    "last_day": ("有效期至", "失效日期", "last_day"),
    "repealed_on": ("废止日期", "repealed_on"),
}
FIELD_OF = {head.casefold(): name for name, heads in HEADS.items() for head in heads}
DATES = frozenset({"made_on", "published_on", "in_force_from", "last_day", "repealed_on"})
CLASSES = {
    "规章": "rules", "行政规范性文件": "normative_documents", "规范性文件": "normative_documents",
    "其他政策文件": "other_policy", "政策文件": "other_policy",
}  # fmt: skip
_LENGTHS = {
    "title": 300, "document_number": 80, "issuer_name": 200, "summary": 100, "subject": 60, "genre": 20, "keywords": 120,
    "source": 120, "author": 40, "url": 500, "index_number": 60,
}  # fmt: skip
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Row:
    """One item as the source has it: `line` where it stands, `said` by our field names, all as text; `files` the names
    of its attachments."""

    line: int
    said: Mapping[str, str]
    files: Sequence[str] = ()


@dataclass
class Problem:
    """What is wrong with a row: field, words, and the value it is about."""

    line: int
    field: str
    message: Text
    value: str = ""
    title: str = ""


@dataclass(frozen=True)
class Values:
    """A row read: dates as dates, classes by their keys; nothing is looked up yet."""

    row: Row
    texts: Mapping[str, str]
    dates: Mapping[str, dt.date]
    assumed: Sequence[str] = field(default_factory=tuple)


def row_of(line: int, given: Mapping[str, Any]) -> Row:
    """A row from whatever keys the source uses; unknown keys are left out."""
    said: dict[str, str] = {}
    files: list[str] = []
    for key, value in given.items():
        name = FIELD_OF.get(re.sub(r"\s+", "", str(key)).casefold())
        if name == "attachments":
            files += _names(value)
        elif name is not None and value is not None and name not in said:
            said[name] = _writable(value if not isinstance(value, list) else "、".join(map(str, value)))
    return Row(line, said, tuple(files))


def _names(value: Any) -> list[str]:
    """File names: a list, or a text that parts them by lines or semicolons."""
    parts = value if isinstance(value, list) else re.split(r"[\n;；|]", str(value or ""))
    return [_writable(part.get("file", "") if isinstance(part, dict) else part) for part in parts if part]


def _writable(value: object) -> str:
    """As text, without what no database and no file can hold: lone halves of a pair, and the zero byte."""
    return str(value).encode("utf-8", "ignore").decode().replace("\0", "").strip()


def read_values(row: Row, today: dt.date) -> Values:
    """The row's values. Raises Invalid with the field for what cannot be read or is too long."""
    if not row.said.get("title"):
        raise Invalid("title", Text("没有标题。", "There is no title."))
    texts = {name: value for name, value in row.said.items() if name not in DATES and value}
    for name, most in _LENGTHS.items():
        if len(texts.get(name, "")) > most and name != "summary":
            raise Invalid(name, Text(f"超过{most}字。", f"More than {most} characters."))
    if named := texts.get("document_class"):
        texts["document_class"] = CLASSES.get(named, named)
        if texts["document_class"] not in CLASSES.values():
            raise Invalid("document_class", Text(f"文件类别应为：{'、'.join(CLASSES)}。", "No such class."))
    dates = {name: day_in(name, row.said[name]) for name in DATES if row.said.get(name)}
    _require_order(dates, today)
    return Values(row, texts, dates)


def day_in(name: str, text: str) -> dt.date:
    """A date in the shapes that are about; a time after it is left out. Raises Invalid."""
    match = _DAY.search(text) or _EIGHT.fullmatch(text.strip())
    try:
        if match is not None:
            return dt.date(*map(int, match.groups()))
    except ValueError:
        pass
    raise Invalid(name, Text("不是日期，请写成 2024-05-06。", "Not a date: write 2024-05-06."))


def _require_order(dates: Mapping[str, dt.date], today: dt.date) -> None:
    for name in ("made_on", "published_on"):
        if name in dates and not dt.date(1949, 10, 1) <= dates[name] <= today:
            raise Invalid(name, Text("日期在将来，或者早得不可能。", "A date to come, or impossibly early."))
    made = dates.get("made_on")
    for name, words in (("published_on", "发布日期"), ("last_day", "有效期"), ("repealed_on", "废止日期")):
        if made and name in dates and dates[name] < made:
            raise Invalid(name, Text(f"{words}早于成文日期。", "Earlier than the day it was made."))
