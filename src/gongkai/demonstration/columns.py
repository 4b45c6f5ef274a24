"""The demonstration's guide (条例 12), and what the agency has nothing for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from gongkai.demonstration.office import Office
from gongkai.disclosure.actions.column_absence import set_absence
from gongkai.disclosure.actions.set_guide import set_guide
from gongkai.disclosure.models import Column
from gongkai.law.procedure import Role

#: code of the column → why the agency has nothing for it
ABSENT = {
    "regional-plans": "本机关不编制区域规划。",
    "recruitment": "公务员招录由市级主管部门统一组织。",
    "work-reports": "本机关不是一级政府，没有政府工作报告。",
    "meetings": "本机关不召开政府常务会议，主任办公会议定事项在其他栏目公开。",
}


def acts(office: Office) -> Iterator[Callable[[], object]]:
    """The guide, then each column that is not kept."""
    yield partial(
        set_guide,
        actor=office[Role.EDITOR],
        agency=office.agency,
        classification="主动公开的信息分为政策、机关概况、规划、统计、许可、处罚、财政、收费、采购、重大项目、民生、应急、监督检查等类。",
        arrangement="索引号由机构代码、年份和五位流水号组成，例如 zzjk/2026-00001；目录按栏目编排，列出索引号、名称、内容概述和日期。",
        ways="网站：本站“政府信息公开”专栏。查阅点：管委会一楼政务服务大厅（演示地址），工作日可以查阅。",
        summer_hours="6月1日至9月30日：9:00—12:00，15:00—18:30",
        remarks="电子邮箱只供咨询，不受理申请。",
    )
    for code, reason in ABSENT.items():
        column = Column.objects.get(code=code)
        yield partial(set_absence, actor=office[Role.EDITOR], agency=office.agency, column_id=column.pk, reason=reason)
