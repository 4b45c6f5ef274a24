"""A letter to test with, and a reader of what came out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import pypdfium2

from gongkai.documents.letter import LetterContent, ListBlock, Paragraph, TableBlock

SAMPLE = LetterContent(
    issuer="郑州经济技术开发区管理委员会",
    title="郑州经济技术开发区管理委员会\n政府信息公开申请答复书",
    number="郑经开公复〔2021〕12号",
    addressee="王芳",
    body=(
        Paragraph("您提出的政府信息公开申请，本机关于2021年5月6日收到。"),
        ListBlock(("第一项", "第二项")),
        TableBlock((("登记编号", "JKQ-2021-0012"), ("申请内容", "征地补偿安置方案"))),
        Paragraph("如不服本决定，可以自收到本答复书之日起60日内申请行政复议。"),
    ),
    attachments=("征地补偿安置方案", "补偿标准"),
    signature="郑州经济技术开发区管理委员会",
    date=dt.date(2021, 5, 26),
    note="联系电话：0371-66781234",
)


def sample(**changes: Any) -> LetterContent:
    """The sample with changes."""
    return dataclasses.replace(SAMPLE, **changes)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page as a reader would copy it, without line breaks and spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def text_of(pdf: bytes) -> str:
    """The text of the whole paper, without line breaks and spaces."""
    return "".join(pages_of(pdf))


def squeezed(text: str) -> str:
    """Without white space: lines are broken where the type area ends, which no test should depend on."""
    return re.sub(r"\s", "", text)
