"""Scenes of the review: a whole draft, brought as far as a test needs it by the acts themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.disclosure.acting import take
from gongkai.disclosure.actions.pass_round import pass_round
from gongkai.disclosure.actions.review_secrecy import review_secrecy
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.models import Item, Revision
from gongkai.disclosure.reviewing import scanning
from gongkai.disclosure.reviewing.proofreading import PROOF_READINGS
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.privacy.files import Scanned
from gongkai.documents.privacy.finding import Finding
from gongkai.documents.privacy.kept import rules_version
from gongkai.law.publication import ROUNDS, PublicationAct, RevisionState
from tests.cast import Cast
from tests.disclosure.published import a_column, a_revision
from tests.run_jobs import run_jobs

BASIS = "《中华人民共和国政府信息公开条例》第十四条、第十七条"


def scans(monkeypatch: pytest.MonkeyPatch, *found: Finding, files: tuple[Finding, ...] = (), unread: str = "") -> None:
    """Let the scan find this in the words and that in every file, at once and without its worker."""

    def in_file(document: Document) -> PrivacyScan:
        row, _ = PrivacyScan.objects.get_or_create(
            document=document, rules=rules_version(),
            defaults={"findings": [each.as_data() for each in files], "unread": unread},
        )  # fmt: skip
        return row

    monkeypatch.setattr(scanning, "scan_words", lambda *_told, **_options: Scanned(found))
    monkeypatch.setattr(scanning, "scan_file", in_file)


def drafted(cast: Cast, **changes: Any) -> Revision:
    """A draft of the drafter's in which nothing is missing."""
    values = {
        "column": a_column("notices", "通知公告"), "made_by": cast.drafter, "subject": "综合政务", "source": cast.agency.name,
        "made_on": dt.date(2025, 3, 3), **changes,
    }  # fmt: skip
    with transaction.atomic():
        revision = a_revision(Item.objects.create(agency=cast.agency), **values)
        take(revision, PublicationAct.BEGIN, actor=cast.drafter)
    return revision


def submitted(cast: Cast, *, scanned: bool = True, **changes: Any) -> Revision:
    """It lies before the first reviewer."""
    revision = submit_revision(actor=cast.drafter, revision_id=drafted(cast, **changes).pk)
    if scanned:
        run_jobs()
    return revision


def reviewer(cast: Cast, state: RevisionState | str) -> Person:
    """Whose turn it is."""
    turns = {
        RevisionState.FIRST_REVIEW: cast.unit_head,
        RevisionState.SECOND_REVIEW: cast.editor,
        RevisionState.FINAL_REVIEW: cast.approver,
    }
    return turns[RevisionState(state)]


def passed(cast: Cast, revision: Revision, **changes: Any) -> Revision:
    """The round that is due is passed by whoever holds it."""
    revision.refresh_from_db()
    points = PROOF_READINGS[ROUNDS[RevisionState(revision.state)]].points
    values = {
        "actor": reviewer(cast, revision.state), "digest": revision.digest, "proofread": [one.key for one in points],
        **changes,
    }  # fmt: skip
    return pass_round(revision_id=revision.pk, **values)


def secret_checked(cast: Cast, revision: Revision, **changes: Any) -> None:
    """The legal reviewer has reviewed its secrecy."""
    revision.refresh_from_db()
    values = {"actor": cast.legal_reviewer, "result": "publish", "basis": BASIS, "digest": revision.digest, **changes}
    review_secrecy(revision_id=revision.pk, **values)


def approved(cast: Cast, revision: Revision | None = None, **changes: Any) -> Revision:
    """Through all three rounds."""
    revision = revision or submitted(cast, **changes)
    secret_checked(cast, revision)
    for _round in ROUNDS:
        revision = passed(cast, revision)
    return revision


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
