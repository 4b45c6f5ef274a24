"""The WSGI entry for gunicorn: `gongkai.config.wsgi:application`. Before Django stand the pages that are kept."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django_application = get_wsgi_application()


def kept() -> KeptPages:
    """The application with the pages of this process."""
    version = _version_and_visits
    pages = Pages(version, settings.PAGE_CACHE_SECONDS, settings.PAGE_CACHE_BYTES, str(notice()))
    return KeptPages(django_application, pages, visits.given_out)


def _version_and_visits() -> int:
    """What the public sees; asked once a second, which is also when visits of kept pages can be written."""
    visits.write_when_due()
    return public_version()


# After Django is set up: these know its models.
from django.conf import settings  # noqa: E402

from gongkai.config.page_cache import KeptPages, Pages, notice  # noqa: E402
from gongkai.disclosure.publicly import public_version  # noqa: E402
from gongkai.portal import visits  # noqa: E402

application = kept()
