"""The gate before what goes out with a reply: every file is scanned, and what the scan holds back goes out only for a
written reason that the one who signs has seen.

The scan is kept once per file and version of its rules. It is made before the transaction of an act, which must not
wait for it: `look_through` first; the act then reads what was found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.history import READING_ROLES
from gongkai.applications.models import Paper, Step
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.privacy.files import found_in_text
from gongkai.documents.privacy.holding import LONGEST, HeldBack, judged, release_field
from gongkai.documents.privacy.kept import rules_version, scan_document
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text

scan = scan_document


def look_through(digests: Collection[str]) -> None:
    """Have every one of these files scanned by the rules of today, and the originals of redacted copies with them.
    Outside a transaction: it may take its time."""
    digests = {*digests, *originals_of(digests).values()}
    current = PrivacyScan.objects.filter(rules=rules_version(), document__digest__in=digests)
    done = set(current.values_list("document__digest", flat=True))
    for document in Document.objects.filter(digest__in=set(digests) - done):
        scan(document)


def originals_of(digests: Collection[str]) -> dict[str, str]:
    """Of the redacted copies among these files the digests of what they were made of."""
    copies = Paper.objects.filter(document__digest__in=digests, redacted_from__isnull=False)
    return dict(copies.values_list("document__digest", "redacted_from__document__digest"))


def held_back(files: Iterable[Mapping[str, str]], *, scanned_only: bool = False) -> list[HeldBack]:
    """Which of these files (name, sha256) the scans of today's rules hold back. One that was not scanned yet counts as
    unread, or with `scanned_only` is passed over (a page that is only looked at scans nothing)."""
    listed = {each["sha256"]: each["name"] for each in files}
    rules, made_of = rules_version(), originals_of(listed)
    scanned = PrivacyScan.objects.filter(rules=rules, document__digest__in={*listed, *made_of.values()})
    scans = {row.document.digest: row for row in scanned.select_related("document")}
    listed = {digest: name for digest, name in listed.items() if digest in scans or not scanned_only}
    held = [
        judged(name, digest, rules, scans.get(digest), scans.get(made_of.get(digest, "")))
        for digest, name in listed.items()
    ]
    return [each for each in held if each.blocking or each.unread]


#: Numbers that the check character makes certain: no letter needs one whole, not even its owner's.
IN_NO_LETTER = frozenset({"D1", "D3"})


def require_no_numbers(texts: Mapping[str, str]) -> None:
    """What is written into a letter goes out as a file does. Raises Invalid for the field that holds the number of a
    person whole."""
    for field, text in texts.items():
        found = [each for each in found_in_text(text) if each.rule in IN_NO_LETTER]
        if found:
            message = Text(
                f"写入答复书的文字中有居民身份证件号码（{found[0].sample}）。请只写前4位和后2位，或者不写。",
                f"There is a whole ID number ({found[0].sample}) in the letter. Write four and two characters, or none.",
            )
            raise Invalid(field, message)


def released(held: Iterable[HeldBack], reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the step writes down of the files that go out although the scan holds them back: each with its reason."""
    return [_fact(each, reasons[each.digest]) for each in held if reasons.get(each.digest, "").strip()]


def _fact(held: HeldBack, reason: str) -> dict[str, Any]:
    """The findings themselves stay in the scan; the step says how many, by which rules, and why it goes out."""
    text = " ".join(reason.split())
    if len(text) > LONGEST:
        message = Text(f"理由不超过{LONGEST}字。", f"A reason has at most {LONGEST} characters.")
        raise Invalid(release_field(held.digest), message)
    return held.answered(text)


def found_since(opinion: Mapping[str, Any], *later: Mapping[str, Any]) -> list[HeldBack]:
    """What today's rules hold back of the files of an opinion, that neither it nor a later step gave a reason for: the
    rules have changed since."""
    known = {each["sha256"]: each for facts in (opinion, *later) for each in facts.get("release", ())}
    return [
        each
        for each in held_back(opinion.get("enclosures", ()))
        if each.digest not in known or (each.blocking and not known[each.digest]["found"])
    ]


def release_of(opinion: Mapping[str, Any]) -> list[str]:
    """The digests of the files that go out by this opinion although the scan held them back."""
    return [each["sha256"] for each in opinion.get("release", ())]


def require_confirmed(opinion: Mapping[str, Any], confirmed: Collection[str]) -> None:
    """The one who signs was shown each of them. Raises Invalid where one is missing."""
    if set(release_of(opinion)) - set(confirmed):
        message = Text(
            "扫描对随答复提供的文件有提示，请查看后确认放行；不同意的，请退回。",
            "The scan has warned of files that go out with the reply: look and confirm, or send it back.",
        )
        raise Invalid("release_confirmed", message)


def require_nothing_new(opinion: Mapping[str, Any]) -> None:
    """At the signing, where the rules of the scan have changed since the opinion. Raises Invalid."""
    if new := found_since(opinion):
        told = new[0].message
        message = Text(
            f"提出意见之后扫描规则有更新。{told.zh}请退回承办人处理。",
            f"The rules of the scan have changed since the opinion. {told.en} Send it back to the drafter.",
        )
        raise Invalid("enclosures", message)


def look_again(case_id: int, actor: Person) -> None:
    """Before what was proposed is signed or sent: scan its files by the rules of today, for who works in this case."""
    opinion = Step.objects.filter(application=case_id, kind=StepKind.OPINION.value).order_by("number").last()
    enclosed = opinion.facts.get("enclosures", ()) if opinion else ()
    if opinion and enclosed and not roles_of(actor, opinion.application.agency).isdisjoint(READING_ROLES):
        look_through([each["sha256"] for each in enclosed])
