"""The scene that this room's tests play in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.applications.scenes import Scene


@pytest.fixture
def scene(cast: Any) -> Scene:
    return Scene(cast)
