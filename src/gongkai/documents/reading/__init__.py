"""Reading files of every kind into one normal form (see `normal`; docs/decisions/0013)."""

from gongkai.documents.reading.dispatch import read, read_safely
from gongkai.documents.reading.errors import UnreadableFile

__all__ = ["UnreadableFile", "read", "read_safely"]
