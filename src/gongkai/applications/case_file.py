"""卷宗: the closed case as one zip, sealed by a manifest of digests that anyone can check again.

The same case gives the same bytes: entries in a fixed order, with a fixed time, not compressed (PDF and pictures do
not shrink). Inside: 卷宗目录 to read, `manifest.json` to check, the steps and the ledger's entries as JSON, every
letter and paper as it was kept.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from gongkai.applications.models import Application, Letter, Paper, Step
from gongkai.documents.store import read
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, StepKind
from gongkai.ledger.digests import sm3
from gongkai.ledger.models import Entry

MANIFEST = "manifest.json"
#: The earliest time a zip can hold: when the file was made stands in the manifest.
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Piece:
    """One file of the archive: its name inside, what it is, its bytes."""

    name: str
    title: str
    data: bytes

    @property
    def as_listed(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.title,
            "size": len(self.data),
            "sha256": hashlib.sha256(self.data).hexdigest(),
            "sm3": sm3(self.data),
        }


@dataclass(frozen=True)
class Built:
    """The archive and the SHA-256 of the manifest in it."""

    data: bytes
    manifest_digest: str


def build(application: Application, *, volume: int, closed_on: str) -> Built:
    """The case file of an application as it stands. `closed_on` the ISO date of the archive step."""
    buffer = BytesIO()
    listed = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for piece in _pieces(application):
            _write(archive, piece.name, piece.data)
            listed.append(piece.as_listed)
        manifest = _json(
            {
                "format": "gongkai-case-file/1",
                "agency": application.agency.name,
                "number": application.number,
                "volume": volume,
                "closed_on": closed_on,
                "files": listed,
            }
        )
        _write(archive, MANIFEST, manifest)
    return Built(buffer.getvalue(), hashlib.sha256(manifest).hexdigest())


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _TIME), data)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _pieces(application: Application) -> Iterator[Piece]:
    """Everything, one at a time: only one paper lies in memory beside the archive."""
    steps = list(application.steps.select_related("actor").order_by("number"))
    letters = list(application.letters.select_related("document").order_by("id"))
    papers = list(application.papers.select_related("document").order_by("id"))
    files: list[tuple[int, Letter | Paper]] = [*enumerate(letters, 1), *enumerate(papers, 1)]
    names = [_inner(place, row) for place, row in files]
    yield Piece("index.html", "卷宗目录", _index(application, steps, list(zip(names, files, strict=True))))
    yield Piece("application.json", "申请内容", _json(_application(application)))
    yield Piece("steps.json", "办理步骤", _json([_step(step) for step in steps]))
    yield Piece("ledger.json", "留痕记录", _json(_ledger(application)))
    for name, (_place, row) in zip(names, files, strict=True):
        yield Piece(name, f"{row.get_kind_display()} {_title(row)}".strip(), read(row.document))


def _inner(place: int, row: Letter | Paper) -> str:
    """A name made of numbers and the kind: what a stranger called the file is no path of ours."""
    folder = "letters" if isinstance(row, Letter) else "papers"
    suffix = row.document.name.rpartition(".")[2].lower()
    return f"{folder}/{place:02}-{row.kind}.{suffix if suffix.isalnum() and suffix.isascii() else 'bin'}"


def _title(row: Letter | Paper) -> str:
    return row.number if isinstance(row, Letter) else row.name


def _application(application: Application) -> dict[str, Any]:
    """What was asked and how. Identity numbers and addresses stay out: they stand in the form among the papers, or
    sealed in the register."""
    names = "number channel applicant_kind applicant_name content document_number features form_wanted way_wanted"
    return {name: str(getattr(application, name)) for name in names.split()}


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "kind": str(step.kind),
        "on": step.on.isoformat(),
        "recorded_at": step.recorded_at.isoformat(),
        "actor": step.actor.username if step.actor else None,
        "role": str(step.role),
        "facts": step.facts,
    }


def _ledger(application: Application) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(subject=f"application:{application.pk}", chain=application.agency.slug)
    return [
        {"chain": entry.chain_id, "number": entry.number, "body": entry.body, "hash": entry.hash}
        for entry in entries.order_by("number")
    ]


def _index(application: Application, steps: list[Step], files: list[tuple[str, tuple[int, Letter | Paper]]]) -> bytes:
    """卷宗目录 as a page that needs nothing but a browser."""
    outcome = Outcome(application.outcome).label.zh if application.outcome else ""
    head = [
        ("机关", application.agency.name),
        ("编号", application.number),
        ("申请人", application.applicant_name),
        ("所需信息", application.content),
        ("收到日期", str(application.received_on or "")),
        ("答复日期", str(application.answered_on or "")),
        ("办理结果", outcome),
    ]
    taken = [(str(s.number), s.on.isoformat(), StepKind(s.kind).label.zh, _who(s)) for s in steps]
    listed = [(name, row.get_kind_display(), _title(row)) for name, (_place, row) in files]
    parts = [
        _table([], head),
        "<h2>办理过程</h2>",
        _table(["序号", "日期", "步骤", "办理人"], taken),
        "<h2>文书和材料</h2>",
        _table(["文件", "类别", "文号或名称"], listed),
    ]
    title = f"卷宗目录 {escape(application.number)}"
    page = f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
    return (page + "".join(parts)).encode()


def _who(step: Step) -> str:
    return f"{step.actor}（{Role(step.role).label.zh}）" if step.actor else Role(step.role).label.zh


def _table(head: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    cells = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1">{f"<tr>{cells}</tr>" if head else ""}{body}</table>'


def faults(data: bytes) -> list[str]:
    """What is wrong with a case file: every file that is missing, added or changed against the manifest; empty if all
    is as it was closed. Raises zipfile.BadZipFile, KeyError or ValueError where it is no case file at all."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        listed = {row["name"]: row for row in json.loads(archive.read(MANIFEST))["files"]}
        there = set(archive.namelist()) - {MANIFEST}
        found = [f"缺少 {name}" for name in sorted(listed.keys() - there)]
        found += [f"多出 {name}" for name in sorted(there - listed.keys())]
        for name in sorted(there & listed.keys()):
            kept = archive.read(name)
            if (hashlib.sha256(kept).hexdigest(), sm3(kept)) != (listed[name]["sha256"], listed[name]["sm3"]):
                found.append(f"已被改动 {name}")
    return found
