"""A few rows of the demonstration's 基层政务公开标准目录, as an editor enters them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from gongkai.demonstration.office import Office
from gongkai.disclosure.models import Column
from gongkai.grassroots.actions.save_row import add_row
from gongkai.grassroots.models import Area, Way
from gongkai.grassroots.rows import RowValues
from gongkai.law.procedure import Role

_ACT = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
_TWENTY = "信息形成或者变更之日起20个工作日内"
#: area, column, 一级事项, 二级事项, 公开内容, 公开依据, 公开时限
ROWS = (
    ("social-assistance", "social-assistance", "综合业务", "政策法规文件", "救助标准的文件和说明", _ACT, _TWENTY),
    ("social-assistance", "social-assistance", "最低生活保障", "审核确认结果", "办理结果的统计和公示", _ACT, "每季度公开"),
    ("budgets", "department-budgets", "部门预决算", "部门预算", "收支总体情况、“三公”经费和说明",
     "《中华人民共和国预算法》第十四条；" + _ACT, "批复后20日内"),
    ("work-safety", "work-safety", "监督检查", "检查计划和结果", "年度检查计划、检查结果和整改情况", _ACT, "每月公开"),
    ("public-resources", "procurement", "政府采购", "采购结果", "项目名称、中标供应商和金额", _ACT, "2个工作日内"),
    ("urban-enforcement", "normative", "政策文件", "规范性文件", "城市综合执法的规范性文件", _ACT, "及时公开"),
)  # fmt: skip


def acts(office: Office) -> Iterator[Callable[[], object]]:
    """Each row, to be entered."""
    for number, row in enumerate(ROWS, start=1):
        yield partial(_enter, office, number, *row)


def _enter(
    office: Office, number: int, area: str, column: str, first: str, second: str, content: str, basis: str, limit: str
) -> None:
    values = RowValues(
        number=number, first_level=first, second_level=second, content=content, basis=basis, limit_words=limit,
        body_name=office.agency.name, channels=["website", "service_centre"], whole_society=True, groups="",
        way=Way.PROACTIVE, levels=["county"],
    )  # fmt: skip
    add_row(
        actor=office[Role.EDITOR], owner=office.agency, area=Area.objects.get(code=area), values=values,
        column=Column.objects.filter(code=column).first(),
    )  # fmt: skip
