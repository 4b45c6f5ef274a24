"""D18: what lies in a file and its page does not show. Each kind is told once for a page or sheet, with how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.reading.normal import Aside, AsideKind, Reading
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_name, mask_within


@dataclass(frozen=True)
class Rule:
    severity: Severity
    what: Text
    do: Text


def _rule(severity: Severity, zh: str, en: str, do_zh: str, do_en: str) -> Rule:
    return Rule(severity, Text(zh, en), Text(do_zh, do_en))


_ACCEPT = ("请接受或者拒绝全部修订后另存。", "Accept or reject all changes and save anew.")
_UNHIDE = ("请取消隐藏后检查，不需要的删除。", "Unhide it, look, and delete what is not needed.")
RULES = {
    AsideKind.COVERED: _rule(
        Severity.BLOCK, "被色块或图片盖住的文字，仍然可以复制", "text under a box or picture, which can still be copied",
        "请用本系统的遮盖功能重新制作。", "Make the copy anew with this system's redaction."),
    AsideKind.DELETED: _rule(Severity.BLOCK, "修订中删除的文字仍在文件里", "deleted text that the file still keeps", *_ACCEPT),
    AsideKind.INSERTED: _rule(Severity.WARN, "没有定稿的修订", "changes that were not accepted yet", *_ACCEPT),
    AsideKind.COMMENT: _rule(Severity.WARN, "批注", "comments", "请删除批注后另存。", "Delete the comments and save anew."),
    AsideKind.HIDDEN_TEXT: _rule(Severity.WARN, "隐藏的文字", "hidden text", *_UNHIDE),
    AsideKind.HIDDEN_SHEET: _rule(Severity.BLOCK, "隐藏的工作表", "hidden sheets", *_UNHIDE),
    AsideKind.HIDDEN_ROW: _rule(Severity.BLOCK, "隐藏的行", "hidden rows", *_UNHIDE),
    AsideKind.HIDDEN_COLUMN: _rule(Severity.BLOCK, "隐藏的列", "hidden columns", *_UNHIDE),
    AsideKind.UNSHOWN: _rule(
        Severity.WARN, "看不见但可以复制的文字", "text that can be copied but not seen",
        "请核对：扫描件的识别文字可以保留，其他的删除。", "Check it: recognised text of a scan may stay, anything else goes."),
    AsideKind.ATTACHMENT: _rule(
        Severity.WARN, "嵌入的文件，没有检查其中的内容", "embedded files, whose contents were not looked at",
        "请取出单独检查，或者删除。", "Take them out and check them by themselves, or delete them."),
    AsideKind.POSITION: _rule(
        Severity.WARN, "照片带有拍摄地点", "a photograph that tells where it was taken",
        "请去掉位置信息后再发出。", "Remove the position before it goes out."),
    AsideKind.PROPERTY: _rule(
        Severity.INFO, "文件属性", "what the file says of itself",
        "请确认可以公开，或者清除文件属性。", "Make sure that it may be public, or clear it."),
}  # fmt: skip
#: Of a file's properties only these tell of people and machines.
_TELLING = ("author", "creator", "lastmodifiedby", "last_modified_by", "modified_by", "manager", "company", "path", "artist", "owner")  # fmt: skip


def find(reading: Reading) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[Aside]] = {}
    for aside in reading.asides:
        if aside.kind in RULES and _worth(aside):
            groups.setdefault((aside.kind, aside.place.page, aside.place.sheet, _named(aside)), []).append(aside)
    for (kind, *_rest), asides in groups.items():
        assert isinstance(kind, AsideKind)
        yield _finding(kind, asides)


def _named(aside: Aside) -> str:
    return aside.name if aside.kind is AsideKind.PROPERTY else ""


def _worth(aside: Aside) -> bool:
    if aside.kind is AsideKind.PROPERTY:
        return bool(aside.text.strip()) and aside.name.lower().replace(" ", "").split(":")[-1] in _TELLING
    return bool(aside.text.strip()) or aside.kind in (AsideKind.ATTACHMENT, AsideKind.POSITION, AsideKind.HIDDEN_SHEET)


def _finding(kind: AsideKind, asides: list[Aside]) -> Finding:
    rule, first, count = RULES[kind], asides[0], len(asides)
    many_zh, many_en = (f"（{count}处）", f" ({count} times)") if count > 1 else ("", "")
    named = f"（{first.name}）" if kind is AsideKind.PROPERTY else ""
    message = Text(f"{rule.what.zh}{named}{many_zh}。{rule.do.zh}", f"There is {rule.what.en}{many_en}. {rule.do.en}")
    return Finding("D18", rule.severity, message, _sample(first), first.place, beside=kind)


def _sample(aside: Aside) -> str:
    """Enough to find it again, and no more."""
    if aside.kind is AsideKind.POSITION:
        return "***"
    if aside.kind is AsideKind.PROPERTY:
        return mask_name(aside.text.strip())
    if aside.kind in (AsideKind.ATTACHMENT, AsideKind.HIDDEN_SHEET) and aside.name:
        return mask_within(aside.name)
    text = " ".join(mask_within(aside.text).split())
    return f"{text[:2]}…（{len(text)}字）" if len(text) > 2 else "**"
