"""What must be published of one's own accord (主动公开, 条例 19–21, 26): the items, by whom, within how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.law.working_days import Calendar, DueDate


class Level(StrEnum):
    """The level of an agency, with its departments: articles 21(1) and 21(2) add items for three of them."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"

    @property
    def label(self) -> Text:
        """The level in words."""
        return _LEVELS[self]


_LEVELS: Mapping[Level, Text] = MappingProxyType(
    {
        Level.NATIONAL: Text("国务院部门", "department of the State Council"),
        Level.PROVINCE: Text("省级", "province"),
        Level.CITY: Text("设区的市级", "city with districts"),
        Level.COUNTY: Text("县级", "county"),
        Level.TOWNSHIP: Text("乡（镇）", "township"),
    }
)

_EVERY = frozenset(Level)
_CITY_AND_COUNTY = frozenset({Level.CITY, Level.COUNTY})
_TOWNSHIP = frozenset({Level.TOWNSHIP})


@dataclass(frozen=True, slots=True)
class ProactiveItem:
    """One kind of information to publish.

    ``key`` is ours and stable; ``levels``: the agencies it binds; ``table_2``: rows of table 2 of the annual report
    that count it (``report_form``), none for most.
    """

    key: str
    name: Text
    article: Article
    levels: frozenset[Level]
    table_2: tuple[str, ...] = ()


def _of_article_20(number: int, key: str, zh: str, en: str, *table_2: str) -> ProactiveItem:
    return ProactiveItem(key, Text(zh, en), REG(20, item=number), _EVERY, table_2)


def _of_article_21(key: str, zh: str, en: str, levels: frozenset[Level]) -> ProactiveItem:
    return ProactiveItem(key, Text(zh, en), REG(21), levels)


ARTICLE_20: tuple[ProactiveItem, ...] = (
    _of_article_20(
        1,
        "rules",
        "行政法规、规章和规范性文件",
        "Administrative regulations, rules and normative documents",
        "rules",
        "normative_documents",
    ),
    _of_article_20(
        2,
        "organisation",
        "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名",
        "Functions, structure, office address and hours, contacts, names of those in charge",
    ),
    _of_article_20(
        3,
        "plans",
        "国民经济和社会发展规划、专项规划、区域规划及相关政策",
        "Plans of economic and social development, special and regional plans, and their policies",
    ),
    _of_article_20(4, "statistics", "国民经济和社会发展统计信息", "Statistics of economic and social development"),
    _of_article_20(
        5,
        "licences",
        "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
        "Basis, conditions, procedure and results of licences and other services to the public",
        "licences",
    ),
    _of_article_20(
        6,
        "penalties",
        "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
        "Basis, conditions and procedure of penalties and coercion, and penalty decisions of some social effect",
        "penalties",
        "coercion",
    ),
    _of_article_20(7, "budgets", "财政预算、决算信息", "Budgets and final accounts"),
    _of_article_20(
        8,
        "charges",
        "行政事业性收费项目及其依据、标准",
        "Administrative charges, their basis and rates",
        "charges",
    ),
    _of_article_20(
        9,
        "procurement",
        "政府集中采购项目的目录、标准及实施情况",
        "Catalogue, standards and conduct of centralised procurement",
    ),
    _of_article_20(
        10, "major_projects", "重大建设项目的批准和实施情况", "Approval and progress of major construction projects"
    ),
    _of_article_20(
        11,
        "social_policies",
        "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
        "Policies and measures of poverty relief, education, health, social security and employment, and their conduct",
    ),
    _of_article_20(
        12,
        "emergencies",
        "突发公共事件的应急预案、预警信息及应对情况",
        "Emergency plans, warnings and responses",
    ),
    _of_article_20(
        13,
        "inspections",
        "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
        "Inspections of environment, public health, work safety, food and drugs, product quality",
    ),
    _of_article_20(
        14,
        "recruitment",
        "公务员招考的职位、名额、报考条件等事项以及录用结果",
        "Civil service posts, numbers and conditions of recruitment, and its results",
    ),
    _of_article_20(
        15,
        "other_by_law",
        "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
        "Other information that laws, regulations, rules or national provisions require to be published",
    ),
)

ARTICLE_21: tuple[ProactiveItem, ...] = (
    _of_article_21("municipal_works", "市政建设", "Municipal works", _CITY_AND_COUNTY),
    _of_article_21("public_services", "公共服务", "Public services", _CITY_AND_COUNTY),
    _of_article_21("public_welfare", "公益事业", "Public welfare", _CITY_AND_COUNTY),
    _of_article_21("land_taking", "土地征收", "Taking of land", _CITY_AND_COUNTY | _TOWNSHIP),
    _of_article_21("house_taking", "房屋征收", "Taking of houses", _CITY_AND_COUNTY | _TOWNSHIP),
    _of_article_21("public_security", "治安管理", "Public security", _CITY_AND_COUNTY),
    _of_article_21("social_assistance", "社会救助", "Social assistance", _CITY_AND_COUNTY | _TOWNSHIP),
    _of_article_21(
        "farm_policies",
        "贯彻落实农业农村政策",
        "Implementation of policies for farming and the countryside",
        _TOWNSHIP,
    ),
    _of_article_21("irrigation", "农田水利工程建设运营", "Construction and operation of irrigation works", _TOWNSHIP),
    _of_article_21(
        "land_contracts",
        "农村土地承包经营权流转",
        "Transfer of contracted rural land rights",
        _TOWNSHIP,
    ),
    _of_article_21("homesteads", "宅基地使用情况审核", "Review of the use of homesteads", _TOWNSHIP),
    _of_article_21("levies", "筹资筹劳", "Levies of money and labour", _TOWNSHIP),
)

#: Every item by its key, article 20 first.
PROACTIVE_ITEMS: Mapping[str, ProactiveItem] = MappingProxyType({item.key: item for item in (*ARTICLE_20, *ARTICLE_21)})


def proactive_duties(level: Level) -> tuple[ProactiveItem, ...]:
    """What an agency of that level, or a department of it, must publish (条例 20, 21) [C].

    Every level has the fifteen items of art. 20; the city and the county, and the township, have more (21).
    """
    return tuple(item for item in PROACTIVE_ITEMS.values() if level in item.levels)


def publish_by(formed_or_changed: dt.date, calendar: Calendar, other_limit: dt.date | None = None) -> DueDate:
    """The last day to publish: 20 working days from the day the information was formed or changed (条例 26) [C].

    ``other_limit``: the day that another law or regulation fixes, which prevails, earlier or later.
    """
    if other_limit is not None:
        return DueDate(other_limit, provisional=False)
    return TIME_LIMITS["publication"].last_day(formed_or_changed, calendar)
