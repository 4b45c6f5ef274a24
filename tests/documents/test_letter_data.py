"""What a letter says survives being kept as data, to the last block."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gongkai.documents.letter import LetterContent, ListBlock, Paragraph, TableBlock
from gongkai.documents.letter_data import as_bytes, from_bytes

LETTER = LetterContent(
    issuer="某市人民政府",
    title="某市人民政府\n政府信息公开申请答复书",
    number="某公答〔2026〕1号",
    addressee="䶮先生",
    body=(Paragraph("一段"), ListBlock(("甲", "乙")), TableBlock((("项目", "内容\n两行"),))),
    signature="某市人民政府",
    date=dt.date(2026, 11, 24),
    attachments=("附表",),
    note="联系人：某",
)


def test_the_same_letter_comes_back() -> None:
    assert from_bytes(as_bytes(LETTER)) == LETTER


def test_the_same_letter_gives_the_same_bytes_and_another_gives_others() -> None:
    assert as_bytes(LETTER) == as_bytes(replace(LETTER))
    assert as_bytes(LETTER) != as_bytes(replace(LETTER, note=""))
