"""What the letters of a case need to know of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure_replies import ReopenGround


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One application and the office that answers it, as its letters say it.

    ``agency`` answers, ``office`` is its 政府信息公开工作机构; ``channel`` is the label of the way it came
    (当面提交, 邮寄 …); ``received_on`` and ``corrected_on`` are the days that start the clock (条例 30,
    31); ``form`` and ``way`` say how the applicant wants the information (条例 29); ``due_explanation`` is
    one line of the clock; ``progress`` the address of the page that shows progress. The purpose of an
    application is never asked, and so there is no place for it. No identity number has a place here either:
    no letter needs one.
    """

    agency: str
    office: str
    address: str
    telephone: str
    postcode: str
    email: str
    case_number: str
    applicant_name: str
    applicant_kind: ApplicantKind
    received_on: dt.date
    channel: str
    requested: str
    due_on: dt.date
    due_explanation: str
    corrected_on: dt.date | None = None
    form: str = ""
    way: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The reply that a new one replaces (重新办理): its number (empty where it was made in an earlier register) and
    date, why the case was reopened, and the number of the decision or judgment that ordered it."""

    number: str
    on: dt.date
    ground: ReopenGround
    document: str = ""
