"""The people of the demonstration and how they sign in. Made up, and known to everybody: never in a real office."""

from __future__ import annotations

from datetime import date

from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role

PASSWORD = "gongkai-yanshi"
SINCE = date(2020, 1, 1)

#: user name, name, role, what the role does.
PEOPLE = (
    ("jingban", "李明", Role.CLERK),
    ("chengban", "王芳", Role.DRAFTER),
    ("kezhang", "孙涛", Role.UNIT_HEAD),
    ("fazhi", "周洁", Role.LEGAL_REVIEWER),
    ("shenpi", "张伟", Role.APPROVER),
    ("bianji", "刘洋", Role.EDITOR),
    ("zhuguan", "陈静", Role.SUPERVISOR),
    ("guanli", "赵磊", Role.ADMINISTRATOR),
)

#: The units; the drafter and the unit's head work in the first.
UNITS = ("城市管理科", "财政金融科")
IN_UNIT = (Role.DRAFTER, Role.UNIT_HEAD)
#: What is refused as internal goes past the legal reviewer first; everything else the approver signs alone.
REVIEWED_FIRST = Outcome.INTERNAL_AFFAIRS
