from django.apps import AppConfig


class GrassrootsConfig(AppConfig):
    """基层政务公开."""

    name = "gongkai.grassroots"

    def ready(self) -> None:
        from gongkai.disclosure import publicly
        from gongkai.grassroots.models import Area, CatalogueRow

        publicly.shows(Area, CatalogueRow, CatalogueRow.bodies.through)
