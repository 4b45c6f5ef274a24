"""The column tags of the public pages (政府网站发展指引, 网页标签): read by supervisors' crawlers, so always in Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its name, purpose and usual words, and one of the fixed types of the standard."""

    name: str
    description: str
    keywords: str
    type: str


HOME = Column("政府信息公开", "政府信息公开的申请、查询和指南", "政府信息公开,依申请公开,公开指南", "首页")
GUIDE = Column(
    "政府信息公开指南", "政府信息公开工作机构、获取方式、期限和救济途径", "公开指南,工作机构,联系方式", "信息公开指南"
)
REPORTS = Column(
    "政府信息公开年报",
    "各机关历年政府信息公开工作年度报告及其数据",
    "政府信息公开年报,年度报告,政府信息公开工作年度报告",
    "信息公开年报",
)
GRASSROOTS = Column(
    "基层政务公开",
    "基层政务公开标准目录：各领域公开什么、依据、时限、主体、渠道和对象",
    "基层政务公开,标准目录,政务公开事项",
    "信息公开目录",
)
SITE_MAP = Column("网站地图", "本站各栏目和各机关专栏的入口", "网站地图,栏目,机关", "信息公开目录")
STATISTICS = Column(
    "政府信息公开申请统计", "收到和办理政府信息公开申请的数量、结果和按期情况", "依申请公开,统计,办理结果", "数据发布"
)
SEARCH = Column(
    "全文检索", "检索各机关主动公开的政府信息、公开指南和年度报告", "全文检索,搜索,政府信息", "信息公开目录"
)
