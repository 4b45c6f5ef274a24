"""The boxes of a redaction, one change at a time: drawn, altered, removed; proposals of the scan taken or dismissed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.errors import Conflict
from gongkai.applications.models import BoxOrigin, Redaction, RedactionBox
from gongkai.applications.redaction_access import changed, locked_draft
from gongkai.law.texts import Text
from gongkai.law.withholding import WithholdingGround

#: No law; what one redaction may hold. A document with more is better withheld as a whole.
MOST_BOXES = 5_000
LONGEST_NOTE = 100
#: Fractions of the page: a click that was not meant to draw makes no box.
SMALLEST = 0.002


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a page (from 1): edges as fractions of its width and height, from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def on(self, redaction: Redaction) -> dict[str, float]:
        """The columns of a box there. Raises Invalid where it is no place on a page of this document."""
        edges = (self.left, self.top, self.right, self.bottom)
        if not 1 <= self.page <= redaction.pages:
            message = Text(f"没有第{self.page}页，共{redaction.pages}页。", f"There are {redaction.pages} pages.")
            raise Invalid("page", message)
        if not all(math.isfinite(edge) and 0 <= edge <= 1 for edge in edges):
            raise Invalid("left", Text("遮盖框应当在页面之内。", "The box must lie on the page."))
        if self.right - self.left < SMALLEST or self.bottom - self.top < SMALLEST:
            message = Text(
                "遮盖框太小：右边应当大于左边，下边应当大于上边。",
                "The box is too small: right of left, bottom below top.",
            )
            raise Invalid("right", message)
        left, top, right, bottom = (round(edge, 5) for edge in edges)
        return {"page": self.page, "left": left, "top": top, "right": right, "bottom": bottom}


@transaction.atomic
def add_box(
    *, redaction_id: int, actor: Person, area: Area, ground: WithholdingGround, note: str = "", seen: int | None = None
) -> RedactionBox:
    """Cover a place. The same box sent twice is one."""
    try:
        redaction = locked_draft(redaction_id, actor, seen)
    except Conflict:
        if same := _standing(locked_draft(redaction_id, actor), area, ground):
            return same
        raise
    place = area.on(redaction)
    if redaction.boxes.count() >= MOST_BOXES:
        message = Text(f"一份文件最多{MOST_BOXES}个遮盖框。", f"A document has at most {MOST_BOXES} boxes.")
        raise Invalid("left", message)
    box = RedactionBox.objects.create(redaction=redaction, ground=ground.value, note=_note(note), **place)
    changed(redaction, actor)
    return box


def _standing(redaction: Redaction, area: Area, ground: WithholdingGround) -> RedactionBox | None:
    return redaction.boxes.filter(origin=BoxOrigin.HAND, ground=ground.value, **area.on(redaction)).first()


@transaction.atomic
def edit_box(
    *, redaction_id: int, actor: Person, box_id: int, ground: WithholdingGround, note: str = "",
    area: Area | None = None, seen: int | None = None,
) -> RedactionBox:  # fmt: skip
    """Another ground, note or place. A proposal that is edited is taken by that."""
    redaction = locked_draft(redaction_id, actor, seen)
    box = _box(redaction, box_id)
    for name, value in (area.on(redaction) if area else {}).items():
        setattr(box, name, value)
    box.ground, box.note, box.taken = ground.value, _note(note), True
    box.save()
    changed(redaction, actor)
    return box


@transaction.atomic
def take_box(*, redaction_id: int, actor: Person, box_id: int, seen: int | None = None) -> RedactionBox:
    """Take one proposal as it is."""
    redaction = locked_draft(redaction_id, actor, seen)
    box = _box(redaction, box_id)
    box.taken = True
    box.save(update_fields=["taken"])
    changed(redaction, actor)
    return box


@transaction.atomic
def remove_box(*, redaction_id: int, actor: Person, box_id: int, seen: int | None = None) -> Redaction:
    """Uncover a place, or dismiss a proposal."""
    redaction = locked_draft(redaction_id, actor, seen)
    _box(redaction, box_id).delete()
    changed(redaction, actor)
    return redaction


@transaction.atomic
def take_proposals(*, redaction_id: int, actor: Person, rule: str = "", seen: int | None = None) -> int:
    """Take all proposals of a kind; without a kind, all. How many there were."""
    redaction = locked_draft(redaction_id, actor, seen)
    count = _proposals(redaction, rule).update(taken=True)
    changed(redaction, actor)
    return count


@transaction.atomic
def dismiss_proposals(*, redaction_id: int, actor: Person, rule: str = "", seen: int | None = None) -> int:
    """Dismiss all proposals of a kind that nobody took; without a kind, all. How many there were."""
    redaction = locked_draft(redaction_id, actor, seen)
    count, _each = _proposals(redaction, rule).delete()
    changed(redaction, actor)
    return count


def _proposals(redaction: Redaction, rule: str) -> QuerySet[RedactionBox]:
    waiting = redaction.boxes.filter(taken=False)
    return waiting.filter(rule=rule) if rule else waiting


def _box(redaction: Redaction, box_id: int) -> RedactionBox:
    box = redaction.boxes.filter(pk=box_id).first()
    if box is None:
        raise Invalid("box", Text("这个遮盖框已经删除。", "This box was removed."))
    return box


def _note(note: str) -> str:
    text = " ".join(note.split())
    if len(text) > LONGEST_NOTE:
        message = Text(f"说明不超过{LONGEST_NOTE}字。", f"A note has at most {LONGEST_NOTE} characters.")
        raise Invalid("note", message)
    return text


def copied(box: RedactionBox, redaction: Redaction) -> RedactionBox:
    """The same box in another redaction, not saved yet."""
    names = ("page", "left", "top", "right", "bottom", "ground", "origin", "taken", "rule", "note", "sample")
    return RedactionBox(redaction=redaction, **{name: getattr(box, name) for name in names})
