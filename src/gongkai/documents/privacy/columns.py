"""D13, D14: tables of persons. Columns whose head says that what stands below is nobody's business, and home addresses.

A column passes once everything below its head is masked. The same heads count in a form, where the value stands to the
right of its name. Heads that only describe (民族, 残疾等级 …) block where the table says of whom, else they are a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.documents.offices import Office, bare
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.lines import HEAD_ROWS, cell_place, plain
from gongkai.documents.reading.normal import TableBlock
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_address


def _has(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: bool(compiled.search(text))


@dataclass(frozen=True)
class Kind:
    """One kind of column: how its head reads, how a value looks, whether the value itself tells who it is.

    ``strict``: values of this kind look like nothing else, so that it is found in forms, too."""

    name: Text
    head: re.Pattern[str]
    fits: Callable[[str], bool]
    identifies: bool = True
    strict: bool = True


def _kind(zh: str, en: str, head: str, fits: str, *, identifies: bool = True, strict: bool = True) -> Kind:
    return Kind(Text(zh, en), re.compile(head), _has(fits), identifies, strict)


_WORDS = r"[\u4e00-\u9fa5]{2}"
#: What does not say of whom: of an agency or an official window, not of a person.
_OFFICIAL = re.compile(r"办公|单位电话|监督|投诉|举报|咨询|窗口|值班|传真|对公|服务热线")
KINDS = (
    _kind("身份证件号码", "identity numbers", r"身份证|证件号|公民身份|身份号码|^ID号?$|护照号", r"\d{6,}|[A-Z]\d{7}|\d{3,} \d{4}"),
    _kind("手机号码", "mobile telephone numbers", r"手机|移动电话", r"\d{7,}|\d{3}[ -]\d{4}"),
    _kind("联系电话", "telephone numbers", r"联系电话|联系方式|^电话|电话号码|家庭电话", r"\d{7,}|\d{3,4}[ -]\d{4}"),
    _kind("银行账号", "bank accounts", r"银行卡|卡号|账号|帐号|银行账户|存折|一卡通", r"\d{8,}|\d{4} \d{4}"),
    _kind("开户行", "banks", r"开户(?:银)?行", r"银行|信用社|信用联社|农商行?|支行|分行|分理处|邮储|[工农中建]行"),
    _kind("出生日期", "dates of birth", r"出生(?:日期|年月|时间)|生日", r"(?:18|19|20)\d{2}\D{0,2}\d{1,2}|^\d{5}$", identifies=False),
    _kind("家庭住址", "home addresses", r"家庭(?:住址|地址)|住址|居住地址?|现住地?|详细地址", _WORDS, identifies=False, strict=False),
    _kind("户籍", "places of registration", r"户籍|户口(?:所在地|地址)|籍贯", _WORDS, identifies=False, strict=False),
    _kind("疾病", "illnesses", r"病种|诊断|疾病|病情|患病|病名|病因", _WORDS, identifies=False, strict=False),
    _kind("残疾情况", "disabilities", r"残疾(?:类别|等级|类型|级别|种类|情况)|伤残等级",
          r"残|[一二三四1-4]级|肢体|视力|听力|言语|智力|精神|多重", identifies=False),
    _kind("贫困原因", "reasons of poverty", r"贫困原因|致贫原因|困难原因|救助原因|致困原因", _WORDS, identifies=False, strict=False),
    _kind("民族", "ethnic groups", r"^民族$", r"族$|^[汉满回藏苗壮]$", identifies=False),
    _kind("宗教", "religions", r"宗教(?:信仰)?", _WORDS, identifies=False, strict=False),
    _kind("婚姻状况", "marital status", r"婚姻|婚否", r"婚|偶|离异|未|^[是否]$", identifies=False),
)  # fmt: skip
_ANY_HEAD = re.compile("|".join(kind.head.pattern for kind in KINDS))
NAME_HEAD = re.compile(
    r"姓名|^户主|申请人|被补助人|受助人|享受人|领取人|当事人|法定代表人|联系人|考生|学生|患者|负责人|人员名单|^名字$"
)
_MASKED = re.compile(r"[*●•■█#×]{2,}|[Xx]{3,}|\*")
_NOTHING = re.compile(r"^[\s/—\-无暂略]*$|^(?:已脱敏|已隐去|不公开|保密)$")
_HOME = re.compile(
    r"[\u4e00-\u9fa5]{2,30}(?:村|社区|小区|街道|花园|公寓|家园)[^，。,;；]{0,20}"
    r"(?:\d+ ?(?:号|栋|幢|室|组|单元)|[一二三四五六七八九十]+组)"
)
#: An address stands at the beginning of its cell.
LONGEST = 2000
_MOBILE_LIKE = re.compile(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}")
_TELL_HOME = Text("家庭住址写到了门牌或者组，请只写到村、社区或者路。",
                  "A home address down to its number. Write no more than the village, estate or road.")  # fmt: skip


def find(block: TableBlock, office: Office) -> Iterator[Finding]:
    """What one table shows of persons: each column once, each form field once, and addresses elsewhere in it."""
    named = [column for column, text in enumerate(_head_texts(block)) if NAME_HEAD.search(text)]
    covered: set[tuple[int, int]] = set()
    for row, column, kind in _heads(block):
        below = _below(block, row, column, kind, office)
        right = [] if below else _right(block, row, column, kind, office)
        if (open_cells := below or right) and not covered.issuperset(open_cells):
            covered.update(open_cells)
            yield _finding(block, row, column, kind, open_cells, has_names=bool(named))
    if named:
        yield from _homes(block, covered)


def _head_texts(block: TableBlock) -> list[str]:
    """Of each column, what stands in its first rows."""
    rows = block.cells[:HEAD_ROWS]
    width = len(block.cells[0]) if block.cells else 0
    return ["\n".join(_squeezed(row[column].text)[:20] for row in rows) for column in range(width)]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", plain(text))


def _heads(block: TableBlock) -> Iterator[tuple[int, int, Kind]]:
    """Every cell that is such a head."""
    for row_number, row in enumerate(block.cells):
        for column, cell in enumerate(row):
            text = _squeezed(cell.text) if cell.origin and len(cell.text) <= 40 else ""
            if text and len(text) <= 24 and not re.search(r"\d{5}", text) and (kind := kind_of(text)):
                yield row_number, column, kind


def kind_of(head: str) -> Kind | None:
    """The kind of column that a head names; None for that of an office."""
    if not _ANY_HEAD.search(head) or _OFFICIAL.search(head):
        return None
    return next((kind for kind in KINDS if kind.head.search(head)), None)


def _below(block: TableBlock, row: int, column: int, kind: Kind, office: Office) -> list[tuple[int, int]]:
    """The cells below a head that show what they should not, down to the next head of the column. Where nothing but
    what looks like such a value can tell a column from a form, at least the next cell or most of them must look so."""
    found = []
    for number in range(row + block.cells[row][column].rows, len(block.cells)):
        cell = block.cells[number][column]
        text = _squeezed(cell.text)
        if not cell.origin or not text:
            continue
        if kind_of(text) and not kind.fits(text) and len(text) <= 12:
            break
        if _is_open(text, kind, office):
            found.append((number, column))
    return found


def _right(block: TableBlock, row: int, column: int, kind: Kind, office: Office) -> list[tuple[int, int]]:
    """The value of a form: the next cell of the row."""
    place = column + block.cells[row][column].columns
    if place >= len(block.cells[row]):
        return []
    text = _squeezed(block.cells[row][place].text)
    alone = sum(1 for cell in block.cells[row] if cell.origin and cell.text.strip()) == 2
    if not (kind.strict or alone) or kind_of(text) or not _is_open(text, kind, office):
        return []
    return [(row, place)]


def _is_open(text: str, kind: Kind, office: Office) -> bool:
    if _NOTHING.match(text) or not kind.fits(text) or (_MASKED.search(text) and not re.search(r"\d{9}", text)):
        return False
    if kind.name.zh == "联系电话" and not _MOBILE_LIKE.search(text):
        return False  # a fixed line: D5 tells of it
    return bare(text) not in office.telephones | office.accounts


def _finding(
    block: TableBlock, row: int, column: int, kind: Kind, cells: list[tuple[int, int]], *, has_names: bool
) -> Finding:
    count, head = len(cells), plain(block.cells[row][column].text).strip()
    blocks = kind.identifies or has_names
    zh = f"“{head}”有{count}处没有遮盖（{kind.name.zh}）。请删除这一栏，或者用本系统的规则遮盖。"
    en = f"“{head}” shows {count} values unmasked ({kind.name.en}). Delete them, or mask them by this system's rule."
    if not blocks:
        zh = f"“{head}”有{count}处内容（{kind.name.zh}）。表中没有看到姓名；请确认不能识别到个人。"
        en = f"“{head}” holds {count} values ({kind.name.en}). No names were seen; make sure that nobody can be identified."
    place = cell_place(block, row + 1, column + 1)
    return Finding("D14", Severity.BLOCK if blocks else Severity.WARN, Text(zh, en), head, place)


def _homes(block: TableBlock, covered: set[tuple[int, int]]) -> Iterator[Finding]:
    for row_number, row in enumerate(block.cells):
        for column, cell in enumerate(row):
            if not cell.origin or (row_number, column) in covered or len(cell.text) < 6:
                continue
            text = plain(cell.text[:LONGEST])
            if found := _HOME.search(text):
                place = cell_place(block, row_number + 1, column + 1)
                start, length = found.start(), len(found[0])
                yield Finding("D13", Severity.WARN, _TELL_HOME, _masked(found[0]), place, start, length)


def _masked(address: str) -> str:
    """By the house's rule, with a star for every character hidden: so it is found again on the page."""
    kept = mask_address(address).rstrip("*")
    return kept + "*" * (len(address) - len(kept))
