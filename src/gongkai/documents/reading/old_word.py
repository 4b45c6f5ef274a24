"""DOC: by LibreOffice where the machine has it, else the text alone."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import tempfile
from pathlib import Path

from gongkai.documents.bounded_worker import without_memory_limit
from gongkai.documents.gate.compound import CompoundFile
from gongkai.documents.reading.limits import Allowance
from gongkai.documents.reading.normal import Aside, Place, Reading, TextBlock
from gongkai.documents.reading.old_properties import property_set
from gongkai.documents.reading.old_text import stories
from gongkai.documents.reading.properties import as_asides

_SECONDS = 40
"""For LibreOffice to come up and convert; less than what the worker has in all."""
PROGRAMS: tuple[str, ...] = ("soffice", "libreoffice")


def read_old_word(data: bytes, media_type: str) -> Reading:
    from gongkai.documents.reading.word import read_word

    if converted := _converted(data):
        return dataclasses.replace(read_word(converted, media_type), media_type=media_type)
    return _text_only(data, media_type)


def _converted(data: bytes) -> bytes | None:
    """As DOCX; None where there is no LibreOffice, or it did not manage. A profile of its own for each run: two on one
    profile disturb each other. What it makes passes the same checks as a file from outside."""
    from gongkai.documents.gate.kinds import DOCX
    from gongkai.documents.reading.kinds import kind_of

    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="gongkai-doc-") as name:
        folder = Path(name)
        (folder / "in.doc").write_bytes(data)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(folder / "in.doc"),
        ]  # fmt: skip
        try:
            with without_memory_limit():
                subprocess.run(command, check=True, timeout=_SECONDS, capture_output=True, stdin=subprocess.DEVNULL)
            made = (folder / "out" / "in.docx").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
    return made if kind_of(made) is DOCX else None


def _text_only(data: bytes, media_type: str) -> Reading:
    file, allowance = CompoundFile(data), Allowance()
    blocks: list[TextBlock] = []
    asides: list[Aside] = []
    for kind, text in stories(file):
        lines = [line.strip() for line in allowance.take_text(text).split("\n") if line.strip()]
        if kind is None:
            blocks += [TextBlock(line, place=Place(line=number)) for number, line in enumerate(lines, 1)]
        elif lines:
            asides.append(Aside(kind, "\n".join(lines)))
    properties = property_set(file.read("\x05SUMMARYINFORMATION", 1 << 16))
    return Reading(
        media_type, tuple(blocks), (*asides, *as_asides(properties)), notes=("tables_lost",), properties=properties
    )
