"""Begin the report of a year: from then on words and corrections have a place."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.annual_report.acting import take
from gongkai.annual_report.models import Report, Scope
from gongkai.annual_report.selectors import FIRST_YEAR
from gongkai.law.report_procedure import ReportAct, ReportState, check_act
from gongkai.law.texts import Text


@transaction.atomic
def begin(*, actor: Person, agency: Agency, year: int, scope: Scope = Scope.OWN) -> Report:
    """The report of an agency, a year and a scope, to be written. Raises ReportRefused where it was begun before or
    the person does not write; Invalid for a year without this form, and for a 汇总 of nobody."""
    # Two at once: the later one waits, and finds the report begun.
    held = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    existing = Report.objects.filter(agency=held, year=year, scope=scope).first()
    state = ReportState(existing.state) if existing else None
    check_act(ReportAct.BEGIN, state=state, roles=roles_of(actor, held), frozen=False)
    if not FIRST_YEAR <= year <= today().year:
        raise Invalid("year", Text("只能编制现行格式以来、至今年为止的年度报告。", "There is no such report to write."))
    if scope not in Scope.values:
        raise Invalid("scope", Text("请选择报告口径。", "Choose the scope of the report."))
    if scope == Scope.WHOLE and not held.numchild:
        message = Text("没有下级机关，不需要汇总报告。", "There are no agencies below, so nothing is summed up.")
        raise Invalid("scope", message)
    report = Report.objects.create(agency=held, year=year, scope=scope)
    take(report, ReportAct.BEGIN, actor=actor)
    return report
