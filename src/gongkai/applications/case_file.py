"""卷宗: the closed case as one package, sealed by a manifest of digests that anyone can check again.

The same case gives the same bytes. Inside, beside the letters and papers as they were kept: 卷宗目录 to read
(`index.html`), the steps and the ledger's entries as JSON, the description in XML (`eep.xml`), the report of the check
(`check.json`), and the manifest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import IO, Any

from django.conf import settings
from django.utils.translation import override

from gongkai.applications.case_file_checks import KEPT, case_lines
from gongkai.applications.case_file_pieces import (
    INDEX,
    INTERNAL,
    Contents,
    as_json,
    basis_of,
    contents_of,
    index_page,
    said,
    title_of,
    who,
)
from gongkai.applications.models import Application, LetterKind
from gongkai.documents.packages import eep
from gongkai.documents.packages.checking import CHECK, EEP, Line, Seen, lines_of, result_of, virus_line
from gongkai.documents.packages.looking import HTML, JSON, XML
from gongkai.documents.packages.manifest import Manifest
from gongkai.documents.packages.writing import PackageWriter, Piece
from gongkai.law.procedure import Role, StepKind

#: Of the files that stand in the XML themselves, so many bytes in all.
MOST_EMBEDDED = 1024 * 1024


@dataclass(frozen=True)
class Sealing:
    """Under which number, and when, a volume is closed. `archive_number` is empty where the agency has no 全宗号."""

    volume: int
    closed_on: date
    year: int
    archive_number: str = ""
    item: int | None = None
    retention: str = ""


@dataclass(frozen=True)
class Built:
    """The SHA-256 of the manifest, the pages of all files together, and what the check found."""

    manifest_digest: str
    pages: int
    lines: tuple[Line, ...]


def build(application: Application, sealing: Sealing, file: IO[bytes], sheets: Sequence[Piece] = ()) -> Built:
    """Write the case as it stands into an empty file. `sheets`: what was printed of it. Raises FileMissingError,
    FileDamagedError: what the store has lost cannot be archived."""
    contents = contents_of(application)
    head = _head(contents, sealing)
    kept: dict[str, bytes] = {}
    with PackageWriter(file) as writer:
        index = index_page(contents, sealing.archive_number, [(sheet.name, sheet.title) for sheet in sheets])
        _add(writer, kept, Piece(INDEX, "卷宗目录", index, HTML, restriction=INTERNAL))
        for piece in chain(sheets, contents.pieces()):
            _add(writer, kept, piece)
        wrapped = _wrapped(contents, sealing, writer, kept)
        _add(writer, kept, Piece(EEP, "封装描述", eep.render(wrapped), XML, restriction=INTERNAL))
        lines = tuple(report(_seen(head, writer, kept)))
        writer.add(Piece(CHECK, "四性检测报告", as_json(report_data(lines)), JSON))
        digest = writer.finish(head)
        return Built(digest, sum(listed.pages or 0 for listed in writer.files), lines)


def _head(contents: Contents, sealing: Sealing) -> dict[str, Any]:
    return {
        "agency": contents.application.agency.name,
        "number": contents.application.number,
        "title": title_of(contents.application),
        "volume": sealing.volume,
        "closed_on": sealing.closed_on.isoformat(),
        "archive_number": sealing.archive_number,
        "retention": sealing.retention,
        "year": sealing.year,
    }


def _add(writer: PackageWriter, kept: dict[str, bytes], piece: Piece) -> None:
    """Write a piece, and keep what is needed again: records for the check, small files for the XML."""
    writer.add(piece)
    small = len(piece.data) <= eep.EMBEDDED and sum(map(len, kept.values())) <= MOST_EMBEDDED
    if small or piece.name in (*KEPT, EEP):
        kept[piece.name] = piece.data


def _wrapped(contents: Contents, sealing: Sealing, writer: PackageWriter, kept: dict[str, bytes]) -> eep.Wrapped:
    application, steps = contents.application, contents.steps
    acts = [
        eep.Act(StepKind(s.kind).label.zh, s.on.isoformat(), basis_of(StepKind(s.kind)), said(s), who(s)) for s in steps
    ]
    people = dict.fromkeys((str(step.actor), Role(step.role).label.zh) for step in steps if step.actor)
    reply = next((f.row for f in reversed(contents.filed) if f.kind is LetterKind.REPLY), None)
    return eep.Wrapped(
        archive_number=sealing.archive_number,
        fonds=application.agency.fonds if sealing.archive_number else "",
        agency=application.agency.name,
        title=title_of(contents.application),
        number=str(getattr(reply, "number", application.number)),
        on=str(application.answered_on or sealing.closed_on),
        retention=sealing.retention,
        closed_on=sealing.closed_on.isoformat(),
        volume=sealing.volume,
        files=tuple(writer.files),
        acts=acts,
        people=[eep.Signatory(name, role) for name, role in people],
        embedded={name: data for name, data in kept.items() if len(data) <= eep.EMBEDDED},
    )


def _seen(head: dict[str, Any], writer: PackageWriter, kept: dict[str, bytes]) -> Seen:
    """What was written so far, as the check of a package sees it."""
    digests = {listed.name: (listed.sha256, listed.sm3) for listed in writer.files}
    return Seen(Manifest(head, tuple(writer.files)), frozenset(digests), digests, writer.looks, kept)


@override(settings.LANGUAGE_CODE)  # names of papers stand in it, and it is kept
def report(seen: Seen) -> list[Line]:
    """四性检测: every line that can be said without the office's own database, the four properties in their order."""
    lines = [*lines_of(seen), *case_lines(seen), virus_line(settings.CLAMAV)]
    order = list(dict.fromkeys(line.kind for line in lines))
    return sorted(lines, key=lambda line: order.index(line.kind))


def report_data(lines: Sequence[Line]) -> dict[str, Any]:
    """The report as it is kept in the package and beside it."""
    return {"result": result_of(lines).value, "lines": [line.as_data for line in lines]}
