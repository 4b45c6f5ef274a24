"""The WSGI entry for gunicorn: `gongkai.config.wsgi:application`. Before Django stand the pages that are kept."""

from __future__ import annotations

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django_application = get_wsgi_application()


def kept() -> KeptPages:
    """The application with the pages of this process. What browsers keep may come from another version of the program,
    or from other settings, so that nothing counts as unchanged since."""
    try:
        committed()
    except Error:
        logging.getLogger(__name__).warning("the database does not answer yet", exc_info=True)
    pages = Pages(public_version, settings.PAGE_CACHE_SECONDS, settings.PAGE_CACHE_BYTES, str(notice()))
    return KeptPages(django_application, pages, visits.given_out)


# After Django is set up: these know its models.
from django.conf import settings  # noqa: E402
from django.db import Error  # noqa: E402

from gongkai.config.page_cache import KeptPages, Pages, notice  # noqa: E402
from gongkai.disclosure.publicly import committed, public_version  # noqa: E402
from gongkai.portal import visits  # noqa: E402

application = kept()
