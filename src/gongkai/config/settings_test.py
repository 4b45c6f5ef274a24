"""Settings of the test run: the same as everyone's, on a data folder of its own, with a quick password hasher.

With GONGKAI_DATABASE_URL (set by `scripts/postgresql.py`) the same tests run on PostgreSQL.
"""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp(prefix="gongkai-test-"))

from gongkai.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if not env.str("GONGKAI_DATABASE_URL", default=""):  # noqa: F405
    # A file, as in an office: two connections to SQLite's memory do not wait for each other but fail at once.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
