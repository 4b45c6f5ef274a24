"""A catalogue to test with."""

from __future__ import annotations

import dataclasses
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.grassroots.actions.install_areas import install_areas
from gongkai.grassroots.actions.save_row import add_row
from gongkai.grassroots.models import Area, CatalogueRow
from gongkai.grassroots.rows import RowValues
from tests.cast import Cast

VALUES = RowValues(
    number=1,
    first_level="救助服务",
    second_level="最低生活保障",
    content="政策法规文件\n审核审批信息",
    basis="《政府信息公开条例》",
    limit_words="信息形成或者变更之日起20个工作日内",
    body_name="演示市城市管理局",
    channels=["website", "notice_board"],
    whole_society=True,
    groups="",
    way="proactive",
    levels=["county", "town"],
)


def values(**changes: Any) -> RowValues:
    return dataclasses.replace(VALUES, **changes)


def an_area(code: str = "social-assistance") -> Area:
    install_areas()
    return Area.objects.get(code=code)


def a_row(cast: Cast, area: Area | None = None, column: Any = None, **changes: Any) -> CatalogueRow:
    """A row of our agency's catalogue, as the editor enters it."""
    owner: Agency = cast.agency
    return add_row(actor=cast.editor, owner=owner, area=area or an_area(), values=values(**changes), column=column)
