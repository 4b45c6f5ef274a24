"""What a case file consists of, in the order in which an office files it: what came in, what was asked and answered, how
it was decided, the reply, what was supplied, what came afterwards (law.md §4.5 [I]; no national list is known [U]).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.utils.translation import override

from gongkai.applications.history import as_witnessed
from gongkai.applications.models import Application, Letter, LetterKind, Paper, PaperKind, Step
from gongkai.documents.gate.kinds import KINDS
from gongkai.documents.packages.checking import CHECK, EEP
from gongkai.documents.packages.looking import JSON
from gongkai.documents.packages.writing import Piece
from gongkai.documents.store import read
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, StepKind
from gongkai.ledger.models import Entry

INDEX, APPLICATION, STEPS, LEDGER = "index.html", "application.json", "steps.json", "ledger.json"
#: The office's own order: what is not from an article has no other basis.
OWN_ORDER = "机关内部办理程序"
_ORDER: tuple[LetterKind | PaperKind, ...] = (
    PaperKind.FORM,
    PaperKind.AUTHORITY,
    PaperKind.ATTACHMENT,
    LetterKind.RECEIPT,
    LetterKind.CORRECTION,
    PaperKind.CORRECTION,
    LetterKind.REASONS,
    PaperKind.REASONS,
    LetterKind.CONSULTATION,
    LetterKind.CONSULTATION_NOTICE,
    PaperKind.OPINION,
    LetterKind.EXTENSION,
    LetterKind.FEE,
    PaperKind.FEE,
    PaperKind.MATERIAL,
    LetterKind.THIRD_PARTY_NOTICE,
    LetterKind.REPLY,
    PaperKind.ORIGINAL,
    PaperKind.ENCLOSURE,
    PaperKind.PROOF,
    PaperKind.REVIEW,
)
IDENTITY, ORIGINAL, THIRD_PARTY, INTERNAL, NAMED = (
    "含身份信息",
    "未遮盖的原件",
    "涉及第三方",
    "内部办理记录",
    "写有申请人姓名",
)
#: Why something is not given to readers unseen; what was given out already may be.
_RESTRICTIONS: dict[LetterKind | PaperKind, str] = {
    PaperKind.FORM: IDENTITY,
    PaperKind.AUTHORITY: IDENTITY,
    PaperKind.ATTACHMENT: IDENTITY,
    PaperKind.CORRECTION: IDENTITY,
    PaperKind.REASONS: IDENTITY,
    PaperKind.ORIGINAL: ORIGINAL,
    PaperKind.OPINION: THIRD_PARTY,
    LetterKind.CONSULTATION: THIRD_PARTY,
    LetterKind.CONSULTATION_NOTICE: THIRD_PARTY,
    LetterKind.THIRD_PARTY_NOTICE: THIRD_PARTY,
    PaperKind.MATERIAL: INTERNAL,
    PaperKind.ENCLOSURE: "",
}


@dataclass(frozen=True)
class Filed:
    """A letter or paper with its name inside the file."""

    name: str
    row: Letter | Paper

    @property
    def kind(self) -> LetterKind | PaperKind:
        return LetterKind(self.row.kind) if isinstance(self.row, Letter) else PaperKind(self.row.kind)

    @property
    def title(self) -> str:
        """What it is, and its number or name. Always in Chinese, whoever closes the case."""
        called = self.row.number if isinstance(self.row, Letter) else self.row.name
        with override(settings.LANGUAGE_CODE):
            return f"{self.kind.label} {called}".strip()


@dataclass(frozen=True)
class Contents:
    """Everything that goes in, read from the database; the bytes of letters and papers not yet."""

    application: Application
    steps: Sequence[Step]
    filed: Sequence[Filed]

    def pieces(self) -> Iterator[Piece]:
        """One at a time: only one paper lies in memory."""
        yield Piece(APPLICATION, "申请内容", as_json(_application(self.application)), JSON, restriction=IDENTITY)
        yield Piece(STEPS, "办理步骤", as_json([_step(step) for step in self.steps]), JSON, restriction=INTERNAL)
        by_row = {filed.row.pk: filed.name for filed in self.filed if isinstance(filed.row, Paper)}
        for filed in self.filed:
            yield _piece(filed, by_row)
        yield Piece(LEDGER, "留痕记录", as_json(_ledger(self.application)), JSON, restriction=INTERNAL)


def title_of(application: Application) -> str:
    """题名. The applicant's name does not stand in it: lists of the archive are shown to readers."""
    asked = " ".join(application.content.split())
    return f"关于“{asked[:60]}{'…' if len(asked) > 60 else ''}”的政府信息公开申请"


def contents_of(application: Application) -> Contents:
    """The case as it stands."""
    steps = list(application.steps.select_related("actor").order_by("number"))
    letters = list(application.letters.select_related("document").order_by("id"))
    papers = list(application.papers.select_related("document").order_by("id"))
    rows: list[Letter | Paper] = sorted([*letters, *papers], key=_place)  # those of one kind stay in their order
    filed = [Filed(_inner(number, row), row) for number, row in enumerate(rows, 1)]
    return Contents(application, steps, filed)


def _place(row: Letter | Paper) -> int:
    kind = LetterKind(row.kind) if isinstance(row, Letter) else PaperKind(row.kind)
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _inner(number: int, row: Letter | Paper) -> str:
    """A name made of a number and the kind: what a stranger called the file is no path of ours."""
    suffix = next((kind.extensions[0] for kind in KINDS if kind.media_type == row.document.media_type), "bin")
    what = "letter" if isinstance(row, Letter) else "paper"
    return f"files/{number:03}-{what}-{row.kind.replace('_', '-')}.{suffix}"


def _piece(filed: Filed, by_row: dict[int, str]) -> Piece:
    row = filed.row
    role = "letter" if isinstance(row, Letter) else "paper"
    copy_of = by_row.get(row.redacted_from_id or 0, "") if isinstance(row, Paper) else ""
    return Piece(
        filed.name, filed.title, read(row.document), row.document.media_type, role, filed.kind.value,
        _RESTRICTIONS.get(filed.kind, NAMED), copy_of,
    )  # fmt: skip


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _application(application: Application) -> dict[str, Any]:
    """What was asked and how, and what came of it. Identity numbers and addresses stay out: they stand in the form among
    the papers, or sealed in the register."""
    names = "number channel applicant_kind applicant_name content document_number features form_wanted way_wanted"
    told = {name: str(getattr(application, name)) for name in names.split()}
    days = {name: str(getattr(application, name) or "") for name in ("received_on", "answered_on")}
    return {**told, **days, "outcome": application.outcome}


def _step(step: Step) -> dict[str, Any]:
    """With everything that the ledger's digest of the step is taken over, and in words what it was."""
    kind = StepKind(step.kind)
    return {
        "witnessed": as_witnessed(step),
        "name": kind.label.zh,
        "basis": basis_of(kind),
        "recorded_at": step.recorded_at.isoformat(),
        "actor": step.actor.username if step.actor else None,
        "actor_name": str(step.actor) if step.actor else None,
        "role_name": Role(step.role).label.zh,
    }


def basis_of(kind: StepKind) -> str:
    article = kind.rule.article
    return article.zh if article else OWN_ORDER


def _ledger(application: Application) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(subject=f"application:{application.pk}", chain=application.agency.slug)
    names = ("number", "body", "previous", "hash")
    return [
        {"chain": entry.chain_id, **{name: getattr(entry, name) for name in names}}
        for entry in entries.order_by("number")
    ]


@override(settings.LANGUAGE_CODE)
def said(step: Step) -> str:
    """What a step says, in one line."""
    from gongkai.applications.step_words import what_it_says  # it knows the desk's forms, which know the actions

    return "；".join(
        f"{label}：{' '.join(text.split())}" for label, text in what_it_says(StepKind(step.kind), step.facts)
    )


def who(step: Step) -> str:
    role = Role(step.role).label.zh
    return f"{step.actor}（{role}）" if step.actor else role


def index_page(contents: Contents, archive_number: str, sheets: Sequence[tuple[str, str]] = ()) -> bytes:
    """卷宗目录 as a page that needs nothing but a browser. `sheets`: name and title of what was printed of the case."""
    application = contents.application
    head = [
        ("档号", archive_number or "（未编）"),
        ("机关", application.agency.name),
        ("编号", application.number),
        ("申请人", application.applicant_name),
        ("所需信息", application.content),
        ("收到日期", str(application.received_on or "")),
        ("答复日期", str(application.answered_on or "")),
        ("办理结果", Outcome(application.outcome).label.zh if application.outcome else ""),
    ]
    taken = [
        (str(s.number), s.on.isoformat(), StepKind(s.kind).label.zh, who(s), basis_of(StepKind(s.kind)), said(s))
        for s in contents.steps
    ]
    printed = [(name, title, INTERNAL) for name, title in sheets]
    listed = [(filed.name, filed.title, _RESTRICTIONS.get(filed.kind, NAMED)) for filed in contents.filed]
    records = [
        (APPLICATION, "申请内容", IDENTITY),
        (STEPS, "办理步骤", INTERNAL),
        (LEDGER, "留痕记录", INTERNAL),
        (EEP, "封装描述", INTERNAL),
        (CHECK, "四性检测报告", ""),
    ]
    title = f"卷宗目录 {escape(application.number)}"
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><h1>{title}</h1>"
        f"{_table('申请', [], head)}"
        f"{_table('办理过程', ['序号', '日期', '步骤', '办理人', '依据', '内容'], taken)}"
        f"{_table('文书和材料', ['文件', '类别和名称', '开放限制'], [*printed, *listed, *records], linked=True)}</body></html>\n"
    ).encode()


def _table(caption: str, head: Sequence[str], rows: Sequence[tuple[str, ...]], *, linked: bool = False) -> str:
    def cell(place: int, text: str) -> str:
        shown = escape(text)
        if place == 0 and not head:
            return f'<th scope="row">{shown}</th>'
        return f'<td><a href="{shown}">{shown}</a></td>' if linked and place == 0 else f"<td>{shown}</td>"

    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(cell(place, text) for place, text in enumerate(row))}</tr>" for row in rows)
    return f'<table border="1"><caption>{caption}</caption>{f"<tr>{top}</tr>" if head else ""}{body}</table>'
