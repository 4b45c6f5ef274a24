"""Settings of the test run: the same as everyone's, on a data folder of its own, with a quick password hasher.

`GONGKAI_TEST_DATABASE=postgresql` (set by `scripts/check.py`) runs the same tests on PostgreSQL.
"""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp(prefix="gongkai-test-"))

from gongkai.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
