from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """主动公开."""

    name = "gongkai.disclosure"

    def ready(self) -> None:
        from datetime import time

        from django.core import checks

        from gongkai import jobs
        from gongkai.agencies.models import Agency
        from gongkai.disclosure import models, publicly
        from gongkai.disclosure.columns.checks import required_columns
        from gongkai.disclosure.reviewing import due_digest  # noqa: F401  (what waits for whom, for the digest)
        from gongkai.search import sources

        jobs.every("gongkai.disclosure.reviewing.jobs.release", minutes=1)
        jobs.daily("gongkai.disclosure.actions.note_lapses.note_lapses", at=time(0, 20))
        jobs.daily("gongkai.disclosure.kept_files.clear", at=time(0, 50))
        jobs.daily("gongkai.disclosure.actions.set_guide.remind_of_guides", at=time(7, 40))
        checks.register(required_columns, checks.Tags.database)
        sources.register("gongkai.disclosure.searching.ItemSource")
        sources.register("gongkai.disclosure.guide_searching.GuideSource")
        publicly.begin()
        publicly.shows(Agency, models.Column, models.ColumnAbsence, models.Guide, models.Item)
        publicly.shows(models.NormativeDocument, models.DocumentChange)
