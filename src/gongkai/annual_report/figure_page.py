"""What the pages of the figures show: where they come from, what was corrected, what has changed since, what fits last
year. The user first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.annual_report.compiling import compile_tables
from gongkai.annual_report.content import cells_from_data
from gongkai.annual_report.continuity import Break, breaks
from gongkai.annual_report.corrections import laid_over
from gongkai.annual_report.figures import corrections_of, counted_now, previous, report_on, summed, value_of
from gongkai.annual_report.figures import previous_source as source_of
from gongkai.annual_report.models import CellCorrection, Report, ReportStep, Scope
from gongkai.annual_report.visibility import report_for
from gongkai.law.procedure import Role
from gongkai.law.report_form import Cell, Tables, Value, cells
from gongkai.law.report_procedure import WRITERS, ReportAct, ReportState, possible

FIGURE_ACTS = (ReportAct.BEGIN, ReportAct.FREEZE, ReportAct.UNFREEZE)


@dataclass(frozen=True)
class FigurePage:
    """The figures of an agency, a year and a scope, for one person who may see them; `report` None before it is begun."""

    person: Person
    agency: Agency
    year: int
    scope: str = Scope.OWN

    @cached_property
    def report(self) -> Report | None:
        return report_on(self.agency, self.year, self.scope)

    @cached_property
    def now(self) -> Tables:
        """What the records say now."""
        if self.report is not None:
            return counted_now(self.report)
        return summed(self.agency, self.year) if self.scope == Scope.WHOLE else compile_tables(self.agency, self.year)

    @cached_property
    def base(self) -> Tables:
        """The counted numbers that hold."""
        frozen = self.report.frozen if self.report else None
        return self.now if frozen is None else cells_from_data(frozen)

    @cached_property
    def corrections(self) -> Mapping[str, CellCorrection]:
        return corrections_of(self.report) if self.report else {}

    @cached_property
    def tables(self) -> Tables:
        """As the report gives them."""
        return laid_over(self.base, {a: value_of(a, row.value) for a, row in self.corrections.items()})

    @property
    def corrected(self) -> Sequence[tuple[Cell, CellCorrection]]:
        """The corrections in force, in the order of the form."""
        return [(cell, self.corrections[a]) for a, cell in cells().items() if a in self.corrections]

    @cached_property
    def changed_since(self) -> Sequence[tuple[Cell, Value, Value]]:
        """Where the records say something else than what was frozen: cell, frozen, now."""
        if not self.is_frozen:
            return []
        return [(cell, self.base[a], self.now[a]) for a, cell in cells().items() if self.base[a] != self.now[a]]

    @property
    def is_frozen(self) -> bool:
        return self.report is not None and self.report.frozen is not None

    @cached_property
    def before(self) -> Tables | None:
        """Last year's tables, where they are known."""
        return previous(self.agency, self.year, self.scope)

    @property
    def before_from(self) -> str:
        """Where they come from: published, frozen, read; empty where they are not known."""
        return source_of(self.agency, self.year, self.scope)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where this year does not follow from last year."""
        return breaks(self.before, self.tables) if self.before else ()

    @cached_property
    def freezing(self) -> ReportStep | None:
        """The last time the figures were frozen; its remark explains what does not fit."""
        kind = ReportAct.FREEZE
        return self.report.steps.filter(kind=kind).select_related("actor").last() if self.report else None

    @cached_property
    def roles(self) -> frozenset[Role]:
        return roles_of(self.person, self.agency)

    @cached_property
    def acts(self) -> tuple[ReportAct, ...]:
        """What this person may do to the figures now."""
        state = ReportState(self.report.state) if self.report else None
        may = possible(state=state, roles=self.roles, frozen=self.is_frozen)
        return tuple(act for act in FIGURE_ACTS if act in may)

    @property
    def may_begin(self) -> bool:
        return ReportAct.BEGIN in self.acts

    @cached_property
    def may_correct(self) -> bool:
        writes = bool(WRITERS & self.roles)
        return writes and self.report is not None and self.report.state == ReportState.WRITING and not self.is_frozen

    @cached_property
    def may_enter(self) -> bool:
        """Whether this person enters last year's figures."""
        return bool(WRITERS & self.roles)

    def history_of(self, address: str) -> Sequence[CellCorrection]:
        """Every correction of a cell, the newest first, those taken back included."""
        if self.report is None:
            return []
        return list(self.report.corrections.filter(address=address).select_related("by").order_by("-number"))


def figures_for(person: Person, report_id: int) -> FigurePage:
    """The page of a report, for whoever has a role at its agency. Raises ReportNotFound."""
    found = report_for(person, report_id)
    return FigurePage(person, found.agency, found.year, found.scope)
