from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    """年度报告."""

    name = "gongkai.annual_report"
