"""Checks, for the one who asked for them: what somebody sent is nobody else's business."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone

from gongkai.documents.models import UNFINISHED_CHECKS, CheckState, PrivacyCheck, PrivacyScan
from gongkai.documents.privacy.actions import KEPT
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.kept import kept_scan
from gongkai.documents.privacy.places import place_in_words, rule_in_words
from gongkai.law.texts import Text

RECENT = 20


@dataclass(frozen=True)
class Group:
    """Findings of one rule with one sentence, each with its place and sample."""

    rule: Text
    message: Text
    places: tuple[tuple[Text, str], ...]


@dataclass(frozen=True)
class Shown:
    """A check as its page shows it. `percent`: None while nothing is known of it; `stale`: the rules have changed."""

    unfinished: bool
    percent: int | None
    interrupted: bool
    failed: bool
    stale: bool
    groups: tuple[tuple[Severity, tuple[Group, ...]], ...]


def checks_of(person: Any) -> list[PrivacyCheck]:
    """The last checks this person asked for, the newest first."""
    since = timezone.now() - KEPT
    return list(PrivacyCheck.objects.filter(person=person, made_at__gte=since)[:RECENT])


def check_for(person: Any, check_id: int) -> PrivacyCheck:
    """The check, for who asked for it. Raises Http404 for everybody else, and when it is too old."""
    since = timezone.now() - KEPT
    found = PrivacyCheck.objects.select_related("document").filter(pk=check_id, person=person, made_at__gte=since)
    if check := found.first():
        return check
    raise Http404


def findings_of(check: PrivacyCheck) -> tuple[Finding, ...]:
    scan = kept_scan(check.document) if check.state == CheckState.DONE else None
    return _findings(scan) if scan else ()


def _findings(scan: PrivacyScan) -> tuple[Finding, ...]:
    return tuple(Finding.from_data(data) for data in scan.findings)


def shown_check(check: PrivacyCheck, findings: Sequence[Finding]) -> Shown:
    done = check.state == CheckState.DONE
    return Shown(
        unfinished=check.state in UNFINISHED_CHECKS,
        percent=100 * check.done // check.total if check.total else None,
        interrupted=check.state == CheckState.RUNNING and check.attempts > 1,
        failed=check.state == CheckState.FAILED,
        stale=done and kept_scan(check.document) is None,
        groups=tuple(by_severity(findings)),
    )


def by_severity(findings: Sequence[Finding]) -> Iterable[tuple[Severity, tuple[Group, ...]]]:
    """Findings as people read them: the gravest first, those of one sentence together."""
    for severity in (Severity.BLOCK, Severity.WARN, Severity.INFO):
        if here := [finding for finding in findings if finding.severity is severity]:
            yield severity, tuple(_groups(here))


def _groups(findings: Sequence[Finding]) -> Iterable[Group]:
    groups: dict[tuple[str, Text], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.message), []).append(finding)
    for (rule, message), members in groups.items():
        places = tuple((place_in_words(each), each.sample) for each in members)
        yield Group(rule_in_words(rule), message, places)
