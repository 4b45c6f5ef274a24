"""One cell as what it means: texts, days, kinds, channels, numbers of identity. Each raises Unclear with a sentence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from stdnum.cn import uscc

from gongkai.applications.forms import NOT_IN_NAMES, is_resident_number
from gongkai.applications.ledger_import.columns import shown_as
from gongkai.applications.ledger_import.errors import Unclear
from gongkai.applications.ledger_import.sheets import Broken, Value
from gongkai.applications.models import Channel, Form, IdentityDocument, Way
from gongkai.documents.letter import clean
from gongkai.law.applicants import ApplicantKind
from gongkai.law.errors import IdentifierError
from gongkai.law.identifiers import resident_id

#: The first Regulation came into force on this day (国务院令第492号); an earlier day is a slip of the pen.
EARLIEST = dt.date(2008, 5, 1)
#: What people write where there is nothing to write.
NOTHING = frozenset(
    {
        "无",
        "没有",
        "空",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "_",
        "n/a",
        "na",
        "null",
        "none",
        "不详",
        "未填",
        "未提供",
        "未知",
    }
)

# --- texts ---


def text_of(value: Value) -> str:
    """The cell as text without invisible marks; empty for the signs people put where there is nothing."""
    if isinstance(value, Broken):
        raise Unclear(value.message.zh, value.message.en)
    text = clean(shown_as(value)).strip()
    text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return "" if text.lower() in NOTHING else text


def short(value: Value, longest: int) -> str:
    """A text within its bound."""
    text = text_of(value)
    if len(text) > longest:
        raise Unclear(f"内容过长：{len(text)}字，最多{longest}字。", f"Too long: {len(text)} characters of {longest}.")
    return text


def one_line(value: Value, longest: int) -> str:
    """A text of one line, half width where that is the same sign."""
    return " ".join(unicodedata.normalize("NFKC", short(value, longest)).split())


def name_of(value: Value) -> str:
    """A name, which may stand in letters: nothing hidden in it."""
    text = " ".join(short(value, 100).split())
    if any(unicodedata.category(sign) in NOT_IN_NAMES for sign in text):
        raise Unclear("姓名或名称中含有无法显示的字符，请重新填写。", "The name holds characters that cannot be shown.")
    return text


def email_of(value: Value) -> str:
    text = one_line(value, 120)
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise Unclear(f"“{text}”不是正确的电子邮箱。", f"“{text}” is no e-mail address.")
    return text


# --- days ---

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}[:时点].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def day_of_cell(value: Value, base: dt.datetime) -> dt.date | None:
    """The day that a cell means; None where it is empty. `base`: the day of the file's serial number 0."""
    if isinstance(value, dt.datetime):
        return _plausible(value.date())
    if isinstance(value, dt.date):
        return _plausible(value)
    if isinstance(value, dt.time | bool):
        raise _no_day(shown_as(value))
    if isinstance(value, int | float):
        return _plausible(_day_of_number(value, base))
    text = text_of(value)
    return _plausible(_day_of_text(text, base)) if text else None


def _day_of_number(value: float, base: dt.datetime) -> dt.date:
    """20230506 as a day written without signs, else a serial number as spreadsheets count days."""
    if float(value).is_integer() and 19000101 <= value <= 29991231:
        return _day_of_text(str(int(value)), base)
    if not 1 <= value <= 99_999:
        raise _no_day(shown_as(value))
    return (base + dt.timedelta(days=int(value))).date()


def _day_of_text(text: str, base: dt.datetime) -> dt.date:
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    plain = re.sub(r"\s*([-/.年月日])\s*", r"\1", plain).replace("。", ".").replace("—", "-").replace("–", "-")
    if re.fullmatch(r"\d{5}(?:\.0+)?", plain):
        return _day_of_number(float(plain), base)
    found = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None:
        raise _no_day(text)
    year, month, day = (int(part) for part in found.groups()[:3])
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unclear(f"没有“{text}”这一天。", f"There is no such day: {text}.") from None


def _no_day(text: str) -> Unclear:
    shown = text if len(text) <= 30 else text[:29] + "…"
    return Unclear(
        f"“{shown}”不能识别为日期，请写作 2023-05-06 或者 2023年5月6日。",
        f"“{shown}” is no date; write 2023-05-06 or 2023年5月6日.",
    )


def _plausible(day: dt.date) -> dt.date:
    if day < EARLIEST:
        raise Unclear(
            f"{day.isoformat()}早于政府信息公开条例施行之日（2008-05-01），请核对年份。",
            f"{day.isoformat()} is before there was a Regulation (2008-05-01): please check the year.",
        )
    return day


# --- lists of words ---


def _words(table: Mapping[str, str]) -> dict[str, str]:
    return {word: value for value, words in table.items() for word in words.split()}


_KINDS = _words(
    {
        "natural_person": "自然人 个人 公民 居民 村民 群众 市民 公民个人 自然人(公民)",
        "business": "商业企业 企业 公司 商业公司 企业法人 民营企业 国有企业 个体工商户",
        "research": "科研机构 科研院所 科研单位 研究机构 高校 高等院校",
        "welfare": "社会公益组织 公益组织 社会公益 公益机构 社会公益机构",
        "legal_service": "法律服务机构 律所 律师事务所 法律机构 法律服务",
        "other": "其他 其它 其他组织 其他机构",
    }
)
_WHOLE_GROUP = frozenset({"法人", "法人或其他组织", "法人或者其他组织", "单位", "组织", "机构", "非自然人", "社会组织"})
#: Only the channels that this release has; the words of the others are told to be unknown.
_CHANNELS = {
    word: value
    for word, value in _words(
        {
            "web": "网上提交 网络 网上 网站 网上申请 互联网 网络申请 门户网站 政府网站 网站申请 平台 在线 在线申请 线上 网络提交 依申请公开平台 互联网渠道",
            "in_person": "当面提交 当面 现场 当面申请 现场申请 窗口 现场提交 上门 来访 直接递交 当面递交 窗口提交",
            "signed_mail": "邮寄(签收) 挂号信 挂号 EMS 特快专递 邮政特快 邮政专递 快递 邮政快递 邮寄签收 邮寄 信函 来信 信件 邮件 邮政 邮寄申请 信函申请",
            "ordinary_mail": "平常信函 平信 普通信函 普通信件",
            "fax": "传真 传真申请",
            "email": "电子邮件 电子邮箱 邮箱 email e-mail",
            "oral": "口头 口头申请 口述",
        }
    ).items()
    if value in Channel.values
}
#: Words that do not tell a letter signed for from an ordinary one. The day of receipt is the ledger's own, so that
#: nothing but the label hangs on it.
VAGUE_MAIL = frozenset({"邮寄", "信函", "来信", "信件", "邮件", "邮政", "邮寄申请", "信函申请"})
_DOCUMENTS = _words(
    {
        "resident_id": "居民身份证 身份证 二代身份证 第二代身份证 公民身份号码 居民身份证号码",
        "credit_code": "统一社会信用代码 营业执照 社会信用代码 信用代码 统一社会信用代码证 组织机构代码证 法人证书",
        "passport": "护照",
        "permit": "港澳台居民居住证或通行证 港澳居民来往内地通行证 台湾居民来往大陆通行证 港澳台居民居住证 通行证 回乡证 台胞证",
        "other": "其他有效证件 其他 其它 其他证件 军官证 律师证 户口簿 驾驶证 律师执业证",
    }
)
_FORMS = _words(
    {
        "electronic": "电子文件 电子 电子版 电子文档 电子文本 电子邮件 光盘 磁盘 电子数据",
        "paper": "纸质文件 纸质 纸面 纸质版 复印件 纸质文本 纸质材料 纸质复印件",
        "inspection": "查阅、抄录 查阅 抄录 现场查阅 当场阅读 当场阅读、抄录 查阅抄录",
    }
)
_WAYS = _words(
    {
        "online": "网上下载(凭查询码) 网上下载 网上获取 网络 网上",
        "email": "电子邮件 邮箱 电子邮箱 email e-mail",
        "post": "邮寄 快递 信函 EMS 挂号信",
        "pick_up": "自行领取 自取 当面领取 现场领取 当面 窗口领取 上门自取",
    }
)


def _key(value: Value) -> str:
    return "".join(unicodedata.normalize("NFKC", text_of(value)).split())


def kind_of(value: Value) -> ApplicantKind | None:
    """The kind of applicant, one of the six columns of the annual report; None where the cell is empty."""
    key = _key(value)
    if not key:
        return None
    if found := _KINDS.get(key) or _KINDS.get(key.rpartition("-")[2]):
        return ApplicantKind(found)
    five = "商业企业、科研机构、社会公益组织、法律服务机构、其他"
    if key in _WHOLE_GROUP:
        raise Unclear(f"“{key}”包括五类，请写明是哪一类：{five}。", f"“{key}” is five kinds; say which: {five}.")
    raise Unclear(
        f"申请人类型“{key[:20]}”无法识别，请填写：自然人、{five}。",
        f"The kind of applicant “{key[:20]}” is not known; write 自然人, {five}.",
    )


def channel_of(value: Value) -> Channel | None:
    """How it came in; None where the cell is empty."""
    key = _key(value)
    if not key:
        return None
    if found := _CHANNELS.get(key) or _CHANNELS.get(key.upper()) or _CHANNELS.get(key.lower()):
        return Channel(found)
    known = "、".join(str(label) for label in Channel.labels)
    raise Unclear(
        f"提交方式“{key[:20]}”无法识别，请填写：{known}。", f"Not a known channel: {key[:20]}; write {known}."
    )


def is_vague_mail(value: Value) -> bool:
    return _key(value) in VAGUE_MAIL


def document_type_of(value: Value) -> IdentityDocument | None:
    """The kind of ID; None where it is not told or not known by that name."""
    key = _key(value)
    return IdentityDocument(_DOCUMENTS.get(key, "other")) if key else None


def form_of(value: Value) -> Form | None:
    found = _FORMS.get(_key(value))
    return Form(found) if found else None


def way_of(value: Value) -> Way | None:
    found = _WAYS.get(_key(value))
    return Way(found) if found else None


# --- numbers of identity ---

_HIDDEN = re.compile(r"[*＊•●#×]|[Xx]{3,}")


def identity_of(
    value: Value, told: IdentityDocument | None, kind: ApplicantKind | None
) -> tuple[IdentityDocument, str]:
    """The kind of ID and its number. A number that is masked or not there is not known: the kind „other“ and „“.

    Raises Unclear for a wrong check digit. Where no kind is told it is found from the form of the number.
    """
    number = re.sub(r"[\s\-－]", "", unicodedata.normalize("NFKC", one_line(value, 60))).upper()
    if not number or _HIDDEN.search(number):
        return IdentityDocument.OTHER, ""
    if isinstance(value, float | int) and len(number) > 15 and not is_resident_number(number):
        raise _lost_digits()
    if re.fullmatch(r"\d\.\d+E\+\d+", number):
        raise _lost_digits()
    if len(number) > 40:
        raise Unclear("证件号码过长：最多40字。", "The ID number is too long: at most 40 characters.")
    sort = told or _sort_of(number, kind)
    if sort is IdentityDocument.RESIDENT_ID:
        return sort, _resident(number)
    if sort is IdentityDocument.CREDIT_CODE and len(number) == 18 and not uscc.is_valid(number):
        raise Unclear("统一社会信用代码不正确（校验位不符），请核对。", "The credit code is wrong (check digit).")
    return (IdentityDocument.OTHER if sort is IdentityDocument.CREDIT_CODE and len(number) != 18 else sort), number


def _sort_of(number: str, kind: ApplicantKind | None) -> IdentityDocument:
    """What a number is that looks like this."""
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", number) and (kind is None or not kind.is_organisation):
        return IdentityDocument.RESIDENT_ID
    if re.fullmatch(r"[0-9A-Z]{18}", number) and (kind is None or kind.is_organisation):
        return IdentityDocument.RESIDENT_ID if is_resident_number(number) else IdentityDocument.CREDIT_CODE
    return IdentityDocument.CREDIT_CODE if uscc.is_valid(number) else IdentityDocument.OTHER


def _resident(number: str) -> str:
    if is_resident_number(number):
        return number
    try:
        if len(number) == 15:
            return resident_id(number)
    except IdentifierError:
        pass
    raise Unclear(
        "身份证号码不正确（应为18位，末位可为X；校验位不符），请核对。不知道号码的，留空或者用*代替。",
        "The resident ID number is wrong (18 characters, check digit). If it is not known, leave it empty or write *.",
    )


def _lost_digits() -> Unclear:
    return Unclear(
        "证件号码被存成了数字，末几位已经丢失。请把这一列设为文本，重新填写号码。",
        "The number was stored as a figure and has lost its last digits: make the column text and type it again.",
    )
