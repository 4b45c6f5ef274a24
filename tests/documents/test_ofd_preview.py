"""The preview of an OFD file: what it looks like, and what it says it could not draw."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops

from gongkai.documents.bounded import bounded
from gongkai.documents.ofd.errors import NotWhole
from gongkai.documents.ofd.preview import LEFT_OUT, page_image, to_pdf, whole_pdf
from gongkai.documents.ofd.write import render_ofd
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.typesetting import render_pdf
from tests.documents.ofd_files import element, made, page, rectangle, text
from tests.documents.papers import pages_of, sample, squeezed

PICTURE = (
    '<ofd:ImageObject ID="4" ResourceID="40" Boundary="50 50 100 100" CTM="100 0 0 100 0 0"/>',
    '<ofd:MultiMedias><ofd:MultiMedia ID="40" Type="Image"><ofd:MediaFile>{}</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>',
)


def seen(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def first_page(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[0].render(scale=60 / 72).to_pil().convert("RGB")


def with_picture(name: str, data: bytes) -> bytes:
    reference, resource = PICTURE
    resources = element("Res", resource.format(name))
    return made(reference, parts={"Doc_0/PublicRes.xml": resources, f"Doc_0/{name}": data})


def test_a_letter_looks_like_its_pdf() -> None:
    """With its own embedded fonts: no more than the edges of the strokes differ."""
    letter = sample(addressee="䶮𬭎office")
    ours = first_page(to_pdf(render_ofd(letter)))
    theirs = first_page(render_pdf(letter))
    assert ours.size == theirs.size
    changed = ImageChops.difference(ours, theirs).convert("L").point([0] * 140 + [255] * 116)
    assert sum(changed.histogram()[200:]) < 0.001 * ours.width * ours.height
    assert sum(theirs.convert("L").histogram()[:100]) > 1000  # and there is something to be the same


def test_its_text_can_be_searched_and_nothing_is_said_where_nothing_is_left_out() -> None:
    (shown,) = pages_of(to_pdf(made(text("政府信息公开"))))
    assert squeezed(shown) == "政府信息公开"


def test_what_is_left_out_is_said_on_a_page_before_the_others() -> None:
    clip = text("裁剪", inside="<ofd:Clips><ofd:Clip/></ofd:Clips>")
    pages = pages_of(to_pdf(made(clip, body="<ofd:Signatures/>")))
    assert len(pages) == 2
    for code, told in LEFT_OUT.items():
        assert (told.zh in pages[0]) == (code in ("unverified", "clip")), code
    assert "signaturesarenotverified" in pages_of(to_pdf(made(clip, body="<ofd:Signatures/>"), "en"))[0]


def test_pictures_boxes_and_characters_stand_where_they_belong() -> None:
    out = io.BytesIO()
    half = Image.new("RGB", (20, 20), "red")
    half.paste("blue", (0, 10, 20, 20))
    half.save(out, "PNG")
    shown = seen(page_image(with_picture("a.png", out.getvalue()), 1, dpi=25))
    at = {name: shown.getpixel((98, round(y * 25 / 25.4))) for name, y in (("above", 60), ("below", 140), ("out", 200))}
    assert at == {"above": (255, 0, 0), "below": (0, 0, 255), "out": (255, 255, 255)}
    shown = seen(page_image(made(rectangle(0, 0, 105, 297) + text("印", x=150, y=100, size=20)), 1, dpi=25))
    assert shown.getpixel((50, 150)) == (0, 0, 0)
    character = shown.crop((round(150 / 1.016), round(88 / 1.016), round(170 / 1.016), round(108 / 1.016)))
    assert sum(character.convert("L").histogram()[:128]) > 20
    assert seen(page_image(made(rectangle(0, 0, 105, 297)), 1, dpi=25)).getpixel((160, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "data"), [("a.jb2", b"\x97JB2\r\n\x1a\n" + b"\x00" * 30), ("a.png", b"\x89PNG\r\n\x1a\nbroken")]
)
def test_pictures_that_cannot_be_drawn_are_told(name: str, data: bytes) -> None:
    assert LEFT_OUT["picture"].zh in pages_of(to_pdf(with_picture(name, data)))[0]


def test_what_is_worked_on_is_whole_or_not_at_all() -> None:
    sealed = made(text("公开"), body="<ofd:Signatures/>")
    assert pages_of(whole_pdf(sealed)) == ["公开"]  # page one is page one: no page of ours before it
    with pytest.raises(NotWhole) as refused:
        whole_pdf(with_picture("a.jb2", b"\x97JB2"))
    assert LEFT_OUT["picture"].zh in refused.value.message.zh


@pytest.mark.parametrize(("inside", "shown"), [(True, (255, 0, 0)), (False, (255, 255, 255))])
def test_a_seal_is_shown_where_it_stands_and_called_unverified(inside: bool, shown: tuple[int, int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    wrapped = b"0\x82\x01\x00ES" + (out.getvalue() if inside else b"PK\x03\x04") + b"\x00" * 20
    info = '<ofd:StampAnnot ID="1" PageRef="1" Boundary="80 80 40 40"/><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>'
    sealed = made(
        text("公开"),
        body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        parts={
            "Doc_0/Signs/Signatures.xml": element("Signatures", '<ofd:Signature ID="1" BaseLoc="S/Signature.xml"/>'),
            "Doc_0/Signs/S/Signature.xml": element("Signature", f"<ofd:SignedInfo>{info}</ofd:SignedInfo>"),
            "Doc_0/Signs/S/Seal.esl": wrapped,
        },
    )
    assert seen(page_image(sealed, 1, dpi=25)).getpixel((98, 98)) == shown
    told = pages_of(to_pdf(sealed))[0]
    assert LEFT_OUT["unverified"].zh in told
    assert (LEFT_OUT["seal"].zh in told) is not inside


def test_a_damaged_font_gives_way_to_another() -> None:
    fonts = '<ofd:Fonts><ofd:Font ID="1" FontName="x"><ofd:FontFile>x.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>'
    parts = {"Doc_0/PublicRes.xml": element("Res", fonts), "Doc_0/x.ttf": b"\x00\x01\x00\x00" + b"\xff" * 400}
    pages = pages_of(to_pdf(made(text("公开"), parts=parts)))
    assert LEFT_OUT["font"].zh in pages[0]
    assert pages[1] == "公开"


def test_odd_numbers_draw_nothing_worse_than_nothing() -> None:
    odd = '<ofd:PathObject ID="1" Boundary="x" LineWidth="1e999" DashPattern="-1 0"><ofd:AbbreviatedData>C L 1 M B 1</ofd:AbbreviatedData></ofd:PathObject>'
    sized = page(
        odd + text("大", size=10**9), before="<ofd:Area><ofd:PhysicalBox>0 0 -5 1e9</ofd:PhysicalBox></ofd:Area>"
    )
    assert to_pdf(made(parts={"Doc_0/Pages/Page_0/Content.xml": sized})).startswith(b"%PDF")


def test_runs_in_the_bounded_worker() -> None:
    assert bounded(to_pdf, made(text("公开")), "zh").startswith(b"%PDF")
    with pytest.raises(UnreadableFile):
        bounded(to_pdf, made()[:-30])
    with pytest.raises(IndexError):
        page_image(made(), 2)
