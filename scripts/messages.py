"""The English translation: find every text for people, keep `django.po` in step, compile it.

    messages.py            add new texts, drop those no longer used, keep the translations, compile
    messages.py --check    change nothing; fail where a text is missing, not translated, or no longer used

No gettext tools are needed: Django tells which texts a template holds, Python's own parser those of the code, and
Babel reads, writes and compiles the catalogue.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "gongkai"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

HEADER = "# The English translation of Gongkai. Chinese is the source; `scripts/messages.py` keeps this file in step."

#: Name of a function → positions of singular, plural and context among its arguments.
FUNCTIONS: dict[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
}
CALL = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in FUNCTIONS) + r")\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Message:
    """One text and where it stands."""

    singular: str
    plural: str | None
    context: str | None
    place: str

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only tell what is wrong")
    found = list(messages_in(PACKAGE))
    if parser.parse_args(arguments).check:
        wrong = problems(found, read_catalogue(PO))
        print("\n".join(wrong) or f"{len({(m.id, m.context) for m in found})} texts, all translated.")
        return 1 if wrong else 0
    catalogue = updated(found, read_catalogue(PO))
    write_catalogue(catalogue, PO)
    untranslated = problems(found, catalogue)
    print("\n".join(untranslated) or f"{PO.relative_to(ROOT)}: {len(catalogue)} texts, all translated.")
    return 0


def messages_in(package: Path) -> Iterator[Message]:
    """Every text of the package's templates and modules, in the order of their paths."""
    for path in sorted(package.rglob("*")):
        place = str(path.relative_to(package))
        if path.suffix == ".html" and "templates" in path.parts:
            yield from messages_of_template(path.read_text(encoding="utf-8"), place)
        elif path.suffix == ".py" and "migrations" not in path.parts:
            yield from messages_of_code(path.read_text(encoding="utf-8"), place)


def messages_of_code(source: str, place: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (message := message_of_call(node, place)):
            yield message


def messages_of_template(source: str, place: str) -> Iterator[Message]:
    """`templatize` blanks a template out but for calls of gettext; each is read as the Python that it is."""
    code = templatize(source)
    for match in CALL.finditer(code):
        call = balanced(code, match)
        node = ast.parse(call, mode="eval").body
        if isinstance(node, ast.Call) and (message := message_of_call(node, place)):
            yield message


def balanced(code: str, match: re.Match[str]) -> str:
    """The call from its name to its closing parenthesis: the shortest text that parses."""
    for end in range(match.end(), len(code) + 1):
        candidate = code[match.start() : end]
        if candidate.endswith(")"):
            try:
                ast.parse(candidate, mode="eval")
            except SyntaxError:
                continue
            return candidate
    raise ValueError(f"a call that does not end: {code[match.start() : match.end() + 40]}")


def message_of_call(node: ast.Call, place: str) -> Message | None:
    """The text of a call of gettext; None for any other call, or for one whose text is a variable."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in FUNCTIONS:
        return None
    singular, plural, context = (_literal(node, position) for position in FUNCTIONS[name])
    return Message(singular, plural, context, place) if singular else None


def _literal(node: ast.Call, position: int | None) -> str | None:
    if position is None or position >= len(node.args):
        return None
    argument = node.args[position]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def read_catalogue(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def updated(found: list[Message], old: Catalog) -> Catalog:
    """The texts that are found, in their order, with the translations that are known."""
    new = Catalog(locale="en", charset="utf-8", header_comment=HEADER, project="gongkai", version="1", fuzzy=False)
    for message in found:
        known = old.get(message.id, message.context)
        text = known.string if known else ""
        new.add(message.id, text, locations=[(message.place, None)], context=message.context)
    return new


def problems(found: list[Message], catalogue: Catalog) -> list[str]:
    """What is missing, not translated, changed in its places, or no longer used; empty when all is well."""
    wrong = []
    for message in {(m.id, m.context): m for m in found}.values():
        known = catalogue.get(message.id, message.context)
        if known is None:
            wrong.append(f"missing: {message.place}: {message.singular}")
        elif not _filled(known.string):
            wrong.append(f"not translated: {message.place}: {message.singular}")
        elif places := _lost_places(message, known.string):
            wrong.append(f"lost {places}: {message.place}: {message.singular}")
    used = {(message.id, message.context) for message in found}
    wrong += [f"no longer used: {m.id}" for m in catalogue if m.id and (_as_key(m.id), m.context) not in used]
    return wrong + [f"no longer used: {message.id}" for message in catalogue.obsolete.values()]


def _as_key(id_: str | list[str] | tuple[str, ...]) -> object:
    return id_ if isinstance(id_, str) else tuple(id_)


def _filled(text: str | list[str] | tuple[str, ...]) -> bool:
    return bool(text) if isinstance(text, str) else bool(text) and all(text)


def _lost_places(message: Message, text: str | list[str] | tuple[str, ...]) -> set[str]:
    """Places of the source that a translation does not fill, or fills without there being one."""
    wanted = set(PLACEHOLDER.findall(message.singular)) | set(PLACEHOLDER.findall(message.plural or ""))
    translations = [text] if isinstance(text, str) else list(text)
    found = {place for translation in translations for place in PLACEHOLDER.findall(translation)}
    return wanted ^ found


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write it without dates, so that it changes only when a text does, and compile it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, omit_header=False, sort_by_file=False, include_lineno=False, width=110)
    kept = [line for line in path.read_text(encoding="utf-8").split("\n") if not _DATED.match(line)]
    path.write_text("\n".join(kept), encoding="utf-8")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalogue(path))


_DATED = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team)'
)

if __name__ == "__main__":
    sys.exit(main())
