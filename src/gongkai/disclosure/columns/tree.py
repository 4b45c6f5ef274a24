"""The columns a fresh site has: blocks of the 政府信息公开 column and the statutory tree, as data.

The blocks and that 政策 stands first: 国办公开办函〔2019〕61号, 〔2021〕33号 [P: names seen on real sites]. Of the statutory tree
the first level follows the items of 条例 20 [C]; its leaves are those usual on sites, its intervals the longest gaps before a
leaf counts as stale, both [M] (platform-standards §3.6) and an office's to change: nothing here is written over what it
changed. Where §3.6 gives an interval for a group, its leaves have it; lists that change once a year (权责清单, 办事指南,
执法依据) have a year [I]. 履职依据 of §3.6 is the block 政策. The types are those of the page tags (47号 [C]).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.disclosure.models import ColumnKind, ContentClass, UpdateClass

#: ColumnType, the fixed list of 政府网站发展指引 [C].
PAGE_TYPES = (
    "首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报",
    "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
)  # fmt: skip
CATALOGUE = "信息公开目录"
#: The home page leads to a block, a block to a group, a group to a leaf: any page within about three clicks (SIT-15 [M]).
DEEPEST = 3
#: 双公示 within 7 working days [M].
DOUBLE_PUBLICITY_DAYS = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """One column to be installed, with those below it."""

    code: str
    name: str
    description: str
    keywords: str
    page_type: str = CATALOGUE
    kind: ColumnKind = ColumnKind.ITEMS
    content_class: ContentClass = ContentClass.GENERAL
    duty: str = ""
    update_class: UpdateClass = UpdateClass.OTHER
    interval_days: int | None = None
    due_days: int = 20
    protected: bool = False
    children: tuple[Planned, ...] = ()


def _leaf(
    code: str, name: str, description: str, duty: str, days: int | None, *, due: int = 20, page_type: str = CATALOGUE
) -> Planned:
    """A leaf of the statutory tree. Without an interval it is not judged by one."""
    update_class = UpdateClass.OTHER if days else UpdateClass.STATIC
    return Planned(
        code, name, description, f"{name},法定主动公开内容", page_type, duty=duty, update_class=update_class,
        interval_days=days, due_days=due,
    )  # fmt: skip


def _group(code: str, name: str, description: str, duty: str, *children: Planned) -> Planned:
    words = ",".join([name, *(child.name for child in children[:4])])
    return Planned(
        code, name, description, words, kind=ColumnKind.FOLDER, duty=duty, update_class=UpdateClass.STATIC,
        children=children,
    )  # fmt: skip


_ABOUT = _group(
    "about", "机关概况", "机关职能、机构设置、办公地址、办公时间、联系方式和负责人", "organisation",
    _leaf("leaders", "领导信息", "负责人姓名、职务、分工和工作简历", "organisation", 365, page_type="负责人信息"),
    _leaf("functions", "机构职能", "机关的法定职责、办公地址、办公时间和联系方式", "organisation", 365, page_type="机构职能"),
    _leaf("units", "内设机构", "内设机构的设置、职责和联系方式", "organisation", 365, page_type="机构职能"),
    _leaf("subordinates", "直属单位", "直属单位的设置、职责和联系方式", "organisation", 365, page_type="机构职能"),
)  # fmt: skip
_PLANS = _group(
    "plans", "规划信息", "国民经济和社会发展规划、专项规划、区域规划及相关政策", "plans",
    _leaf("development-plans", "国民经济和社会发展规划", "国民经济和社会发展规划、年度计划及其执行情况", "plans", 365),
    _leaf("special-plans", "专项规划", "各领域专项规划及相关政策", "plans", 365),
    _leaf("regional-plans", "区域规划", "跨区域和特定区域的规划", "plans", 365),
    _leaf("land-plans", "国土空间规划", "国土空间总体规划、详细规划和相关专项规划", "plans", 365),
)  # fmt: skip
_LICENCES = _group(
    "licensing", "行政许可和其他对外管理服务", "行政许可和其他对外管理服务事项的依据、条件、程序和办理结果", "licences",
    _leaf("powers", "权责清单", "行政权力和责任事项的清单及其依据", "licences", 365),
    _leaf("service-guides", "办事指南", "事项名称、依据、条件、材料、地点、时间、电话和流程", "licences", 365),
    _leaf("licences", "行政许可结果", "行政许可决定和其他对外管理服务事项的办理结果", "licences", 30, due=DOUBLE_PUBLICITY_DAYS),
)  # fmt: skip
_PENALTIES = _group(
    "enforcement", "行政处罚和行政强制", "行政处罚、行政强制的依据、条件、程序和决定", "penalties",
    _leaf("enforcement-basis", "执法依据、程序和裁量基准", "执法的依据、条件、程序和行政裁量权基准", "penalties", 365),
    _leaf("penalties", "处罚和强制决定", "具有一定社会影响的行政处罚决定和行政强制决定", "penalties", 30, due=DOUBLE_PUBLICITY_DAYS),
)  # fmt: skip
_BUDGETS = _group(
    "budgets", "财政预决算", "政府和部门的财政预算、决算信息", "budgets",
    _leaf("government-budgets", "政府预决算", "经批准的政府预算、预算调整、决算和预算执行情况", "budgets", 365),
    _leaf("department-budgets", "部门预决算", "经批复的部门预算、决算及其说明", "budgets", 365),
    _leaf("public-spending", "“三公”经费", "“三公”经费预算、决算及其增减说明", "budgets", 365),
    _leaf("special-funds", "专项资金和转移支付", "专项资金的管理办法、分配结果和转移支付情况", "budgets", 365),
)  # fmt: skip
_LIVELIHOOD = _group(
    "livelihood", "民生政策及落实", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况", "social_policies",
    _leaf("rural-revival", "乡村振兴", "巩固脱贫攻坚成果和乡村振兴的政策、措施及实施情况", "social_policies", 90),
    _leaf("education", "教育", "教育方面的政策、措施及实施情况", "social_policies", 90),
    _leaf("health", "医疗", "医疗卫生方面的政策、措施及实施情况", "social_policies", 90),
    _leaf("social-security", "社会保障", "社会保险等社会保障的政策、措施及实施情况", "social_policies", 90),
    _leaf("employment", "就业", "促进就业创业的政策、措施及实施情况", "social_policies", 90),
    _leaf("social-assistance", "社会救助", "低保、特困供养、临时救助等的政策、标准和实施情况", "social_assistance", 90),
    _leaf("elderly", "养老服务", "养老服务的政策、补贴标准和机构信息", "social_policies", 90),
    _leaf("housing", "住房保障", "保障性住房的政策、分配和管理情况", "social_policies", 90),
)  # fmt: skip
_INSPECTIONS = _group(
    "inspections", "监督检查", "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况", "inspections",
    _leaf("environment", "环境保护", "环境保护的监督检查情况", "inspections", 90),
    _leaf("public-health", "公共卫生", "公共卫生的监督检查情况", "inspections", 90),
    _leaf("work-safety", "安全生产", "安全生产的监督检查情况", "inspections", 90),
    _leaf("food-drugs", "食品药品", "食品药品安全的监督检查情况", "inspections", 90),
    _leaf("product-quality", "产品质量", "产品质量的监督检查情况", "inspections", 90),
)  # fmt: skip
_OTHER = _group(
    "other-by-law", "其他法定公开", "法律、法规、规章和国家有关规定要求主动公开的其他政府信息", "other_by_law",
    _leaf("proposals", "建议提案办理结果", "人大代表建议和政协提案的办理结果", "other_by_law", None),
    _leaf("decisions", "重大决策预公开", "重大行政决策的意见征集、采纳情况和结果", "other_by_law", None, page_type="征集调查"),
    _leaf("meetings", "政府常务会议", "政府常务会议的议题和议定事项", "other_by_law", None),
    _leaf("land-taking", "征地补偿", "土地征收的公告、补偿标准和实施情况", "land_taking", None),
    _leaf("house-taking", "房屋征收", "国有土地上房屋征收与补偿的决定和实施情况", "house_taking", None),
    _leaf("audits", "审计公开", "审计结果和整改情况", "other_by_law", None),
    _leaf("work-reports", "政府工作报告", "历年政府工作报告", "other_by_law", None),
    _leaf("appointments", "人事任免", "人事任免信息", "other_by_law", None),
    _leaf("random-checks", "双随机一公开", "随机抽查事项清单、计划和结果", "other_by_law", None),
)  # fmt: skip
_STATUTORY = (
    _ABOUT,
    _PLANS,
    _leaf("statistics", "统计信息", "国民经济和社会发展统计信息、统计公报", "statistics", 90, page_type="数据发布"),
    _LICENCES,
    _PENALTIES,
    _BUDGETS,
    _leaf("charges", "行政事业性收费", "行政事业性收费项目及其依据、标准", "charges", 365),
    _leaf("procurement", "政府采购", "政府集中采购项目的目录、标准及实施情况", "procurement", 90),
    _leaf("projects", "重大建设项目", "重大建设项目的批准、招投标、征收、实施和竣工情况", "major_projects", 90),
    _LIVELIHOOD,
    _leaf("emergencies", "应急管理", "突发公共事件的应急预案、预警信息及应对情况", "emergencies", 180),
    _INSPECTIONS,
    _leaf("recruitment", "公务员招考录用", "公务员招考的职位、名额、报考条件和录用结果", "recruitment", 365),
    _OTHER,
    _leaf(
        "public-enterprises",
        "公共企事业单位信息公开",
        "供水供电供气供热、教育、医疗卫生、公共交通等单位的信息",
        "",
        180,
    ),
)


def _documents(code: str, name: str, description: str, days: int) -> Planned:
    return Planned(
        code, name, description, f"{name},政策文件,有效性", "政策文件", ColumnKind.DOCUMENTS, ContentClass.POLICY, "rules",
        UpdateClass.POLICY, days, protected=True,
    )  # fmt: skip


_POLICY = (
    _documents("rules", "规章", "现行有效的规章：标题、题注和正文", 365),
    _documents("normative", "行政规范性文件", "行政规范性文件及其有效性", 180),
    _documents("other-policy", "其他文件", "其他政策文件", 180),
    Planned(
        "interpretation", "政策解读", "政策文件的解读：背景、依据、要点和执行口径", "政策解读,图解,问答", "政策解读",
        content_class=ContentClass.INTERPRETATION, duty="rules", update_class=UpdateClass.POLICY, interval_days=180,
        protected=True,
    ),
)  # fmt: skip


def _block(code: str, name: str, description: str, page_type: str, kind: ColumnKind, *children: Planned) -> Planned:
    """One of the blocks: required, and judged by the leaves below it."""
    words = f"{name},政府信息公开"
    return Planned(
        code, name, description, words, page_type, kind, update_class=UpdateClass.STATIC, protected=True,
        children=children,
    )  # fmt: skip


BLOCKS: tuple[Planned, ...] = (
    _block("policy", "政策", "规章、行政规范性文件、其他文件和政策解读", "政策文件", ColumnKind.FOLDER, *_POLICY),
    _block("guide", "政府信息公开指南", "政府信息的分类、编排体系、获取方式和工作机构", "信息公开指南", ColumnKind.GUIDE),
    _block("systems", "政府信息公开制度", "政府信息公开的法规、规章和主管部门文件", CATALOGUE, ColumnKind.ITEMS),
    _block("statutory", "法定主动公开内容", "依照条例第二十条、第二十一条主动公开的信息", CATALOGUE, ColumnKind.FOLDER, *_STATUTORY),
    _block("reports", "政府信息公开年报", "历年政府信息公开工作年度报告", "信息公开年报", ColumnKind.REPORTS),
    _block("apply", "依申请公开", "政府信息公开申请的在线提交和办理进度查询", "依申请公开", ColumnKind.APPLY),
    # The grass-roots catalogue is for counties and towns (国办发〔2019〕54号): a site above them may put it away.
    replace(
        _block("grassroots", "基层政务公开", "基层政务公开标准目录和各领域的公开信息", CATALOGUE, ColumnKind.GRASSROOTS),
        protected=False,
    ),
)  # fmt: skip


def planned() -> Iterator[tuple[Planned, str, int]]:
    """Every column with the code of the one above it (empty for a block) and its place there, parents first."""
    waiting: list[tuple[Planned, str, int]] = [(block, "", place) for place, block in enumerate(BLOCKS)]
    while waiting:
        column, parent, place = waiting.pop(0)
        yield column, parent, place
        waiting.extend((child, column.code, number) for number, child in enumerate(column.children))
