"""The six kinds of applicant that the annual report counts (年度报告表3 各列)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.texts import Text


class ApplicantKind(StrEnum):
    """Kind of applicant, in the column order of table 3 of the annual report [M: N30]."""

    NATURAL_PERSON = "natural_person"
    BUSINESS = "business"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """The official column heading; English is ours."""
        return _LABELS[self]

    @property
    def is_organisation(self) -> bool:
        """Whether the column stands under 法人或其他组织 (five of the six do)."""
        return self is not ApplicantKind.NATURAL_PERSON


_LABELS: Mapping[ApplicantKind, Text] = MappingProxyType(
    {
        ApplicantKind.NATURAL_PERSON: Text("自然人", "Natural person"),
        ApplicantKind.BUSINESS: Text("商业企业", "Business"),
        ApplicantKind.RESEARCH: Text("科研机构", "Research institution"),
        ApplicantKind.WELFARE: Text("社会公益组织", "Public welfare organisation"),
        ApplicantKind.LEGAL_SERVICE: Text("法律服务机构", "Legal service provider"),
        ApplicantKind.OTHER: Text("其他", "Other organisation"),
    }
)
