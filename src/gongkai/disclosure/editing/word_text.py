"""A Word file or a plain text as the beginning of an item's text. Runs in a process with limits, and knows no Django."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.documents.errors import DocumentError
from gongkai.documents.gate.kinds import DOCX, TXT
from gongkai.documents.reading.decoding import decoded
from gongkai.law.texts import Text

_PICTURES = {"image/png": "png", "image/jpeg": "jpg"}
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
u => u
"""


class NoText(DocumentError):
    """A file that cannot be read as the text of an item."""


@dataclass(frozen=True, slots=True)
class Read:
    """HTML that is not clean yet, its pictures by `attachment:` and their digest, and how many of them were left out."""

    html: str
    pictures: Sequence[tuple[str, bytes]] = ()
    left_out: int = 0


def text_of(data: bytes, media_type: str) -> Read:
    """Raises NoText for another kind of file, or one that is damaged."""
    if media_type == TXT.media_type:
        found = decoded(data)
        if found is None:
            raise _refused("文件的编码无法识别。", "The coding of the file is not known.")
        lines = (line.strip() for line in found.text.splitlines())
        return Read("".join(f"<p>{_escaped(line)}</p>" for line in lines if line))
    if media_type != DOCX.media_type:
        raise _refused("只能读入 DOCX 和 TXT 文件；DOC 文件请另存为 DOCX。", "Only DOCX and TXT are read.")
    return _of_word(data)


def _of_word(data: bytes) -> Read:
    import mammoth

    pictures: dict[str, bytes] = {}
    lost: list[str] = []

    def keep(image: Any) -> dict[str, str]:
        ending = _PICTURES.get(image.content_type)
        with image.open() as file:
            content = file.read()
        if ending is None:
            lost.append(image.content_type)
            return {"src": ""}
        pictures[f"{len(pictures) + 1}.{ending}"] = content
        return {"src": f"attachment:{hashlib.sha256(content).hexdigest()}"}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(keep)
        )
    except Exception as error:  # of a library that reads strangers' files
        raise _refused("这个 Word 文件不能读取，可能已经损坏。", "This Word file cannot be read.") from error
    return Read(result.value, tuple(pictures.items()), len(lost))


def _refused(zh: str, en: str) -> NoText:
    return NoText("no_text", Text(zh, en))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
