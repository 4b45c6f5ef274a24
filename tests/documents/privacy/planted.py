"""A corpus with planted personal data and look-alikes, always the same: what the privacy scan is measured by.

All numbers are made up; those that must hold a check digit are given one. `corpus` builds real files, so that readers and
detectors are measured together.
"""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from stdnum import luhn
from stdnum.cn import ric

from gongkai.documents.privacy import Finding, Scanned, Severity
from gongkai.vault.masking import mask_card, mask_identity, mask_telephone

SEED = 20201
#: Findings of these rules count only where they block: as a warning they say „look whether it is one“.
ONLY_BLOCKING = frozenset({"D1"})
Key = tuple[str, str]
"""Rule and masked sample: what a planted thing and its finding have in common."""


@dataclass
class Planted:
    """A file, and what was planted in it."""

    name: str
    data: bytes
    keys: list[Key]


@dataclass
class Page:
    """What one file is made of: lines of prose, and tables."""

    lines: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)


class Inventor:
    """Makes up people, their numbers, and what only looks like them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def digits(self, count: int) -> str:
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def day(self) -> str:
        year, month, day = self.random.randint(1940, 2015), self.random.randint(1, 12), self.random.randint(1, 28)
        return f"{year}{month:02}{day:02}"

    def resident_id(self) -> str:
        body = self.random.choice(["410102", "340702", "360222", "420502", "110105"]) + self.day() + self.digits(3)
        return body + ric.calc_check_digit(body + "0")

    def wrong_id(self) -> str:
        """A number like one, with a check digit that does not hold."""
        number = self.resident_id()
        return number[:-1] + ("7" if number[-1] != "7" else "3")

    def mobile(self) -> str:
        return "1" + self.random.choice("3589") + self.digits(9)

    def card(self) -> str:
        body = "62" + self.digits(16)
        return body + luhn.calc_check_digit(body)

    def name(self) -> str:
        return self.random.choice("张李王赵陈杨黄周吴徐") + self.random.choice(
            ["某", "某甲", "某乙", "小明", "建国", "秀英"]
        )

    def serial(self) -> str:
        """A project's code of 18 digits, in eleven of which one holds an ID's check digit by chance."""
        return "410100" + self.day() + self.digits(4)


PROSE = (
    "经审查，您申请公开的政府信息涉及国家秘密，根据《中华人民共和国政府信息公开条例》第十四条，本机关决定不予公开。",
    "本机关于{y}年{m}月{d}日收到您提交的政府信息公开申请，现答复如下。",
    "{y}年度共收到政府信息公开申请{n}件，其中予以公开{n}件，不予公开{n}件，无法提供{n}件，不予处理{n}件。",
    "该项目总投资{n}{n}.00元，资金来源为财政资金，项目代码：{serial}，建设期{n}个月。",
    "涉及商业秘密、个人隐私的内容，应当征求第三方意见；机密级、秘密级文件的保管按照保密法的规定执行。",
    "如有疑问，请拨打{office}或者政务服务便民热线12345咨询，也可发送邮件至zwgk@example.gov.cn。",
    "请到市民中心{n}号窗口办理，邮政编码450000，办公时间为工作日上午8:30至12:00。",
    "订单编号：{order}，合同编号：HT{y}{n}，发票号码：{order}，请一并核对。",
    "统计显示，全市常住人口{n}{n}{n}人，同比增长{n}.{n}%，城镇化率{n}.{n}%。",
    "内部资料性出版物的管理，应当遵守有关规定；内部文件不属于本条例所称政府信息的，按照规定处理。",
    "公开属性由拟制单位在公文产生时明确，分为主动公开、依申请公开、不予公开三类。",
    "会议强调，要严守保密纪律，不得泄露国家秘密，同时做到应公开尽公开。",
    "公告期自{y}年3月1日至{y}年3月15日，共计{n}天，逾期视为无异议。",
    "设备型号为DS-2CD3T{n}，序列号：{order}，数量{n}台，单价{n}元。",
    "土地面积为{n}{n}.{n}平方米，容积率不大于2.{n}，宗地编号为{y}-{n}号。",
    "车辆购置按照编制核定，更新公务用车{n}辆，费用合计{n}{n}元。",
    "第{n}届全国人民代表大会常务委员会第{n}次会议通过，自{y}年1月1日起施行。",
    "请于{y}-0{m1}-1{m1} 09:00前登录系统，账号为本单位统一社会信用代码91410100MA000000XX。",
    "经核查，编号{wrong}为监测点位序号，与人员信息无关。",
)


def prose(invent: Inventor, lines: int) -> list[str]:
    """Official prose without anything of a person, full of numbers that could be taken for one."""
    made = []
    for _ in range(lines):
        sentence = invent.random.choice(PROSE)
        numbers = {
            "y": invent.random.randint(2019, 2024), "m": invent.random.randint(1, 12), "d": invent.random.randint(1, 28),
            "m1": invent.random.randint(1, 9), "serial": invent.serial(), "order": "1" + invent.random.choice("3589") + invent.digits(invent.random.choice([9, 15])),
            "wrong": invent.wrong_id(), "office": f"0371-{invent.random.randint(60000000, 69999999)}",
        }  # fmt: skip
        while "{n}" in sentence:
            sentence = sentence.replace("{n}", str(invent.random.randint(1, 997)), 1)
        made.append(sentence.format(**numbers))
    return made


def in_prose(invent: Inventor, page: Page) -> None:
    """Persons' data in sentences, each in the spellings that people use."""
    number, card, mobile = invent.resident_id(), invent.card(), invent.mobile()
    spelled = invent.random.choice(
        [number, f"{number[:6]} {number[6:14]} {number[14:]}", number.lower(), _wide(number)]
    )
    shown = mask_identity(f"{number[:6]} {number[6:14]} {number[14:]}" if " " in spelled else number)
    page.lines.append(f"申请人{invent.name()}，身份证号{spelled}，住址从略。")
    page.keys.append(("D1", shown if spelled != number.lower() else mask_identity(number.lower())))
    page.lines.append(f"补贴已经转入账号{card}，请查收。")
    page.keys.append(("D6", mask_card(card)))
    page.lines.append(f"经与{invent.name()}（{mobile}）电话联系，其本人表示同意。")
    page.keys.append(("D4", mask_telephone(mobile)))


def _wide(number: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


def marks(invent: Inventor, page: Page) -> None:
    mark = invent.random.choice(
        ["机密★1年", "秘密★长期", "内部资料 注意保存", "（此件不公开）", "绝密", "公开属性：依申请公开"]
    )
    page.lines.insert(0, mark)
    found = mark.strip("（）") if "此件" in mark else mark
    page.keys.append(("D15", found.replace(" ", "")))


def roll(invent: Inventor, page: Page, rows: int, *, masked: bool = False) -> None:
    """A list of people, as such lists are published; masked it is as it should be."""
    table = [["序号", "姓名", "身份证号", "联系电话", "致贫原因", "补助金额"]]
    for row in range(1, rows + 1):
        number, mobile = invent.resident_id(), invent.mobile()
        cause = "**" if masked else invent.random.choice(["因病", "因学", "缺劳动力"])
        shown = (mask_identity(number), mask_telephone(mobile)) if masked else (number, mobile)
        table.append([str(row), invent.name(), *shown, cause, str(invent.random.randint(100, 5000))])
        if not masked:
            page.keys += [("D1", mask_identity(number)), ("D4", mask_telephone(mobile))]
    if not masked:
        page.keys += [("D14", "身份证号"), ("D14", "联系电话"), ("D14", "致贫原因")]
    page.tables.append(table)


def statistics(invent: Inventor, page: Page) -> None:
    """Tables without persons, with heads and numbers that could be taken for theirs."""
    page.tables.append(
        [["办理结果", "自然人", "商业企业", "总计"]]
        + [[name, *(str(invent.random.randint(0, 90)) for _ in range(3))] for name in ("（一）予以公开", "（三）不予公开", "1.属于国家秘密", "（七）总计")]
    )  # fmt: skip
    page.tables.append(
        [["部门", "项目代码", "监督电话", "投资（万元）"]]
        + [["某科室", invent.serial(), f"0371-6{invent.digits(7)}", invent.digits(8)] for _ in range(12)]
    )


def page_of(invent: Inventor, *, secret: bool) -> Page:
    page = Page(prose(invent, 40))
    in_prose(invent, page)
    in_prose(invent, page)
    roll(invent, page, 12)
    roll(invent, page, 8, masked=True)
    statistics(invent, page)
    if secret:
        marks(invent, page)
    return page


def clean_page(invent: Inventor) -> Page:
    page = Page(prose(invent, 150))
    roll(invent, page, 10, masked=True)
    statistics(invent, page)
    return page


# --- Files --------------------------------------------------------------------------------------------------


def as_txt(page: Page) -> bytes:
    tables = ["\n".join("\t".join(row) for row in table) for table in page.tables]
    return "\n\n".join(["\n".join(page.lines), *tables]).encode("gb18030")


def as_html(page: Page) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in page.lines)
    tables = "".join(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
        + "</table>"
        for table in page.tables
    )
    return f"<!doctype html><html><head><meta charset=utf-8></head><body>{paragraphs}{tables}</body></html>".encode()


def as_docx(page: Page) -> bytes:
    import docx

    document = docx.Document()
    for line in page.lines:
        document.add_paragraph(line)
    for rows in page.tables:
        table = document.add_table(len(rows), len(rows[0]))
        for made, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(made.cells, row, strict=True):
                cell.text = text
    document.add_comment(document.paragraphs[0].runs, text="请再核对", author="某某")
    _delete(document.paragraphs[1])
    page.keys += [("D18", "comment"), ("D18", "deleted")]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _delete(paragraph: Any) -> None:
    """As a tracked change: the words are gone from the page and stay in the file."""
    from docx.oxml import OxmlElement

    deletion, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
    text.text = "删去的意见"
    run.append(text)
    deletion.append(run)
    paragraph._p.append(deletion)


def as_xlsx(page: Page) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "说明"
    for line in page.lines:
        book.active.append([line])
    for number, rows in enumerate(page.tables, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    kept = book.create_sheet("底稿")
    kept.append(["原始数据"])
    kept.sheet_state = "hidden"
    book["说明"].row_dimensions[2].hidden = True
    book["表1"].column_dimensions["B"].hidden = True
    page.keys += [("D18", "hidden_sheet"), ("D18", "hidden_row"), ("D18", "hidden_column")]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(page: Page) -> bytes:
    """Lines, and tables drawn with their rules."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    look = [("FONT", (0, 0), (-1, -1), "STSong-Light", 8), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    flow = [Paragraph(line, style) for line in page.lines]
    for rows in page.tables:
        flow += [Spacer(1, 12), Table(rows, style=look, repeatRows=1)]
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build(flow, onFirstPage=_blackened)
    page.keys.append(("D18", "covered"))
    return out.getvalue()


def _blackened(canvas: Any, _document: object) -> None:
    """Words with a black box over them, as somebody does who thinks that they are gone."""
    canvas.setFont("STSong-Light", 9)
    canvas.drawString(72, 40, "涂黑的姓名和金额")
    canvas.rect(70, 36, 90, 16, fill=1, stroke=0)


WRITERS: Sequence[tuple[str, Callable[[Page], bytes]]] = (
    ("txt", as_txt), ("html", as_html), ("docx", as_docx), ("xlsx", as_xlsx), ("pdf", as_pdf),
)  # fmt: skip


def corpus(seed: int = SEED, each: int = 3) -> list[Planted]:
    """Of every kind of file: several with everything in them, and one clean one."""
    invent = Inventor(seed)
    files = []
    for kind, write in WRITERS:
        for number in range(each):
            page = page_of(invent, secret=number % 2 == 0)
            data = write(page)
            files.append(Planted(f"{kind}-{number}.{kind}", data, page.keys))
        page = clean_page(invent)
        data = write(page)
        files.append(Planted(f"{kind}-clean.{kind}", data, [key for key in page.keys if key[0] == "D18"]))
    return files


# --- Measures -----------------------------------------------------------------------------------------------


@dataclass
class Measure:
    """Of one rule: planted, found of these, told without being planted."""

    planted: int = 0
    found: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def key_of(finding: Finding) -> Key:
    if finding.rule == "D18" and finding.beside:
        return ("D18", finding.beside.value)
    return finding.rule, finding.sample


def measured(results: Iterable[tuple[Planted, Scanned]]) -> dict[str, Measure]:
    """By rule, over all files; what is planted twice is wanted twice."""
    measures: dict[str, Measure] = {}
    for planted, scanned in results:
        wanted = Counter(planted.keys)
        told = Counter(key_of(each) for each in scanned.findings if _counts(each))
        for key in told:
            if key[0] == "D14":  # a table that goes on on the next page is told on both
                told[key] = min(told[key], max(wanted[key], 1))
        for rule in {key[0] for key in (*wanted, *told)}:
            measure = measures.setdefault(rule, Measure())
            measure.planted += sum(count for key, count in wanted.items() if key[0] == rule)
            measure.found += sum(min(count, told[key]) for key, count in wanted.items() if key[0] == rule)
            measure.wrong += sum(count - min(count, wanted[key]) for key, count in told.items() if key[0] == rule)
    return measures


def _counts(finding: Finding) -> bool:
    """A note warns of nothing, so it is neither right nor wrong."""
    if finding.severity is Severity.INFO:
        return False
    return finding.rule not in ONLY_BLOCKING or finding.severity is Severity.BLOCK
