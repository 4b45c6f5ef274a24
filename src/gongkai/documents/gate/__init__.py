"""The upload gate: every file that enters passes it before anything is stored (docs/decisions/0008)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.documents.gate.kinds import EXTENSIONS
from gongkai.documents.gate.limits import Limits, usual
from gongkai.documents.gate.refusals import UploadRefused

if TYPE_CHECKING:
    from gongkai.documents.gate.inspection import Passed, inspect, keep_upload

__all__ = ["EXTENSIONS", "Limits", "Passed", "UploadRefused", "inspect", "keep_upload", "usual"]


def __getattr__(name: str) -> Any:
    """What needs the models comes when asked for: files are read, and refused, where there is no database, too."""
    if name not in __all__:
        raise AttributeError(name)
    from gongkai.documents.gate import inspection

    return getattr(inspection, name)
