"""An agency's papers to look at before any is issued: with its own wording, and invented facts or those of a real case.

What a drafter would write is invented even in a real case: a preview shows the wording, not a decision.
"""

from __future__ import annotations

import io
from dataclasses import replace

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.applications.correspondence import facts_of, office_facts
from gongkai.applications.letters import CaseFacts, Own
from gongkai.applications.letters.samples import SAMPLE_DAY, SAMPLE_FACTS, SAMPLES, sample_letter
from gongkai.applications.models import Application
from gongkai.applications.own_wording import own_of, template_in_force
from gongkai.documents.typesetting import render_pdf


def preview_pdf(agency: Agency, code: str, *, case: Application | None = None, own: Own | None = None) -> bytes:
    """One paper as a draft: in the agency's wording of today, or in one that is not kept yet (`own`). Raises LawError where
    it cannot be made."""
    added = own if own is not None else own_of(template_in_force(agency, code, today()))
    if case is None:
        return render_pdf(sample_letter(code, facts=_invented(agency), own=added, on=SAMPLE_DAY, draft=True))
    return render_pdf(sample_letter(code, facts=facts_of(case), own=added, on=today(), draft=True))


def print_of_all(agency: Agency) -> bytes:
    """All of them in one PDF, each beginning on a page of its own."""
    import pikepdf

    facts = _invented(agency)
    with pikepdf.new() as whole:
        for name in SAMPLES:
            own = own_of(template_in_force(agency, name[:3], today()))
            letter = sample_letter(name, facts=facts, own=own, draft=True)
            with pikepdf.open(io.BytesIO(render_pdf(letter))) as one:
                whole.pages.extend(one.pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def _invented(agency: Agency) -> CaseFacts:
    """The invented case at this very agency: its head, its address."""
    return replace(SAMPLE_FACTS, **office_facts(agency))
