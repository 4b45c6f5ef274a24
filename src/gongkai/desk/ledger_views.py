"""操作留痕: what happened at this agency, entry by entry, and whether the chain still holds."""

from __future__ import annotations

from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.selectors import current_agency, roles_of
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.desk.acts import label_of
from gongkai.ledger.models import Chain
from gongkai.ledger.selectors import entries_of
from gongkai.ledger.verification import Problem, verify

PAGE = 100
#: A chain longer than this is verified with `gongkai ledger verify`, not while a page waits.
MOST_VERIFIED = 5_000
MOST_PROBLEMS = 200


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest entries of the agency's chain; `?before=` pages on, `?verify=1` reads the whole chain."""
    person = person_of(request)
    agency = current_agency(person)
    if agency is None:
        raise Http404
    entries = entries_of(agency.slug)
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        entries = entries.filter(number__lt=before)
    found = list(entries[: PAGE + 1])
    context = {
        "agency": agency,
        "roles": sorted(roles_of(person, agency)),
        "entries": [(entry, label_of(entry.act)) for entry in found[:PAGE]],
        "next": found[PAGE - 1].number if len(found) > PAGE else None,
        "chain": Chain.objects.filter(name=agency.slug).first(),
        "verified": "verify" in request.GET,
        "problems": problems_of(agency.slug) if "verify" in request.GET else (),
        "most": MOST_VERIFIED,
    }
    return render(request, "desk/ledger.html", context)


def problems_of(name: str) -> list[Problem] | None:
    """What does not hold in a chain; None where it is too long to be read while a page waits."""
    # A chain whose head is gone is verified as an empty one: what entries it still has are then told as wrong.
    chain = Chain.objects.filter(name=name).first() or Chain(name=name)
    return list(islice(verify(chain), MOST_PROBLEMS)) if chain.length <= MOST_VERIFIED else None
