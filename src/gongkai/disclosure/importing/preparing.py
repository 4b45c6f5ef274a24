"""A row made ready to be taken over: looked up, its text made safe, its files let in. Nothing of an item is written here;
files that are kept and not used are orphans of the store, no more."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePosixPath

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held, today
from gongkai.disclosure.columns.selectors import Node, tree
from gongkai.disclosure.importing.fields import Row, Values, read_values
from gongkai.disclosure.importing.pages import body_of, decoded, old_path, own_files, rewritten
from gongkai.disclosure.importing.sources import Source, Unusable
from gongkai.disclosure.models import ContentClass
from gongkai.disclosure.reviewing.scanning import WORDS, beside
from gongkai.disclosure.rich_text import TURNED, clean, plain_text, seen
from gongkai.documents.gate import Limits, UploadRefused, inspect
from gongkai.documents.gate.limits import MB, usual
from gongkai.documents.models import Document
from gongkai.documents.privacy.files import found_in_text
from gongkai.documents.store import put
from gongkai.law.procedure import Role
from gongkai.law.texts import Text

LARGEST_FILE = 50 * MB
MOST_FILES = 60
SUMMARY = 100


@dataclass(frozen=True)
class Looked:
    """A row whose values could be read: whose it is, and by what it is known again."""

    values: Values
    agency: Agency
    key: str


@dataclass(frozen=True)
class Ready:
    """What is taken over. `files`: with their names here; `held`: why it becomes a draft and is not public; `notes`: what
    the person should know; `assumed`: the fields that the source does not tell."""

    row: Row
    key: str
    agency: Agency
    column_id: int
    texts: Mapping[str, str]
    dates: Mapping[str, dt.date]
    html: str
    files: tuple[tuple[Document, str], ...] = ()
    old: str = ""
    held: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass
class Preparing:
    """One import: who does it, where from, and what was looked up for it once. ``dry``: nothing is kept."""

    actor: Person
    source: Source
    agency: Agency | None = None
    column: str = ""
    old_hosts: Collection[str] = ()
    dry: bool = False
    _agencies: dict[str, Agency] = field(init=False)
    _leaves: dict[int, Mapping[str, Sequence[Node]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        editing = [pk for pk, roles in roles_held(self.actor).items() if Role.EDITOR in roles]
        rows = Agency.objects.filter(pk__in=editing)
        self._agencies = {name: row for row in rows for name in (row.slug, row.name, row.short_name)}

    def look(self, row: Row) -> Looked:
        """What is quickly told. Raises Invalid with the field."""
        values = read_values(row, today())
        agency = self._agency(values)
        return Looked(values, agency, _key(agency, values))

    def ready(self, looked: Looked) -> Ready:
        """The row looked up and made safe, its files not scanned yet. Raises Invalid with the field for what cannot be
        taken as it is."""
        values, agency = looked.values, looked.agency
        column = self._column(values, agency)
        texts, assumed, turned = _filled(values, agency)
        html, files, notes = self._content(values)
        if turned:
            notes.append(Text(f"已去除{TURNED.zh}。", f"Taken out: {TURNED.en}."))
        words = plain_text(html)
        if not words.strip() and not files:
            raise Invalid("body", Text("没有正文，也没有附件。", "There is neither a text nor a file."))
        if not texts.get("summary"):
            texts["summary"] = _first_words(words or texts["title"])
            assumed.append("summary")
        policy = column.content_class == ContentClass.POLICY or "document_class" in texts
        if policy and not (texts.get("document_number") and texts.get("document_class")):
            texts.pop("document_class", None)
            notes.append(Text("政策文件没有发文字号或者类别，未登记有效性。", "A policy without number or class."))
        dates = {"made_on": values.dates.get("published_on", today()), **values.dates}
        if "made_on" not in values.dates:
            assumed.append("made_on")
        return Ready(
            values.row, looked.key, agency, column.id, texts, dates, html, tuple(files), old_path(texts.get("url", "")),
            tuple(_in_words(texts, words, html)), tuple(notes), tuple(assumed),
        )  # fmt: skip

    def _agency(self, values: Values) -> Agency:
        named = values.texts.get("agency", "")
        found = self._agencies.get(named) if named else self.agency
        if found is None or found.slug not in self._agencies:
            text = Text(
                f"没有机关“{named}”，或者您不是它的编辑。" if named else "没有写明公开机关，请用 --agency 指定。",
                f"No agency {named!r} of which you are an editor.",
            )
            raise Invalid("agency", text)
        return found

    def _column(self, values: Values, agency: Agency) -> Node:
        named = values.texts.get("column", "") or self.column
        if agency.pk not in self._leaves:
            self._leaves[agency.pk] = _leaves_by_name(agency)
        found = self._leaves[agency.pk].get(named, ())
        if len(found) != 1:
            why = (
                ("有几个同名的末级栏目，请写代码", "several are called so")
                if found
                else ("没有这个末级栏目", "no such")
            )
            raise Invalid("column", Text(f"{why[0]}：{named or '空'}。", f"Column {named!r}: {why[1]}."))
        return found[0]

    def _content(self, values: Values) -> tuple[str, list[tuple[Document, str]], list[Text]]:
        """The text and the files: those that are listed, and those that the text shows."""
        text = values.texts.get("body", "")
        if name := values.texts.get("body_file"):
            text = body_of(decoded(self._bytes("body_file", name)))
        names = dict.fromkeys([*values.row.files, *(_beside(values, name) for name in own_files(text))])
        notes: list[Text] = []
        kept: dict[str, tuple[Document, str]] = {}
        for name in list(names)[: MOST_FILES + 1]:
            try:
                kept[name] = self._file(name)
            except Invalid as error:
                if name in values.row.files:
                    raise
                notes.append(error.message)  # a picture that is lost on the old site, too
        if len(kept) > MOST_FILES:
            raise Invalid("attachments", Text(f"附件超过{MOST_FILES}个。", f"More than {MOST_FILES} files."))
        digests = {name: document.digest for name, (document, _) in kept.items()}
        text = rewritten(text, lambda name: digests.get(_beside(values, name)), self.old_hosts)
        cleaned = clean(text, frozenset(digests.values()))
        if cleaned.removed:
            gone = "、".join(one.zh for one in cleaned.removed)
            notes.append(Text(f"正文中已去除：{gone}。", "Some of the text's code was taken out."))
        files = {document.digest: (document, shown) for document, shown in kept.values()}
        return cleaned.html, list(files.values()), notes

    def _bytes(self, where: str, name: str) -> bytes:
        try:
            return self.source.file(name)
        except (Unusable, OSError, ValueError) as error:
            message = (
                error.message if isinstance(error, Unusable) else Text(f"不能读取“{name}”。", f"{name!r}: unreadable.")
            )
            raise Invalid(where, message) from error

    def _file(self, name: str) -> tuple[Document, str]:
        data = self._bytes("attachments", name)
        shown = PurePosixPath(name.replace("\\", "/")).name
        usually = usual()
        limits = Limits(size=max(LARGEST_FILE, usually.size), files=usually.files, total=usually.total)
        try:
            passed = inspect(data, shown, limits=limits)
        except UploadRefused as error:
            raise Invalid(
                "attachments", Text(f"附件“{shown}”：{error.message.zh}", f"{shown}: {error.message.en}")
            ) from error
        digest = hashlib.sha256(data).hexdigest() if self.dry else put(data)
        return Document(digest=digest, size=len(data), media_type=passed.media_type, name=passed.name), passed.name


def _leaves_by_name(agency: Agency) -> Mapping[str, Sequence[Node]]:
    """The columns of an agency by code, by name, and by the names from the block down; once for the whole import."""
    columns, found = tree(), defaultdict[str, list[Node]](list)
    for node in columns.leaves(agency.pk):
        for name in {node.code, node.name, "/".join(each.name for each in columns.path(node.code))}:
            found[name].append(node)
    return found


def _beside(values: Values, name: str) -> str:
    """A relative address of a page file means a file beside that page."""
    page = values.texts.get("body_file", "")
    parent = PurePosixPath(page).parent
    return str(parent / name) if page and str(parent) != "." else name


def _filled(values: Values, agency: Agency) -> tuple[dict[str, str], list[str], bool]:
    """The texts as they read, with what can be said without knowing more; and whether something in them turned others
    round."""
    texts, assumed, turned = dict(values.texts), [], False
    for name in WORDS:
        if name in texts:
            texts[name], hid = seen(texts[name])
            turned = turned or hid
    for name in ("issuer_name", "source"):
        if not texts.get(name):
            texts[name] = agency.name
            assumed.append(name)
    texts["summary"] = texts.get("summary", "")[:SUMMARY]
    return texts, assumed, turned


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY else f"{line[: SUMMARY - 1]}…"


def _in_words(texts: Mapping[str, str], words: str, html: str) -> list[Text]:
    """All that the review of an item looks through, too."""
    said = [*(texts.get(name, "") for name in WORDS), words, *map(unescape, beside(html))]
    found = found_in_text("\n".join(said))
    return [Text(f"正文：{found[0].message.zh}", f"Text: {found[0].message.en}")] if found else []


def _key(agency: Agency, values: Values) -> str:
    """By what the item is known again: its address, its number, or what it says of itself."""
    texts = values.texts
    known = texts.get("url") or texts.get("index_number")
    made = values.dates.get("made_on") or values.dates.get("published_on") or ""
    said = known or "\n".join([texts["title"], texts.get("document_number", ""), str(made)])
    return hashlib.sha256(f"{agency.slug}\n{said}".encode()).hexdigest()
