"""The privacy scan of what is to be published (REV-05 to REV-08): words and every file, over one content, by today's rules.

Asked for by the act that submits, done by the worker; the final review and the publication ask what it found.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from gongkai.disclosure.content import digest_of
from gongkai.disclosure.models import Attachment, ContentScan, NormativeDocument, Purpose, Revision
from gongkai.documents.models import UNFINISHED_CHECKS, CheckState, PrivacyScan
from gongkai.documents.offices import known_office
from gongkai.documents.privacy import citations, files, kept
from gongkai.documents.privacy.finding import Finding
from gongkai.documents.privacy.holding import HeldBack, blocking_of, judged
from gongkai.jobs import enqueue

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
#: What stands in the page beside the body; a document's own number is no citation.
WORDS = ("title", "summary", "issuer_name", "title_note", "keywords", "source", "author", "audience", "reason")
#: What the text of a kept body says besides its words: to who does not see its pictures, and behind its links. Escaped.
_BESIDE = re.compile(r'(?:alt="|href="(?:tel|mailto|sms):)([^"]+)"')
#: Tests put another in their place.
scan_words, scan_file = files.scan_file, kept.scan_document


def scan_of(revision: Revision) -> ContentScan | None:
    """The scan of this very content by today's rules; None where there is none yet."""
    return revision.scans.filter(digest=revision.digest, rules=kept.rules_version()).first()


def ask_for_scan(revision: Revision) -> ContentScan:
    """In the transaction of the act that wants it. The same content again is the same scan; a failed one begins anew."""
    key = {"revision": revision, "digest": revision.digest, "rules": kept.rules_version()}
    scan, made = ContentScan.objects.get_or_create(**key, defaults={"total": 1 + len(_files_of(revision))})
    if not made and scan.state == CheckState.FAILED:
        scan.state, scan.attempts, scan.finished_at = CheckState.WAITING, 0, None
        scan.save()
        made = True
    if made:
        enqueue("gongkai.disclosure.reviewing.jobs.scan", scan.pk)
    return scan


def carry_out(scan_id: int) -> None:
    """Job: look through everything. Done already, it is left alone; cut off, it is done from the beginning, whereby files
    that were scanned are only looked up."""
    scan = _begun(scan_id)
    if scan is None:
        return
    try:
        scan.revision = _require_content(scan)
        found = scan_words(words_of(scan.revision), "正文.html", office=known_office(), words=settings.WORDS_FILE)
        _tell(scan, 1)
        for number, attachment in enumerate(_files_of(scan.revision), 2):
            scan_file(attachment.document)
            _tell(scan, number)
        _require_content(scan)
    except OtherContent:
        _end(scan, CheckState.FAILED)
    except Exception:
        log.exception("content scan %s", scan.pk)
        _end(scan, CheckState.FAILED)
    else:
        scan.findings, scan.unread = [each.as_data() for each in found.findings], found.unread
        _end(scan, CheckState.DONE)


class OtherContent(Exception):
    """The revision was taken back and changed meanwhile: its scan is another."""


def _require_content(scan: ContentScan) -> Revision:
    """What is looked through is what the scan will be said to be of: this very row, not one that was read before it was
    changed back. Raises OtherContent."""
    revision = Revision.objects.select_related("column").get(pk=scan.revision_id)
    if digest_of(revision) != scan.digest:
        raise OtherContent
    return revision


def _begun(scan_id: int) -> ContentScan | None:
    began = {"state": CheckState.RUNNING, "attempts": F("attempts") + 1, "done": 0}
    if not ContentScan.objects.filter(pk=scan_id, state__in=UNFINISHED_CHECKS).update(**began):
        return None
    scan = ContentScan.objects.select_related("revision").get(pk=scan_id)
    if scan.attempts <= MOST_ATTEMPTS:
        return scan
    _end(scan, CheckState.FAILED)
    return None


def _tell(scan: ContentScan, done: int) -> None:
    ContentScan.objects.filter(pk=scan.pk, state=CheckState.RUNNING).update(done=done)


def _end(scan: ContentScan, state: CheckState) -> None:
    ended = {"state": state, "finished_at": timezone.now(), "findings": scan.findings, "unread": scan.unread}
    ContentScan.objects.filter(pk=scan.pk, state=CheckState.RUNNING).update(**ended)


def words_of(revision: Revision) -> bytes:
    """Everything that the public will read of it, as one page: lists in tables are read as lists. Of a withdrawal that is
    its reason alone: what is taken down because it told too much must not be kept there by its own content."""
    names = ("reason",) if revision.purpose == Purpose.WITHDRAW else WORDS
    body = "" if revision.purpose == Purpose.WITHDRAW else revision.body
    said = [*(getattr(revision, name) for name in names), *revision.joint_issuers]
    lines = "".join(f"<p>{escape(line)}</p>" for text in said for line in str(text).splitlines())
    lines += "".join(f"<p>{told}</p>" for told in beside(body))
    return f"<!DOCTYPE html><html><body>{lines}{body}</body></html>".encode()


def beside(body: str) -> list[str]:
    """What a kept text says besides its words, escaped."""
    return _BESIDE.findall(body)


def _files_of(revision: Revision) -> list[Attachment]:
    """The files that go out with it."""
    return [] if revision.purpose == Purpose.WITHDRAW else list(revision.attachments.select_related("document"))


@dataclass(frozen=True)
class Part:
    """The words or a file, with what was found there."""

    name: str
    digest: str
    findings: tuple[Finding, ...]
    held: HeldBack | None

    @property
    def marks(self) -> bool:
        """Whether it bears a mark of secrecy (REV-06)."""
        return any(each.rule == "D15" and each.severity == "block" for each in self.findings)


def parts_of(revision: Revision, scan: ContentScan) -> list[Part]:
    """What was found, part by part; citations of what is on a public register are left out (REV-07)."""
    held = HeldBack("标题和正文", revision.digest, scan.rules, blocking_of(scan.findings), bool(scan.unread))
    parts = [_part("标题和正文", revision.digest, scan.findings, held)]
    attachments = _files_of(revision)
    rows = PrivacyScan.objects.filter(rules=scan.rules, document__in=[each.document_id for each in attachments])
    scans = {row.document_id: row for row in rows}
    for attachment in attachments:
        row = scans.get(attachment.document_id)
        told = judged(attachment.name, attachment.document.digest, scan.rules, row, None)
        named = [finding.as_data() for finding in files.scan_name(attachment.name)]
        parts.append(_part(attachment.name, attachment.document.digest, [*(row.findings if row else []), *named], told))
    return parts


def _part(name: str, digest: str, findings: Iterable[Mapping[str, Any]], held: HeldBack) -> Part:
    told = tuple(Finding.from_data(each) for each in findings)
    cited = [number for each in told if each.rule == "D16" for number in citations.possible_numbers(each.sample)]
    public = set(
        NormativeDocument.objects.filter(document_number__in=cited).values_list("document_number", flat=True)
        if cited
        else ()
    )
    told = citations.without_public(told, public.__contains__)
    return Part(name, digest, told, held if held.blocking or held.unread else None)
