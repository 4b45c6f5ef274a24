"""The index: written by jobs, built anew by a command, read by everybody. It can be lost: the database is the truth."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.search.entries import Entry, Facet, Found, Wanted
from gongkai.search.errors import IndexBusy, SearchUnavailable
from gongkai.search.folder import Folder, Held
from gongkai.search.frequent import SAMPLE, Phrases, kept_phrases, phrases_in
from gongkai.search.querying import query_for
from gongkai.search.schema import BETWEEN, TREES, document, folded, hit, prepare, schema

if TYPE_CHECKING:
    import tantivy

#: Memory of a writer in bytes: beside the job worker's own work, and of a command that has the machine to itself.
SMALL, LARGE = 20_000_000, 200_000_000
#: Seconds that a job waits for another; how many entries are committed together in a rebuild, and how much text.
PATIENCE, PORTION = 60.0, 5_000
#: A page further back than this is not made: whoever wants more narrows the search.
DEEPEST = 1_000
#: So many values of a facet are told; so many paths of a tree are counted to tell them.
_VALUES, _PATHS = 60, 20_000

Load = Callable[[], Iterable[Entry]]
Refresh = Callable[[Sequence[str]], Iterable[Entry]]


@dataclass(frozen=True)
class _Opened:
    """A build as one process has it open: `held` keeps it in its place for as long as anybody has hold of this."""

    build: Path
    state: tuple[int, int]
    index: tantivy.Index
    held: Held


class SearchIndex:
    """The index in a folder. One of these may be kept for the life of a process: it notices what others write."""

    def __init__(self, path: Path | str) -> None:
        self.folder = Folder(Path(path))
        self._open: _Opened | None = None

    # --- writing ------------------------------------------------------------------------------------------------

    def update(self, keys: Sequence[str], load: Load, *, seconds: float = PATIENCE) -> None:
        """Put what `load` gives in place of these keys; a key that it does not give is removed.

        `load` is asked while nobody else can write, so that of two jobs about one document the later one tells the newer.
        All or nothing. Raises SearchUnavailable where there is no index, IndexBusy where the lock does not become free.
        """
        with self.folder.writing(seconds):
            # Before anything is written: a rebuild under way must do the same again, whatever becomes of us.
            remembered, build = self._remember(keys), self.folder.current()
            if build is None and remembered:
                return
            if build is None:
                raise SearchUnavailable("missing")
            with _writer(_opened(build), SMALL, 1) as writer:
                _put(writer, keys, load(), kept_phrases(build))

    def index(self, entries: Sequence[Entry]) -> None:
        """Put these in, in place of what is there under their keys."""
        self.update([entry.key for entry in entries], lambda: entries)

    def remove(self, keys: Sequence[str]) -> None:
        """Take these out; what is not there is not missed."""
        self.update(keys, lambda: ())

    def rebuild(self, entries: Iterable[Entry], refresh: Refresh = lambda keys: ()) -> int:
        """Build beside, then change over in one step; until then, and if it breaks off, the old index is in use.

        `refresh` is asked at the end for what was written meanwhile. Returns how many entries there were. Raises IndexBusy
        where somebody else is rebuilding."""
        with self.folder.building():
            self.folder.tidy()
            with self.folder.writing(PATIENCE):
                self.folder.changed.write_bytes(b"")
            try:
                return self._build(entries, refresh)
            finally:
                self.folder.changed.unlink(missing_ok=True)

    def _build(self, entries: Iterable[Entry], refresh: Refresh) -> int:
        from tantivy import Index

        build, count, waiting = self.folder.new_build(), 0, iter(entries)
        index = prepare(Index(schema(), str(build)))
        first = list(islice(waiting, SAMPLE))
        phrases = phrases_in([folded(entry)["body"] for entry in first])
        phrases.keep(build)
        with _writer(index, LARGE, os.cpu_count() or 1) as writer:
            for entry in chain(first, waiting):
                writer.add_document(document(entry, phrases))
                count += 1
                if count % PORTION == 0:
                    writer.commit()
        with self.folder.writing(PATIENCE):
            changed = list(dict.fromkeys(self.folder.changed.read_text(encoding="utf-8").split()))
            with _writer(index, SMALL, 1) as writer:
                _put(writer, changed, refresh(changed) if changed else (), phrases)
            self._open = None  # the old one need not stay for our sake
            self.folder.use(build)
        return count

    def _remember(self, keys: Sequence[str]) -> bool:
        """Write the keys down for the rebuild that is under way; False where there is none."""
        if not self.folder.changed.exists():
            return False
        if not self.folder.is_building:  # it broke off
            self.folder.changed.unlink()
            return False
        with self.folder.changed.open("a", encoding="utf-8") as file:
            file.write("".join(f"{key}\n" for key in keys))
        return True

    # --- reading ------------------------------------------------------------------------------------------------

    def search(self, wanted: Wanted, *, facets: bool = False) -> Found:
        """A page of what is wanted, with the exact count. Raises SearchUnavailable."""
        first = min(wanted.first, DEEPEST)
        with self._reading() as (searcher, phrases):
            query = query_for(wanted, phrases)
            how: dict[str, Any] = {"weight_by_field": "weight"}
            if wanted.order == "newest" or not wanted.words:
                how = {"order_by_field": "published"}
            result: Any = searcher.search(query, limit=wanted.limit, offset=first, count=True, **how)
            hits = tuple(hit(searcher.doc(address)) for _, address in result.hits)
            return Found(hits, result.count, _facets(searcher, query) if facets else {})

    @contextmanager
    def reading(self) -> Iterator[tantivy.Searcher]:
        """The index as it is now. Whatever the engine finds wrong with it comes out as SearchUnavailable."""
        with self._reading() as (searcher, _):
            yield searcher

    @contextmanager
    def _reading(self) -> Iterator[tuple[tantivy.Searcher, Phrases]]:
        """The same with the set phrases of this very build: those of another would miss documents."""
        try:
            opened = self._fresh()
            yield opened.index.searcher(), kept_phrases(opened.build)
        except BaseException as error:
            # A damaged file makes the engine panic, which is told as an exception of no class that one could name.
            if not isinstance(error, ValueError | OSError) and type(error).__name__ != "PanicException":
                raise
            self._open = None
            raise SearchUnavailable(str(error)) from error

    def _fresh(self) -> _Opened:
        """The index in use, opened anew where it was rebuilt, and read again where something was committed."""
        while True:
            build = self.folder.current()
            if build is None:
                raise SearchUnavailable("missing")
            try:
                return self._current(build)
            except (OSError, SearchUnavailable):
                if build == self.folder.current():  # else: rebuilt, and the old one removed, since we looked
                    raise

    def _current(self, build: Path) -> _Opened:
        facts = (build / "meta.json").stat()
        state = (facts.st_mtime_ns, facts.st_ino)
        # Threads share it: another may have let it go, or opened a later build, since we looked.
        opened = self._open
        if opened is None or opened.build != build:
            held = self.folder.held(build)
            opened = _Opened(build, state, _opened(build), held)
        elif opened.state != state:
            opened.index.reload()
            opened = replace(opened, state=state)
        self._open = opened
        return opened

    def tidy(self) -> None:
        """Remove the builds that nobody reads any more. Where somebody is building, they do."""
        with suppress(IndexBusy), self.folder.building():
            self.folder.tidy()

    def marks(self) -> dict[int, tuple[int, Callable[[], str]]]:
        """For each document the mark of its key: the mark of its stamp, and who tells the key itself."""
        from tantivy import Query

        with self.reading() as searcher:
            if not searcher.num_docs:
                return {}
            result = searcher.search(Query.all_query(), limit=searcher.num_docs, count=False)
            places = [address for _, address in result.hits]
            keys = searcher.fast_field_values("key_mark", places)
            stamps = searcher.fast_field_values("stamp_mark", places)

            def told(place: tantivy.DocAddress) -> Callable[[], str]:
                return lambda: str(searcher.doc(place).get_first("key"))

            return {
                int(key or 0): (int(stamp or 0), told(place))
                for key, stamp, place in zip(keys, stamps, places, strict=True)
            }

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        build = self.folder.current()
        return sum(file.stat().st_size for file in build.iterdir()) if build else 0


def _opened(build: Path) -> tantivy.Index:
    from tantivy import Index

    try:
        return prepare(Index.open(str(build)))
    except ValueError as error:
        raise SearchUnavailable(str(error)) from error


@contextmanager
def _writer(index: tantivy.Index, heap: int, threads: int) -> Iterator[tantivy.IndexWriter]:
    """Commits at the end, and waits until segments are merged; what broke off is forgotten."""
    try:
        writer = index.writer(heap, threads)
    except ValueError as error:
        raise SearchUnavailable(str(error)) from error
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _put(writer: tantivy.IndexWriter, keys: Sequence[str], entries: Iterable[Entry], phrases: Phrases) -> None:
    for key in keys:
        writer.delete_documents_by_term("key", key)
    for entry in entries:
        writer.add_document(document(entry, phrases))


def _facets(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[Facet, dict[str, int]]:
    asked = {
        facet.value: {"terms": {"field": TREES.get(facet, facet.value), "size": _PATHS if facet in TREES else _VALUES}}
        for facet in Facet
    }
    told = searcher.aggregate(query, asked)
    counted = {facet: {row["key"]: row["doc_count"] for row in told[facet.value]["buckets"]} for facet in Facet}
    return {facet: _rolled_up(counts) if facet in TREES else counts for facet, counts in counted.items()}


def _rolled_up(paths: dict[str, int]) -> dict[str, int]:
    """From whole paths to every part of them: what is below counts above."""
    counts: Counter[str] = Counter()
    for path, number in paths.items():
        for part in set(path.split(BETWEEN)):
            counts[part] += number
    return dict(counts.most_common(_VALUES))
