"""The parts of the annual report (年度报告格式): the six headings, and the five aspects of part one."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.texts import Text, chinese_numeral


@dataclass(frozen=True, slots=True)
class Part:
    """One of the six parts: ``heading`` as the form prints it, ``aliases`` other accepted wordings."""

    number: int
    key: str
    heading: Text
    aliases: tuple[str, ...]

    @property
    def name(self) -> Text:
        """The form's own words, without its hints to the writer (文字描述…), which no report leaves standing [I]."""
        return Text(self.heading.zh.partition("（")[0], self.heading.en.partition(" (")[0])

    @property
    def title(self) -> Text:
        """The name with its number, as a report prints it: 二、主动公开政府信息情况."""
        return Text(f"{chinese_numeral(self.number)}、{self.name.zh}", f"{self.number}. {self.name.en}")


#: Exactly six, in this order, 「不能遗漏，也不宜泛化」 [C]. The aliases stand in the notice's own body.
PARTS: tuple[Part, ...] = (
    Part(1, "overview", Text("总体情况（文字描述）", "Overview (in words)"), ("总体情况",)),
    Part(
        2,
        "disclosure",
        Text("主动公开政府信息情况", "Proactive disclosure"),
        ("行政机关主动公开政府信息情况",),
    ),
    Part(
        3,
        "applications",
        Text("收到和处理政府信息公开申请情况", "Applications received and handled"),
        ("行政机关收到和处理政府信息公开申请情况",),
    ),
    Part(
        4,
        "disputes",
        Text("政府信息公开行政复议、行政诉讼情况", "Reconsideration and litigation"),
        ("因政府信息公开工作被申请行政复议、提起行政诉讼情况",),
    ),
    Part(
        5,
        "problems",
        Text("存在的主要问题及改进情况（文字描述）", "Main problems and improvements (in words)"),
        ("存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"),
    ),
    Part(
        6,
        "other_matters",
        Text(
            "其他需要报告的事项（文字描述，收取信息处理费情况在此处报告。）",
            "Other matters (in words; processing fees are reported here)",
        ),
        ("其他需要报告的事项",),
    ),
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the five aspects of part one; ``marks`` are words that show it is dealt with."""

    key: str
    name: Text
    marks: tuple[str, ...]


ASPECTS: tuple[Aspect, ...] = (
    Aspect("proactive", Text("主动公开", "Proactive disclosure"), ("主动公开",)),
    Aspect("applications", Text("依申请公开", "Disclosure on application"), ("依申请公开", "申请公开")),
    Aspect(
        "management",
        Text("政府信息管理", "Management of government information"),
        ("政府信息管理", "信息管理", "信息资源管理", "信息规范化管理"),
    ),
    Aspect(
        "platforms",
        Text("政府信息公开平台建设", "Disclosure platforms"),
        ("平台建设", "公开平台", "平台管理"),
    ),
    Aspect("supervision", Text("监督保障", "Supervision and support"), ("监督保障", "监督和保障", "监督与保障")),
)
