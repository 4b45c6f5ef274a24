"""Pieces of text with the words marked."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.folding import fold
from gongkai.search.snippets import LENGTH, marked, snippet

HOSTILE = "政府信息<b>&\"' \n（）〔〕Ａa\u0301éﬁ👨\u200d𠀀"


def test_words_are_marked_as_they_are_written() -> None:
    assert marked("郑政〔２０２４〕5号", ["(2024)"]) == "郑政<mark>〔２０２４〕</mark>5号"
    assert marked("城市管理城市", ["城市", "市管"]) == "<mark>城市管</mark>理<mark>城市</mark>"
    assert marked("无", ["有"]) == "无"


def test_a_script_is_only_text() -> None:
    assert marked("<script>alert(1)</script>", ["alert"]) == "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;"
    assert "<img" not in snippet(["<img src=x onerror=alert(1)>政府"], ["政府"])


def test_the_piece_is_where_the_word_is() -> None:
    body = "前" * 9000 + "信息\n公开" + "后" * 9000
    found = snippet(["没有那个词", body], ["信息公开"])
    assert found.startswith("…前")
    assert "<mark>信息 公开</mark>" in found
    assert found.endswith("后…")
    assert len(re.sub("<[^>]+>", "", found)) == LENGTH + 2
    assert snippet(["开头的文字"], ["别的"]) == "开头的文字"
    assert snippet([], ["别的"]) == ""


@given(st.text(st.sampled_from(HOSTILE), max_size=60), st.text(st.sampled_from(HOSTILE), min_size=1, max_size=4))
def test_without_its_marks_it_is_the_text(text: str, word: str) -> None:
    found = marked(text, [fold(word)])
    assert html.unescape(re.sub("</?mark>", "", found)) == text
    assert ("<mark>" in found) == (fold(word) in fold(text) and fold(word) != "")
