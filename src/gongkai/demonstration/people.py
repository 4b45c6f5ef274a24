"""The people of the demonstration and how they sign in. Made up, and known to everybody: never in a real office."""

from __future__ import annotations

from datetime import date

from gongkai.law.procedure import Role

PASSWORD = "gongkai-yanshi"
SINCE = date(2020, 1, 1)

#: user name, name, role, what the role does.
PEOPLE = (
    ("jingban", "李明", Role.CLERK),
    ("chengban", "王芳", Role.DRAFTER),
    ("shenpi", "张伟", Role.APPROVER),
    ("bianji", "刘洋", Role.EDITOR),
    ("zhuguan", "陈静", Role.SUPERVISOR),
    ("guanli", "赵磊", Role.ADMINISTRATOR),
)
