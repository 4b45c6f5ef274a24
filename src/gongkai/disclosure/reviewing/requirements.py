"""What must be said of a revision before anybody reviews it (MET-03 to MET-10), every gap at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.agencies.selectors import today
from gongkai.disclosure.editing.metadata import column_fault, misshapen
from gongkai.disclosure.models import (
    ContentClass,
    Item,
    NormativeDocument,
    OpenType,
    Purpose,
    Revision,
)
from gongkai.disclosure.rich_text import plain_text
from gongkai.law.citations import REG
from gongkai.law.errors import LawError
from gongkai.law.texts import Text

Gap = tuple[str, Text]
#: Asked of every item: name, words.
_ALWAYS = {
    "title": Text("标题", "the title"),
    "issuer_name": Text("发文机关（全称）", "the issuer (in full)"),
    "made_on": Text("成文日期", "the date it was made"),
    "summary": Text("内容概述", "the summary"),
    "subject": Text("主题分类", "the subject"),
    "source": Text("来源", "the source"),
}
_OF_POLICY = {
    "document_class": Text("文件类别", "the class of the document"),
    "document_number": Text("发文字号", "the document number"),
    "genre": Text("体裁", "the genre"),
}
_OF_INTERPRETATION = {"form": Text("解读形式", "the form of interpretation")}


#: Its entry is what table 2 and 有效性 are reckoned from: it is not lost by an empty field.
STAYS_ON_REGISTER = Text(
    "这份文件已列入文件登记，文件类别不能取消。登记时选错的，改选正确的类别（例如“其他政策文件”），并写明更正理由。",
    "It stands on the register of documents: its class may be another, with the reason, but not none.",
)


class Incomplete(LawError):
    """`fields`: what is missing or wrong, by field."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        zh = "；".join(text.zh.rstrip("。") for text in fields.values())
        en = " ".join(text.en for text in fields.values())
        super().__init__("incomplete", Text(f"还不能送审：{zh}。", f"Not yet complete. {en}"), REG(17))
        self.fields = dict(fields)


#: What a date of an item can be in: the filters of its lists offer no other years.
YEARS = range(1949, 2200)
_DATES = {
    "made_on": Text("成文日期", "the date it was made"),
    "formed_on": Text("形成或变更日期", "the date it was formed or changed"),
    "in_force_from": Text("施行日期", "the date from which it is in force"),
    "last_day": Text("有效期", "its last day"),
    "review_due": Text("复核日期", "the date of its review"),
}
_NO_LAST_DAY = Text("没有规定有效期的，有效期不填。", "Leave it empty where no last day was laid down.")


def gaps(revision: Revision) -> dict[str, Text]:
    """What stands between this revision and its review, by field; empty where nothing does."""
    if revision.purpose == Purpose.WITHDRAW:
        return dict(_empty(revision, {"reason": Text("撤下理由", "the reason of withdrawal")}))
    return {
        **dict(_empty(revision, _ALWAYS)),
        **dict(_of_column(revision)),
        **dict(_of_text(revision)),
        **dict(_of_dates(revision)),
        **dict(_of_register(revision)),
        **misshapen(revision),
    }


def _empty(revision: Revision, wanted: Mapping[str, Text]) -> Iterator[Gap]:
    for name, words in wanted.items():
        if not getattr(revision, name):
            yield name, Text(f"请填写{words.zh}。", f"Fill in {words.en}.")


def _of_column(revision: Revision) -> Iterator[Gap]:
    """MET-09: a leaf in use that takes items, of the site or of this agency; then what its class of content asks for."""
    column = revision.column
    if column is None:
        yield "column", Text("请选择栏目。", "Choose a column.")
        return
    if fault := column_fault(revision.item.agency, column):
        yield "column", fault
    policy = column.content_class == ContentClass.POLICY or bool(revision.document_class)
    if policy:
        yield from _empty(revision, _OF_POLICY)
    if column.content_class == ContentClass.INTERPRETATION:
        yield from _empty(revision, _OF_INTERPRETATION)
        if not revision.interprets.exists():
            yield "interprets", Text("请选择所解读的政策文件。", "Choose the policy documents that it interprets.")


def _of_text(revision: Revision) -> Iterator[Gap]:
    if not plain_text(revision.body).strip() and not revision.attachments.exists():
        yield "body", Text("请填写正文，或者上传附件。", "There must be a text or a file.")
    if revision.open_type != OpenType.PROACTIVE:
        yield "open_type", Text("公开属性不是“主动公开”的，不能发布。", "Only what is open proactively is published.")
    if revision.purpose == Purpose.CORRECT and not revision.reason.strip():
        yield "reason", Text("请填写更正理由。", "Fill in why it is corrected.")


def _of_dates(revision: Revision) -> Iterator[Gap]:
    """MET-04: nothing is made after today; and no year that only a slip of the hand can mean."""
    for name, words in _DATES.items():
        on = getattr(revision, name)
        if on is not None and on.year not in YEARS:
            text = Text(f"{words.zh}的年份不对，请核对。", f"The year of {words.en} cannot be right.")
            yield name, _NO_LAST_DAY if name == "last_day" and on.year > YEARS[-1] else text
    for name in ("made_on", "formed_on"):
        on = getattr(revision, name)
        if on is not None and on > today():
            label = "成文日期" if name == "made_on" else "形成或变更日期"
            yield name, Text(f"{label}不能晚于今天。", "This date cannot lie after today.")


def _of_register(revision: Revision) -> Iterator[Gap]:
    """What stands on the register stays there; a number of it is one document, and so one item."""
    if revision.item.document_id and not revision.document_class:
        yield "document_class", STAYS_ON_REGISTER
    number = revision.document_number
    if not (revision.document_class and number):
        return
    entry = NormativeDocument.objects.filter(agency=revision.item.agency_id, document_number=number).first()
    own = revision.item.document_id
    taken = entry and Item.objects.filter(document=entry).exclude(pk=revision.item_id).exists()
    if entry and own and entry.pk != own and not taken:
        message = Text(
            "这个发文字号已登记给另一份文件，请核对。", "The register holds another document of this number."
        )
        yield "document_number", message
    if taken:
        message = Text("这个发文字号的文件已经由另一条信息发布。", "Another item is the document of this number.")
        yield "document_number", message
