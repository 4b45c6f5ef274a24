"""Of which kind a file is: by its content. The name is heard only where it contradicts."""

from __future__ import annotations

from gongkai.documents.gate.kinds import DOC, DOCX, HTML, KINDS, TXT, XLS, XLSX, Kind, guess
from gongkai.documents.gate.limits import shown_size
from gongkai.documents.gate.names import extension_of
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.gate.structure import kind_by_structure
from gongkai.documents.reading.decoding import decoded, is_html
from gongkai.documents.reading.errors import UnreadableFile, refuse
from gongkai.documents.reading.limits import CONTAINER as CONTAINER_LIMITS
from gongkai.documents.reading.limits import MOST_BYTES
from gongkai.law.texts import Text

_CLAIMS = {extension: kind.label for kind in (*KINDS, HTML) for extension in kind.extensions}
#: What programs write under these names, beside what the name says: WPS keeps its files in Microsoft's formats, and many
#: a site sends its tables as pages called .doc or .xls, which Word and Excel open.
_ALSO = {
    "doc": {DOC, DOCX, HTML},
    "wps": {DOC, DOCX},
    "xls": {XLS, XLSX, HTML},
    "et": {XLS, XLSX},
    "txt": {TXT, HTML},
}


def kind_of(data: bytes) -> Kind:
    """Raises UnreadableFile for what is of no kind we read, and for what is not to be opened."""
    if not data:
        refuse("empty")
    if len(data) > MOST_BYTES:
        refuse("too_large", size=shown_size(len(data)), limit=shown_size(MOST_BYTES))
    try:
        kind = _kind(data)
    except Fault as fault:
        raise UnreadableFile.because(fault.code, **fault.facts) from None
    if kind is None:
        refuse("kind_not_read", content=guess(data))
    return kind


def _kind(data: bytes) -> Kind | None:
    if kind := kind_by_structure(data, CONTAINER_LIMITS):
        return kind
    if data.startswith((b"{\\rtf", b"MIME-Version:")):
        return None
    text = decoded(data)
    if text is None:
        return None
    if not text.text.strip():
        refuse("empty")
    return HTML if is_html(text.text) else TXT


def agrees(kind: Kind, name: str) -> bool:
    """Whether the extension is that of the content, or says nothing. Raises UnreadableFile where it deceives."""
    extension = extension_of(name)
    if extension in kind.extensions or (extension not in _CLAIMS and extension not in _ALSO):
        return True
    if kind not in _ALSO.get(extension, ()):
        refuse("mislabelled", claimed=_CLAIMS.get(extension, extension.upper()), content=Text(kind.label, kind.label))
    return extension in ("wps", "et")
