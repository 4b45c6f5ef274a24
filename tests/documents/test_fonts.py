from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from gongkai.documents import fonts
from gongkai.documents.errors import FontsMissingError
from gongkai.documents.fonts import BUNDLED, FontRole, font_set
from gongkai.documents.glyphs import missing_characters
from gongkai.documents.typesetting import render_pdf
from tests.documents.papers import sample, text_of


def test_every_role_ends_in_a_bundled_font() -> None:
    families = font_set().families
    assert {families[role][-1] for role in FontRole} == {"Noto Serif SC", "Noto Sans SC"}


def test_every_family_has_its_file() -> None:
    found = font_set()
    for role in FontRole:
        assert len(found.files[role]) == len(found.families[role])
        assert all(Path(path).is_file() for path, _ in found.files[role])


@pytest.fixture
def agency_folder(tmp_path: Path, settings: Any) -> Path:
    """A font folder with a small font that calls itself 仿宋: it has few characters, and a private one."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    with TTFont(BUNDLED / "NotoSerifSC-Regular.ttf") as font:
        keep_few_characters(font)
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = "Agency FangSong"
            if record.nameID == 6:
                record.string = "AgencyFangSong"
        font.save(folder / "agency.ttf")
    settings.FONT_FOLDER = str(folder)
    return folder


def keep_few_characters(font: TTFont) -> None:
    glyph = font.getBestCmap()[ord("甲")]
    for table in font["cmap"].tables:
        if hasattr(table, "cmap"):
            table.cmap = {ord("甲"): glyph, 0xE000: glyph}


def test_the_agencys_own_font_comes_first(agency_folder: Path) -> None:
    found = font_set()
    assert found.families[FontRole.BODY][0] == "Agency FangSong"
    assert found.families[FontRole.BODY][-1] == "Noto Serif SC"
    assert "Agency FangSong" not in found.families[FontRole.TITLE]
    assert Path(found.files[FontRole.BODY][0][0]).parent == agency_folder


def test_what_the_agencys_font_lacks_is_taken_from_the_bundled_one(agency_folder: Path) -> None:
    assert missing_characters("甲乙䶮") == ()
    pdf = render_pdf(sample(addressee="甲乙䶮"))
    assert "甲乙䶮" in text_of(pdf)
    assert b"AgencyFangSong" in pdf


def test_a_font_of_the_agency_may_add_characters(agency_folder: Path) -> None:
    assert missing_characters("\ue000") == ()
    assert missing_characters("\ue000", FontRole.TITLE) == ("\ue000",)
    assert render_pdf(sample(addressee="\ue000")).startswith(b"%PDF")


def test_an_installation_without_fonts_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(BUNDLED / "NotoSansSC-Medium.ttf", tmp_path)
    monkeypatch.setattr(fonts, "BUNDLED", tmp_path)
    with pytest.raises(FontsMissingError) as refused:
        font_set()
    assert "Noto Serif SC" in refused.value.message.zh
