"""移交: a year's closed case files leave for an archive, as folders or zips, with their list and with receipts that are
handed over apart from them. Who takes the list of them away at the desk is written down, too."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.applications.archive_catalogue import catalogue, files_of
from gongkai.applications.models import CaseFile
from gongkai.documents.packages.manifest import MANIFEST
from gongkai.documents.packages.opening import opened
from gongkai.documents.store import copy_out
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import Entry

LIST, RECEIPTS = "归档文件目录.xlsx", "receipts.json"


def hand_over(
    *,
    agency: Agency,
    year: int,
    folder: Path,
    zipped: bool,
    on_file: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """Write the case files of this agency and year; gives how many. Each appears under its name only once it is whole.

    Done by the owner of the machine. Raises Invalid where there is nothing, or the folder is not empty; OSError where
    the disk refuses; FileDamagedError for a case file that the store no longer holds as it was sealed.
    """
    files = list(files_of(agency, year))
    if not files:
        raise Invalid("year", Text(f"{year}年度没有已归档的卷宗。", f"No case files of {year}."))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid("folder", Text("请指定一个新的或者空的文件夹。", "Name a new or empty folder."))
    folder.mkdir(parents=True, exist_ok=True)
    receipts = []
    for place, file in enumerate(files, 1):
        _write(file, folder, zipped=zipped)
        receipts.append(_receipt(file))
        on_file(place, len(files))
    (folder / LIST).write_bytes(b"".join(catalogue(files_of(agency, year), "zh")))
    told = {"format": "gongkai-receipts/1", "agency": agency.name, "year": year, "packages": receipts}
    (folder / RECEIPTS).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    _told(agency, year, len(files))
    return len(files)


def name_of(file: CaseFile) -> str:
    """What a case file is called outside: its 档号, or the number of its case, made fit to name a folder."""
    called = file.archive_number or f"{file.application.number}-第{file.volume}卷"
    return re.sub(r"[^\w·.\-—〔〕()（）]", "_", called).strip(".") or str(file.pk)


def _write(file: CaseFile, folder: Path, *, zipped: bool) -> None:
    name = name_of(file)
    draft = folder / f".{name}.part"
    with TemporaryFile() as sealed:
        copy_out(file.document, sealed)
        if zipped:
            with draft.open("wb") as out:
                while piece := sealed.read(1024 * 1024):
                    out.write(piece)
            draft.rename(folder / f"{name}.zip")
            return
        with opened(sealed) as package:
            for inner in sorted(package.names, key=lambda inner: inner == MANIFEST):
                path = draft / inner
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as out:
                    for chunk in package.chunks(inner):
                        out.write(chunk)
    draft.rename(folder / name)


def _receipt(file: CaseFile) -> dict[str, Any]:
    """What tells the sealed file from any other: kept apart from it, it shows later that nothing was exchanged."""
    subject = f"application:{file.application_id}"
    sealed = Entry.objects.filter(act="applications.case_file", subject=subject, chain=file.application.agency.slug)
    entry = next((each for each in sealed if each.facts["case_file"] == file.pk), None)
    return {
        "name": name_of(file),
        "number": file.application.number,
        "volume": file.volume,
        "archive_number": file.archive_number,
        "manifest": file.manifest_digest,
        "sha256": file.document.digest,
        "ledger": {"chain": entry.chain_id, "number": entry.number, "hash": entry.hash} if entry else None,
    }


@transaction.atomic
def _told(agency: Agency, year: int, count: int) -> None:
    facts = {"year": year, "files": count}
    record(chain=agency.slug, act="applications.hand_over", subject=f"agency:{agency.pk}", facts=facts)


@transaction.atomic
def take_list(*, person: Person, year: int, files: Iterable[CaseFile]) -> None:
    """Note who takes the list of a year's case files away, with every agency of which it tells."""
    for agency, rows in Counter(file.application.agency.slug for file in files).items():
        facts = {"year": year, "rows": rows}
        subject = f"person:{person.pk}"
        record(chain=agency, act="applications.archive_list", subject=subject, facts=facts, actor=person.username)
