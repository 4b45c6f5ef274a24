"""Large files through the gate: they stay on disk here, and are looked at in a bounded process, so that fifty megabytes
do not weigh on the one that serves pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from gongkai.documents.bounded import bounded
from gongkai.documents.gate import quarantine
from gongkai.documents.gate.inspection import require_size
from gongkai.documents.gate.judging import judged_file
from gongkai.documents.gate.limits import Limits
from gongkai.documents.gate.names import extension_of, safe_name
from gongkai.documents.gate.refusals import Fault, UploadRefused
from gongkai.documents.gate.scanning import scan_file
from gongkai.documents.models import Document
from gongkai.documents.store import keep_file
from gongkai.documents.upload_fields import Upload, let_in


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file that passed the gate and lies in the request's passing folder."""

    name: str
    media_type: str
    file: IO[bytes]

    def keep(self) -> Document:
        """Into the store, piece by piece."""
        return keep_file(self.file, name=self.name, media_type=self.media_type)


def let_in_large(file: UploadedFile[Any], limits: Limits, came_by: str = "") -> OnDisk | Upload:
    """As `let_in`; what Django has put on disk is not read into this process's memory. Raises UploadRefused."""
    if not isinstance(file, TemporaryUploadedFile):
        return let_in(file, limits, came_by)
    name, size, content = safe_name(file.name or ""), file.size or 0, file.file
    assert content is not None
    try:
        require_size(size, limits)
        media_type, extension = bounded(judged_file, file.temporary_file_path(), name, limits)
        content.seek(0)
        scan_file(content, size, limits)
    except Fault as fault:
        content.seek(0)
        held = size <= limits.size and quarantine.hold(content.read(), name, fault, came_by=came_by)
        raise UploadRefused.because(fault, name, held=held) from None
    return OnDisk(name if extension_of(name) else safe_name(f"{name}.{extension}"), media_type, content)
