from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from gongkai.config import page_cache
from tests.cast import Cast
from tests.config.sites import Site


@pytest.fixture
def site(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    settings.DATA = tmp_path
    # The tests' own connection is in a transaction: it stays open, as Django's test client keeps it.
    monkeypatch.setattr(page_cache, "close_old_connections", lambda: None)
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Site(tmp_path / "public-changed")
    for signal in signals:
        signal.connect(close_old_connections)
