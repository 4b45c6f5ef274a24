from __future__ import annotations

from typing import Any

import pytest

from gongkai.documents.errors import MissingGlyph
from gongkai.documents.fonts import FontRole
from gongkai.documents.glyphs import missing_characters, require_glyphs, spell_out
from gongkai.documents.letter import FormBlock, FormCell, Heading
from gongkai.documents.typesetting import render_pdf
from tests.documents.papers import sample, text_of

RARE_NAMES = "䶮㛃𬭎𫖯婳昇堃喆"
ABSENT = "\ue000"


@pytest.mark.parametrize("role", list(FontRole))
def test_rare_names_are_there(role: FontRole) -> None:
    assert missing_characters(RARE_NAMES, role) == ()


def test_rare_names_are_printed() -> None:
    assert RARE_NAMES in text_of(render_pdf(sample(addressee=RARE_NAMES)))


def test_all_of_gb2312_is_there() -> None:
    table = [in_gb2312(row, cell) for row in range(1, 95) for cell in range(1, 95)]
    characters = "".join(table)
    assert len(table) == 94 * 94
    assert len(characters) == 7445, "6763 汉字 and 682 others"
    for role in FontRole:
        assert missing_characters(characters, role) == ()


def in_gb2312(row: int, cell: int) -> str:
    """The character at this place of the table, nothing where it has none."""
    try:
        return bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("text", [f"王{ABSENT}", "您好🙂", "甲\U000e0101", "한글ᥐ", "a\x00b", "甲\u202e乙", "\ud800"])
def test_what_cannot_be_shown_is_named(text: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        render_pdf(sample(addressee=text))
    for character in refused.value.characters:
        assert character in text
        assert f"U+{ord(character):04X}" in refused.value.message.zh
        assert f"U+{ord(character):04X}" in refused.value.message.en
    assert refused.value.code == "missing_glyph"


@pytest.mark.parametrize("field", ["issuer", "title", "number", "signature", "note"])
def test_every_part_of_the_letter_is_looked_at(field: str) -> None:
    with pytest.raises(MissingGlyph):
        render_pdf(sample(**{field: f"甲{ABSENT}"}))


@pytest.mark.parametrize(
    "change",
    [
        {"attachments": ("附表", ABSENT)},
        {"copies": ("某局", ABSENT)},
        {"body": (Heading(ABSENT),)},
        {"body": (FormBlock(((FormCell(ABSENT),),)),)},
        {"body": (FormBlock(((FormCell("姓名", ABSENT),),)),)},
        {"body": (FormBlock(((FormCell("姓名", foot=ABSENT),),)),)},
        {"body": (FormBlock(((FormCell("姓名"),),), ABSENT),)},
    ],
    ids=["attachment", "copy", "heading", "label", "value", "foot", "form"],
)
def test_lists_and_blocks_are_looked_at(change: dict[str, Any]) -> None:
    with pytest.raises(MissingGlyph) as refused:
        require_glyphs(sample(**change).texts())
    assert refused.value.characters == (ABSENT,)


def test_each_missing_character_is_named_once_in_order() -> None:
    with pytest.raises(MissingGlyph) as refused:
        require_glyphs([(FontRole.BODY, "\ue001甲\ue000\ue001"), (FontRole.TITLE, "\ue000🙂")])
    assert refused.value.characters == ("\ue001", "\ue000", "🙂")


def test_the_message_shows_the_character_where_it_can_be_shown() -> None:
    assert "“🙂”（U+1F642）" in MissingGlyph(("🙂",)).message.zh
    assert "\x00" not in MissingGlyph(("\x00",)).message.zh


def test_spell_out_makes_an_applicants_words_printable() -> None:
    spelled = spell_out("请公开🙂文件\ue000]^-\\")
    assert spelled == "请公开〔U+1F642〕文件〔U+E000〕]^-\\"
    assert missing_characters(spelled) == ()


def test_spell_out_leaves_other_text_alone() -> None:
    text = f"第一行\n第二行 {RARE_NAMES} #*$"
    assert spell_out(text) == text
