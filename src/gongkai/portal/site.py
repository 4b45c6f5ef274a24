"""Whose site this is: what the head and the foot of every public page must say (政府网站发展指引, 网页设计规范).

Name, 网站标识码 and ICP备案编号 come from the agency, the rest from the settings. What is empty
is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_accepting
from gongkai.config.prepared import Prepared, Told

ATTRIBUTE = "_gongkai_site"


@dataclass(frozen=True)
class Site:
    """The identity of the site. Every field may be empty but `domain`.

    `police` 公安机关备案号, `party_mark` address of the 党政机关网站标识, `report_error` address of
    我为政府网站找错.
    """

    agency: Agency | None
    domain: str
    police: str
    party_mark: str
    report_error: str

    @property
    def sponsor(self) -> str:
        """主办单位."""
        return self.agency.name if self.agency else ""

    @property
    def name(self) -> str:
        """SiteName of the page's tags, which supervisors' crawlers read: Chinese in any language (SIT-02)."""
        return f"{self.sponsor}政府信息公开"

    @property
    def id_code(self) -> str:
        """政府网站标识码."""
        return self.agency.site_code if self.agency else ""

    @property
    def icp(self) -> str:
        """ICP备案编号."""
        return self.agency.icp_number if self.agency else ""


def site_of(request: HttpRequest | None) -> Site:
    """The site of this request; asked once per request."""
    known: Site | None = getattr(request, ATTRIBUTE, None)
    if known is not None:
        return known
    found = Site(
        agency=sponsor(),
        domain=request.get_host() if request else "",
        police=settings.SITE_POLICE,
        party_mark=settings.SITE_PARTY_MARK,
        report_error=settings.SITE_REPORT_ERROR,
    )
    if request is not None:
        setattr(request, ATTRIBUTE, found)
    return found


def sponsor() -> Agency | None:
    """The one agency that takes applications here; where several do, the root that was there first: the tree is sorted by
    address, and another root must not give the site another name.

    None before the first agency exists. One query: the root, and no more of the others than tell one from several.
    """
    rows = [agency for row in _SPONSORS.rows() if (agency := _AGENCY.of(iter(row)))]
    accepting = [row for row in rows if row.accepts_applications]
    if len(accepting) == 1:
        return accepting[0]
    return next((row for row in rows if row.depth == 1), None)


def _sponsors_asked() -> QuerySet[Agency, tuple[object, ...]]:
    root = Agency.objects.filter(depth=1).order_by("pk").values("pk")[:1]
    wanted = Q(pk__in=root) | Q(pk__in=agencies_accepting().values("pk")[:2])
    found: QuerySet[Agency, tuple[object, ...]] = Agency.objects.filter(wanted).order_by("pk")
    return found.values_list(*_AGENCY.columns)


_AGENCY = Told(Agency)
_SPONSORS = Prepared(_sponsors_asked)
