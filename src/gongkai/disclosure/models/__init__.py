"""The data of 主动公开: columns, items and their revisions, reviews, the register of documents, counts of decisions."""

from gongkai.disclosure.models.columns import Column, ColumnAbsence, ColumnKind, ContentClass, Guide, UpdateClass
from gongkai.disclosure.models.drafts import DraftState, ItemDraft
from gongkai.disclosure.models.items import (
    Attachment,
    InterpretationForm,
    Item,
    ItemState,
    OldAddress,
    OpenType,
    Purpose,
    Revision,
)
from gongkai.disclosure.models.register import (
    COUNTED,
    Campaign,
    CampaignDocument,
    DecisionCount,
    DecisionKind,
    DocumentChange,
    DocumentClass,
    Finding,
    NormativeDocument,
)
from gongkai.disclosure.models.reviews import Consent, RevisionStep, SecrecyResult, SecrecyReview, Suspension
from gongkai.disclosure.models.scans import ContentScan, PublicVersion
from gongkai.disclosure.models.visits import PageKind, VisitCount

__all__ = [
    "COUNTED", "Attachment", "Campaign", "CampaignDocument", "Column", "ColumnAbsence", "ColumnKind", "Consent", "ContentClass", "ContentScan",
    "DecisionCount", "DecisionKind", "DocumentChange", "DocumentClass", "DraftState", "Finding", "Guide", "InterpretationForm", "Item",
    "ItemDraft", "ItemState", "NormativeDocument", "OldAddress", "OpenType", "PageKind", "PublicVersion", "Purpose", "Revision", "RevisionStep",
    "SecrecyResult", "SecrecyReview", "Suspension", "UpdateClass", "VisitCount",
]  # fmt: skip
