"""A row of a catalogue as plain values: the same check whether it was typed into a form or read from a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from gongkai.agencies.errors import Invalid
from gongkai.grassroots.models import CatalogueLevel, CatalogueRow, Channel, Way
from gongkai.law.texts import Text

_LENGTHS = {"first_level": 100, "second_level": 200, "limit_words": 300, "body_name": 200, "groups": 200}
_LONGEST_TEXT = 4_000
_NAMES = {
    "first_level": "一级事项",
    "second_level": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "limit_words": "公开时限",
    "body_name": "公开主体",
    "groups": "特定群体",
}


@dataclass(frozen=True)
class RowValues:
    """The nine standard fields (国办发〔2019〕54号 [C]): what, on which basis, by when, by whom, where, for whom, how, at
    which level."""

    number: int
    first_level: str
    second_level: str
    content: str
    basis: str
    limit_words: str
    body_name: str
    channels: Sequence[str]
    whole_society: bool
    groups: str
    way: str
    levels: Sequence[str]

    @classmethod
    def of(cls, row: CatalogueRow) -> RowValues:
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def checked(self) -> RowValues:
        """Itself, where everything the standard asks for is there. Raises Invalid with the field."""
        if not 1 <= self.number <= 100_000:
            raise Invalid("number", Text("序号应为1至100000的整数。", "A whole number from 1 to 100,000."))
        for name, label in _NAMES.items():
            self._check_text(name, label)
        self._check_choices()
        return self

    def _check_text(self, name: str, label: str) -> None:
        value, most = str(getattr(self, name)), _LENGTHS.get(name, _LONGEST_TEXT)
        if not value.strip() and name != "groups":
            raise Invalid(name, Text(f"请填写“{label}”。", f"Fill in {name.replace('_', ' ')}."))
        if len(value) > most:
            raise Invalid(name, Text(f"“{label}”不能超过{most}字。", f"No more than {most} characters."))

    def _check_choices(self) -> None:
        if not self.channels or any(one not in Channel.values for one in self.channels):
            raise Invalid("channels", Text("请至少选择一种公开渠道和载体。", "Choose at least one channel."))
        if not self.whole_society and not self.groups.strip():
            text = Text("公开对象：请选择“全社会”，或者写明特定群体。", "Say for whom: everybody, or which group.")
            raise Invalid("groups", text)
        if self.way not in Way.values:
            raise Invalid("way", Text("请选择公开方式。", "Choose the way."))
        if not self.levels or any(one not in CatalogueLevel.values for one in self.levels):
            raise Invalid("levels", Text("请至少选择一个公开层级。", "Choose at least one level."))
