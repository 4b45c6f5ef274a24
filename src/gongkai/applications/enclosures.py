"""随答复提供的文件: which papers go out with a reply. The opinion names them by their digests, so that what was reviewed
and signed is what goes out, whatever comes into the case meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet

from gongkai.applications.models import Application, Paper, PaperKind, Step
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


class Upload(Protocol):
    """A file that has passed the upload gate."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def data(self) -> bytes: ...


def enclosable(application: Application, digests: Collection[str] | None = None) -> QuerySet[Paper]:
    """The papers of the case that can go out with its reply; of these only the named ones, where names are given."""
    papers: QuerySet[Paper] = application.papers.filter(kind=PaperKind.ENCLOSURE).select_related("document")
    return papers if digests is None else papers.filter(document__digest__in=digests)


def redacted_originals(application: Application) -> QuerySet[Paper]:
    """The originals of the case of which a part is covered, or is being covered."""
    return Paper.objects.filter(
        application=application, kind=PaperKind.ORIGINAL, redactions__isnull=False
    ).distinct()  # fmt: skip


def redacted_original(application: Application, digest: str) -> bool:
    """Whether these are the bytes of such an original: whatever it is called, it does not go out."""
    return redacted_originals(application).filter(document__digest=digest).exists()


def original_stays(name: str) -> Text:
    return Text(
        f"“{name}”是原件，其中有不予公开的内容，不能随答复提供。请提供遮盖件。",
        f"“{name}” is an original of which a part is withheld. It cannot go out: send its redacted copy.",
    )


def offered(application: Application) -> QuerySet[Paper]:
    """What the reply may be given along: not an original that is redacted, by whatever way it lies in the case."""
    covered = redacted_originals(application).values("document")
    return enclosable(application).exclude(document__in=covered)


def superseded(papers: Iterable[Paper]) -> set[int]:
    """Of several redacted copies of one original all but the newest."""
    newest: dict[int, int] = {}
    copies = [paper for paper in papers if paper.redacted_from_id is not None]
    for paper in copies:
        newest[paper.redacted_from_id or 0] = max(paper.pk, newest.get(paper.redacted_from_id or 0, 0))
    return {paper.pk for paper in copies} - set(newest.values())


def stated(papers: Iterable[Paper], uploads: Iterable[Upload]) -> list[dict[str, str]]:
    """How the opinion names papers that lie in the case and files that come with it."""
    lying = {paper.document.digest: paper.name for paper in papers}
    new = {hashlib.sha256(upload.data).hexdigest(): upload.name for upload in uploads}
    return [{"name": name, "sha256": digest} for digest, name in {**new, **lying}.items()]


def names_of(opinion: Mapping[str, Any]) -> tuple[str, ...]:
    """The names under which the reply lists them (附件)."""
    return tuple(each["name"] for each in opinion.get("enclosures", ()))


def digests_of(opinion: Mapping[str, Any]) -> list[str]:
    return [each["sha256"] for each in opinion.get("enclosures", ())]


def sent_enclosures(application: Application, rows: Sequence[Step] | None = None) -> QuerySet[Paper]:
    """What went out with the last reply that was delivered: the only papers of a case that its applicant is shown."""
    standing: Mapping[str, Any] = {}
    sent: Mapping[str, Any] = {}
    for row in rows if rows is not None else application.steps.order_by("number"):
        if row.kind == StepKind.OPINION.value:
            standing = row.facts
        elif row.kind == StepKind.DELIVER.value:
            sent = standing
    return enclosable(application, digests_of(sent))
