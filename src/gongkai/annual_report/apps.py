from datetime import time

from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    """年度报告."""

    name = "gongkai.annual_report"

    def ready(self) -> None:
        from gongkai import jobs
        from gongkai.annual_report import due_digest  # noqa: F401  (what is due, for the digest)
        from gongkai.annual_report.models import Publication, ReadReport
        from gongkai.disclosure import publicly
        from gongkai.search import sources

        jobs.daily("gongkai.annual_report.jobs.remind", at=time(7, 40))
        sources.register("gongkai.annual_report.searching.ReportSource")
        publicly.shows(Publication, ReadReport)
