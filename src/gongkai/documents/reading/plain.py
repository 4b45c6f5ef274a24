"""Plain text: a block a line, with the number of the line."""

from __future__ import annotations

from gongkai.documents.reading.decoding import decoded
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.limits import Allowance
from gongkai.documents.reading.normal import Place, Reading, TextBlock


def read_plain(data: bytes, media_type: str) -> Reading:
    found = decoded(data)
    if found is None:
        refuse("encoding")
    text = Allowance().take_text(found.text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    blocks = tuple(
        TextBlock(line.rstrip(), place=Place(line=number))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    )
    return Reading(media_type, blocks, encoding=found.encoding)
