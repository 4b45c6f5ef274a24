"""Table 2 of the annual report (主动公开政府信息情况) as data, in both national forms."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Label:
    """A column or row: its ``key`` in addresses and its official wording."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Table2Block:
    """A block of table 2: the item of art. 20 it answers, its columns and rows."""

    caption: Text
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]


INFORMATION = Text("信息内容", "Kind of information")
_DECISIONS = (Label("decisions", Text("本年处理决定数量", "Decisions made this year")),)

TABLE_2: tuple[Table2Block, ...] = (
    Table2Block(
        Text("第二十条第（一）项", "Article 20, item (1)"),
        (
            Label("made", Text("本年制发件数", "Issued this year")),
            Label("repealed", Text("本年废止件数", "Repealed this year")),
            Label("in_force", Text("现行有效件数", "In force")),
        ),
        (
            Label("rules", Text("规章", "Rules")),
            Label("normative_documents", Text("行政规范性文件", "Normative documents")),
        ),
    ),
    Table2Block(
        Text("第二十条第（五）项", "Article 20, item (5)"),
        _DECISIONS,
        (Label("licences", Text("行政许可", "Administrative licences")),),
    ),
    Table2Block(
        Text("第二十条第（六）项", "Article 20, item (6)"),
        _DECISIONS,
        (
            Label("penalties", Text("行政处罚", "Administrative penalties")),
            Label("coercion", Text("行政强制", "Administrative coercion")),
        ),
    ),
    Table2Block(
        Text("第二十条第（八）项", "Article 20, item (8)"),
        (Label("amount", Text("本年收费金额（单位：万元）", "Charged this year (CNY 10,000)")),),
        (Label("charges", Text("行政事业性收费", "Administrative charges")),),
    ),
)

_NEWLY = (
    Label("newly_made", Text("本年新制作数量", "Newly made this year")),
    Label("newly_published", Text("本年新公开数量", "Newly published this year")),
    Label("published_total", Text("对外公开总数量", "Published in total")),
)
_ITEMS = (
    Label("items_last_year", Text("上一年项目数量", "Items last year")),
    Label("change", Text("本年增/减", "More or fewer this year")),
)
_HANDLED = (*_ITEMS, Label("decisions", Text("处理决定数量", "Decisions")))

#: 〔2019〕60号: for the report years 2019 and 2020 [C].
TABLE_2_OF_2019: tuple[Table2Block, ...] = (
    Table2Block(
        Text("第二十条第（一）项", "Article 20, item (1)"),
        _NEWLY,
        (
            Label("rules", Text("规章", "Rules")),
            Label("normative_documents", Text("规范性文件", "Normative documents")),
        ),
    ),
    Table2Block(
        Text("第二十条第（五）项", "Article 20, item (5)"),
        _HANDLED,
        (
            Label("licences", Text("行政许可", "Administrative licences")),
            Label("other_services", Text("其他对外管理服务事项", "Other services to the public")),
        ),
    ),
    Table2Block(
        Text("第二十条第（六）项", "Article 20, item (6)"),
        _HANDLED,
        (
            Label("penalties", Text("行政处罚", "Administrative penalties")),
            Label("coercion", Text("行政强制", "Administrative coercion")),
        ),
    ),
    Table2Block(
        Text("第二十条第（八）项", "Article 20, item (8)"),
        _ITEMS,
        (Label("charges", Text("行政事业性收费", "Administrative charges")),),
    ),
    Table2Block(
        Text("第二十条第（九）项", "Article 20, item (9)"),
        (
            Label("items", Text("采购项目数量", "Items procured")),
            Label("amount", Text("采购总金额", "Amount of procurement")),
        ),
        (Label("procurement", Text("政府集中采购", "Central government procurement")),),
    ),
)
