"""The catalogue: every paper has a code, a text by version with its articles, and a sample; which outcome gives which."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re

import pytest

from gongkai.applications.letters import CATALOGUE, GoesTo, LetterError, Own, codes_of, correction_notice, reply_code
from gongkai.applications.letters import catalogue as the_catalogue
from gongkai.applications.letters.catalogue import VERSIONS, slots_of, template_on, wording_on
from gongkai.applications.letters.locked import Clause, LockedText, clause, places_in
from gongkai.applications.letters.own import PLACEHOLDERS, unknown
from gongkai.applications.letters.place_labels import condition_label, place_label
from gongkai.applications.letters.samples import SAMPLE_DAY, SAMPLE_FACTS, SAMPLES, sample_letter
from gongkai.documents.letter import FormBlock, LetterContent, PaperForm
from gongkai.law.outcomes import Outcome
from tests.applications.letter_samples import facts, said

EVERY = [text for texts in VERSIONS.values() for text in texts]
TO_OTHERS = [code for code, rule in CATALOGUE.items() if not rule.to_applicant]


def words_of(content: LetterContent) -> str:
    """All that a paper says, head and sheet included."""
    cells = [
        f"{cell.label}{cell.value}{cell.foot}"
        for block in content.body
        if isinstance(block, FormBlock)
        for row in block.rows
        for cell in row
    ]
    rest = [block for block in content.body if not isinstance(block, FormBlock)]
    body = said(dataclasses.replace(content, body=tuple(rest))) if rest else ""
    return "\n".join([content.title, content.addressee, body, *content.attachments, content.note, *cells])


def test_every_paper_of_the_list_is_there_and_has_a_text() -> None:
    listed = [f"P{number:02}" for number in range(1, 13)] + [f"D{number:02}" for number in range(1, 25)]
    assert sorted(CATALOGUE) == sorted([*listed, "S01", "S02"])
    assert set(VERSIONS) == set(CATALOGUE)


@pytest.mark.article("条例", 36)
@pytest.mark.parametrize(
    ("outcome", "slots", "code"),
    [
        (Outcome.GRANTED, {"provision": "published"}, "D01"),
        (Outcome.GRANTED, {"provision": "attached"}, "D02"),
        (Outcome.GRANTED, {}, "D02"),
        (Outcome.PARTIALLY_GRANTED, {}, "D03"),
        (Outcome.STATE_SECRET, {}, "D04"),
        (Outcome.PROHIBITED_BY_LAW, {}, "D05"),
        (Outcome.ENDANGERS_SECURITY, {}, "D06"),
        (Outcome.THIRD_PARTY_RIGHTS, {}, "D07"),
        (Outcome.INTERNAL_AFFAIRS, {}, "D08"),
        (Outcome.PROCESS_INFORMATION, {}, "D09"),
        (Outcome.ENFORCEMENT_FILE, {}, "D10"),
        (Outcome.ADMINISTRATIVE_QUERY, {}, "D11"),
        (Outcome.NOT_HELD, {"not_held_ground": "absent"}, "D12"),
        (Outcome.NOT_HELD, {"not_held_ground": "elsewhere"}, "D13"),
        (Outcome.NEEDS_CREATION, {}, "D14"),
        (Outcome.STILL_UNCLEAR, {}, "D15"),
        (Outcome.PETITION, {}, "D16"),
        (Outcome.REPEATED, {}, "D17"),
        (Outcome.PUBLISHED_MATERIAL, {}, "D18"),
        (Outcome.ABUSIVE_VOLUME, {}, "D19"),
        (Outcome.REISSUE, {}, "D20"),
        (Outcome.CORRECTION_LAPSED, {}, "D21"),
        (Outcome.FEE_UNPAID, {}, "D22"),
        (Outcome.OTHER, {}, "D24"),
    ],
)
def test_which_outcome_and_choice_give_which_paper(outcome: Outcome, slots: dict[str, str], code: str) -> None:
    assert reply_code(outcome, slots) == code
    assert code in codes_of(outcome)


@pytest.mark.parametrize("text", EVERY, ids=lambda text: text.stated)
def test_a_text_cites_what_it_stands_on_and_names_its_places(text: LockedText) -> None:
    whole = "".join(part.text for part in text.parts if isinstance(part, Clause))
    for article in text.basis if whole and text.code not in ("P02", "P12") else ():
        cited = article.zh.partition("》")[2]
        assert (cited.split("第（")[0] in whole) if cited else (article.zh in whole), article
    for part in text.parts:
        for place in places_in(part):
            assert place_label(place, text.slots).en, place
        for condition in getattr(part, "when", ()):
            assert "“" in condition_label(condition, text.slots).zh


@pytest.mark.parametrize("versions", VERSIONS.values(), ids=list(VERSIONS))
def test_versions_follow_one_another_without_gap(versions: tuple[LockedText, ...]) -> None:
    assert versions[0].since == dt.date(2019, 5, 15)
    assert versions[-1].until is None
    for older, newer in itertools.pairwise(versions):
        assert older.until == newer.since


@pytest.mark.article("条例", 32)
@pytest.mark.parametrize("code", TO_OTHERS)
def test_what_goes_to_others_has_no_place_that_tells_who_applied(code: str) -> None:
    telling = {"applicant", "case_number", "requested", "requested_whole", "channel", "received_on"}
    for text in VERSIONS[code]:
        assert not telling & {place for part in text.parts for place in places_in(part)}
    named = words_of(sample_letter(code, facts=facts(applicant_name="欧阳某某", case_number="演城公开申〔2025〕77号")))
    assert "欧阳" not in named
    assert "77" not in named
    for name, place in PLACEHOLDERS.items():
        assert (unknown(f"{{{name}}}", to_applicant=False) is None) is not place.tells_applicant


def test_a_letter_is_made_by_the_text_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    change = dt.date(2026, 1, 1)
    old = dataclasses.replace(VERSIONS["P03"][0], until=change)
    new = dataclasses.replace(old, version="2026.1", since=change, until=None, parts=(*old.parts, clause("新的一段。")))
    monkeypatch.setattr(the_catalogue, "VERSIONS", {**VERSIONS, "P03": (old, new)})
    for day, version, added in ((dt.date(2025, 12, 31), "P03/2019.1", False), (change, "P03/2026.1", True)):
        letter = correction_notice(facts(), number="1", on=day, what=["名称"], correct_by=day)
        assert ("新的一段。" in said(letter)) is added
        assert wording_on("P03", day).stated == version


def test_before_the_regulation_there_is_no_text() -> None:
    with pytest.raises(LetterError) as refused:
        template_on("D02", dt.date(2019, 5, 14))
    assert refused.value.code == "no_template"


def test_the_places_of_a_paper_are_not_those_of_its_twin() -> None:
    def names(code: str) -> list[str]:
        return [slot.name for slot in slots_of(CATALOGUE[code], VERSIONS[code][-1])]

    assert names("D01") == ["published_at"]
    assert names("D02") == ["provision", "information", "obtain_way", "obtain_time"]
    assert names("D12") == ["search"]
    assert names("D13") == ["not_held_ground", "not_ours_because", "competent_agency", "competent_contact"]


# --- samples ---


def test_every_paper_has_a_sample() -> None:
    assert {name[:3] for name in SAMPLES} == set(CATALOGUE)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_reads_as_a_whole(name: str) -> None:
    letter = sample_letter(name)
    text = words_of(letter)
    assert not re.search(r"[{}]|。。|：。|，。|；。|None", text), text
    assert (letter.form is PaperForm.SHEET) is CATALOGUE[name[:3]].is_sheet
    if CATALOGUE[name[:3]].to is GoesTo.APPLICANT:
        assert letter.addressee == SAMPLE_FACTS.applicant_name
    if name.startswith("D"):
        assert "行政复议" in text


# --- what an agency adds ---


def test_the_agencys_own_words_stand_before_the_remedy() -> None:
    own = Own(
        version=3,
        form=PaperForm.DOCUMENT,
        closing="请与{工作机构}联系。\n编号{登记编号}。",
        note="{电话}",
        copies=("演示市财政局",),
    )
    letter = sample_letter("D04", own=own)
    lines = said(letter).split("\n")
    at = lines.index(f"请与{SAMPLE_FACTS.office}联系。")
    assert lines[at + 1] == f"编号{SAMPLE_FACTS.case_number}。"
    assert lines[at - 1].startswith("理由如下：")
    assert "行政复议" in lines[at + 2]
    assert (letter.form, letter.note, letter.copies) == (PaperForm.DOCUMENT, SAMPLE_FACTS.telephone, ("演示市财政局",))
    assert wording_on("D04", SAMPLE_DAY, own).stated == "D04/2019.1+3"


def test_what_a_citizen_wrote_is_no_placeholder() -> None:
    own = Own(version=1, closing="致{申请人}。")
    letter = sample_letter("P03", facts=facts(applicant_name="{电话}", requested="{closing}"), own=own)
    assert "致{电话}。" in said(letter)
    assert "为：{closing}。" in said(letter)


@pytest.mark.parametrize("text", ["{0}", "{you}", "{", "x}", "{{电话}}", "{电话!r}", "{}"])
def test_no_other_braces_are_taken(text: str) -> None:
    assert unknown(text, to_applicant=True) is not None
