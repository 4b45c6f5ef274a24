"""What the boxes of a redaction cover, in words that reveal nothing: for proposals, and for the reply (条例 37)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.applications.models import RedactionBox
from gongkai.documents.privacy.places import pages_in_words
from gongkai.law.texts import Text
from gongkai.law.withholding import WithholdingGround

#: The rules of the privacy scan whose finding can be covered, and what a reply calls it. The others tell of something
#: that covering does not mend: a mark of secrecy, a hidden sheet, a citation.
COVERED: Mapping[str, Text] = {
    "D1": Text("居民身份证号码", "Resident identity number"),
    "D2": Text("居民身份证号码", "Resident identity number"),
    "D3": Text("居住证号码", "Residence permit number"),
    "D4": Text("手机号码", "Mobile number"),
    "D5": Text("电话号码", "Telephone number"),
    "D6": Text("银行账号", "Bank account"),
    "D7": Text("护照号码", "Passport number"),
    "D8": Text("通行证号码", "Travel permit number"),
    "D9": Text("车牌号码", "Number plate"),
    "D10": Text("电子邮箱等联系方式", "E-mail or other contact"),
    "D11": Text("个体工商户代码", "Code of a sole trader"),
    "D13": Text("住址", "Home address"),
    "D14": Text("个人信息", "Personal data"),
}
#: What is proposed of a person is withheld for that person's rights; who takes the proposal may choose otherwise.
USUAL_GROUND = WithholdingGround.THIRD_PARTY_RIGHTS


def withheld_in_words(boxes: Iterable[RedactionBox]) -> str:
    """„第2页居民身份证号码3处；第3、5—9页合同单价7处“: one kind after the other, by the page where it begins."""
    pages: dict[str, list[int]] = {}
    for box in boxes:
        pages.setdefault(kind_in_words(box), []).append(box.page)
    parts = [(found, kind) for kind, found in pages.items()]
    return "；".join(f"第{pages_in_words(found)}页{kind}{len(found)}处" for found, kind in sorted(parts))


def kind_in_words(box: RedactionBox) -> str:
    """What its maker called it; else the ground."""
    return box.note.strip() or f"{WithholdingGround(box.ground).label.zh}内容"


def grounds_of(boxes: Iterable[RedactionBox]) -> tuple[WithholdingGround, ...]:
    """On which grounds something is covered, in the order of the law."""
    found = {box.ground for box in boxes}
    return tuple(ground for ground in WithholdingGround if ground.value in found)
