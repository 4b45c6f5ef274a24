"""Letters that ask somebody else's opinion: a third party (P06), a co-producer (P10), another organ (P11).

Silence means opposite things: a third party's leaves the decision to the agency (条例 32), a co-producer's
is consent (条例 34). Each letter says which. None of them says who applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.applications.letters.errors import MissingSlotError, applicant_named
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import cite, contact, contact_note, full_stop, title
from gongkai.documents.letter import LetterContent, Paragraph, paragraphs
from gongkai.law.citations import REG, Article
from gongkai.law.clock import Consulted
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS


@dataclass(frozen=True, slots=True)
class Subject:
    """Why an opinion is sought, in the words for the applicant (P08), whose, and the article."""

    reason: str
    whom: str
    article: Article


SUBJECT: Mapping[Consulted, Subject] = MappingProxyType(
    {
        Consulted.THIRD_PARTY: Subject("公开上述政府信息可能损害第三方合法权益", "第三方", REG(32)),
        Consulted.CO_PRODUCER: Subject("上述政府信息由本机关与其他行政机关共同制作", "该行政机关", REG(34)),
        Consulted.OTHER: Subject("上述政府信息的公开需要征求其他机关意见", "有关机关", REG(33, 3)),
    }
)


@dataclass(frozen=True, slots=True)
class _Form:
    paper: str
    opening: str
    rest: tuple[str, ...]


_HOW_TO_ANSWER = (
    "书面意见请写明是否同意公开；不同意公开或者只同意部分公开的，请写明理由并附相关证明材料。"
    "书面意见由本人签名或者加盖单位公章后，送交本机关政府信息公开工作机构（{contact}）。"
)

_FORMS: Mapping[Consulted, _Form] = MappingProxyType(
    {
        Consulted.THIRD_PARTY: _Form(
            "政府信息公开征求意见书",
            "本机关收到一件政府信息公开申请，所申请公开的政府信息涉及您（单位），公开可能损害您（单位）的合法权益。"
            "所涉及的政府信息为：",
            (
                f"根据{cite(REG(15), REG(32))}的规定，现书面征求您（单位）的意见。请自收到本征求意见书之日起"
                f"{TIME_LIMITS['third_party'].wording.zh}内提出意见。",
                _HOW_TO_ANSWER,
                "逾期未提出意见的，由本机关依照《政府信息公开条例》的规定决定是否公开。",
                "您（单位）不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，"
                "可以决定予以公开，并将决定公开的政府信息内容和理由书面告知您（单位）。",
            ),
        ),
        Consulted.CO_PRODUCER: _Form(
            "政府信息公开征求意见书",
            "本机关收到一件政府信息公开申请，所申请公开的政府信息由本机关牵头、与贵单位共同制作。所涉及的政府信息为：",
            (
                f"根据{cite(REG(34))}的规定，现征求贵单位的意见。请自收到本征求意见书之日起"
                f"{TIME_LIMITS['co_producer'].wording.zh}内提出意见，逾期未提出意见的视为同意公开。",
                _HOW_TO_ANSWER,
            ),
        ),
        Consulted.OTHER: _Form(
            "政府信息公开征求意见函",
            "本机关收到一件政府信息公开申请，所申请公开的政府信息与贵单位职责有关。所涉及的政府信息为：",
            (
                f"根据{cite(REG(33, 3))}的规定，现征求贵单位的意见，请尽快书面函复。"
                "征求意见所需时间不计算在本机关的答复期限内。",
                _HOW_TO_ANSWER,
            ),
        ),
    }
)


def consultation_letter(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    consulted: Consulted,
    addressee: str,
    content: str,
    draft: bool = False,
) -> LetterContent:
    """P06, P10 or P11. ``content`` says which information is meant, never who applied.

    Raises MissingSlotError without addressee or content, LetterError ``applicant_named`` when the content
    holds the applicant's name. 条例 15, 32, 33(3), 34 [C]; how to answer is practice [I].
    """
    _check(facts, addressee, content)
    form = _FORMS[consulted]
    return LetterContent(
        issuer=facts.agency,
        title=title(facts.agency, form.paper),
        number=number,
        addressee=addressee.strip(),
        body=(
            *_asked(form, content),
            *(Paragraph(text.format(contact=contact(facts))) for text in form.rest),
        ),
        signature=facts.agency,
        date=on,
        note=contact_note(facts),
        draft=draft,
    )


def _asked(form: _Form, content: str) -> tuple[Paragraph, ...]:
    lines = paragraphs(content)
    if len(lines) == 1:
        return (Paragraph(form.opening + full_stop(lines[0].text)),)
    return (Paragraph(form.opening), *lines)


def _check(facts: CaseFacts, addressee: str, content: str) -> None:
    if not addressee.strip():
        raise MissingSlotError("addressee", Text("征求意见的对象", "whose opinion is asked"))
    if not content.strip():
        raise MissingSlotError("content", Text("所涉及的政府信息", "which information is meant"))
    name = facts.applicant_name.strip()
    # A name of one character would be found in almost any sentence.
    if len(name) > 1 and name in content:
        raise applicant_named()
