"""What the scan holds back of what is about to go out, and the words in which that is told and answered for.

A file goes out all the same only for a written reason, which the one who decides has seen; rooms that let files out
(replies, publications) share this and decide themselves who writes and who confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.documents.models import PrivacyScan
from gongkai.documents.privacy.files import scan_name
from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.scanning import PICTURES, UNREAD_PART
from gongkai.law.errors import LawError
from gongkai.law.texts import Text

#: What is written down for a file that the scan could not read, once a person has said that they have.
LOOKED_THROUGH = "已逐页人工核对"
LONGEST = 500
#: The rules that tell of pictures and of what lies in a file unread: nobody has looked at them.
UNREAD_RULES = frozenset({PICTURES, UNREAD_PART})


@dataclass(frozen=True)
class HeldBack:
    """A file that does not go out just so: what the scan found in it, or that it could not read it."""

    name: str
    digest: str
    rules: str
    blocking: tuple[Mapping[str, Any], ...]
    unread: bool

    @property
    def message(self) -> Text:
        if self.blocking:
            return Text(
                f"“{self.name}”中有不应公开的内容：{self._found('message')}。请遮盖后再提供；确需提供的，写明理由。",
                f"“{self.name}” holds what should not go out: {self._found('message_en')}. Redact it, or say why it may.",
            )
        return Text(
            f"“{self.name}”不能自动检查（图片或者不能读取的内容）。请逐页核对后确认。",
            f"“{self.name}” could not be scanned (pictures, or unreadable). Look through every page and confirm.",
        )

    @property
    def found(self) -> list[str]:
        """Each kind of finding in words."""
        return found_in_words(self.blocking)

    def _found(self, language: str) -> str:
        return "；".join(found_in_words(self.blocking, language)[:5])

    def answered(self, reason: str) -> dict[str, Any]:
        """As the step writes it down: how many, by which rules, and why it goes out. The findings themselves stay in the
        scan."""
        return {
            "name": self.name,
            "sha256": self.digest,
            "rules": self.rules,
            "found": self.found[:20],
            "unread": self.unread,
            "reason": " ".join(reason.split()),
        }


def found_in_words(findings: Iterable[Mapping[str, Any]], language: str = "message") -> list[str]:
    """Each kind of finding once, with where it begins: the first sentence of what the scan says, and the page."""
    pages: dict[str, list[int]] = {}
    for finding in findings:
        sentence = str(finding.get(language, "")).split("。")[0].split(". ")[0].rstrip(".")
        page = finding.get("place", {}).get("page")
        pages.setdefault(sentence, []).extend([page] if page else [])
    word = "第{}页" if language == "message" else "page {}"
    return [f"{each}（{word.format(min(on))}）" if on else each for each, on in pages.items()]


class NotReleased(LawError):
    """Files are held back: `held` tells which and why. `field` is where a reason for the first belongs."""

    def __init__(self, held: Sequence[HeldBack], field: str = "") -> None:
        super().__init__("not_released", held[0].message)
        self.held = tuple(held)
        self.field = field or release_field(held[0].digest)


def release_field(digest: str) -> str:
    """The field of a form in which somebody says why this file may go out."""
    return f"release_{digest[:16]}"


def judged(name: str, digest: str, rules: str, row: PrivacyScan | None, original: PrivacyScan | None) -> HeldBack:
    """What the scan of a file (None: there is none) says of its going out. A page of a redacted copy that is all covered
    reads like a picture: where every page of the original was read, it is none."""
    if row is None:
        return HeldBack(name, digest, rules, (), True)
    found = [*row.findings, *(finding.as_data() for finding in scan_name(name))]
    pictures = _has_pictures(row) and (original is None or bool(original.unread) or _has_pictures(original))
    return HeldBack(name, digest, rules, blocking_of(found), bool(row.unread) or pictures)


def blocking_of(findings: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Those that must not go out."""
    return tuple(each for each in findings if each.get("severity") == Severity.BLOCK.value)


def _has_pictures(row: PrivacyScan) -> bool:
    return any(each.get("rule") in UNREAD_RULES for each in row.findings)


def require_release(held: Iterable[HeldBack], reasons: Mapping[str, str], field: str = "") -> None:
    """Raises NotReleased for those without a reason."""
    if without := [each for each in held if not reasons.get(each.digest, "").strip()]:
        raise NotReleased(without, field)


def released_in_words(fact: Mapping[str, Any]) -> str:
    """A file that goes out all the same, as whoever reviews and signs is told of it."""
    found = "；".join(text.rstrip("。") for text in fact["found"]) or "未能自动检查"
    return f"{fact['name']}：{found}。理由：{fact['reason']}"
