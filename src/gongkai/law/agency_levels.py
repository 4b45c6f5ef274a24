"""At which level of the state an agency stands: it decides whether it can make 规章 and when its report is due."""

from __future__ import annotations

from enum import StrEnum

from gongkai.law.texts import Text


class AgencyLevel(StrEnum):
    """What an agency is, as far as the annual report asks (年度报告格式; 立法法 as report-format rule T2-1 reads it [S])."""

    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    PROVINCE = "province"
    CITY_WITH_DISTRICTS = "city_with_districts"
    COUNTY = "county"
    TOWN = "town"
    DEPARTMENT = "department"

    @property
    def label(self) -> Text:
        """The level in words."""
        return _LABELS[self]


_LABELS = {
    AgencyLevel.STATE_COUNCIL_DEPARTMENT: Text("国务院部门", "department of the State Council"),
    AgencyLevel.PROVINCE: Text("省级人民政府", "provincial government"),
    AgencyLevel.CITY_WITH_DISTRICTS: Text("设区的市、自治州人民政府", "government of a city with districts"),
    AgencyLevel.COUNTY: Text("县级人民政府", "county government"),
    AgencyLevel.TOWN: Text("乡镇人民政府、街道办事处", "town or street office"),
    AgencyLevel.DEPARTMENT: Text("政府部门、派出机构", "department or dispatched organ"),
}
#: 国务院部门, 省级政府, 设区的市和自治州政府 may make 规章.
RULE_MAKERS = frozenset({AgencyLevel.STATE_COUNCIL_DEPARTMENT, AgencyLevel.PROVINCE, AgencyLevel.CITY_WITH_DISTRICTS})
