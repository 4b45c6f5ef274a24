"""An agency's own wording of its papers: versions, refusals, who may; what it does to the letters that are issued."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.applications.actions.set_letter_template import retire_letter_template, set_letter_template
from gongkai.applications.desk_forms import OpinionForm
from gongkai.applications.errors import Conflict
from gongkai.applications.models import LetterKind, LetterTemplate
from gongkai.applications.own_wording import (
    filled_word,
    opinion_defaults,
    template_in_force,
    with_own_word,
    wording_for,
)
from gongkai.applications.selectors import case_page
from gongkai.documents.gate.kinds import DOCX
from gongkai.documents.letter import PaperForm
from gongkai.documents.letter_data import from_bytes
from gongkai.documents.store import read
from gongkai.documents.upload_fields import Upload
from gongkai.law.clock import Consulted
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene, said
from tests.at_once import at_once
from tests.cast import Cast, make_agency, make_person
from tests.documents.test_word_templates import template


def made(cast: Cast, code: str = "D02", **changes: Any) -> LetterTemplate:
    usual: dict[str, Any] = {"actor": cast.administrator, "agency": cast.agency, "since": today(), "owner": "办公室"}
    return set_letter_template(**{**usual, "code": code, **changes})


def refused(cast: Cast, **changes: Any) -> str:
    """The field that the refusal names; nothing is written."""
    with pytest.raises(Invalid) as caught:
        made(cast, **changes)
    assert not LetterTemplate.objects.exists()
    assert not Entry.objects.filter(act="applications.set_letter_template").exists()
    return caught.value.field


# --- versions ---


def test_a_version_is_kept_and_told_to_the_ledger(cast: Cast) -> None:
    row = made(
        cast,
        closing="  请与{工作机构}联系。 \r\n\r\n第二段。",
        note="此件\n主动公开",
        defaults={"obtain_way": "到窗口领取"},
    )
    assert (row.version, row.closing, row.note) == (1, "请与{工作机构}联系。\n第二段。", "此件 主动公开")
    entry = Entry.objects.get(act="applications.set_letter_template")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "administrator", f"agency:{cast.agency.pk}")
    assert (entry.facts["code"], entry.facts["version"], entry.facts["closing"]) == ("D02", 1, row.closing)
    assert entry.facts["defaults"] == {"obtain_way": "到窗口领取"}


def test_a_version_holds_from_its_day_until_the_next(cast: Cast) -> None:
    made(cast, closing="一")
    made(cast, closing="二", since=today() + timedelta(days=10))
    retire_letter_template(
        actor=cast.administrator, agency=cast.agency, code="D02", since=today() + timedelta(days=20), seen=2
    )
    stated = [wording_for(cast.agency, "D02", today() + timedelta(days=days)).stated for days in (-1, 0, 9, 10, 19, 20)]
    shared = "D02/2019.1"
    assert stated == [shared, f"{shared}+1", f"{shared}+1", f"{shared}+2", f"{shared}+2", shared]
    assert template_in_force(cast.other_agency, "D02", today()) is None
    assert template_in_force(cast.agency, "D01", today()) is None


def test_only_an_administrator_sets_or_ends_one(cast: Cast) -> None:
    made(cast)
    for person in (cast.clerk, cast.unit_head, cast.approver, cast.supervisor, cast.other_clerk, cast.stranger):
        with pytest.raises(NotAllowed):
            made(cast, actor=person)
        with pytest.raises(NotAllowed):
            retire_letter_template(actor=person, agency=cast.agency, code="D02", since=today())
    assert LetterTemplate.objects.count() == 1


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("closing", {"closing": "见{姓名}"}),
    ("closing", {"closing": "半个{括号"}),
    ("closing", {"closing": "字" * 1001}),
    ("closing", {"closing": "𠮷野家"}),
    ("closing", {"code": "P06", "closing": "申请人是{申请人}。"}),
    ("note", {"note": "{0.__class__}"}),
    ("copies", {"copies": "演示市财政局"}),
    ("copies", {"copies": "局\n" * 301, "form": PaperForm.DOCUMENT}),
    ("owner", {"owner": " "}),
    ("since", {"since": date(2025, 1, 1)}),
    ("code", {"code": "S01"}),
    ("code", {"code": "D99"}),
    ("defaults", {"defaults": {"nowhere": "x"}}),
    ("defaults", {"defaults": {"provision": "attached"}}),
    ("defaults", {"code": "D17", "defaults": {"earlier_on": "2025-01-01"}}),
    ("defaults", {"defaults": {"obtain_way": "\U0001f600"}}),
]


def test_what_does_not_fit_is_refused_at_its_field(cast: Cast) -> None:
    for field, changes in REFUSED:
        assert refused(cast, **changes) == field, changes


def test_none_takes_effect_before_the_one_before(cast: Cast) -> None:
    later = today() + timedelta(days=5)
    made(cast, since=later)
    with pytest.raises(Invalid) as caught:
        made(cast, since=later - timedelta(days=1))
    assert caught.value.field == "since"
    assert later.isoformat() in caught.value.message.zh
    assert made(cast, since=later).version == 2


def test_there_must_be_something_to_end(cast: Cast) -> None:
    ending: dict[str, Any] = {"actor": cast.administrator, "agency": cast.agency, "code": "D02", "since": today()}
    with pytest.raises(Invalid):
        retire_letter_template(**ending)
    made(cast)
    retire_letter_template(**ending)
    with pytest.raises(Invalid):
        retire_letter_template(**ending)


def test_whoever_saw_an_older_version_is_told(cast: Cast) -> None:
    made(cast, seen=0)
    with pytest.raises(Conflict) as conflict:
        made(cast, seen=0)
    assert "Administrator" in conflict.value.message.zh
    assert LetterTemplate.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_two_at_once_make_one_version() -> None:
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    person = make_person("admin", agency, Role.ADMINISTRATOR)
    usual: dict[str, Any] = {"actor": person, "agency": agency, "code": "D02", "since": today(), "owner": "办公室"}
    found = at_once(*[lambda text=text: set_letter_template(**usual, closing=text, seen=0) for text in ("一", "二")])
    assert sorted(type(result).__name__ for result in found) == ["Conflict", "LetterTemplate"]
    [row] = LetterTemplate.objects.all()
    assert Entry.objects.get(act="applications.set_letter_template").facts["closing"] == row.closing


# --- the agency's own Word file ---


def test_a_word_file_is_checked_kept_and_filled_with_a_letter(scene: Scene) -> None:
    cast = scene.cast
    good = Upload("告知书.docx", DOCX.media_type, template("{{ 发文字号 }} 致{{ 主送 }}", "{{ 申请人 }}"))
    assert refused(cast, word=Upload("坏.docx", DOCX.media_type, template("{{ ''.__class__ }}"))) == "word"
    made(cast, code="P02", word=good)
    kept = made(cast, code="P02", closing="二")
    assert kept.word is not None
    assert read(kept.word) == good.data
    application = scene.apply(on=today())
    letter = application.letters.get(kind=LetterKind.RECEIPT)
    filled = docx.Document(io.BytesIO(filled_word(letter, from_bytes(read(letter.content)))))
    assert [paragraph.text for paragraph in filled.paragraphs] == [
        f"{letter.number} 致{application.applicant_name}",
        application.applicant_name,
    ]
    assert with_own_word(cast.agency, [letter]) == {letter.pk}
    made(cast, code="P02", keep_word=False)
    assert with_own_word(cast.agency, [letter]) == frozenset()


# --- what it does to letters ---


def test_a_letter_says_by_which_texts_it_was_made_and_keeps_what_it_says(scene: Scene) -> None:
    application = scene.at(Stage.APPROVE)
    LetterTemplate.objects.create(
        agency=scene.cast.agency, code="D02", version=3, since=date(2025, 1, 1), form="document", owner="办公室",
        closing="{申请人}可以到窗口咨询。", note="{电话}", copies="演示市财政局", made_by=scene.cast.administrator,
    )  # fmt: skip
    letter = scene.take(StepKind.SIGN, application).letters.get(kind=LetterKind.REPLY)
    assert (letter.code, letter.template_version) == ("D02", "D02/2019.1+3")
    assert letter.content is not None
    content = from_bytes(read(letter.content))
    assert f"{application.applicant_name}可以到窗口咨询。" in said(letter)
    assert (content.number, content.form, content.copies) == (letter.number, PaperForm.DOCUMENT, ("演示市财政局",))
    receipt = application.letters.get(kind=LetterKind.RECEIPT)
    assert (receipt.code, receipt.template_version) == ("P02", "P02/2019.1")


def test_each_letter_of_a_case_has_its_code(scene: Scene) -> None:
    application = scene.take(StepKind.CONSULTATION, scene.at(Stage.OPINE), consulted=Consulted.CO_PRODUCER)
    application = scene.take(StepKind.CONSULTATION_REPLY, application, objected=False)
    application = scene.take(StepKind.EXTENSION, application)
    codes = dict(application.letters.values_list("kind", "code"))
    assert codes == {"receipt": "P02", "consultation": "P10", "consultation_notice": "P08", "extension": "P05"}


def test_usual_words_stand_in_the_form_of_the_opinion(scene: Scene) -> None:
    made(scene.cast, defaults={"obtain_way": "到窗口领取"})
    made(scene.cast, code="D01", defaults={"published_at": "本机关网站"})
    found = opinion_defaults(scene.cast.agency, Outcome.GRANTED, today())
    assert found == {"obtain_way": "到窗口领取", "published_at": "本机关网站"}
    application = scene.at(Stage.OPINE)
    page = case_page(scene.cast.drafter, application.pk)
    assert OpinionForm(page=page, outcome=Outcome.GRANTED)["slot_obtain_way"].value() == "到窗口领取"
