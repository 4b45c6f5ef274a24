"""The upload gate: every file that enters passes it before anything is stored (docs/decisions/0008)."""

from gongkai.documents.gate.inspection import Passed, inspect, keep_upload
from gongkai.documents.gate.kinds import EXTENSIONS
from gongkai.documents.gate.limits import Limits, usual
from gongkai.documents.gate.refusals import UploadRefused

__all__ = ["EXTENSIONS", "Limits", "Passed", "UploadRefused", "inspect", "keep_upload", "usual"]
