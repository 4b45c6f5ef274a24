"""What the head of a page tells supervisors' crawlers (政府网站发展指引, 网页标签 [C]): always in Chinese, case-exact."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.disclosure.columns.selectors import Node
from gongkai.disclosure.models import Column


@dataclass(frozen=True)
class Tags:
    """The four tags of a column."""

    name: str
    description: str
    keywords: str
    type: str


#: The column of an agency as a whole, and the list of all agencies.
WHOLE = Tags(
    "政府信息公开",
    "政府信息公开专栏：政策、指南、法定主动公开内容、年报和依申请公开",
    "政府信息公开,主动公开,政策文件",
    "信息公开目录",
)
AGENCIES = Tags("政府信息公开", "各机关政府信息公开专栏的入口", "政府信息公开,部门,区县,乡镇", "信息公开目录")
LEAVING = Tags("离开本站提示", "前往本站以外的网站之前的提示", "外部链接,提示", "办事服务")


def tags_of(column: Column | Node) -> Tags:
    """The tags of a column of the tree."""
    return Tags(column.name, column.description, column.keywords, column.page_type)
