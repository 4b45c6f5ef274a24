"""A report under way, for the tests of its acts: five applications of 2021, three of them answered in it."""

from __future__ import annotations

from datetime import date

from gongkai.annual_report.actions.begin import begin
from gongkai.annual_report.models import Report
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from tests.annual_report import histories
from tests.annual_report.histories import Case
from tests.cast import Cast

PERSON, BUSINESS = ApplicantKind.NATURAL_PERSON, ApplicantKind.BUSINESS
YEAR = 2021
CASES = (
    Case(PERSON, date(2020, 12, 20), date(2021, 1, 10), Outcome.GRANTED),
    Case(PERSON, date(2021, 3, 1), date(2021, 3, 20), Outcome.GRANTED),
    Case(PERSON, date(2021, 4, 1), date(2021, 4, 20), Outcome.NOT_HELD),
    Case(BUSINESS, date(2021, 5, 1), date(2021, 5, 20), Outcome.GRANTED),
    Case(PERSON, date(2021, 12, 20)),
)


def begun(cast: Cast, year: int = YEAR) -> Report:
    """Begun by the clerk; counted live."""
    histories.enter_cases(cast.agency, CASES)
    return begin(actor=cast.clerk, agency=cast.agency, year=year)
