"""短信: the small interface to whatever sends them. An agency's gateway is a class of this shape, named by
GONGKAI_SMS_BACKEND; ours writes a file, so that a demonstration can be looked at."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


class SmsBackend(Protocol):
    """Hands one SMS over. Raises anything where it was not taken; it will be called again then."""

    def send(self, mobile: str, text: str) -> None: ...


class FileBackend:
    """One line of JSON for each SMS, in the data folder, readable by its owner only."""

    def send(self, mobile: str, text: str) -> None:
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = json.dumps({"at": timezone.now().isoformat(), "mobile": mobile, "text": text}, ensure_ascii=False)
        descriptor = os.open(folder / "messages.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(line + "\n")


def backend() -> SmsBackend:
    return cast("SmsBackend", import_string(settings.SMS_BACKEND)())
