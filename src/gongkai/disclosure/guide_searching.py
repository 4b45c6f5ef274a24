"""The guides of the agencies (条例 12), as the search finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.urls import reverse

from gongkai.agencies.lineage import lineages
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_accepting
from gongkai.disclosure.models import Guide
from gongkai.law.texts import Text
from gongkai.search.entries import Entry
from gongkai.search.schema import mark
from gongkai.search.sources import Shown

_SAID = ("office_name", "address", "postcode", "telephone", "fax", "email", "office_hours", "review_organ", "court")
_WRITTEN = ("classification", "arrangement", "ways", "summer_hours", "remarks")


class GuideSource:
    """政府信息公开指南; a guide has the number of its agency."""

    kind = "guide"
    label = Text("公开指南", "guides")

    def count(self) -> int:
        return agencies_accepting().count()

    def entries(self) -> Iterator[Entry]:
        yield from _entries(list(agencies_accepting()))

    def entries_of(self, numbers: Sequence[int]) -> Iterable[Entry]:
        return _entries(list(agencies_accepting().filter(pk__in=numbers)))

    def stamps(self) -> Iterator[tuple[int, str]]:
        for entry in self.entries():  # few and short
            yield int(entry.key.partition(":")[2]), entry.stamp

    def shown(self, numbers: Sequence[int]) -> Mapping[int, Shown]:
        return {
            agency.pk: Shown(_title(agency), reverse("portal:guide", args=[agency.slug]), "", agency.name)
            for agency in agencies_accepting().filter(pk__in=numbers)
        }


def _title(agency: Agency) -> str:
    return f"{agency.name}政府信息公开指南"


def _entries(agencies: list[Agency]) -> Iterator[Entry]:
    paths = lineages()
    newest = {row.agency_id: row for row in Guide.objects.filter(agency__in=agencies).order_by("id")}
    for agency in agencies:
        guide = newest.get(agency.pk)
        said = [getattr(agency, name) for name in _SAID]
        said += [getattr(guide, name) for name in _WRITTEN] if guide else []
        body = "\n".join(part for part in said if part)
        yield Entry(
            key=f"{GuideSource.kind}:{agency.pk}",
            title=_title(agency),
            body=body,
            agencies=paths.get(agency.pk, ()),
            published=guide.made_at if guide else None,
            stamp=f"{mark(_title(agency) + body)}.{'/'.join(paths.get(agency.pk, ()))}",
        )
