"""What must be said of an item before it may be put before the reviewers, by what its column holds (MET-03 to MET-10)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.disclosure.columns.selectors import tree
from gongkai.disclosure.models import Column, ContentClass, Revision
from gongkai.disclosure.rich_text import pictures_without_words
from gongkai.law.index_numbers import is_document_number
from gongkai.law.texts import Text

#: 体裁: the 15 公文种类 of 党政机关公文处理工作条例 art. 8 [M], and what is none of them.
GENRES = (
    "决议", "决定", "命令（令）", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要",
    "其他",
)  # fmt: skip
_OWN_LIST = Path(__file__).resolve().parent.parent / "data" / "subjects.toml"


@lru_cache(maxsize=4)
def _subjects(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        classes = tomllib.load(file)["class"]
    return tuple(
        name for one in classes for name in (one["name"], *(f"{one['name']}\\{leaf}" for leaf in one.get("leaves", ())))
    )


def subjects() -> tuple[str, ...]:
    """主题分类: every class, and every leaf as 大类\\小类; the office's own list where it has one."""
    return _subjects(Path(settings.SUBJECTS_FILE) if settings.SUBJECTS_FILE else _OWN_LIST)


#: What the reviewers will ask for (`reviewing.requirements`), for the marks on the form.
_ALWAYS = frozenset({"column", "title", "issuer_name", "made_on", "summary", "subject", "source", "body"})
_MORE = {
    ContentClass.POLICY.value: frozenset({"document_class", "document_number", "genre"}),
    ContentClass.INTERPRETATION.value: frozenset({"form", "interprets"}),
}


def required(content_class: str) -> frozenset[str]:
    """The fields that must be filled before an item of such a column is submitted."""
    return _ALWAYS | _MORE.get(content_class, frozenset())


def misshapen(revision: Revision) -> dict[str, Text]:
    """What is filled in, but not as it must be when it is submitted, by field. A draft may be so (MET-05, MET-06, MET-10)."""
    faults = {}
    if revision.subject and revision.subject not in subjects():
        faults["subject"] = Text("请从列出的主题分类中选择。", "Choose one of the subjects.")
    if revision.genre and revision.genre not in GENRES:
        faults["genre"] = Text("请从列出的体裁中选择。", "Choose one of the genres.")
    if revision.document_number and not is_document_number(revision.document_number):
        words = Text("发文字号应写成“机关代字〔年份〕序号号”，例如：演政办〔2024〕3号。", "Write it as 代字〔年〕号.")
        faults["document_number"] = words
    if pictures_without_words(revision.body):
        words = Text("正文中有图片缺少文字说明，请补充（供看不到图的人阅读）。", "A picture of the text has no words.")
        faults["body"] = words
    return faults


def column_fault(agency: Agency, column: Column) -> Text | None:
    """Why the agency's items cannot stand in this column (MET-09); None where they can."""
    node = tree().by_id.get(column.pk)
    if node is None or node.owner_id not in (None, agency.pk):
        return Text("没有这个栏目。", "There is no such column.")
    if not node.active:
        return Text("该栏目已停用，请选择其他栏目。", "This column was put away: choose another.")
    if not node.is_leaf:
        return Text(
            "信息只能放在最末一级的信息栏目中，请选择其下的栏目。", "Items stand in the lowest columns: choose one."
        )
    if node.id in tree().absent(agency.pk):
        return Text("本机关已说明该栏目没有信息。", "The agency has said that it has nothing for this column.")
    return None
