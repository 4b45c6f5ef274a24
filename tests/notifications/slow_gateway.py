"""An SMS gateway for real workers: the first time it is asked it never ends, after that it does what the file does."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings

from gongkai.notifications.sms import FileBackend


class SlowAtFirst:
    """Leaves a mark when it is asked."""

    def send(self, mobile: str, text: str) -> None:
        mark = Path(settings.DATA) / "asked"
        if not mark.exists():
            mark.touch()
            time.sleep(300)
        FileBackend().send(mobile, text)
