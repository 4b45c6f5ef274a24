"""档号: of what an agency's numbers are made, and which templates are refused in plain words."""

from __future__ import annotations

import pytest

from gongkai.agencies.actions.edit_agency import edit_agency
from gongkai.agencies.archive_numbers import formatted
from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency
from tests.cast import Cast


def kept(cast: Cast) -> Agency:
    return Agency.objects.get(pk=cast.agency.pk)


def test_the_usual_number(cast: Cast) -> None:
    edit_agency(actor=cast.administrator, agency=cast.agency, fonds="X043")
    assert formatted(kept(cast), 2026, 1) == "X043-WS·2026-D30-GK-0001"
    assert formatted(kept(cast), 2026, 12345) == "X043-WS·2026-D30-GK-12345"


def test_a_template_of_its_own(cast: Cast) -> None:
    template = "{fonds}〔{year}〕{unit}{number}号"
    edit_agency(actor=cast.administrator, agency=cast.agency, fonds="全宗5", archive_template=template)
    assert formatted(kept(cast), 2027, 8) == "全宗5〔2027〕GK8号"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{fonds}-{year}", "须有且只有一个件号"),
        ("{number}{number}", "须有且只有一个件号"),
        ("{number}{applicant}", "没有“{applicant}”这个空位"),
        ("{number}{fonds.__class__}", "没有“{fonds.__class__}”这个空位"),
        ("{number:>99999999}", "位数"),
        ("{number:{year}}", "位数"),
        ("{number!r}", "位数"),
        ("{number:04}{year:x}", "位数"),
        ("{number", "没有成对"),
        ("{number}/../x", "空位以外只能用"),
        ("{number} {year}", "空位以外只能用"),
        ("{{{number}}}", "空位以外只能用"),
        ("{number}" + "{unit}" * 10, "超过80个字"),
    ],
)
def test_a_template_that_makes_no_number(cast: Cast, template: str, told: str) -> None:
    changes = {"fonds": "X043", "archive_unit": "一二三四五六七八", "archive_template": template}
    with pytest.raises(Invalid) as refused:
        edit_agency(actor=cast.administrator, agency=cast.agency, **changes)
    assert (refused.value.field, told in refused.value.message.zh) == ("archive_template", True), refused.value
    assert kept(cast).fonds == ""


@pytest.mark.parametrize(("field", "value"), [("fonds", "X 43"), ("archive_unit", "{x}"), ("archive_category", "")])
def test_a_part_that_names_no_folder(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        edit_agency(actor=cast.administrator, agency=cast.agency, **{field: value})
    assert refused.value.field == field
