"""三校: what the reviewer of each round reads the text for. That there are three is practice (三审三校 [C, S15]); what stands
on the lists is the office's own order of work [I]."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.agencies.errors import Invalid
from gongkai.law.publication import PublicationAct
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look for."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class ProofReading:
    """一校, 二校 or 三校."""

    name: Text
    points: tuple[Point, ...]


PROOF_READINGS: Mapping[PublicationAct, ProofReading] = MappingProxyType(
    {
        PublicationAct.FIRST_REVIEW: ProofReading(
            Text("一校：文字和数据", "first reading: words and figures"),
            (
                Point("wording", Text("标题、正文与原件逐字相符，没有错别字和漏字", "Title and text agree with the original")),
                Point("figures", Text("数字、金额、日期、计量单位准确", "Figures, amounts, dates and units are right")),
                Point("names", Text("人名、职务、机构名称使用全称和规范写法", "Names, posts and bodies are written in full")),
            ),
        ),
        PublicationAct.SECOND_REVIEW: ProofReading(
            Text("二校：要素和附件", "second reading: particulars and files"),
            (
                Point("particulars", Text("栏目、发文字号、成文日期、发文机关等要素齐全准确", "Column, number, date and issuer are right")),
                Point("files", Text("附件齐全，能够打开，名称与内容一致", "All files are there, open, and are what they are called")),
                Point("links", Text("链接和引用的文件有效，引用的文件已经公开", "Links work; what is cited is public")),
            ),
        ),
        PublicationAct.FINAL_REVIEW: ProofReading(
            Text("三校：整体和影响", "third reading: the whole and its effect"),
            (
                Point("expression", Text("政治性、政策性表述准确", "Statements of policy are right")),
                Point("layout", Text("公众看到的版面完整，没有隐藏内容", "The page is whole as the public will see it")),
                Point("masking", Text("个人信息已按统一规则遮盖", "Personal data is masked by the one rule")),
            ),
        ),
    }
)  # fmt: skip


def require_read(act: PublicationAct, ticked: Collection[str]) -> tuple[str, ...]:
    """The points of the round's list. Raises Invalid (field „proofread“) while one is not ticked."""
    reading = PROOF_READINGS[act]
    if missing := [point for point in reading.points if point.key not in ticked]:
        zh, en = missing[0].text.zh, missing[0].text.en
        message = Text(f"请逐项校对并勾选，还没有勾选：{zh}。", f"Go through the list; not ticked yet: {en}.")
        raise Invalid("proofread", message)
    return tuple(point.key for point in reading.points)
