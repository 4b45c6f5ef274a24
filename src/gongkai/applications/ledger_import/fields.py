"""What a column of a ledger can be, and the names under which ledgers have it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.texts import Text


class Field(StrEnum):
    """A thing a ledger can say of an application."""

    NUMBER = "number"
    APPLICANT_NAME = "applicant_name"
    APPLICANT_KIND = "applicant_kind"
    ID_TYPE = "id_type"
    ID_NUMBER = "id_number"
    CONTACT_PERSON = "contact_person"
    TELEPHONE = "telephone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE = "postcode"
    CHANNEL = "channel"
    RECEIVED_ON = "received_on"
    CONTENT = "content"
    DOCUMENT_NUMBER = "document_number"
    FEATURES = "features"
    FORM_WANTED = "form_wanted"
    WAY_WANTED = "way_wanted"
    ANSWERED_ON = "answered_on"
    OUTCOME = "outcome"
    OUTCOME_DETAIL = "outcome_detail"
    REPLY_NUMBER = "reply_number"
    REMARK = "remark"

    @property
    def label(self) -> Text:
        """The field in words."""
        return FIELDS[self]


#: Every field with its name, in the order in which a ledger usually has them.
FIELDS: Mapping[Field, Text] = MappingProxyType(
    {
        Field.NUMBER: Text("编号", "number"),
        Field.APPLICANT_NAME: Text("申请人", "applicant"),
        Field.APPLICANT_KIND: Text("申请人类型", "kind of applicant"),
        Field.ID_TYPE: Text("证件类型", "kind of ID"),
        Field.ID_NUMBER: Text("证件号码", "ID number"),
        Field.CONTACT_PERSON: Text("联系人", "contact person"),
        Field.TELEPHONE: Text("联系电话", "telephone"),
        Field.EMAIL: Text("电子邮箱", "e-mail"),
        Field.ADDRESS: Text("通信地址", "address"),
        Field.POSTCODE: Text("邮政编码", "postcode"),
        Field.CHANNEL: Text("提交方式", "channel"),
        Field.RECEIVED_ON: Text("收到日期", "day of receipt"),
        Field.CONTENT: Text("申请内容", "what was asked for"),
        Field.DOCUMENT_NUMBER: Text("所需信息文号", "document number wanted"),
        Field.FEATURES: Text("其他特征性描述", "other description"),
        Field.FORM_WANTED: Text("提供形式", "form wanted"),
        Field.WAY_WANTED: Text("获取方式", "way wanted"),
        Field.ANSWERED_ON: Text("答复日期", "day of the reply"),
        Field.OUTCOME: Text("办理结果", "outcome"),
        Field.OUTCOME_DETAIL: Text("具体情形", "particulars of the outcome"),
        Field.REPLY_NUMBER: Text("答复文号", "number of the reply"),
        Field.REMARK: Text("备注", "remark"),
    }
)
#: Without these columns no row can be taken over. What else a row needs is asked row by row.
REQUIRED = (Field.APPLICANT_NAME, Field.RECEIVED_ON, Field.CONTENT)

#: Usual names of columns, the best first: where two columns claim one field, the better name has it.
_NAMES: Mapping[Field, str] = {
    Field.NUMBER: "编号 登记编号 登记号 申请编号 申请号 受理编号 受理号 收件编号 办件编号 流水号 案号 申请登记编号 依申请公开编号 序号",
    Field.APPLICANT_NAME: (
        "申请人姓名或名称 申请人姓名或者名称 申请人姓名/名称 申请人名称 申请人姓名 申请人 申请人(单位) 申请人及单位 "
        "申请人/单位 申请单位 姓名或名称 姓名/名称 姓名"
    ),
    Field.APPLICANT_KIND: "申请人类型 申请人类别 申请人性质 申请人身份 申请主体类型 申请主体 主体类型 申请人分类 性质 类型 类别",
    Field.ID_TYPE: "证件类型 证件种类 证件名称 身份证明类型 身份证件类型 有效证件类型",
    Field.ID_NUMBER: (
        "证件号码 证件号 证件编号 身份证号码 身份证号 身份证 公民身份号码 有效证件号码 身份证件号码 统一社会信用代码 "
        "证件号码/统一社会信用代码 身份证号/统一社会信用代码 组织机构代码"
    ),
    Field.CONTACT_PERSON: "联系人 联系人姓名",
    Field.TELEPHONE: "联系电话 电话 联系方式 手机 手机号 手机号码 电话号码 申请人电话 联系人电话 申请人联系方式 申请人联系电话",
    Field.EMAIL: "电子邮箱 邮箱 电子邮件 电子邮箱地址 email e-mail",
    Field.ADDRESS: "通信地址 通讯地址 联系地址 邮寄地址 地址 住址 申请人地址",
    Field.POSTCODE: "邮政编码 邮编",
    Field.CHANNEL: (
        "提交方式 申请方式 申请渠道 申请途径 渠道 受理方式 收件方式 收件渠道 接收方式 接收渠道 来源 申请来源 申请形式 来件方式 提交渠道"
    ),
    # The day of receipt counts (条例 31), so its own names come first; see `columns.NOTES` for the others.
    Field.RECEIVED_ON: (
        "收到日期 收到申请日期 收到申请时间 收到之日 收到时间 收到申请之日 收件日期 收件时间 接收日期 接收时间 收文日期 签收日期 "
        "登记日期 登记时间 申请日期 申请时间 提交日期 提交时间 受理日期 受理时间"
    ),
    Field.CONTENT: (
        "申请内容 所需政府信息 所需信息 所需政府信息的名称或内容描述 所需政府信息内容 所需政府信息内容描述 所需信息内容描述 所需信息内容 "
        "所需信息名称 申请公开内容 申请公开的内容 申请公开的信息 申请公开信息 申请公开事项 申请信息内容 申请信息名称 申请信息 申请事项 "
        "信息名称 信息内容 内容描述 内容 事项 所需政府信息名称 政府信息名称"
    ),
    Field.DOCUMENT_NUMBER: "所需信息文号 所需政府信息文号 信息文号",
    Field.FEATURES: "其他特征性描述 其他特征描述 特征性描述 特征描述",
    Field.FORM_WANTED: "提供形式 信息提供形式 所需信息提供形式 提供政府信息的形式 载体形式 形式要求 介质形式 提供载体",
    Field.WAY_WANTED: "获取方式 获取信息的方式 获取信息方式 信息获取方式 获取途径 提供方式",
    Field.ANSWERED_ON: (
        "答复日期 答复时间 答复送达日期 送达日期 送达时间 实际答复日期 实际答复时间 回复日期 回复时间 办结日期 办结时间 "
        "办理完成时间 完成时间 答复书日期 答复发出日期 寄出日期"
    ),
    Field.OUTCOME: (
        "办理结果 处理结果 答复结果 答复类型 答复类别 答复情况 办理情况 办理类型 结果 结果类型 答复内容类型 公开情况 "
        "公开类型 是否公开"
    ),
    Field.OUTCOME_DETAIL: "具体情形 不予公开情形 不予公开理由 不予公开原因 答复具体情形 结果细项 细分类型 具体结果 理由 情形",
    Field.REPLY_NUMBER: "答复文号 答复书文号 答复编号 答复书编号 告知书文号 告知书编号 回复文号 发文字号 答复文书号 文书编号",
    Field.REMARK: "备注 说明 附注 其他说明 备注说明",
}
#: Columns that say nothing of the application itself, or that this import itself adds to the error sheet.
IGNORED = frozenset(
    {
        "错误说明",
        "原行号",
        "答复期限",
        "应答复日期",
        "应答复时间",
        "答复截止日期",
        "办理期限",
        "期限",
        "承办人",
        "经办人",
    }
)

_MARKS = re.compile(r"[\s*＊:：_、，,。.·\-—]+")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def key_of(text: str) -> str:
    """A name without what differs from ledger to ledger: width, blanks, stars, colons, capitals."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def keys_of(text: str) -> tuple[str, ...]:
    """The name whole, and without what stands in brackets (答复日期（年月日）)."""
    whole = key_of(text)
    bare = key_of(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    return tuple(dict.fromkeys(key for key in (whole, bare) if key))


#: Each name's field with its place among the field's names (0 is best).
NAMES: Mapping[str, tuple[Field, int]] = {
    key_of(name): (field, place)
    for field, names in _NAMES.items()
    for place, name in reversed([*enumerate(names.split())])
}


def field_called(name: str) -> tuple[Field, int] | None:
    """The field that a column of this name is, and how good the name is; None where it is none we know."""
    return next((NAMES[key] for key in keys_of(name) if key in NAMES), None)


def field_by_word(word: str) -> Field | None:
    """The field that a person names on the command line: by its identifier, its label or any usual name."""
    if word in list(Field):
        return Field(word)
    found = field_called(word)
    return found[0] if found else None
