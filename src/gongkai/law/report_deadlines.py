"""By when an annual report is due (条例 49 [C]; 年度报告格式 for the levels of the 汇总 [C]).

县级以上人民政府部门: submitted and published by 31 January. The 汇总 of a county: submitted by 20 February, of a city: by
10 March, of a province: by 31 March; published by 31 March. Towns and street offices as departments [C: 参照部门的要求].
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.citations import REG, Article
from gongkai.law.report_form import FORM_2021
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class ReportDeadline:
    """Until when (that day included) what is to be done, and where that stands."""

    on: dt.date
    duty: Text
    article: Article


_SUBMIT = Text("向本级政府信息公开工作主管部门提交并向社会公布", "submit to the supervising office and publish")
_SUBMIT_UP = Text("向上一级政府信息公开工作主管部门提交本级政府汇总报告", "submit the aggregate report upwards")
_PUBLISH = Text("向社会公布本级政府年度报告", "publish the government's report")
_UP = {
    AgencyLevel.COUNTY: (2, 20),
    AgencyLevel.CITY_WITH_DISTRICTS: (3, 10),
    AgencyLevel.PROVINCE: (3, 31),
    # The whole-system report of a ministry goes to the State Council's office by the same day.
    AgencyLevel.STATE_COUNCIL_DEPARTMENT: (3, 31),
}


def deadlines(year: int, *, whole: bool, level: AgencyLevel | None) -> tuple[ReportDeadline, ...]:
    """The duties for the report on ``year`` in the order of their days.

    ``whole``: the 汇总, which only governments (and ministries for their system) make. Level None (not known): only what
    holds for all. A government's own office reports as a department does [I].
    """
    after = year + 1
    if not whole:
        return (ReportDeadline(dt.date(after, 1, 31), _SUBMIT, REG(49, 1)),)
    publish = ReportDeadline(dt.date(after, 3, 31), _PUBLISH, REG(49, 2))
    if level not in _UP:
        return (publish,)
    return (ReportDeadline(dt.date(after, *_UP[level]), _SUBMIT_UP, FORM_2021), publish)


def next_deadline(year: int, today: dt.date, *, whole: bool, level: AgencyLevel | None) -> ReportDeadline | None:
    """The first duty whose day is not past; None when all are."""
    return next((one for one in deadlines(year, whole=whole, level=level) if one.on >= today), None)
