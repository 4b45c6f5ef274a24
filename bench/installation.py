"""An empty installation for measuring, in a folder that goes away; on PostgreSQL where GONGKAI_DATABASE_URL says so."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def installation() -> Iterator[str]:
    """Django set up on it, its tables made; gives the name of the database. On a real disk, as an office has it."""
    folder = os.environ.get("GONGKAI_BENCH_FOLDER")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=folder) as data:
        os.environ["GONGKAI_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        from gongkai.agencies.models import Agency

        if Agency.objects.exists():
            raise SystemExit("this database is somebody's office: measure on an empty one")
        yield str(connection.vendor)
        connection.close()
