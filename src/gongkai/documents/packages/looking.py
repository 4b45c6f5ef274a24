"""Look at one file of a package: whether it opens as what it says it is, and whether it holds what acts by itself.

Asked of the upload gate, by content: the same rules hold for what goes to the archive as for what came in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents.bounded import BoundedError, bounded
from gongkai.documents.gate import UploadRefused, inspect
from gongkai.documents.gate.kinds import DOC, DOCX, JPEG, KINDS, PDF, PNG, XLS, XLSX
from gongkai.documents.gate.limits import MB, Limits
from gongkai.documents.packages.pdf_pages import pages_of_pdf
from gongkai.law.texts import Text

JSON, HTML, XML = "application/json", "text/html", "application/xml"
#: What a package holds beside papers: made by us, read by programs and browsers.
OURS = (JSON, HTML, XML)
#: Larger files are hashed, but not opened: nothing that came through the gate is as large.
LIMITS = Limits(size=256 * MB)
ONE_PAGE = (JPEG.media_type, PNG.media_type)
SECONDS = 20.0
_UNSAFE = frozenset({"macros", "embedded_file", "nested_archive", "zip_bomb", "unsafe_paths", "infected"})
#: Whether a kind could hold macros or programs at all.
CAN_ACT = frozenset(kind.media_type for kind in (DOC, DOCX, XLS, XLSX, PDF))


class Verdict(StrEnum):
    """What was found of one property of one file."""

    SOUND = "sound"
    FAULTY = "faulty"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Look:
    """What was found; `why` tells a fault, or why something could not be asked."""

    opens: Verdict
    safe: Verdict
    why: Text | None = None
    pages: int | None = None


SOUND = Look(Verdict.SOUND, Verdict.SOUND)


def look(name: str, media_type: str, data: bytes, *, ours: bool = False) -> Look:
    """One file by its content. Never raises, whatever the bytes are. `ours`: made by this program, and so parsed in this
    process; the papers of others are parsed in a worker."""
    if media_type in OURS:
        return _ours(media_type, data)
    try:
        passed = inspect(data, _as_told(name, media_type), limits=LIMITS)
    except UploadRefused as refused:
        if refused.code in _UNSAFE:
            return Look(Verdict.NOT_ASKED, Verdict.FAULTY, refused.message)
        if refused.code == "scan_unavailable":
            return Look(Verdict.NOT_ASKED, Verdict.NOT_ASKED, refused.message)
        return Look(Verdict.FAULTY, Verdict.NOT_ASKED, refused.message)
    return _with_pages(passed.media_type, data, ours=ours)


def _as_told(name: str, media_type: str) -> str:
    """The name with the extension of the declared kind: the gate then says whether the content is that."""
    last = name.rpartition("/")[2]
    extension = next((kind.extensions[0] for kind in KINDS if kind.media_type == media_type), "")
    return f"{last.partition('.')[0]}.{extension}" if extension else last


def _ours(media_type: str, data: bytes) -> Look:
    try:
        if media_type == JSON:
            json.loads(data)
        elif media_type == XML:
            from gongkai.documents.packages.eep import parsed

            parsed(data)
        else:
            page = data.decode()
            if "<script" in page.lower():
                return Look(Verdict.SOUND, Verdict.FAULTY, Text("网页中有程序", "a page with a program in it"))
    except (ValueError, RecursionError):
        return Look(Verdict.FAULTY, Verdict.SOUND, Text("无法打开", "cannot be opened"))
    return SOUND


def _with_pages(media_type: str, data: bytes, *, ours: bool) -> Look:
    if media_type != PDF.media_type:
        return Look(Verdict.SOUND, Verdict.SOUND, None, 1 if media_type in ONE_PAGE else None)
    try:
        pages = pages_of_pdf(data) if ours else bounded(pages_of_pdf, data, seconds=SECONDS)
    except BoundedError as given_up:
        return Look(Verdict.NOT_ASKED, Verdict.SOUND, given_up.message)
    if pages is None:
        return Look(Verdict.FAULTY, Verdict.SOUND, Text("PDF 的页面无法读取", "the pages of the PDF cannot be read"))
    return Look(Verdict.SOUND, Verdict.SOUND, None, pages)
