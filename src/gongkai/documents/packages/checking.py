"""四性检测 (DA/T 70-2018 [M]: 真实性、完整性、可用性、安全性): what can be said of a package by its bytes alone.

The same lines come out of the check at sealing, when every piece was looked at as it was written, and of the check of a
package that somebody brings. What could not be asked is told as such, with the reason; it is never taken for passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from gongkai.documents.packages.eep import digests
from gongkai.documents.packages.errors import BrokenPart, NotAPackage
from gongkai.documents.packages.looking import CAN_ACT, LIMITS, OURS, Look, Verdict, look
from gongkai.documents.packages.manifest import MANIFEST, Digests, Listed, Manifest, parsed
from gongkai.documents.packages.opening import Package, whole
from gongkai.law.texts import Text

EEP, CHECK = "eep.xml", "check.json"
#: So many faults of one kind are told one by one.
TOLD = 20


class Property(StrEnum):
    """The four properties."""

    AUTHENTIC = "authentic"
    COMPLETE = "complete"
    USABLE = "usable"
    SAFE = "safe"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Property.AUTHENTIC: Text("真实性", "authenticity"),
    Property.COMPLETE: Text("完整性", "completeness"),
    Property.USABLE: Text("可用性", "usability"),
    Property.SAFE: Text("安全性", "safety"),
}


class Result(StrEnum):
    """What came of one question."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"

    @property
    def label(self) -> Text:
        return _RESULTS[self]


_RESULTS = {
    Result.PASSED: Text("通过", "passed"),
    Result.FAILED: Text("不通过", "failed"),
    Result.NOT_CHECKED: Text("未检测", "not checked"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer; `code` is for machines."""

    kind: Property
    code: str
    result: Result
    message: Text

    @property
    def as_data(self) -> dict[str, str]:
        """As JSON keeps it."""
        return {
            "property": self.kind.value, "code": self.code, "result": self.result.value,
            "zh": self.message.zh, "en": self.message.en,
        }  # fmt: skip


def result_of(lines: Sequence[Line]) -> Result:
    """Of several answers the one that counts: a failure, else a pass; nothing asked is nothing passed."""
    results = {line.result for line in lines}
    return next((each for each in (Result.FAILED, Result.PASSED) if each in results), Result.NOT_CHECKED)


@dataclass(frozen=True)
class Seen:
    """A package as it was read: what its manifest says, what its bytes are, what was found in each file.

    `kept` are the records that checks of their content need, where they could be read.
    """

    manifest: Manifest
    names: frozenset[str]
    digests: Mapping[str, tuple[str, str]]
    looks: Mapping[str, Look]
    kept: Mapping[str, bytes]
    oddities: tuple[Text, ...] = ()
    #: SHA-256 of the manifest as it lies in the package; empty while the package is being written.
    manifest_digest: str = ""

    @cached_property
    def listed(self) -> Mapping[str, Listed]:
        return {listed.name: listed for listed in self.manifest.files}


def seen_in(package: Package, keep: Sequence[str] = (), on_file: Callable[[int, int], None] | None = None) -> Seen:
    """Read a package through once. Raises NotAPackage where its manifest is none."""
    try:
        told = whole(package, MANIFEST)
    except BrokenPart:
        raise NotAPackage(Text("清单已损坏", "its manifest is damaged")) from None
    manifest = parsed(told)
    listed = {each.name: each for each in manifest.files}
    if len(listed) < len(manifest.files) or MANIFEST in listed:
        raise NotAPackage(Text("清单中有重复的文件", "the manifest lists a file twice"))
    there = [name for name in package.names if name in listed]
    found: dict[str, tuple[str, str]] = {}
    looks: dict[str, Look] = {}
    kept: dict[str, bytes] = {}
    for place, name in enumerate(there, 1):
        data = _read(package, name, found)
        if data is not None:
            looks[name] = look(name, _kind_of(listed[name]), data)
            if name in (*keep, EEP):
                kept[name] = data
        if on_file:
            on_file(place, len(there))
    names, digest = frozenset(package.names) - {MANIFEST}, sha256(told).hexdigest()
    return Seen(manifest, names, found, looks, kept, package.oddities, digest)


def _read(package: Package, name: str, found: dict[str, tuple[str, str]]) -> bytes | None:
    """The file, hashed; None where it is damaged, or too large to be opened here."""
    running, held = Digests(), bytearray()
    small = package.size(name) <= LIMITS.size
    try:
        for chunk in package.chunks(name):
            running.take(chunk)
            if small:
                held += chunk
    except BrokenPart:
        return None
    found[name] = running.told()
    return bytes(held) if small else None


def _kind_of(listed: Listed) -> str:
    """Packages of the first form tell no media type: there the name does."""
    by_name = {"json": OURS[0], "html": OURS[1], "xml": OURS[2]}
    return listed.media_type or by_name.get(listed.name.rpartition(".")[2], "")


def lines_of(seen: Seen) -> Iterator[Line]:
    """Every question that the bytes alone can answer."""
    yield _as_sealed(seen)
    if not seen.manifest.first_form:
        yield _as_described(seen)
    yield _nothing_missing(seen)
    yield _opens(seen)
    yield _acts_not(seen)
    yield _plainly_packed(seen)


def _line(kind: Property, code: str, faults: Sequence[str], sound: Text, faulty: Text) -> Line:
    """Passed with `sound`, or failed with `faulty` and the names of what is wrong."""
    if not faults:
        return Line(kind, code, Result.PASSED, sound)
    return Line(kind, code, Result.FAILED, faulty + Text(*(told_names(faults),) * 2))


def told_names(names: Sequence[str]) -> str:
    more = f" …（{len(names)}）" if len(names) > TOLD else ""
    return "、".join(names[:TOLD]) + more


def _as_sealed(seen: Seen) -> Line:
    listed = seen.listed
    changed = [
        name
        for name in sorted(seen.names & listed.keys())
        if seen.digests.get(name) != (listed[name].sha256, listed[name].sm3)
    ]
    sound = Text(
        f"{len(listed)} 个文件的摘要与清单一致。", f"The digests of {len(listed)} files are those of the manifest."
    )
    return _line(Property.AUTHENTIC, "digests", changed, sound, Text("内容已被改动：", "Changed:"))


def _as_described(seen: Seen) -> Line:
    """The XML tells of every file but itself and the report of the check, with the same digests."""
    told: dict[str, tuple[str, str]] = {}
    try:
        told = digests(seen.kept[EEP])
    except (KeyError, ValueError):
        unreadable = Text("封装描述 eep.xml 缺失或无法读取。", "eep.xml is missing or unreadable.")
        return Line(Property.AUTHENTIC, "eep", Result.FAILED, unreadable)
    listed = {name: (each.sha256, each.sm3) for name, each in seen.listed.items() if name not in (EEP, CHECK)}
    differing = sorted(name for name in told.keys() | listed.keys() if told.get(name) != listed.get(name))
    sound = Text("封装描述 eep.xml 与清单一致。", "eep.xml says the same as the manifest.")
    names = [name if name in listed else "eep.xml" for name in differing]
    return _line(Property.AUTHENTIC, "eep", names, sound, Text("封装描述与清单不一致：", "eep.xml differs:"))


def _nothing_missing(seen: Seen) -> Line:
    listed = seen.listed.keys()
    faults = [f"缺少 {name}" for name in sorted(listed - seen.names)]
    faults += [f"多出 {name}" for name in sorted(seen.names - listed)]
    sound = Text("包内文件与清单逐一对应，没有缺少或多出。", "Every listed file is there, and no other.")
    return _line(Property.COMPLETE, "contents", faults, sound, Text("与清单不符：", "Not as listed:"))


def _opens(seen: Seen) -> Line:
    faults = [
        _told(name, one) for name, one in sorted(seen.looks.items()) if one.opens is Verdict.FAULTY
    ]  # fmt: skip
    unread = sorted((seen.names & seen.listed.keys()) - seen.looks.keys())
    faults += [name for name in unread if name not in seen.digests]
    unasked = [name for name, one in seen.looks.items() if one.opens is Verdict.NOT_ASKED]
    unasked += [name for name in unread if name in seen.digests]
    sound = Text("每个文件都能按其格式打开。", "Every file opens as what it says it is.")
    line = _line(Property.USABLE, "opens", faults, sound, Text("不能按其格式打开：", "Do not open:"))
    if unasked and line.result is Result.PASSED:
        message = Text(f"未能逐一打开：{told_names(unasked)}。", f"Could not be opened here: {told_names(unasked)}.")
        return Line(Property.USABLE, "opens", Result.NOT_CHECKED, message)
    return line


def _acts_not(seen: Seen) -> Line:
    faults = [_told(name, one) for name, one in sorted(seen.looks.items()) if one.safe is Verdict.FAULTY]
    unasked = [
        name
        for name, one in sorted(seen.looks.items())
        if one.safe is Verdict.NOT_ASKED and seen.listed[name].media_type in CAN_ACT
    ]
    sound = Text("没有发现宏、嵌入的程序或压缩包。", "No macros, embedded programs or archives were found.")
    line = _line(Property.SAFE, "content", faults, sound, Text("含有不安全的内容：", "Unsafe:"))
    if unasked and line.result is Result.PASSED:
        names = told_names(unasked)
        message = Text(
            f"文件打不开，未能检查其内容：{names}。", f"Do not open, so their content was not checked: {names}."
        )
        return Line(Property.SAFE, "content", Result.NOT_CHECKED, message)
    return line


def _plainly_packed(seen: Seen) -> Line:
    if seen.oddities:
        zh, en = "；".join(each.zh for each in seen.oddities), "; ".join(each.en for each in seen.oddities)
        return Line(Property.SAFE, "form", Result.FAILED, Text(f"{zh}。", f"{en}."))
    message = Text("包的结构正常，没有隐藏的数据。", "The package is plainly built; nothing is hidden in it.")
    return Line(Property.SAFE, "form", Result.PASSED, message)


def virus_line(scanner: str) -> Line:
    """Whether a virus scanner had a say in the looks. `scanner`: its address, empty where there is none."""
    if scanner:
        message = Text("已由本机的杀毒程序逐一检查。", "Each file was checked by this machine's virus scanner.")
        return Line(Property.SAFE, "virus", Result.PASSED, message)
    message = Text(
        "本机没有配置杀毒程序，未检查病毒。", "No virus scanner is configured here; viruses were not looked for."
    )
    return Line(Property.SAFE, "virus", Result.NOT_CHECKED, message)


def _told(name: str, found: Look) -> str:
    return f"{name}（{found.why.zh}）" if found.why else name
