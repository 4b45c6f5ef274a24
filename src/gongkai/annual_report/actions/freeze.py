"""Freeze the figures: what the records say now is what the report says, whatever happens to the records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.annual_report.acting import locked_report, take
from gongkai.annual_report.aggregating import kept_with_freeze
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.continuity import Break, breaks
from gongkai.annual_report.corrections import laid_over
from gongkai.annual_report.figures import corrected, counted_now, previous
from gongkai.annual_report.models import Report
from gongkai.annual_report.reasons import checked_reason
from gongkai.law.report_form import FORM_2021, Tables, broken_identities
from gongkai.law.report_procedure import ReportAct, ReportRefused
from gongkai.law.texts import Text


@transaction.atomic
def freeze(*, actor: Person, report_id: int, explanation: str = "", revision: int | None = None) -> Report:
    """The counted cells are kept; corrections stay beside them. The explanation is kept with the step.

    Raises ReportRefused where the sums do not hold (勾稽关系), and, without an explanation, before the year is over, where
    the figures do not follow from the year before, and a 汇总 that lacks somebody's report."""
    report, explanation = locked_report(actor, report_id, revision), checked_reason(explanation, "explanation")
    if report.frozen is None:
        counted = counted_now(report)
        tables = laid_over(counted, corrected(report))
        _require_sums(tables)
        found, kept = breaks_of(report, tables), kept_with_freeze(report)
        if not explanation:
            _require_year_over(report)
            _require_everybody(kept.get("missing", []))
            _require_no_break(found)
        report.frozen = cells_as_data(counted)
        facts = {"digest": digest_of(tables), "breaks": [one.address for one in found]}
    else:
        facts, kept = {}, {}
    digest = str(facts.get("digest", ""))
    take(report, ReportAct.FREEZE, actor=actor, reason=explanation, digest=digest, facts=facts, kept=kept)
    return report


def breaks_of(report: Report, tables: Tables) -> tuple[Break, ...]:
    """Where the report's figures do not follow from the year before; nothing where that is not known."""
    before = previous(report.agency, report.year, report.scope)
    return breaks(before, tables) if before else ()


def digest_of(tables: Tables) -> str:
    """SHA-256 of the cells."""
    told = json.dumps(cells_as_data(tables), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _require_sums(tables: Tables) -> None:
    broken = broken_identities(tables)
    if broken:
        one, more = broken[0], len(broken) - 1
        zh, en = (f"，另有{more}处", f", and {more} more") if more else ("", "")
        text = Text(
            f"勾稽关系不成立，不能冻结：{one.identity.where.zh}，{one.left} ≠ {one.right}{zh}。",
            f"The figures do not add up: {one.identity.where.en}, {one.left} ≠ {one.right}{en}.",
        )
        raise ReportRefused("does_not_add_up", text, FORM_2021)


def _require_year_over(report: Report) -> None:
    if today() <= date(report.year, 12, 31):
        text = Text(
            f"{report.year}年尚未结束。确需现在冻结的，请写明理由。",
            f"{report.year} is not over. To freeze the figures now, give a reason.",
        )
        raise ReportRefused("year_not_over", text, FORM_2021)


def _require_everybody(missing: Sequence[str]) -> None:
    """A 汇总 is of all (年度报告格式 二 [C]); who never reports is told in words."""
    if missing:
        names = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        text = Text(
            f"还有{len(missing)}个下级机关的报告没有计入汇总：{names}。确需现在冻结的，请写明理由。",
            f"{len(missing)} agencies below are not in the sum: {names}. To freeze the figures now, give a reason.",
        )
        raise ReportRefused("children_missing", text, FORM_2021)


def _require_no_break(found: tuple[Break, ...]) -> None:
    if found:
        zh = "".join(one.told.zh for one in found)
        en = " ".join(one.told.en for one in found)
        text = Text(f"与上一年度报告不衔接，请核对或者写明原因：{zh}", f"Does not follow from last year: {en}")
        raise ReportRefused("does_not_follow", text, FORM_2021)
