"""Settings of the test run: the same as everyone's, on a data folder of its own, with a quick password hasher.

Which database they use is said by tests/conftest.py.
"""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp(prefix="gongkai-test-"))

from gongkai.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
#: What one test counts would be written in another, after its items are gone. The tests of the counting turn it on.
COUNT_VISITS = False
