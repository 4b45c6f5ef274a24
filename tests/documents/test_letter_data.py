"""What a letter says survives being kept as data, to the last block."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from gongkai.documents.letter import (
    FormBlock,
    FormCell,
    Heading,
    LetterContent,
    ListBlock,
    PaperForm,
    Paragraph,
    TableBlock,
)
from gongkai.documents.letter_data import as_bytes, from_bytes

FORM = FormBlock(
    ((FormCell("姓名", "䶮"), FormCell("电话", blank=2)), (FormCell("意见", foot="签名："),)), heading="申请人"
)
LETTER = LetterContent(
    issuer="某市人民政府",
    title="某市人民政府\n政府信息公开申请答复书",
    number="某公答〔2026〕1号",
    addressee="䶮先生",
    body=(Paragraph("一段"), ListBlock(("甲", "乙")), TableBlock((("项目", "内容\n两行"),)), Heading("一、"), FORM),
    signature="某市人民政府",
    date=dt.date(2026, 11, 24),
    attachments=("附表",),
    note="联系人：某",
    form=PaperForm.DOCUMENT,
    copies=("甲局", "乙局"),
    printed_on=dt.date(2026, 11, 25),
)


def test_the_same_letter_comes_back() -> None:
    assert from_bytes(as_bytes(LETTER)) == LETTER


def test_the_same_letter_gives_the_same_bytes_and_another_gives_others() -> None:
    assert as_bytes(LETTER) == as_bytes(replace(LETTER))
    assert as_bytes(LETTER) != as_bytes(replace(LETTER, note=""))


def test_a_letter_kept_before_there_were_forms_is_read() -> None:
    told = json.loads(as_bytes(replace(LETTER, form=PaperForm.LETTER, copies=(), printed_on=None)))
    for later in ("form", "copies", "printed_on"):
        del told[later]
    assert from_bytes(json.dumps(told).encode()) == replace(LETTER, form=PaperForm.LETTER, copies=(), printed_on=None)


@pytest.mark.parametrize(
    "change",
    [{"form": "poster"}, {"body": [{"kind": "song", "text": ""}]}, {"unknown": 1}, {"date": "soon"}],
    ids=["form", "block", "field", "date"],
)
def test_what_is_no_such_letter_is_not_read(change: dict[str, object]) -> None:
    told = {**json.loads(as_bytes(LETTER)), **change}
    with pytest.raises((ValueError, TypeError)):
        from_bytes(json.dumps(told).encode())
