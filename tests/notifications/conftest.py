"""Mail that is kept in memory, SMS that are kept in a list."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

SMS = "tests.notifications.conftest.Kept"


class Kept:
    """An SMS gateway that keeps what it is given, or refuses it."""

    sent: ClassVar[list[tuple[str, str]]] = []
    broken: ClassVar[bool] = False

    def send(self, mobile: str, text: str) -> None:
        if Kept.broken:
            raise ConnectionError(f"{mobile} was not reached")
        Kept.sent.append((mobile, text))


@pytest.fixture(autouse=True)
def _kept_sms(settings: Any) -> None:
    settings.SMS_BACKEND = SMS
    Kept.sent.clear()
    Kept.broken = False


@pytest.fixture
def clerk(cast: Any) -> Any:
    """The clerk of the cast, who has a mail address."""
    cast.clerk.email = "clerk@example.test"
    cast.clerk.save()
    return cast.clerk
