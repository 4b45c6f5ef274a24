"""Ledgers as offices keep them, made with the libraries that offices' programs are made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook

HEAD = (
    "序号", "登记编号", "申请人（姓名或名称）", "申请人类型", "证件号码", "联系电话", "邮箱", "通讯地址", "收到日期", "申请方式",
    "申请内容", "答复日期", "办理结果", "答复文号", "备注",
)  # fmt: skip
CREDIT_CODE = "91350100M000100Y43"
OUTCOMES = (
    "予以公开", "部分公开", "不予公开（国家秘密）", "本机关不掌握相关政府信息", "重复申请", "不予公开-属于四类过程性信息",
    "2.重复申请", "信访举报投诉类申请", "其他",
)  # fmt: skip
CHANNELS = ("当面提交", "网上申请", "挂号信", "平信", "传真")
KINDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "律师事务所", "其他")


def row(serial: int = 1, **changes: Any) -> list[Any]:
    """One sound row, answered; `changes` by the head's names."""
    received = date(2020, 1, 6) + timedelta(days=serial % 1500)
    usual: dict[str, Any] = {
        "序号": serial,
        "登记编号": f"演城旧〔{received.year}〕{serial}号",
        "申请人（姓名或名称）": f"申请人{serial}",
        "申请人类型": "自然人",
        "证件号码": "",
        "联系电话": "0371-1234567",
        "邮箱": "",
        "通讯地址": "演示路1号",
        "收到日期": received,
        "申请方式": CHANNELS[serial % len(CHANNELS)],
        "申请内容": f"第{serial}号地块的土地出让合同",
        "答复日期": received + timedelta(days=10),
        "办理结果": OUTCOMES[serial % len(OUTCOMES)],
        "答复文号": f"演城公开答〔{received.year}〕{serial}号",
        "备注": "",
    }
    assert set(changes) <= set(usual), set(changes) - set(usual)
    return [{**usual, **changes}[name] for name in HEAD]


def xlsx(rows: Iterable[Sequence[Any]], *, head: Sequence[str] = HEAD, title: str = "", sheet: str = "台账") -> bytes:
    """A workbook with one sheet: a title above, where there is one, then head and rows."""
    book = Workbook()
    page = book.active
    page.title = sheet
    if title:
        page.append([title])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(len(head), 1))
    page.append(list(head))
    for cells in rows:
        page.append(list(cells))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(
    rows: Iterable[Sequence[Any]], *, head: Sequence[str] = HEAD, encoding: str = "utf-8", comma: str = ","
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=comma)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def resident_id(serial: int) -> str:
    """A number with a right check digit, for a person who does not exist."""
    body = f"990101{1950 + serial % 50}0101{serial % 1000:03}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


#: A number of nobody that ends in a digit (the region is not given out).
RESIDENT_ID = next(number for serial in range(100) if (number := resident_id(serial)).isdecimal())
#: Ways in which a row is wrong, each with a word of the sentence that must tell it.
FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"收到日期": "2099-01-01", "答复日期": "", "办理结果": ""}, "晚于今天"),
    ({"收到日期": "2023-02-30", "答复日期": "", "办理结果": ""}, "没有"),
    ({"答复日期": date(2019, 6, 3)}, "早于收到日期"),
    ({"答复日期": ""}, "没有答复日期"),
    ({"办理结果": ""}, "没有办理结果"),
    ({"办理结果": "转办"}, "21类"),
    ({"办理结果": "不予公开"}, "几种情形"),
    ({"申请内容": ""}, "没有填写申请内容"),
    ({"申请内容": "长" * 5001}, "内容过长"),
    ({"证件号码": "410101199001010011"}, "身份证号码不正确"),
    ({"申请人类型": "法人或其他组织"}, "哪一类"),
    ({"申请人（姓名或名称）": ""}, "没有填写申请人"),
    ({"申请方式": "飞鸽传书"}, "无法识别"),
    ({"邮箱": "不是邮箱"}, "电子邮箱"),
)


def large(count: int, bad: int) -> list[list[Any]]:
    """So many rows, of which so many are wrong, spread over the whole; every eighth is not answered yet."""
    every = count // bad if bad else count + 1
    rows = []
    for serial in range(1, count + 1):
        changes: dict[str, Any] = {"证件号码": resident_id(serial)} if serial % 3 else {}
        if bad and serial % every == 0 and serial // every <= bad:
            changes |= FAULTS[serial // every % len(FAULTS)][0]
        elif serial % 8 == 0:
            changes |= {"答复日期": "", "办理结果": "", "答复文号": ""}
        rows.append(row(serial, **changes))
    return rows
