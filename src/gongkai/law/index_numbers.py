"""索引号 and 发文字号: how the number of a piece of information is made, and how a document's number is written.

An 索引号 is unique and never given again [C]. How it is built each site says for itself: the default 机构代码/年份-5位流水号 is
that of the State Council's site and others [C]; it is a setting. The nine characters of the organisation code are
characters 9 to 17 of the 统一社会信用代码 and pass the check digit of GB 11714 [I]. A 发文字号 is 机关代字, the year in full in
〔〕 and the number in Arabic digits (GB/T 9704-2012 §7.2.5 [M]).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from gongkai.law.errors import LawError
from gongkai.law.identifiers import credit_code, organisation_code
from gongkai.law.texts import Text

#: Of which parts a template may be made; the running number may say how many digits it has.
PLACES: Mapping[str, Text] = {
    "org9": Text("组织机构代码", "organisation code"),
    "credit": Text("统一社会信用代码", "credit code"),
    "slug": Text("网址标识", "short name in addresses"),
    "column": Text("栏目代码", "code of the column"),
    "year": Text("年份", "year"),
    "date": Text("发布日期", "day of publication"),
    "seq": Text("流水号", "running number"),
}
#: Schemes that sites use, the default first (observed [C]).
SCHEMES: Mapping[str, Text] = {
    "{org9}/{year}-{seq:05}": Text("机构代码/年份-流水号", "organisation code/year-number"),
    "{credit}/{year}-{seq:05}": Text("统一社会信用代码/年份-流水号", "credit code/year-number"),
    "{slug}/{year}-{seq:05}": Text("网址标识/年份-流水号", "short name/year-number"),
    "{org9}-{column}-{year}-{seq:05}": Text("机构代码-栏目-年份-流水号", "organisation code-column-year-number"),
    "{org9}-{column}-{date}-{seq:05}": Text("机构代码-栏目-日期-流水号", "organisation code-column-day-number"),
}
DEFAULT = next(iter(SCHEMES))
LONGEST = 60
_PART = re.compile(r"\{([^{}]*)\}")
_BETWEEN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff/.\-_]*")
_GIVEN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff/.\-_〔〕()（）]{3,60}")


class TemplateFault(LawError):
    """A template of which no number, or not always another, could be made."""


def organisation_of(code: str) -> str:
    """The nine characters of the organisation code in a 统一社会信用代码, its check digit asked for (GB 32100, GB 11714).

    Raises IdentifierError for a code that is none."""
    return organisation_code(credit_code(code)[8:17])


def check_template(template: str) -> None:
    """Raises TemplateFault in the words of whoever typed it."""
    for fault in _faults(template):
        raise TemplateFault("index_template", fault)


def _faults(template: str) -> Iterator[Text]:
    names = [part.partition(":") for part in _PART.findall(template)]
    listed = "、".join(f"{{{name}}}" for name in PLACES)
    for name, _colon, digits in names:
        if name not in PLACES or (digits and not (name == "seq" and re.fullmatch(r"0[1-9]", digits))):
            yield Text(f"“{{{name}}}”不能用。可用的有：{listed}；流水号可写明位数，如 {{seq:05}}。", f"Use: {listed}.")
    used = [name for name, _colon, _digits in names]
    if used.count("seq") != 1:
        yield Text("须有且只有一个流水号 {seq}。", "There must be one {seq}, and only one.")
    if not {"year", "date"} & set(used):
        yield Text("须有 {year} 或者 {date}：流水号每年重新开始。", "It needs {year} or {date}: numbers begin anew.")
    if not _BETWEEN.fullmatch(_PART.sub("", template)):
        yield Text("其余部分只能用汉字、字母、数字和 / . - _。", "Beside these letters, digits and / . - _ only.")
    if len(_PART.sub("", template)) + 18 * len(used) > 2 * LONGEST:
        yield Text("模板过长。", "The template is too long.")


def formatted(template: str, values: Mapping[str, str], number: int) -> str:
    """The 索引号 with this running number, by a template that `check_template` passed."""

    def fill(match: re.Match[str]) -> str:
        name, _colon, digits = match[1].partition(":")
        return str(number).zfill(int(digits or 0)) if name == "seq" else values[name]

    return _PART.sub(fill, template)


def usable(number: str) -> bool:
    """Whether this can be an 索引号 that is brought along from another site."""
    return bool(_GIVEN.fullmatch(number))


# --- 发文字号 -----------------------------------------------------------------------------------------------

_BRACKETS = str.maketrans(
    dict.fromkeys("[［【(（「﹝{｛〖〘⦗⟦<＜〈《", "〔") | dict.fromkeys("]］】)）」﹞}｝〗〙⦘⟧>＞〉》", "〕")
)
_NUMBER = re.compile(r"([^〔〕]{1,40}?)〔(\d{4})〕第?0*([1-9]\d{0,5})号?")
_SHAPE = re.compile(r"[^〔〕\s]{1,40}〔(?:19|20)\d{2}〕[1-9]\d{0,5}号")
#: Orders of a government (令) and announcements are numbered without a year.
_ORDER = re.compile(r"([^〔〕]{1,60}?)第?([0-9]{1,6}|[一二三四五六七八九十百零〇]{1,8})号")


def document_number(text: str) -> str:
    """A 发文字号 as it is written: full-width brackets 〔〕, Arabic digits, no blanks, 号 at the end (MET-05). What is of
    another shape comes back as it was typed, blanks aside: `is_document_number` tells."""
    # Signs without width come along from Word and from web pages; nobody sees them, and no search finds past them.
    text = "".join(each for each in text if unicodedata.category(each) != "Cf")
    plain = "".join(_plain_digits(text).split()).translate(_BRACKETS)
    if match := _NUMBER.fullmatch(plain):
        return f"{match[1]}〔{match[2]}〕{match[3]}号"
    return "".join(text.split())


def is_document_number(text: str) -> bool:
    """Whether it has the shape 代字〔年〕号, or that of an order or announcement (…令第 12 号)."""
    return bool(_SHAPE.fullmatch(text) or _ORDER.fullmatch(text))


def _plain_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(each)) if unicodedata.decimal(each, None) is not None else each for each in text
    )
