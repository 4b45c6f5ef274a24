"""Office and OFD files as PDF: only where the machine has what it takes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from gongkai.documents.bounded_worker import without_memory_limit
from gongkai.documents.redaction.errors import CannotRedact

SECONDS = 60
#: The last file turned into PDF: a page is asked for after the other, the conversion costs seconds.
_last: dict[str, bytes] = {}


def office_to_pdf(data: bytes, extension: str) -> bytes:
    """By LibreOffice, with a profile of its own in a folder that is gone afterwards; it is bounded by time."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CannotRedact.because("no_office")
    return _remembered(data, lambda: _by_office(program, data, extension))


def _by_office(program: str, data: bytes, extension: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as name:
        folder = Path(name)
        source = folder / f"paper.{extension}"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf",
            "--outdir", name, str(source),
        ]  # fmt: skip
        try:
            with without_memory_limit():
                subprocess.run(
                    command, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=True, cwd=name
                )
            return (folder / "paper.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise CannotRedact.because("conversion") from None


def ofd_to_pdf(data: bytes) -> bytes:
    """By the house's own drawing of OFD, which refuses a file of which something would be missing."""
    from gongkai.documents.ofd.preview import whole_pdf
    from gongkai.documents.reading.errors import UnreadableFile

    try:
        return _remembered(data, lambda: whole_pdf(data))
    except UnreadableFile as error:
        raise CannotRedact(error.code, error.message) from None


def _remembered(data: bytes, convert: Callable[[], bytes]) -> bytes:
    digest = hashlib.sha256(data).hexdigest()
    if digest not in _last:
        made = convert()
        _last.clear()
        _last[digest] = made
    return _last[digest]
