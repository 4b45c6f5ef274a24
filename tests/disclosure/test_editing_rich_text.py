"""The text of an item: whatever comes in, nothing that acts, frames, styles or fetches from elsewhere comes out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies.errors import Invalid
from gongkai.disclosure.rich_text import TAGS, clean, files_in, from_plain, pictures_without_words, plain_text, shown

OWN, OTHER = "a" * 64, "b" * 64
PIECES = (
    "<script>alert(1)</script>", "<p onclick=x()>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "</a>",
    "<svg onload=x><script>y</script></svg>", "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x&gt;'>",
    "<style>*{x:y}</style>", "<p style='color:red;text-align:center'>", "<iframe src=//x>", "<table><tr><td colspan=9>", "</table>",
    "<h1>", "</h1>", "<h5>", "<ul><li>", "</ul>", "<b>", "</b>", "<o:p>", "<![CDATA[x]]>", "<!--", "-->", "<textarea>", "</textarea>",
    "<noscript><p title='</noscript><img src=x onerror=x>'>", "<a href=data:text/html,x>", "<a href=//x.example>", "<form action=x>",
    "<object data=x>", "<base href=//x>", "<meta http-equiv=refresh content=0>", "&lt;script&gt;", "&#x6a;avascript:", "字", "\x00", "\ud800",
    f"<img src='attachment:{OWN}' alt=图>", f"<img src='attachment:{OTHER}'>", f"<a href='attachment:{OWN}'>", "<td", "<a", ">", "\"", "'",
    "<a href=\"jav\tascript:x\">", "<img src='https://x.example/a.png'>", "<link rel=stylesheet href=x>", "<plaintext>", "<template><p>",
    "<div><div>", "</div>", "<p>", "</p>", "<br>", "<blockquote>", "<caption>", "<th scope=x>", "<select><option>", "<xmp>", "</body>",
)  # fmt: skip
ATTRIBUTES = {"href", "rel", "src", "alt", "colspan", "rowspan", "scope", "start", "class"}


class Found(HTMLParser):
    """The tags of a text with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Found(html).tags:
        assert tag in TAGS
        assert attributes.keys() <= ATTRIBUTES
        assert set((attributes.get("class") or "").split()) <= {"align-center", "align-right"}
        if "src" in attributes:
            assert attributes["src"] == f"attachment:{OWN}"
        if "href" in attributes:
            assert re.match(r"https?://|mailto:|tel:|/(?!/)|#|attachment:a{64}\Z", attributes["href"] or "")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_harmful_comes_out_and_twice_is_once(text: str) -> None:
    once = clean(text, {OWN}).html
    assert_harmless(once)
    assert clean(once, {OWN}).html == once


@given(st.text(max_size=60))
def test_any_characters_at_all(text: str) -> None:
    html = clean(text).html
    assert_harmless(html)
    assert plain_text(html).isprintable() or "\n" in plain_text(html) or not plain_text(html).isascii()


@given(st.lists(st.text("甲乙丙abc 　<&\"'", min_size=1).map(str.strip).filter(bool), max_size=5))
def test_plain_text_comes_back(lines: list[str]) -> None:
    words = [re.sub(r"[ \t\u00a0]+", " ", line) for line in lines]
    assert plain_text(from_plain("\n\n".join(lines))).split("\n") == (words or [""])


@pytest.mark.parametrize(
    ("given_", "kept", "told"),
    [
        ("<h1>甲</h1>乙<h2>丙</h2>", "<h2>甲</h2>\n<p>乙</p>\n<h3>丙</h3>", []),
        ("<h4>甲</h4>", "<h2>甲</h2>", []),
        ("<div>甲<div>乙</div></div>", "<p>甲</p>\n<p>乙</p>", []),
        ("<p><b>甲</b><i>乙</i></p><p>&nbsp;</p>", "<p><strong>甲</strong><em>乙</em></p>", []),
        ("<p align=right>甲</p>", '<p class="align-right">甲</p>', []),
        ("<p class=MsoNormal style='mso-x:y;text-align:center'><span lang=EN-US><o:p>甲</o:p></span></p>",
         '<p class="align-center">甲</p>', ["字体、颜色等格式"]),
        ("<table border=1><tr><td colspan=2 width=9>甲<td rowspan=x>乙</table>",
         '<table><tbody><tr><td colspan="2">甲</td><td>乙</td></tr></tbody></table>', []),
        ("<a href=https://x.example/a>甲</a>", '<p><a href="https://x.example/a" rel="external noopener">甲</a></p>', []),
        ("<a href=/items/5/>甲</a>", '<p><a href="/items/5/">甲</a></p>', []),
        ("<a href=file:///c:/x>甲</a>", "<p>甲</p>", ["不能使用的链接（只留文字）"]),
        ("<p>甲<img src=https://x.example/a.png></p>", "<p>甲</p>", ["外部图片或未上传的图片"]),
        (f"<img src=/desk/revisions/7/files/{OWN}/ alt=' 路线 图 '>", f'<p><img src="attachment:{OWN}" alt="路线 图"></p>', []),
        ("<p onclick=x>甲</p><script>y</script><iframe></iframe><svg></svg>", "<p>甲</p>",
         ["脚本", "图形代码", "嵌入的网页、表单或多媒体", "事件代码"]),
        ("<html><head><title>t</title></head><body><p>甲</body></html><p>乙", "<p>甲</p>\n<p>乙</p>", []),
    ],
)  # fmt: skip
def test_what_becomes_of_what(given_: str, kept: str, told: list[str]) -> None:
    cleaned = clean(given_, {OWN})
    assert (cleaned.html, [note.zh for note in cleaned.removed]) == (kept, told)


@pytest.mark.parametrize("text", ["<div>" * 60_000, "<b>" * 80_000, "<p><font size=1>" * 15_000, "长" * 300_001])
def test_endless_nesting_and_endless_text_are_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean(text)
    assert refused.value.field == "body"


def test_words_for_search_and_scans() -> None:
    html = clean(
        f"<h2>题</h2><ul><li>一<ul><li>二</ul></ul><table><tr><td>甲<td>乙</table><img src=attachment:{OWN} alt=图>",
        {OWN},
    ).html
    assert plain_text(html) == "题\n一\n二\n甲 乙\n图"


def test_files_by_the_addresses_of_the_page() -> None:
    html = f'<p><img src="attachment:{OWN}" alt=""><a href="attachment:{OTHER}">件</a></p>'
    assert files_in(html) == {OWN, OTHER}
    assert shown(html, {OWN: '/f/1?a="b&c'}) == '<p><img src="/f/1?a=&quot;b&amp;c" alt=""><a >件</a></p>'
    assert pictures_without_words(html) == 1
