"""The list of files in quarantine, in words."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import is_administrator
from gongkai.documents.gate import quarantine
from gongkai.documents.gate.limits import shown_size
from gongkai.documents.models import Quarantined, QuarantineState
from gongkai.law.texts import Text

PAGE = 50
REASONS = {
    "infected": Text("发现病毒", "virus found"),
    "scan_unavailable": Text("当时无法杀毒检查", "could not be scanned"),
    "macros": Text("含有宏", "holds macros"),
    "zip_bomb": Text("解开后过大或者过多", "unpacks to too much"),
    "embedded_file": Text("嵌入了程序或者其他文件", "another file embedded"),
    "nested_archive": Text("里面有压缩包", "an archive inside"),
    "unsafe_paths": Text("内部结构异常", "built in an unsafe way"),
}


@dataclass(frozen=True)
class Row:
    """One file as the list shows it."""

    file: Quarantined

    @property
    def reason(self) -> Text:
        return REASONS.get(self.file.reason, Text(self.file.reason, self.file.reason))

    @property
    def door(self) -> Text:
        return quarantine.DOORS.get(self.file.came_by, Text(self.file.came_by or "—", self.file.came_by or "—"))

    @property
    def size(self) -> str:
        return shown_size(self.file.size)

    @property
    def held(self) -> bool:
        return self.file.state == QuarantineState.HELD

    @property
    def released(self) -> bool:
        return self.file.state == QuarantineState.RELEASED


def quarantine_rows(person: Person, state: str, before: int | None) -> list[Row] | None:
    """The newest first, at most PAGE and one more; None for who may not see them."""
    if not is_administrator(person):
        return None
    quarantine.adopt()
    found = Quarantined.objects.select_related("decided_by").order_by("-pk")
    if state in QuarantineState.values:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [Row(file) for file in found[: PAGE + 1]]
