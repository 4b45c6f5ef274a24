"""The copy: a new file in which there is, for each page, one picture and one piece of invisible text. Nothing of the
original file is taken over, and there is no name, date, outline, attachment or script in it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gongkai.documents.redaction.picture import Packed
from gongkai.documents.redaction.text_layer import TO_UNICODE, font_file


@dataclass(frozen=True, slots=True)
class CopiedPage:
    """One page of the copy, in points."""

    width: float
    height: float
    picture: Packed
    content: bytes


def bind(pages: Iterable[CopiedPage]) -> bytes:
    """The PDF; the same pages give the same bytes."""
    import pikepdf

    with pikepdf.new() as pdf:
        font = pdf.make_indirect(_font(pdf))
        for page in pages:
            pdf.pages.append(_page(pdf, page, font))
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
            recompress_flate=False,
        )
        return out.getvalue()


def _page(pdf: Any, page: CopiedPage, font: Any) -> Any:
    from pikepdf import Array, Dictionary, Name, Page

    resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(I=_image(pdf, page.picture)))
    made = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(page.width, 2), round(page.height, 2)]),
        Resources=resources,
        Contents=_flate(pdf, page.content),
    )
    return Page(pdf.make_indirect(made))


def _image(pdf: Any, picture: Packed) -> Any:
    from pikepdf import Array, Dictionary, Name, Stream, String

    image = Stream(pdf, b"")
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, picture.bits
    space: Any = Name.DeviceGray if picture.colours == 1 else Name.DeviceRGB
    if picture.palette:
        space = Array([Name.Indexed, Name.DeviceRGB, len(picture.palette) // 3 - 1, String(picture.palette)])
    image.ColorSpace = space
    parameters = None
    if picture.codec == "fax":
        parameters = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=False)
    codec = {"dct": Name.DCTDecode, "flate": Name.FlateDecode, "fax": Name.CCITTFaxDecode}[picture.codec]
    image.write(picture.data, filter=codec, decode_parms=parameters)
    return pdf.make_indirect(image)


def _flate(pdf: Any, data: bytes) -> Any:
    from pikepdf import Name, Stream

    stream = Stream(pdf, b"")
    stream.write(zlib.compress(data, 9), filter=Name.FlateDecode)
    return stream


def _font(pdf: Any) -> Any:
    from pikepdf import Array, Dictionary, Name, String

    name = Name("/Blank")
    file = _flate(pdf, font_file())
    file.Length1 = len(font_file())
    describer = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=5, FontBBox=Array([0, -200, 1000, 800]), ItalicAngle=0,
        Ascent=800, Descent=-200, CapHeight=800, StemV=80, FontFile2=file,
    )  # fmt: skip
    shapes = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, DW=1000, CIDToGIDMap=_flate(pdf, b"\0\1" * 65536),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(describer),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(shapes)]), ToUnicode=_flate(pdf, TO_UNICODE),
    )  # fmt: skip
