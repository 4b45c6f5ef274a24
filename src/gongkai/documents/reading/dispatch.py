"""Which reader reads what, and the promise that nothing but UnreadableFile comes out."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable

from gongkai.documents.bounded import MEGABYTES, SECONDS, OnPage, bounded
from gongkai.documents.gate.kinds import DOC, DOCX, HTML, JPEG, OFD, PDF, PNG, TIFF, TXT, XLS, XLSX, Kind
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.reading.kinds import agrees, kind_of
from gongkai.documents.reading.normal import Reading

log = logging.getLogger(__name__)
_Reader = Callable[[bytes, Kind, OnPage | None], Reading]


def read(data: bytes, name: str = "", on_page: OnPage | None = None) -> Reading:
    """Read a file in this process. Raises UnreadableFile, whatever the bytes are.

    The kind is that of the content. A ``name`` that promises another kind is refused where that deceives, and noted where
    programs do so (a page called .doc). ``on_page`` is told how many pages of a PDF are done.
    """
    kind = kind_of(data)
    agreed = agrees(kind, name)
    reading = read_content(data, on_page, kind=kind)
    return reading if agreed else dataclasses.replace(reading, notes=(*reading.notes, "name_differs"))


def read_safely(
    data: bytes,
    name: str = "",
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    on_page: OnPage | None = None,
) -> Reading:
    """Read a file in the worker, within limits. Raises UnreadableFile, or BoundedError where it was given up."""
    return bounded(read, data, name, seconds=seconds, megabytes=megabytes, on_page=on_page)


def read_content(data: bytes, on_page: OnPage | None = None, *, kind: Kind | None = None) -> Reading:
    """By content alone."""
    try:
        kind = kind or kind_of(data)
        return _READERS[kind.label](data, kind, on_page)
    except (UnreadableFile, MemoryError):
        raise
    except RecursionError:
        raise UnreadableFile.because("too_deep") from None
    except Exception as error:  # parsers raise what they like; the file is bad, whatever they call it
        log.info("could not read %s", kind.label if kind else "", exc_info=True)
        raise UnreadableFile.because("damaged") from error


# Each library is loaded when its kind is first read.


def _word(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.word import read_word

    return read_word(data, kind.media_type)


def _old_word(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.old_word import read_old_word

    return read_old_word(data, kind.media_type)


def _pdf(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.pdf import read_pdf

    return read_pdf(data, kind.media_type, on_page)


def _ofd(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.ofd.read import read_ofd

    return read_ofd(data, on_page)


def _html(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.html import read_html

    return read_html(data, kind.media_type)


def _workbook(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.workbook import read_workbook

    return read_workbook(data, kind.media_type)


def _old_workbook(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.old_workbook import read_old_workbook

    return read_old_workbook(data, kind.media_type)


def _plain(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.plain import read_plain

    return read_plain(data, kind.media_type)


def _picture(data: bytes, kind: Kind, on_page: OnPage | None) -> Reading:
    from gongkai.documents.reading.pictures import read_picture

    return read_picture(data, kind.media_type)


_READERS: dict[str, _Reader] = {
    DOCX.label: _word,
    DOC.label: _old_word,
    PDF.label: _pdf,
    OFD.label: _ofd,
    HTML.label: _html,
    XLSX.label: _workbook,
    XLS.label: _old_workbook,
    TXT.label: _plain,
    JPEG.label: _picture,
    PNG.label: _picture,
    TIFF.label: _picture,
}
