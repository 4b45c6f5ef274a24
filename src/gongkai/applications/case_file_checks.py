"""What the check of a package asks of a case: whether the ledger's excerpt bears out steps, letters and papers, and
whether everything lies in it that such a course of a case leaves behind.

Nothing here asks a database: what an archive gets is checked by what it got. What the office's own ledger adds is asked
by `seal_line`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from gongkai.applications.case_file_pieces import APPLICATION, LEDGER, STEPS
from gongkai.applications.models import Channel, LetterKind, PaperKind
from gongkai.documents.packages.checking import Line, Property, Result, Seen, told_names
from gongkai.documents.packages.manifest import shown
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text
from gongkai.ledger.digests import digest_of, sm3
from gongkai.ledger.models import Entry

#: The records whose content is asked.
KEPT = (APPLICATION, STEPS, LEDGER)
#: The letter that each of these steps makes.
LETTERS: Mapping[str, LetterKind] = {
    StepKind.CORRECTION_NOTICE.value: LetterKind.CORRECTION,
    StepKind.CONSULTATION.value: LetterKind.CONSULTATION,
    StepKind.EXTENSION.value: LetterKind.EXTENSION,
    StepKind.AGREED_DELAY.value: LetterKind.EXTENSION,
    StepKind.REASONS_ASKED.value: LetterKind.REASONS,
    StepKind.FEE_NOTICE.value: LetterKind.FEE,
    StepKind.DELIVER.value: LetterKind.REPLY,
}
_WRONG = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
Row = Mapping[str, Any]


def case_lines(seen: Seen) -> Iterator[Line]:
    """The lines about the case. Whatever the records hold, there is an answer."""
    first_form = Text("旧格式的卷宗没有这一项，未检测。", "Not checked: files of the first form do not tell it.")
    questions: tuple[tuple[Property, str, Callable[[Seen], Line]], ...] = (
        (Property.AUTHENTIC, "ledger", _chained),
        (Property.AUTHENTIC, "witnessed", _witnessed),
        (Property.COMPLETE, "papers", _course),
        (Property.COMPLETE, "copies", _originals),
        (Property.COMPLETE, "proof", _proof),
    )
    for kind, code, ask in questions:
        if seen.manifest.first_form:
            yield Line(kind, code, Result.NOT_CHECKED, first_form)
            continue
        try:
            yield ask(seen)
        except _WRONG:
            message = Text(
                "办理步骤或留痕记录缺失，或者无法读取。", "Steps or ledger entries are missing or unreadable."
            )
            yield Line(kind, code, Result.FAILED, message)


def _rows(seen: Seen, name: str) -> list[Row]:
    rows = json.loads(seen.kept[name])
    if not isinstance(rows, list) or not rows:
        raise ValueError(name)
    return rows


def _steps(seen: Seen) -> list[Row]:
    return [row["witnessed"] for row in _rows(seen, STEPS)]


def _answer(kind: Property, code: str, faults: Sequence[str], sound: Text, faulty: Text) -> Line:
    if faults:
        names = told_names([shown(fault) for fault in faults])
        return Line(kind, code, Result.FAILED, faulty + Text(names, names))
    return Line(kind, code, Result.PASSED, sound)


def _chained(seen: Seen) -> Line:
    """Every entry has the hash of its content and its predecessor; those that follow each other are linked."""
    entries = _rows(seen, LEDGER)
    faults = []
    before: Row | None = None
    for entry in entries:
        body = json.loads(entry["body"])
        whole = sm3(f"{entry['previous']}{entry['body']}".encode()) == entry["hash"]
        follows = before is None or entry["number"] > before["number"]
        if before is not None and entry["number"] == before["number"] + 1:
            follows = entry["previous"] == before["hash"]
        if not whole or not follows or body["number"] != entry["number"]:
            faults.append(f"#{entry['number']}")
        before = entry
    sound = Text(
        f"留痕摘录 {len(entries)} 条，每条的SM3摘要无误，相邻的前后衔接；其余各条属于别的办件，不在包内。",
        f"{len(entries)} ledger entries have their SM3 digests, and neighbours are linked; those between belong to "
        "other cases and are not in the package.",
    )
    return _answer(Property.AUTHENTIC, "ledger", faults, sound, Text("留痕记录已被改动：", "Ledger entries changed:"))


def _witnessed(seen: Seen) -> Line:
    """Steps, letters and papers are those that the ledger's entries speak of."""
    told = [json.loads(entry["body"]) for entry in _rows(seen, LEDGER)]
    steps = Counter(
        (body["facts"]["step"], body["facts"]["digest"])
        for body in told
        if body["act"].startswith("applications.") and {"step", "digest"} <= body["facts"].keys()
    )
    there = Counter((step["number"], digest_of(step)) for step in _steps(seen))
    faults = [f"步骤{number}" for number, _ in (there - steps) + (steps - there)]
    for role in ("letter", "paper"):
        digests = Counter(str(body["facts"]["sha256"]) for body in told if body["act"] == f"applications.{role}")
        files = Counter(each.sha256 for each in seen.manifest.files if each.role == role)
        unknown = files - digests
        faults += [each.name for each in seen.manifest.files if each.role == role and each.sha256 in unknown]
        faults += [f"{digest[:12]}…" for digest in digests - files]
    sound = Text("每个步骤、文书和材料都与留痕记录相符。", "Steps, letters and papers are those of the ledger.")
    faulty = Text("与留痕记录不符：", "Not as the ledger says:")
    return _answer(Property.AUTHENTIC, "witnessed", list(dict.fromkeys(faults)), sound, faulty)


def _course(seen: Seen) -> Line:
    """What this course of the case must have left behind: the letters of its steps, and what went out with the reply."""
    steps = _steps(seen)
    if any(step["kind"] == StepKind.TAKEN_OVER.value for step in steps):
        message = Text(
            "本件由历史台账导入，当时的文书和材料不在系统内，未检测。",
            "Not checked: taken over from an earlier register, whose papers are not here.",
        )
        return Line(Property.COMPLETE, "papers", Result.NOT_CHECKED, message)
    wanted = Counter(LETTERS[step["kind"]] for step in steps if step["kind"] in LETTERS)
    there = Counter(each.kind for each in seen.manifest.files if each.role == "letter")
    faults = [str(kind.label) for kind, number in wanted.items() if there[kind.value] < number]
    digests = {each.sha256 for each in seen.manifest.files if each.role == "paper"}
    sent: list[Row] = []
    for step in steps:
        if step["kind"] == StepKind.OPINION.value:
            sent = step["facts"].get("enclosures", [])
    faults += [str(each["name"]) for each in sent if each["sha256"] not in digests]
    sound = Text(
        "各步骤应有的文书、随答复提供的文件都在。", "The letters of all steps and what was sent along are there."
    )
    return _answer(Property.COMPLETE, "papers", faults, sound, Text("缺少：", "Missing:"))


def _originals(seen: Seen) -> Line:
    names = {each.name for each in seen.manifest.files if each.kind == PaperKind.ORIGINAL.value}
    copies = [each for each in seen.manifest.files if each.copy_of]
    faults = [each.name for each in copies if each.copy_of not in names]
    sound = Text(
        f"遮盖件 {len(copies)} 份，原件都在。" if copies else "没有遮盖件。",
        f"{len(copies)} redacted copies, each with its original." if copies else "There are no redacted copies.",
    )
    return _answer(Property.COMPLETE, "copies", faults, sound, Text("遮盖件没有原件：", "Copies without an original:"))


def _proof(seen: Seen) -> Line:
    """What a person must judge: which proofs such a case needs is nowhere laid down for the nation [U]."""
    kinds = {each.kind for each in seen.manifest.files if each.role == "paper"}
    channel = json.loads(seen.kept[APPLICATION])["channel"]
    lacking = [] if PaperKind.PROOF.value in kinds else [PaperKind.PROOF]
    if channel != Channel.WEB.value and PaperKind.FORM.value not in kinds:
        lacking.append(PaperKind.FORM)
    if not lacking:
        message = Text("申请材料和送达回证都在。", "The application and the proof of service are there.")
        return Line(Property.COMPLETE, "proof", Result.PASSED, message)
    names = "、".join(str(kind.label) for kind in lacking)
    message = Text(
        f"没有下列材料，是否需要请人工判断：{names}。", f"Not in it; whether it is needed a person must judge: {names}."
    )
    return Line(Property.COMPLETE, "proof", Result.NOT_CHECKED, message)


def seal_line(seen: Seen, digest: str | None) -> Line:
    """Whether this office's ledger says that exactly this file was sealed, and holds the entries of the excerpt.

    `digest`: the SHA-256 of the zip, None for a folder, which is known by its manifest.
    """
    try:
        entries = _rows(seen, LEDGER)
        subject = str(json.loads(entries[0]["body"])["subject"])[:80]
        sealed = [
            entry.facts
            for entry in Entry.objects.filter(act="applications.case_file", subject=subject)
            if entry.chain_id == entries[0]["chain"] and entry.facts["volume"] == seen.manifest.head["volume"]
        ]
        known = {(entry.chain_id, entry.number): entry.hash for entry in Entry.objects.filter(subject=subject)}
        altered = [row for row in entries if known.get((row["chain"], row["number"])) != row["hash"]]
    except _WRONG:
        sealed, altered = [], []
    if not sealed:
        return not_ours(Text("本机的留痕中没有这个卷宗", "this installation's ledger knows no such file"))
    told = sealed[-1]
    as_sealed = told["manifest"] == seen.manifest_digest and digest in (None, told["sha256"])
    if altered or not as_sealed:
        message = Text(
            "与本机留痕中归档时的记录不符。", "Not the file that this installation's ledger says was sealed."
        )
        return Line(Property.AUTHENTIC, "sealed", Result.FAILED, message)
    message = Text(
        "与本机留痕中归档时的记录一致。", "Exactly the file that this installation's ledger says was sealed."
    )
    return Line(Property.AUTHENTIC, "sealed", Result.PASSED, message)


def receipt_line(seen: Seen, receipts: Sequence[Row]) -> Line:
    """The same by the receipts that were handed over apart from the packages (`receipts.json` of an export)."""
    head = seen.manifest.head
    same = [row for row in receipts if (row["number"], row["volume"]) == (head.get("number"), head.get("volume"))]
    if not same:
        return not_ours(Text("回执中没有这个卷宗", "the receipts know no such file"))
    if seen.manifest_digest not in [row["manifest"] for row in same]:
        message = Text("与移交回执所记的摘要不符。", "Its digest is not that of the receipt.")
        return Line(Property.AUTHENTIC, "sealed", Result.FAILED, message)
    message = Text("与移交回执所记的摘要一致。", "Its digest is that of the receipt.")
    return Line(Property.AUTHENTIC, "sealed", Result.PASSED, message)


def not_ours(why: Text) -> Line:
    """Only the excerpt could be asked: whoever made a whole package anew, excerpt and all, is not found by that."""
    message = Text(
        f"{why.zh}，只核对了包内留痕摘录自身；是否为原机关封存的原件，请凭移交回执或者在原机关的系统上核验。",
        f"Not checked: {why.en}; only the excerpt itself was. Check against the receipts, or at the office's own system.",
    )
    return Line(Property.AUTHENTIC, "sealed", Result.NOT_CHECKED, message)
