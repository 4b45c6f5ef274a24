"""What a report is held against: what is known here of the year before."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.annual_report.audit import Previous
from gongkai.annual_report.content import cells_from_data
from gongkai.annual_report.figures import previous, previous_texts
from gongkai.annual_report.models import Scope, Submission, SubmissionState
from gongkai.annual_report.submissions import newest_of


def year_before(agency: Agency, year: int, scope: str = Scope.OWN) -> Previous | None:
    """Last year's report of an agency of ours, with the words of its part five."""
    tables = previous(agency, year, scope)
    if tables is None:
        return None
    problems = previous_texts(agency, year, scope).get("5", "")
    return Previous(tables, year - 1, agency.name, "".join(problems.split()))


def received_before(parent: Agency, year: int, child: Agency | None, name: str) -> Previous | None:
    """Last year's tables of a child: its own report where it is known here, else what the parent accepted last year."""
    if child is not None:
        tables = previous(child, year, Scope.WHOLE if child.numchild else Scope.OWN)
        if tables is not None:
            return Previous(tables, year - 1, child.name)
    row: Submission | None = newest_of(parent, year - 1, child, name)
    if row is None or row.state != SubmissionState.ACCEPTED:
        return None
    return Previous(cells_from_data(row.cells), year - 1, row.child_name)
