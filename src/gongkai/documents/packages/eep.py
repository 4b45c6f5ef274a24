"""`eep.xml`: the package described in the manner of DA/T 48-2009 (电子文件封装包).

That the standard wraps files in XML, at the level of a file, in GB 18030 with dates of GB/T 7408, is confirmed [C]. The
names of its elements are used as far as they are known [P]: they are those of a derivative's list of contents and were
not compared with the standard's own text; the XML says so of itself. An archive that asks for its own names is served
by another module beside this one: everything it needs is in `Wrapped`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.documents.packages.manifest import Listed

if TYPE_CHECKING:
    from lxml.etree import _Element

ENCODING = "GB18030"
#: Files up to this size stand in the XML themselves (base64); of all others the place and the digests.
EMBEDDED = 16 * 1024
FORMAT = "参照DA/T 48-2009《基于XML的电子文件封装规范》生成；元素名称就所知采用，未与标准文本逐项核对"
EXTENSION = (
    "数字摘要、引用位置、页数、开放限制等元素为本系统所加，不是DA/T 48的元素。电子签名块留待机关的电子签名系统填写。"
)
#: What XML cannot hold, whoever typed it.
_UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Act:
    """业务行为: one step of the case."""

    name: str
    on: str
    basis: str
    description: str
    actor: str


@dataclass(frozen=True)
class Signatory:
    """机构人员: who acted, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class Signature:
    """What the agency's signing service says of its signature over 被签名对象. There is none yet: this is its place."""

    identifier: str
    rule: str
    at: str
    signer: str
    result: str
    algorithm: str


@dataclass(frozen=True)
class Wrapped:
    """Everything that the XML tells. Days are ISO texts (GB/T 7408)."""

    archive_number: str
    fonds: str
    agency: str
    title: str
    number: str
    on: str
    retention: str
    closed_on: str
    volume: int
    files: Sequence[Listed]
    acts: Sequence[Act]
    people: Sequence[Signatory]
    embedded: Mapping[str, bytes] = field(default_factory=dict)
    signatures: Sequence[Signature] = ()


def render(wrapped: Wrapped, encoding: str = ENCODING) -> bytes:
    """The XML. Well-formed whatever people typed; characters that the encoding lacks become references."""
    from lxml import etree

    root = etree.Element("电子文件封装包")
    root.append(etree.Comment(EXTENSION))
    _texts(root, {"封装包格式描述": FORMAT, "版本": "2009"})
    signed = etree.SubElement(root, "被签名对象", {"eep版本": "2009"})
    kind = {"封装包类型": "原始型", "封装包类型描述": "依申请公开政府信息办理案卷，归档时封装，封装后未作修改"}
    _texts(signed, {**kind, "封装包创建时间": wrapped.closed_on, "封装包创建单位": wrapped.agency})
    content = etree.SubElement(signed, "封装内容")
    _file_block(etree.SubElement(content, "文件实体块"), wrapped)
    _act_block(etree.SubElement(content, "业务实体块"), wrapped.acts)
    _people_block(etree.SubElement(content, "机构人员实体块"), wrapped)
    _signature_block(etree.SubElement(root, "电子签名块"), wrapped.signatures)
    written: Any = etree.tostring(root, encoding=encoding, xml_declaration=True, pretty_print=True)
    return bytes(written)


def _file_block(block: _Element, wrapped: Wrapped) -> None:
    from lxml import etree

    entity = etree.SubElement(block, "文件实体")
    _texts(entity, {"聚合层次": "文件"})
    _texts(etree.SubElement(entity, "来源"), {"全宗号": wrapped.fonds, "立档单位名称": wrapped.agency})
    _texts(entity, {"电子文件号": wrapped.number, "档号": wrapped.archive_number})
    description = {"题名": wrapped.title, "文件编号": wrapped.number, "责任者": wrapped.agency, "日期": wrapped.on}
    retention = {"保管期限": wrapped.retention, "卷次": str(wrapped.volume)}
    _texts(etree.SubElement(entity, "内容描述"), {**description, **retention})
    _texts(etree.SubElement(entity, "形式特征"), {"文档数量": str(len(wrapped.files))})
    data = etree.SubElement(entity, "文件数据")
    for place, listed in enumerate(wrapped.files, 1):
        _document(etree.SubElement(data, "文档"), place, listed, wrapped.embedded.get(listed.name))


def _document(element: _Element, place: int, listed: Listed, data: bytes | None) -> None:
    from lxml import etree

    told = {"文档标识符": listed.name, "文档序号": str(place), "题名": listed.title, "格式信息": listed.media_type}
    more = {"计算机文件大小": str(listed.size), "页数": str(listed.pages or ""), "开放限制": listed.restriction}
    _texts(element, {**told, **more, "原件": listed.copy_of})
    for algorithm, digest in (("SHA-256", listed.sha256), ("SM3", listed.sm3)):
        etree.SubElement(element, "数字摘要", {"算法": algorithm}).text = digest
    contents = etree.SubElement(element, "文档数据")
    _texts(contents, {"存储位置": listed.name})
    if data is not None:
        etree.SubElement(contents, "编码", {"编码方法": "base64"}).text = base64.b64encode(data).decode("ascii")


def _act_block(block: _Element, acts: Sequence[Act]) -> None:
    from lxml import etree

    for act in acts:
        told = {"业务行为": act.name, "行为时间": act.on, "行为依据": act.basis, "行为描述": act.description}
        _texts(etree.SubElement(block, "业务实体"), {**told, "行为人": act.actor})


def _people_block(block: _Element, wrapped: Wrapped) -> None:
    from lxml import etree

    _texts(etree.SubElement(block, "机构人员实体"), {"机构人员类型": "机构", "机构人员名称": wrapped.agency})
    for person in wrapped.people:
        told = {"机构人员类型": "人员", "机构人员名称": person.name, "岗位": person.role}
        _texts(etree.SubElement(block, "机构人员实体"), told)


def _signature_block(block: _Element, signatures: Sequence[Signature]) -> None:
    from lxml import etree

    for each in signatures:
        told = {"签名标识符": each.identifier, "签名规则": each.rule, "签名时间": each.at, "签名人": each.signer}
        _texts(etree.SubElement(block, "电子签名"), {**told, "签名结果": each.result, "签名算法标识": each.algorithm})


def _texts(parent: _Element, told: Mapping[str, str]) -> None:
    """One element for each text; an empty one is left out."""
    from lxml import etree

    for name, text in told.items():
        if fit := _UNHOLDABLE.sub("", text):
            etree.SubElement(parent, name).text = fit


def parsed(data: bytes) -> Any:
    """The root of an XML that somebody brings: without a document type, entities or the network. Raises ValueError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        raise ValueError("no XML") from error
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        raise ValueError("a document type")
    return root


def digests(data: bytes) -> dict[str, tuple[str, str]]:
    """What the XML says of each file: SHA-256 and SM3 by its name. Raises ValueError."""
    found = {}
    for element in parsed(data).iter("文档"):
        by_algorithm = {each.get("算法"): each.text for each in element.iter("数字摘要")}
        found[str(element.findtext("文档标识符"))] = (by_algorithm.get("SHA-256", ""), by_algorithm.get("SM3", ""))
    return found
