"""What the search refuses, and why."""

from __future__ import annotations

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class SearchUnavailable(LawError):
    """There is no index, or it cannot be read. Lists do not need it; the page says so and offers titles."""

    def __init__(self, why: str) -> None:
        zh = "全文检索暂时不可用，请稍后再试。"
        en = "Full-text search is not available at the moment. Please try again later."
        super().__init__("search_unavailable", Text(zh, en))
        self.why = why

    def __str__(self) -> str:
        return f"{self.code}: {self.why}"


class IndexBusy(LawError):
    """Another process writes to the index, or builds it anew, and did not finish in time."""

    def __init__(self, what: str) -> None:
        zh, en = "检索索引正在由另一个进程写入。", "Another process is writing to the search index."
        super().__init__("index_busy", Text(zh, en))
        self.what = what

    def __str__(self) -> str:
        return f"{self.code}: {self.what}"
