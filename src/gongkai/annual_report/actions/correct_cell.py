"""Correct numbers by hand, with a reason; and take the counted number back, with a reason too."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.annual_report.acting import locked_report, touch
from gongkai.annual_report.corrections import laid_over
from gongkai.annual_report.figures import base_of, corrected
from gongkai.annual_report.linked_figures import printed
from gongkai.annual_report.models import CellCorrection, Report
from gongkai.annual_report.reasons import checked_reason
from gongkai.law.report_form import FORM_2021, Tables, Value, broken_identities, cells
from gongkai.law.report_procedure import WRITERS, ReportRefused, ReportState
from gongkai.law.texts import Text

MOST, PLACES = 10**12, 6


@transaction.atomic
def correct_cells(
    *, actor: Person, report_id: int, values: Mapping[str, Value], reason: str, revision: int | None = None
) -> Report:
    """Some cells get other numbers than were counted; None, or the counted number itself, takes the counted one back.
    Several at once, because in table 3 one alone hardly ever keeps 一＋二＝三（七）＋四.

    Sums follow. Raises ReportRefused where an identity that held would break, and for a report whose figures are not
    open; Invalid for numbers a cell cannot hold and where nothing would change."""
    report = locked_report(actor, report_id, revision)
    _require_open(report, actor)
    reason = checked_reason(reason)
    if not reason:
        raise Invalid("reason", Text("更正要写明理由。", "A correction needs a reason."))
    base, standing = base_of(report), corrected(report)
    changed = _changes(base, standing, {address: _checked(address, value) for address, value in values.items()})
    _require_sums(base, standing, changed)
    for address, value in changed.items():
        CellCorrection.objects.create(
            report=report, address=address, number=report.corrections.filter(address=address).count() + 1,
            counted=_text(base[address]), value=None if value is None else _text(value), reason=reason, by=actor,
        )  # fmt: skip
    told = {address: [_text(base[address]), _text(value)] for address, value in changed.items()}
    touch(report, "annual_report.correct", actor, {"cells": told, "reason": reason})
    return report


def _require_open(report: Report, actor: Person) -> None:
    if WRITERS.isdisjoint(roles_of(actor, report.agency)):
        raise NotAllowed(Text("数据由经办人、编辑更正。", "Figures are corrected by clerks and editors."))
    if report.state != ReportState.WRITING:
        text = Text(
            "只有起草中的年度报告可以更正数据；已公布的，先重新编制。",
            "Only a report that is being written can be corrected; one that is published is opened again before.",
        )
        raise ReportRefused("wrong_state", text, FORM_2021)
    if report.frozen is not None:
        text = Text("数据已经冻结。需要更正的，先重新开放数据。", "The figures are frozen: open them again before.")
        raise ReportRefused("frozen_already", text, FORM_2021)


def _checked(address: str, value: Value) -> Value:
    cell = cells().get(address)
    if cell is None:
        raise Invalid("address", Text("格式中没有这个单元格。", "The form has no such cell."))
    if value is None:
        return None
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= MOST or number != round(number, PLACES if cell.decimal else 0):
        text = Text(
            f"{cell.place.zh}应填不小于零的{'数' if cell.decimal else '整数'}。",
            f"{cell.place.en} holds a {'number' if cell.decimal else 'whole number'} not below zero.",
        )
        raise Invalid(address, text)
    return number if cell.decimal else int(number)


def _changes(base: Tables, standing: Mapping[str, Value], wanted: Mapping[str, Value]) -> dict[str, Value]:
    """What is really to be written: the counted number is no correction, and the same again is none either."""
    settled = {address: None if value == base[address] else value for address, value in wanted.items()}
    changed = {address: value for address, value in settled.items() if value != standing.get(address)}
    if not changed:
        raise Invalid("value", Text("没有改动任何数字。", "No number was changed."))
    return changed


def _require_sums(base: Tables, standing: Mapping[str, Value], changed: Mapping[str, Value]) -> None:
    after = {address: value for address, value in {**standing, **changed}.items() if value is not None}
    held = {one.identity.key for one in broken_identities(laid_over(base, standing))}
    new = [one for one in broken_identities(laid_over(base, after)) if one.identity.key not in held]
    if new:
        one = new[0]
        text = Text(
            f"这样更正以后，勾稽关系不再成立：{one.identity.where.zh}，{one.identity.explanation.zh}"
            f"（{one.left} ≠ {one.right}）。请把相关的单元格一并更正。",
            f"So corrected the figures do not add up any more: {one.identity.where.en}, {one.identity.explanation.en} "
            f"({one.left} ≠ {one.right}). Correct the other cells together with it.",
        )
        raise ReportRefused("does_not_add_up", text, FORM_2021)


def _text(value: Value) -> str:
    return "" if value is None else printed(value)
