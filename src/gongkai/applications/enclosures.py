"""随答复提供的文件: which papers go out with a reply. The opinion names them by their digests, so that what was reviewed
and signed is what goes out, whatever comes into the case meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from gongkai.applications.actions.add_paper import Upload
from gongkai.applications.models import Application, Paper, PaperKind, Step
from gongkai.law.procedure import StepKind


def enclosable(application: Application, digests: Collection[str] | None = None) -> QuerySet[Paper]:
    """The papers of the case that can go out with its reply; of these only the named ones, where names are given."""
    papers: QuerySet[Paper] = application.papers.filter(kind=PaperKind.ENCLOSURE).select_related("document")
    return papers if digests is None else papers.filter(document__digest__in=digests)


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
