"""Word and PDF of an item: the same text in both, as on the page; feeds; the QR code."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from lxml import etree
from PIL import Image

from gongkai.disclosure.models import Column
from gongkai.disclosure.public import files
from gongkai.disclosure.public.paper import Table, Words, blocks_of
from tests.cast import Cast
from tests.disclosure.published import a_column, publish

BODY = (
    "<h2>一、总则</h2><p>为了加强<strong>市容</strong>管理，面积10m<sup>2</sup>以上的。<br>第二行</p>"
    '<ul><li>甲<ol start="3"><li>乙</li></ol></li></ul><blockquote><p>引文</p></blockquote>'
    '<table><caption>表一</caption><thead><tr><th rowspan="2">项目</th><th colspan="2">数量</th></tr></thead>'
    "<tbody><tr><td>一</td><td><p>二</p><p>三</p></td></tr></tbody></table>"
    '<p class="align-right">演示市城市管理局</p>'
)


@pytest.fixture
def plans(cast: Cast) -> Column:
    return a_column("plans", "规划信息")


def squeezed(text: str) -> str:
    return "".join(text.split())


def words_of_word(data: bytes) -> str:
    """Every text of a Word file in its order, cells too."""
    body = Document(BytesIO(data)).element.body
    return squeezed("".join(node.text or "" for node in body.iter("{*}t")))


def words_of_pdf(data: bytes) -> str:
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in file))


def test_the_text_in_blocks() -> None:
    blocks = list(blocks_of(BODY))
    kinds = [(one.level, one.marker, one.depth, one.align) for one in blocks if isinstance(one, Words)]
    assert kinds == [
        (2, "", 0, ""),
        (0, "", 0, ""),
        (0, "·", 1, ""),
        (0, "3.", 2, ""),
        (0, "", 0, ""),
        (0, "", 0, "right"),
    ]
    [table] = [one for one in blocks if isinstance(one, Table)]
    assert (table.width, table.caption) == (3, "表一")
    assert [[(cell.columns, cell.rows, cell.head) for cell in row] for row in table.rows] == [
        [(1, 2, True), (2, 1, True)],
        [(1, 1, False), (1, 1, False)],
    ]
    assert len(table.rows[1][1].lines) == 2


def test_word_and_pdf_say_the_same(client: Client, cast: Cast, plans: Column, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    picture = BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    item = publish(
        cast.agency, plans, "市容管理办法", body=BODY, document_number="演城〔2025〕1号", title_note="2025年3月3日公布",
        files=[("附表.pdf", b"%PDF-1.4 x", "application/pdf"), ("图.png", picture.getvalue(), "image/png")],
    )  # fmt: skip
    digest = item.current.attachments.get(name="图.png").document.digest  # type: ignore[union-attr]
    revision = item.current
    assert revision is not None
    revision.body += f'<figure><img src="attachment:{digest}" alt="示意图"></figure>'
    revision.save()
    word, pdf = (client.get(reverse("portal:item_download", args=[item.pk, form])) for form in ("docx", "pdf"))
    said, printed = words_of_word(word.content), words_of_pdf(pdf.content)
    for words in (
        "市容管理办法", "演城〔2025〕1号", "2025年3月3日公布", "一、总则", "为了加强市容管理，面积10m2以上的。第二行", "甲", "3.乙",
        "引文", "表一", "项目", "数量", "二三", "演示市城市管理局", "附件1：附表.pdf", revision.digest,
    ):  # fmt: skip
        assert words in said, words
        assert words in printed, words
    assert len(Document(BytesIO(word.content)).inline_shapes) == 1
    assert "附件2" not in said
    assert "filename*" in word.headers["Content-Disposition"]


def test_a_file_is_made_once(
    client: Client, cast: Cast, plans: Column, settings: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    settings.DATA = tmp_path
    item = publish(cast.agency, plans)
    path = reverse("portal:item_download", args=[item.pk, "docx"])
    first = client.get(path)
    monkeypatch.setattr(files, "_maker", lambda form: pytest.fail("made again"))
    again = client.get(path)
    assert again.content == first.content
    assert client.get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


ODD = [
    "", "<p></p>", "字", "<table></table>", "<table><tr><td rowspan='9' colspan='99'>宽</td></tr></table>",
    "<table><tr><th rowspan='2'>甲</th></tr><tr></tr></table>", "<ol start='x'><li></li></ol>",
    f'<p><img src="attachment:{"0" * 64}" alt="没有"></p>', "<p>😀𰻝</p>", "<p>#set text(red) $ \\ _ * @ <b>",
]  # fmt: skip


def test_any_text_can_be_printed(cast: Cast, plans: Column, settings: Any, tmp_path: Any) -> None:
    from gongkai.disclosure.public.one_item import item_for_public, with_surroundings

    settings.DATA = tmp_path
    for form, bodies in (("docx", [*ODD, "".join(ODD)]), ("pdf", ["", "".join(ODD)])):
        for body in bodies:
            shown = with_surroundings(item_for_public(publish(cast.agency, plans, body=body).pk))
            assert files.file_of(shown, form)[0][:2] in (b"PK", b"%P")


# --- feeds --------------------------------------------------------------------------------------------------------


def test_the_three_forms_of_a_feed(client: Client, cast: Cast, plans: Column) -> None:
    item = publish(cast.agency, plans, "标题<b>&", summary="概述\x0b")
    address = f"http://testserver{reverse('portal:item', args=[item.pk])}"
    rss = etree.fromstring(client.get("/feeds/ours/plans.rss").content)
    assert rss.findtext("channel/item/title") == "标题<b>&"
    assert rss.findtext("channel/item/link") == rss.findtext("channel/item/guid") == address
    space = "{http://www.w3.org/2005/Atom}"
    atom = etree.fromstring(client.get("/feeds/ours.atom").content)
    assert atom.findtext(f"{space}entry/{space}title") == "标题<b>&"
    assert atom.findtext(f"{space}entry/{space}id") == address
    told = json.loads(client.get("/feeds/ours.json").content)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["items"][0]["url"], told["items"][0]["tags"]) == (address, ["规划信息"])
    page = client.get("/agencies/ours/plans/").content.decode()
    assert '<link rel="alternate" type="application/rss+xml" title="RSS" href="/feeds/ours/plans.rss">' in page


def test_the_code_is_a_drawing(client: Client, cast: Cast, plans: Column) -> None:
    response = client.get(reverse("portal:item_qr", args=[publish(cast.agency, plans).pk]))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert etree.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"
