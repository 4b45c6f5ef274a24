"""A letter is put together: locked text, what the case says, what a person wrote, what the agency adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from gongkai.applications.letters.catalogue import Wording
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.locked import blocks
from gongkai.applications.letters.own import Occasion, replaced
from gongkai.applications.letters.wording import contact, contact_note, lines, title, you
from gongkai.documents.letter import LetterContent, PaperForm
from gongkai.law.dates import day_text


def compose(
    facts: CaseFacts,
    wording: Wording,
    *,
    number: str | None,
    on: dt.date,
    addressee: str,
    words: Mapping[str, str],
    given: Mapping[str, str] | None = None,
    points: Sequence[str] = (),
    reckoned: Sequence[tuple[str, str]] = (),
    attachments: Sequence[str] = (),
    draft: bool = False,
) -> LetterContent:
    """The letter. ``words`` fill the places beside those that the case itself fills; conditions look at ``given`` first,
    then at the words."""
    own, locked = wording.own, wording.locked
    occasion = Occasion(facts, number, on)
    filled = {**case_words(facts), **words, "closing": replaced(own.closing, occasion)}
    return LetterContent(
        issuer=facts.agency,
        title=title(facts.agency, locked.paper),
        number=number,
        addressee=addressee,
        body=blocks(locked.parts, filled, {**filled, **(given or {})}, points=points, reckoned=reckoned),
        attachments=tuple(attachments),
        signature=facts.agency,
        date=on,
        note=replaced(own.note, occasion) or contact_note(facts),
        draft=draft,
        form=own.form,
        copies=own.copies if own.form is PaperForm.DOCUMENT else (),
    )


def case_words(facts: CaseFacts) -> dict[str, str]:
    """What the case says in the places that many papers have."""
    return {
        "you": you(facts),
        "applicant": facts.applicant_name,
        "channel": facts.channel,
        "case_number": facts.case_number,
        "received_on": day_text(facts.received_on).zh,
        "corrected_on": day_text(facts.corrected_on).zh if facts.corrected_on else "",
        "requested": lines(facts.requested),
        "requested_whole": facts.requested.strip(),
        "form": facts.form,
        "way": facts.way,
        "due_on": day_text(facts.due_on).zh,
        "due_explanation": facts.due_explanation.strip("。（） "),
        "progress": facts.progress,
        "contact": contact(facts),
    }
