"""Where something stands, as people say it; and what each rule is called."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.documents.privacy.finding import Finding
from gongkai.documents.reading.normal import AsideKind, Place
from gongkai.law.texts import Text

RULES = {
    "D1": Text("居民身份证号码", "Resident ID number"),
    "D2": Text("旧身份证号码", "Old ID number"),
    "D3": Text("居住证、永久居留证号码", "Residence permit number"),
    "D4": Text("手机号码", "Mobile number"),
    "D5": Text("固定电话", "Fixed telephone"),
    "D6": Text("银行卡号、账号", "Bank card or account"),
    "D7": Text("护照号码", "Passport number"),
    "D8": Text("通行证号码", "Travel permit number"),
    "D9": Text("车牌号码", "Number plate"),
    "D10": Text("邮箱、微信、QQ", "E-mail, WeChat, QQ"),
    "D11": Text("统一社会信用代码", "Credit code"),
    "D12": Text("组织机构代码", "Organisation code"),
    "D13": Text("家庭住址", "Home address"),
    "D14": Text("敏感栏目", "Sensitive column"),
    "D15": Text("密级和不公开标志", "Mark of secrecy"),
    "D16": Text("引用未公开文件", "Citation of a document"),
    "D17": Text("用语和格式", "Wording"),
    "D18": Text("隐藏内容", "Hidden content"),
    "D19": Text("遮盖不当", "Bad mask"),
    "pictures": Text("没有检查的图片", "Pictures not looked at"),
    "unread_part": Text("没有检查的部分", "Parts not looked at"),
    "unread": Text("没有检查的内容", "Not looked at"),
}

_BESIDE = {
    AsideKind.HEADER: Text("页眉", "header"),
    AsideKind.FOOTER: Text("页脚", "footer"),
    AsideKind.FOOTNOTE: Text("脚注", "footnote"),
    AsideKind.TEXT_BOX: Text("文本框", "text box"),
    AsideKind.COMMENT: Text("批注", "comment"),
    AsideKind.DELETED: Text("已删除的文字", "deleted text"),
    AsideKind.INSERTED: Text("修订插入的文字", "inserted text"),
    AsideKind.HIDDEN_TEXT: Text("隐藏文字", "hidden text"),
    AsideKind.HIDDEN_SHEET: Text("隐藏的工作表", "hidden sheet"),
    AsideKind.HIDDEN_ROW: Text("隐藏的行", "hidden row"),
    AsideKind.HIDDEN_COLUMN: Text("隐藏的列", "hidden column"),
    AsideKind.COVERED: Text("被盖住的文字", "covered text"),
    AsideKind.UNSHOWN: Text("看不见的文字", "unseen text"),
    AsideKind.FORMULA: Text("公式", "formula"),
    AsideKind.ATTACHMENT: Text("嵌入的文件", "embedded file"),
    AsideKind.PROPERTY: Text("文件属性", "properties"),
    AsideKind.POSITION: Text("拍摄位置", "position"),
    AsideKind.LINK: Text("链接", "link"),
}


def rule_in_words(rule: str) -> Text:
    return RULES.get(rule, Text(rule, rule))


def place_in_words(finding: Finding) -> Text:
    """„第3页，表1，第5行第2列“; empty where the file has no such thing."""
    parts = list(_parts(finding.place))
    if finding.beside is not None:
        parts.append(_BESIDE[finding.beside])
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def pages_in_words(pages: Iterable[int]) -> str:
    """1, 2, 3, 7 as „1—3、7“."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs)


def _parts(place: Place) -> list[Text]:
    parts = []
    if place.page is not None:
        parts.append(Text(f"第{place.page}页", f"page {place.page}"))
    if place.sheet is not None:
        parts.append(Text(f"工作表“{place.sheet}”", f"sheet “{place.sheet}”"))
    elif place.table is not None:
        parts.append(Text(f"表{place.table}", f"table {place.table}"))
    if place.sheet is not None and place.row and place.column:
        cell = f"{_letters(place.column)}{place.row}"
        parts.append(Text(f"单元格{cell}", f"cell {cell}"))
    elif place.row is not None:
        column_zh, column_en = (f"第{place.column}列", f", column {place.column}") if place.column else ("", "")
        parts.append(Text(f"第{place.row}行{column_zh}", f"row {place.row}{column_en}"))
    if place.line is not None and place.row is None:
        column_zh, column_en = (f"第{place.column}列", f", column {place.column}") if place.column else ("", "")
        parts.append(Text(f"第{place.line}段{column_zh}", f"paragraph {place.line}{column_en}"))
    return parts


def _letters(column: int) -> str:
    """The letters of a spreadsheet's column: 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
