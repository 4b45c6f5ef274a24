"""Numbers put in by hand, laid over the counted ones: the sums that held go along, so that the report still adds up."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.report_form import Tables, Value, identities


def laid_over(counted: Tables, corrected: Mapping[str, Value]) -> Tables:
    """The tables with some cells corrected. A sum follows its parts where it held before and was not corrected itself;
    一＋二＝三（七）＋四 is never made to hold: it is the check, not a sum."""
    if not corrected:
        return counted
    tables, changed = counted.with_cells(corrected), set(corrected)
    # Rows first: what they give 总计 (the column) is a part of the sum in （七）.
    for rule in ("T3-1", "T3-2", "T4-1"):
        for identity in identities(counted.form):
            (total, *more) = identity.left
            if identity.rule != rule or more or total in corrected or changed.isdisjoint(identity.right):
                continue
            if counted[total] == counted.sum_of(identity.right):
                tables = tables.with_cells({total: tables.sum_of(identity.right)})
                changed.add(total)
    return tables
