"""Settings of a real worker in tests: on PostgreSQL what a killed worker had in hand waits for its time to run out, and
no test waits a quarter of an hour."""

from __future__ import annotations

from gongkai.config.settings import *  # noqa: F403

Q_CLUSTER = {**Q_CLUSTER, "timeout": 2, "retry": 7}  # noqa: F405
SMS_BACKEND = "tests.notifications.slow_gateway.SlowAtFirst"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    Q_CLUSTER = {**Q_CLUSTER, "timeout": 300, "retry": 1000}
