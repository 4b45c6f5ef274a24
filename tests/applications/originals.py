"""An original as an office has it: two pages of a contract, with a person's numbers on the first."""

from __future__ import annotations

import io
from functools import cache

from tests.applications.uploads import File

PERSON = "110101199003070038"
PHONE = "13800138000"
PRICE = "单价四百二十元"
KEPT = "蝶湖公园养护合同"


@cache
def contract() -> bytes:
    """The same bytes all along."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for lines in ((KEPT, f"身份证号：{PERSON}", f"手机：{PHONE}"), ("第二条", PRICE)):
        canvas.setFont("STSong-Light", 14)
        for place, line in enumerate(lines):
            canvas.drawString(72, 760 - 40 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def original(name: str = "养护合同.pdf") -> File:
    return File(name, "application/pdf", contract())
