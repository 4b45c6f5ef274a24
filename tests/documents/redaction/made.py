"""Papers to redact: honest ones and hostile ones. What must go is called SECRET…, what must stay KEPT…"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw, ImageFont

from gongkai.documents.fonts import BUNDLED
from gongkai.documents.redaction.box import Box

WIDTH, HEIGHT = 595.0, 842.0


def box(page: int, left: float, bottom: float, right: float, top: float) -> Box:
    """From points of an upright page, as PDF counts them (from the bottom)."""
    return Box(page, left / WIDTH, 1 - top / HEIGHT, right / WIDTH, 1 - bottom / HEIGHT)


def around(page: int, x: float, y: float, width: float = 140) -> Box:
    """Around a line of 14-point text that begins there."""
    return box(page, x - 2, y - 5, x + width, y + 13)


def line(text: str, x: float, y: float, mode: int = 0) -> bytes:
    return f"BT 0 g {mode} Tr /F0 14 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n".encode()


class Paper:
    """A PDF put together by hand, with Helvetica as /F0."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.font = self.pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )

    def page(self, content: bytes, **more: Any) -> Any:
        resources = Dictionary(Font=Dictionary(F0=self.font), XObject=Dictionary(), Properties=Dictionary())
        page = Dictionary(
            Type=Name.Page, MediaBox=Array([0, 0, WIDTH, HEIGHT]), Resources=resources,
            Contents=Stream(self.pdf, content), **more,
        )  # fmt: skip
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        return self.pdf.pages[-1].obj

    def form(self, content: bytes) -> Any:
        form = Stream(self.pdf, content)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, WIDTH, HEIGHT])
        form.Resources = Dictionary(Font=Dictionary(F0=self.font))
        return self.pdf.make_indirect(form)

    def picture(self, image: Image.Image) -> Any:
        grey = image.convert("L")
        stream = Stream(self.pdf, grey.tobytes())
        stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        stream.Width, stream.Height, stream.BitsPerComponent = grey.width, grey.height, 8
        return self.pdf.make_indirect(stream)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.pdf.save(out)
        return out.getvalue()


def written(texts: Iterable[tuple[str, float, float]], scale: float = 2.0) -> Image.Image:
    """A scan: black letters in a picture of the page, at points from the bottom."""
    image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    font = ImageFont.truetype(str(BUNDLED / "NotoSansSC-Medium.ttf"), round(14 * scale))
    for text, x, y in texts:
        ImageDraw.Draw(image).text((x * scale, (HEIGHT - y - 13) * scale), text, fill="black", font=font)
    return image


def hidden_in_every_way() -> tuple[bytes, tuple[Box, ...]]:
    """One page on which secrets lie in all the ways a page has; those that one sees are covered by the boxes."""
    paper = Paper()
    apart = b"BT 0 Tr /F0 14 Tf 1 0 0 1 72 700 Tm [(S) -9 (E) 12 (C) -4 (R) 3 (E) 1 (T) 2 (A) -700 (KEPTA)] TJ ET\n"
    page = paper.page(
        apart
        + line("KEPTB", 72, 670) + line("SECRETB", 200, 670)
        + line("SECRETC", 72, 640) + b"0 g 60 630 200 30 re f\n"
        + b"1 g BT /F0 14 Tf 1 0 0 1 72 600 Tm (SECRETD) Tj ET\n"
        + line("SECRETE", 700, 560)
        + line("SECRETF", 72, 530, mode=3)
        + b"/Fm Do\n/OC /Layer BDC " + line("SECRETI", 72, 440) + b"EMC\n"
        + b"/Span <</ActualText (KEPTNOT SECRETJ)>> BDC " + line("aaaa", 72, 400) + line("SECRETJ", 200, 400) + b"EMC\n"
        + line("SECRETK", 72, 250) + b"1 g 60 245 200 20 re f\n" + line("OVERONE", 72, 250)
        + b"BT /T3 14 Tf 1 0 0 1 72 360 Tm (KXS) Tj ET\n"
    )  # fmt: skip
    page.Resources.XObject.Fm = paper.form(line("KEPTG", 72, 480) + line("SECRETH", 200, 480))
    layer = paper.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("SECRETLAYER")))
    paper.pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.Resources.Properties.Layer = layer
    page.Resources.Font.T3 = _drawn_font(paper)
    page.Annots = Array([_note(paper, "SECRETNOTE", 72, 300), _note(paper, "KEPTNOTE", 300, 300)])
    _burden(paper)
    boxes = (
        around(1, 72, 700, 74), around(1, 200, 670), around(1, 200, 480), around(1, 200, 400), around(1, 91, 360, 26),
        around(1, 72, 300),
    )  # fmt: skip
    return paper.bytes(), boxes


def _drawn_font(paper: Paper) -> Any:
    """Type 3: K is a square that means KEPTT, X and S squares that mean SECRETT."""
    square = Stream(paper.pdf, b"1000 0 0 0 800 800 d1 0 0 800 800 re f")
    meaning = {"K": "KEPTT", "X": "SECRETT", "S": "SECRETT"}
    rows = "\n".join(f"<{ord(code):02X}> <{text.encode('utf-16-be').hex()}>" for code, text in meaning.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n3 beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )
    return paper.pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(sq=square),
            Encoding=Dictionary(Differences=Array([ord("K"), Name.sq, ord("S"), Name.sq, ord("X"), Name.sq])),
            FirstChar=ord("K"), LastChar=ord("X"), Widths=Array([1000] * (ord("X") - ord("K") + 1)),
            ToUnicode=Stream(paper.pdf, to_unicode.encode()), Resources=Dictionary(),
        )
    )  # fmt: skip


def _note(paper: Paper, text: str, x: float, y: float) -> Any:
    """A note with an appearance of its own."""
    look = paper.form(f"BT 0 g /F0 14 Tf 1 0 0 1 2 5 Tm ({text}) Tj ET".encode())
    look.BBox = Array([0, 0, 140, 20])
    return paper.pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([x, y - 5, x + 140, y + 15]), F=4,
            Contents=String(text), AP=Dictionary(N=look),
        )
    )  # fmt: skip


def _burden(paper: Paper) -> None:
    """All that a file carries besides its pages."""
    pdf = paper.pdf
    pdf.docinfo["/Author"] = "SECRETAUTHOR"
    with pdf.open_metadata() as meta:
        meta["dc:title"] = "SECRETTITLE"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("SECRETOUTLINE", 0))
    pdf.attachments["SECRET.txt"] = b"SECRETATTACHED"
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRETSCRIPT')"))


def turned_and_cropped() -> tuple[bytes, tuple[Box, ...]]:
    """A page shown turned by 90 degrees, of which only a part is shown."""
    paper = Paper()
    crop = (100.0, 200.0, 500.0, 700.0)
    paper.page(
        line("SECRETR", 150, 500) + line("KEPTR", 300, 500) + line("SECRETCUT", 150, 100) + line("KEPTS", 150, 300),
        Rotate=90,
        CropBox=Array(list(crop)),
    )
    left, bottom, right, top = crop
    # Turned clockwise: up on the paper is to the right in view, right is down.
    x0, x1, y0, y1 = 148.0, 230.0, 495.0, 513.0
    wide, high = top - bottom, right - left
    covering = Box(1, (y0 - bottom) / wide, (x0 - left) / high, (y1 - bottom) / wide, (x1 - left) / high)
    return paper.bytes(), (covering,)


def scanned() -> tuple[bytes, tuple[Box, ...]]:
    """A scan with a layer of recognised text."""
    paper = Paper()
    content = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Scan Do Q\n".encode()
    page = paper.page(content + line("SECRETOCR", 72, 700, mode=3) + line("KEPTOCR", 300, 700, mode=3))
    page.Resources.XObject.Scan = paper.picture(written([("SECRETOCR", 72, 700), ("KEPTOCR", 300, 700)]))
    return paper.bytes(), (around(1, 72, 700),)
