"""What a revision changes of what the public reads now: sentences that come and go, particulars with both values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from gongkai.disclosure.content import SIGNED, content_of
from gongkai.disclosure.models import Revision
from gongkai.disclosure.rich_text import plain_text

#: Sentences that stayed are told only this near to one that did not.
NEAR = 2
#: Of longer texts only the particulars are compared: a comparison must not hold up a page.
MOST_SENTENCES = 3_000
_BESIDE = frozenset({"body", "purpose", "reason"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence that stayed (``sign`` empty), comes (+) or goes (-); an empty text stands for what was left out."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Differences:
    """``fields``: label, before, now. ``pieces``: of the text. ``too_long``: the text was not compared."""

    fields: tuple[tuple[str, str, str], ...]
    pieces: tuple[Piece, ...]
    too_long: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields or self.pieces or self.too_long)


def differences(before: Revision, now: Revision) -> Differences:
    """From the published wording to this one."""
    fields = tuple(_fields(content_of(before), content_of(now)))
    old, new = _sentences(before.body), _sentences(now.body)
    if old == new:
        return Differences(fields, ())
    if max(len(old), len(new)) > MOST_SENTENCES:
        return Differences(fields, (), too_long=True)
    return Differences(fields, tuple(_pieces(old, new)))


def _fields(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in (*SIGNED, "column", "interprets", "attachments"):
        if name not in _BESIDE and old[name] != new[name]:
            yield label_of(name), _said(old[name]), _said(new[name])


def label_of(name: str) -> str:
    """What the field is called."""
    extra = {"interprets": "解读的文件", "attachments": "附件"}
    return extra.get(name) or str(getattr(Revision._meta.get_field(name), "verbose_name", name))


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(each["name"] if isinstance(each, dict) else str(each) for each in value) or "—"
    return str(value) if value else "—"


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(NEAR)
    for number, group in enumerate(groups):
        if number or group[0][1]:
            yield Piece("", "")
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                yield from (Piece("", text) for text in new[new_from:new_to])
                continue
            yield from (Piece("-", text) for text in old[old_from:old_to])
            yield from (Piece("+", text) for text in new[new_from:new_to])


def _sentences(body: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[。！？；;])|\n", plain_text(body)) if one and one.strip()]
