"""不予公开的依据: why a part of a document may be withheld (条例 14–16, 37 [C]).

The grounds are those of a refusal of the whole, and one more: a part may be no government information at all (37).
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text


class WithholdingGround(StrEnum):
    """One ground; the value is that of the outcome where the whole is refused on it."""

    STATE_SECRET = "state_secret"
    PROHIBITED_BY_LAW = "prohibited_by_law"
    ENDANGERS_SECURITY = "endangers_security"
    THIRD_PARTY_RIGHTS = "third_party_rights"
    INTERNAL_AFFAIRS = "internal_affairs"
    PROCESS_INFORMATION = "process_information"
    ENFORCEMENT_FILE = "enforcement_file"
    NOT_GOVERNMENT_INFORMATION = "not_government_information"

    @property
    def label(self) -> Text:
        """What a form calls it."""
        return _ROWS[self][0]

    @property
    def clause(self) -> str:
        """What a letter says of the part withheld on it, without the article."""
        return _ROWS[self][1]

    @property
    def article(self) -> Article:
        """The article that withholds."""
        return _ROWS[self][2]


_ROWS: dict[WithholdingGround, tuple[Text, str, Article]] = {
    WithholdingGround.STATE_SECRET: (Text("国家秘密", "State secret"), "依法确定为国家秘密", REG(14)),
    WithholdingGround.PROHIBITED_BY_LAW: (
        Text("法律、行政法规禁止公开", "Prohibited by law"),
        "属于法律、行政法规禁止公开的信息",
        REG(14),
    ),
    WithholdingGround.ENDANGERS_SECURITY: (
        Text("危及安全、稳定", "Endangers security or stability"),
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
        REG(14),
    ),
    WithholdingGround.THIRD_PARTY_RIGHTS: (
        Text("商业秘密、个人隐私等第三方合法权益", "Third-party rights: trade secrets, privacy"),
        "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
        REG(15),
    ),
    WithholdingGround.INTERNAL_AFFAIRS: (
        Text("内部事务信息", "Internal affairs"),
        "属于行政机关内部事务信息",
        REG(16, 1),
    ),
    WithholdingGround.PROCESS_INFORMATION: (
        Text("过程性信息", "Process information"),
        "属于过程性信息",
        REG(16, 2),
    ),
    WithholdingGround.ENFORCEMENT_FILE: (
        Text("行政执法案卷信息", "Enforcement case file"),
        "属于行政执法案卷信息",
        REG(16, 2),
    ),
    WithholdingGround.NOT_GOVERNMENT_INFORMATION: (
        Text("不属于政府信息", "Not government information"),
        "不属于政府信息",
        REG(37),
    ),
}
