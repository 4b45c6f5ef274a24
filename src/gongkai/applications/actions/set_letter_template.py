"""An agency's own wording of a paper: what it adds to the locked text, from a day on. Every change is a new version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import SHANGHAI, is_administrator, today
from gongkai.applications.errors import Conflict
from gongkai.applications.letters import CATALOGUE, Own, SlotKind
from gongkai.applications.letters.catalogue import VERSIONS, slots_of
from gongkai.applications.letters.own import unknown
from gongkai.applications.models import LetterTemplate
from gongkai.documents import store
from gongkai.documents.errors import DocumentError, MissingGlyph
from gongkai.documents.glyphs import missing_characters
from gongkai.documents.letter import PaperForm, clean
from gongkai.documents.upload_fields import Upload
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record

#: What fits beside the locked text without burying it.
LONGEST = {"closing": 1000, "note": 100, "copies": 300, "owner": 60, "defaults": 1000}
_SET = Text("修改文书模板", "letter template changed")


def set_letter_template(
    *,
    actor: Person,
    agency: Agency,
    code: str,
    since: date,
    owner: str,
    form: PaperForm = PaperForm.LETTER,
    closing: str = "",
    note: str = "",
    copies: str = "",
    defaults: Mapping[str, str] | None = None,
    word: Upload | None = None,
    keep_word: bool = True,
    seen: int | None = None,
) -> LetterTemplate:
    """The next version, in force from `since` on. `word` is the agency's own Word file for this paper; without one the
    version before keeps its file where `keep_word`. `seen`: the version the person looked at (0: none)."""
    own = checked_wording(
        actor=actor, code=code, form=form, closing=closing, note=note, copies=copies, defaults=defaults or {}
    )
    row = LetterTemplate(
        agency=agency, code=code, since=since, form=own.form.value, closing=own.closing, note=own.note,
        copies="\n".join(own.copies), defaults=dict(own.defaults), owner=_plain("owner", owner, needed=True),
        made_by=actor,
    )  # fmt: skip
    if word:
        _check_word(word)  # in a worker, and before anybody is kept waiting
    return _next(row, word, keep_word=keep_word, seen=seen)


@transaction.atomic
def _next(row: LetterTemplate, word: Upload | None, *, keep_word: bool, seen: int | None) -> LetterTemplate:
    before = _before(row.agency, row.code, row.since, seen)
    row.version = before.version + 1 if before else 1
    if word:
        row.word = store.keep(word.data, name=word.name, media_type=word.media_type)
    elif before and keep_word:
        row.word = before.word
    return _written(row)


@transaction.atomic
def retire_letter_template(
    *, actor: Person, agency: Agency, code: str, since: date, seen: int | None = None
) -> LetterTemplate:
    """From `since` on the shared template holds again."""
    _check_may(actor, code)
    before = _before(agency, code, since, seen)
    if before is None or before.retired:
        raise Invalid("since", Text("本机关没有自己的模板可以停用。", "The agency has no template of its own to end."))
    row = LetterTemplate(
        agency=agency, code=code, version=before.version + 1, since=since, retired=True, owner=before.owner,
        made_by=actor,
    )  # fmt: skip
    return _written(row)


def checked_wording(
    *, actor: Person, code: str, form: PaperForm, closing: str, note: str, copies: str, defaults: Mapping[str, str]
) -> Own:
    """What an agency would add, once nothing is against it. Raises NotAllowed, or Invalid naming the field."""
    _check_may(actor, code)
    own = Own(
        form=PaperForm(form),
        closing=_text("closing", closing, code),
        note=_text("note", " ".join(note.split()), code),
        copies=tuple(_plain("copies", copies).splitlines()),
        defaults=_defaults(code, defaults),
    )
    if own.copies and own.form is not PaperForm.DOCUMENT:
        raise Invalid("copies", Text("只有文件格式的文书写抄送。", "Only the document form has copies."))
    return own


def _check_may(actor: Person, code: str) -> None:
    if not is_administrator(actor):
        raise NotAllowed
    if code not in CATALOGUE or CATALOGUE[code].is_sheet:
        raise Invalid("code", Text("这种文书没有可以改的内容。", "This paper has nothing to change."))


def _text(field: str, text: str, code: str) -> str:
    """A text with placeholders."""
    said = _plain(field, text)
    if found := unknown(said, to_applicant=CATALOGUE[code].to_applicant):
        message = Text(
            f"“{found}”不是这种文书可以用的占位符。", f"“{found}” is not a placeholder that this paper may hold."
        )
        raise Invalid(field, message)
    return said


def _defaults(code: str, given: Mapping[str, str]) -> dict[str, str]:
    """Words for open places; a choice or a date is of the case and has no usual value."""
    places = {slot.name: slot for slot in slots_of(CATALOGUE[code], VERSIONS[code][-1])}
    kept: dict[str, str] = {}
    for name, text in given.items():
        said = _plain("defaults", text)
        if said and (name not in places or places[name].kind not in (SlotKind.PHRASE, SlotKind.PASSAGE)):
            raise Invalid("defaults", Text(f"该文书没有“{name}”这一项。", f"This paper has no place named “{name}”."))
        if said:
            kept[name] = said
    return kept


def _plain(field: str, text: str, *, needed: bool = False) -> str:
    """Lines without blanks at their ends, not too long, of characters that the fonts have."""
    said = "\n".join(_filled_lines(clean(text)))
    if needed and not said:
        raise Invalid(field, Text("请填写。", "Please fill this in."))
    if len(said) > LONGEST[field]:
        raise Invalid(field, Text(f"最多{LONGEST[field]}个字。", f"At most {LONGEST[field]} characters."))
    if missing := missing_characters(said):
        raise Invalid(field, MissingGlyph(missing).message)
    return said


def _filled_lines(text: str) -> Iterable[str]:
    return (line for line in (each.strip() for each in text.split("\n")) if line)


def _before(agency: Agency, code: str, since: date, seen: int | None) -> LetterTemplate | None:
    """The newest version, with the agency's chain held. Raises Conflict where it is not the one that was seen."""
    hold(agency.slug)
    versions = LetterTemplate.objects.filter(agency=agency, code=code).select_related("made_by", "word")
    newest = versions.order_by("-version").first()
    if newest and seen is not None and newest.version != seen:
        at = timezone.localtime(newest.made_at, SHANGHAI)
        raise Conflict(newest.made_by.display_name, _SET, f"{at:%H:%M}")
    if since < today():
        raise Invalid("since", Text("启用日期不能早于今天。", "It cannot take effect before today."))
    if newest and since < newest.since:
        message = Text(
            f"启用日期不能早于上一版本的启用日期（{newest.since.isoformat()}）。",
            f"It cannot take effect before the version before it ({newest.since.isoformat()}).",
        )
        raise Invalid("since", message)
    return newest


def _check_word(word: Upload) -> None:
    """Only listed places are filled in it; everything else is refused."""
    from gongkai.documents.word_templates import check

    try:
        check(word.data)
    except DocumentError as error:
        raise Invalid("word", error.message) from error


def _written(row: LetterTemplate) -> LetterTemplate:
    row.save(force_insert=True)
    record(
        chain=row.agency.slug,
        act="applications.set_letter_template",
        subject=f"agency:{row.agency_id}",
        facts={
            "code": row.code,
            "version": row.version,
            "since": row.since.isoformat(),
            "retired": row.retired,
            "form": row.form,
            "closing": row.closing,
            "note": row.note,
            "copies": row.copies,
            "defaults": row.defaults,
            "owner": row.owner,
            "word": row.word.digest if row.word else "",
        },
        actor=row.made_by.username,
    )
    return row
