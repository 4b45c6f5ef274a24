"""OFD files made by hand: one page, and whatever a stranger might put beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.documents.uploads import archive

NAMESPACE = "http://www.ofdspec.org/2016"


def element(name: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{NAMESPACE}">{inside}</ofd:{name}>'.encode()


def text(words: str, x: float = 20, y: float = 20, *, size: float = 5, more: str = "", inside: str = "") -> str:
    """A TextObject whose characters stand one size apart."""
    steps = f' DeltaX="g {len(words) - 1} {size}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 100 10" Font="1" Size="{size}" {more}>{inside}'
        f'<ofd:TextCode X="0" Y="5"{steps}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def rectangle(left: float, top: float, width: float, height: float, *, inside: str = "") -> str:
    """A black filled box."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{left} {top} {width} {height}" Fill="true" Stroke="false">{inside}'
        f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(objects: str, *, before: str = "", after: str = "") -> bytes:
    layer = f'<ofd:Content><ofd:Layer ID="3">{objects}</ofd:Layer></ofd:Content>'
    return element("Page", f"{before}{layer}{after}")


def made(
    objects: str = "", *, common: str = "", document: str = "", body: str = "", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """The file; ``parts`` come on top, and one of them named as one of the usual takes its place."""
    usual = {
        "OFD.xml": element("OFD", f"<ofd:DocBody><ofd:DocInfo><ofd:Author>某科</ofd:Author></ofd:DocInfo>"
                                  f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>"),
        "Doc_0/Document.xml": element(
            "Document",
            "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>"
            f'<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>{document}',
        ),
        "Doc_0/PublicRes.xml": element("Res", '<ofd:Fonts><ofd:Font ID="1" FontName="宋体"/></ofd:Fonts>'),
        "Doc_0/Pages/Page_0/Content.xml": page(objects),
    }  # fmt: skip
    return archive({**usual, **(parts or {})})
