"""Every row of a ledger, checked by itself and against the others of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from gongkai.applications.ledger_import import values
from gongkai.applications.ledger_import.columns import Layout, shown_as
from gongkai.applications.ledger_import.errors import Problem, Unclear
from gongkai.applications.ledger_import.fields import Field
from gongkai.applications.ledger_import.outcome_words import outcome_of
from gongkai.applications.ledger_import.sheets import Line, Value
from gongkai.applications.models import Channel, Form, IdentityDocument, Way
from gongkai.law.applicants import ApplicantKind
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome
from gongkai.law.texts import Text

Found = TypeVar("Found")

#: How long each plain text may be.
LONGEST: Mapping[Field, int] = {
    Field.CONTACT_PERSON: 50,
    Field.TELEPHONE: 60,
    Field.ADDRESS: 200,
    Field.POSTCODE: 20,
    Field.DOCUMENT_NUMBER: 100,
    Field.REPLY_NUMBER: 100,
}
LONGEST_CONTENT, LONGEST_PASSAGE, LONGEST_NUMBER = 5000, 2000, 60
#: Fields whose empty cells a person may have filled with one value for the whole file.
WITH_DEFAULT = (Field.APPLICANT_KIND, Field.CHANNEL)
#: What stands in the first cell of a row that is no application: sums, who filled it in, notes.
_FOOT = (
    "合计",
    "总计",
    "小计",
    "填表",
    "制表",
    "填报",
    "审核",
    "注:",
    "注：",
    "备注:",
    "备注：",
    "说明:",
    "说明：",
    "单位负责人",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One application of the old ledger, in our terms. `assumed`: fields that the ledger did not tell, and that were
    filled in as `rows` says."""

    line: int
    number: str
    applicant_kind: ApplicantKind
    applicant_name: str
    id_type: IdentityDocument
    id_number: str
    contact_person: str
    telephone: str
    email: str
    address: str
    postcode: str
    channel: Channel
    received_on: dt.date
    content: str
    document_number: str
    features: str
    form_wanted: Form
    way_wanted: Way
    answered_on: dt.date | None
    outcome: Outcome | None
    reply_number: str
    remark: str
    assumed: tuple[str, ...]


class RowReader:
    """Reads the rows of one layout. `defaults`: what stands where WITH_DEFAULT's cells are empty."""

    def __init__(self, layout: Layout, today: dt.date, defaults: Mapping[Field, str] | None = None) -> None:
        self._places = layout.places
        self._base = layout.sheet.base
        self._today = today
        self._defaults = dict(defaults or {})
        self._numbers: dict[str, int] = {}
        self._unnumbered: dict[tuple[str, str, dt.date], int] = {}

    def is_application(self, line: Line) -> bool:
        """Whether the row speaks of an application: more than a number prepared in advance, no sum and no signature."""
        filled = [field for field, place in self._places.items() if line.at(place) not in (None, "")]
        if not any(field is not Field.NUMBER for field in filled):
            return False
        first = next((shown_as(cell) for cell in line.cells if cell is not None), "")
        said = [cell for cell in line.cells if cell is not None]
        return not (first.startswith(_FOOT) and (len(said) <= 2 or first in ("合计", "总计", "小计")))

    def read(self, line: Line) -> LedgerRow | list[Problem]:
        """The row in our terms, or everything that is wrong with it."""
        reading = _Reading(line, self._places)
        row = self._read(reading)
        if reading.problems:
            return reading.problems
        if problem := self._same_in_file(row, reading):
            return [problem]
        return LedgerRow(**row)

    def _read(self, reading: _Reading) -> dict[str, Any]:
        take, cell = reading.take, reading.cell
        received = take(Field.RECEIVED_ON, lambda value: values.day_of_cell(value, self._base))
        answered = take(Field.ANSWERED_ON, lambda value: values.day_of_cell(value, self._base))
        outcome = self._outcome(reading)
        self._check_days(reading, received, answered, outcome)
        row: dict[str, Any] = {field.value: take(field, _within(longest)) or "" for field, longest in LONGEST.items()}
        row |= self._applicant(reading)
        row["email"] = take(Field.EMAIL, values.email_of) or ""
        row["channel"] = self._channel(reading)
        row["content"] = reading.needed(Field.CONTENT, lambda value: values.short(value, LONGEST_CONTENT))
        row["features"] = take(Field.FEATURES, lambda value: values.short(value, LONGEST_PASSAGE)) or ""
        row["remark"] = take(Field.REMARK, lambda value: values.short(value, LONGEST_PASSAGE)) or ""
        row |= _wanted(reading, row)
        row["number"] = self._number(reading, received)
        vague = values.is_vague_mail(cell(Field.CHANNEL)) if row["channel"] else False
        assumed = [*reading.assumed, *(["channel"] if vague else [])]
        return {
            **row, "line": reading.line.number, "received_on": received, "answered_on": answered, "outcome": outcome,
            "assumed": tuple(dict.fromkeys(assumed)),
        }  # fmt: skip

    def _outcome(self, reading: _Reading) -> Outcome | None:
        said = reading.take(Field.OUTCOME, lambda value: values.short(value, 200)) or ""
        detail = reading.take(Field.OUTCOME_DETAIL, values.text_of) or ""
        if not said:
            return None
        found = outcome_of(said, detail)
        if isinstance(found, Text):
            reading.wrong(Field.OUTCOME, found)
            return None
        return found

    def _check_days(
        self, reading: _Reading, received: dt.date | None, answered: dt.date | None, outcome: Outcome | None
    ) -> None:
        if received is None and not reading.failed(Field.RECEIVED_ON):
            reading.wrong(Field.RECEIVED_ON, Text("没有填写收到日期。", "The day of receipt is missing."))
        for field, day in ((Field.RECEIVED_ON, received), (Field.ANSWERED_ON, answered)):
            if day is not None and day > self._today:
                shown = day_text(day)
                reading.wrong(field, Text(f"{shown.zh}晚于今天。", f"{shown.en} is after today."))
        if received and answered and answered < received:
            came, went = day_text(received), day_text(answered)
            text = Text(f"答复日期{went.zh}早于收到日期{came.zh}。", f"Answered on {went.en}, before {came.en}.")
            reading.wrong(Field.ANSWERED_ON, text)
        if outcome and answered is None and not reading.failed(Field.ANSWERED_ON):
            text = Text("有办理结果，但没有答复日期。", "There is an outcome but no day of the reply.")
            reading.wrong(Field.ANSWERED_ON, text)
        if answered and outcome is None and not reading.failed(Field.OUTCOME):
            text = Text("有答复日期，但没有办理结果。", "There is a day of the reply but no outcome.")
            reading.wrong(Field.OUTCOME, text)

    def _applicant(self, reading: _Reading) -> dict[str, Any]:
        name = reading.needed(Field.APPLICANT_NAME, values.name_of)
        kind = reading.take(Field.APPLICANT_KIND, values.kind_of)
        told = reading.take(Field.ID_TYPE, values.document_type_of)
        if kind is None and not reading.failed(Field.APPLICANT_KIND) and Field.APPLICANT_KIND in self._defaults:
            kind = ApplicantKind(self._defaults[Field.APPLICANT_KIND])
            reading.assumed.append(Field.APPLICANT_KIND.value)
        found = reading.take(Field.ID_NUMBER, lambda value: values.identity_of(value, told, kind))
        id_type, number = found or (IdentityDocument.OTHER, "")
        if kind is None and id_type is IdentityDocument.RESIDENT_ID:
            kind = ApplicantKind.NATURAL_PERSON
        if kind is None and not reading.failed(Field.APPLICANT_KIND):
            six = "、".join(each.label.zh for each in ApplicantKind)
            reading.wrong(
                Field.APPLICANT_KIND, Text(f"没有填写申请人类型（{six}）。", "The kind of applicant is missing.")
            )
        if kind is ApplicantKind.NATURAL_PERSON and id_type is IdentityDocument.CREDIT_CODE:
            text = Text(
                "自然人没有统一社会信用代码，请核对申请人类型或者证件。", "A natural person has no credit code."
            )
            reading.wrong(Field.ID_NUMBER, text)
        return {"applicant_name": name, "applicant_kind": kind, "id_type": id_type, "id_number": number}

    def _channel(self, reading: _Reading) -> Channel | None:
        channel = reading.take(Field.CHANNEL, values.channel_of)
        if channel is None and not reading.failed(Field.CHANNEL):
            if Field.CHANNEL in self._defaults:
                reading.assumed.append(Field.CHANNEL.value)
                return Channel(self._defaults[Field.CHANNEL])
            text = Text(
                "没有填写提交方式，可以为全表指定一种。", "The channel is missing; one can be set for the whole file."
            )
            reading.wrong(Field.CHANNEL, text)
        return channel

    def _number(self, reading: _Reading, received: dt.date | None) -> str:
        """The ledger's own number. A bare serial number begins anew every year, so it gets the year of receipt."""
        number = reading.take(Field.NUMBER, lambda value: values.one_line(value, LONGEST_NUMBER)) or ""
        if number.isdecimal() and len(number) <= 5:
            return f"台账〔{received.year}〕{int(number)}号" if received else ""
        return number

    def _same_in_file(self, row: Mapping[str, Any], reading: _Reading) -> Problem | None:
        """The same number twice; or, without numbers, the same applicant, day and content twice."""
        line = reading.line.number
        if number := row["number"]:
            first = self._numbers.setdefault(number, line)
            text = Text(f"编号“{number}”与第{first}行重复。", f"The number “{number}” is that of row {first}, too.")
            return None if first == line else Problem(line, self._places.get(Field.NUMBER), text)
        key = (row["applicant_name"], row["content"], row["received_on"])
        first = self._unnumbered.setdefault(key, line)
        text = Text(
            f"与第{first}行完全相同。确是两件申请的，请填写编号以示区别。",
            f"The same as row {first}. If these are two applications, number them.",
        )
        return None if first == line else Problem(line, None, text)


class _Reading:
    """One row while it is read: what was wrong so far, and what was assumed."""

    def __init__(self, line: Line, places: Mapping[Field, int]) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self.assumed: list[str] = []
        self._places = places
        self._failed: set[Field] = set()

    def cell(self, field: Field) -> Value:
        return self.line.at(self._places[field]) if field in self._places else None

    def take(self, field: Field, meaning: Callable[[Value], Found]) -> Found | None:
        """What the cell means; None where it is empty or wrong."""
        try:
            return meaning(self.cell(field))
        except Unclear as error:
            self.wrong(field, error.message)
            return None

    def needed(self, field: Field, meaning: Callable[[Value], str]) -> str:
        """As `take`, where something must be there."""
        found = self.take(field, meaning) or ""
        if not found and not self.failed(field):
            label = field.label
            self.wrong(field, Text(f"没有填写{label.zh}。", f"Missing: {label.en}."))
        return found

    def wrong(self, field: Field, message: Text) -> None:
        self._failed.add(field)
        self.problems.append(Problem(self.line.number, self._places.get(field), message))

    def failed(self, field: Field) -> bool:
        return field in self._failed


def _within(longest: int) -> Callable[[Value], str]:
    return lambda value: values.one_line(value, longest)


def _wanted(reading: _Reading, row: Mapping[str, Any]) -> dict[str, Any]:
    """In which form and by which way. Where the ledger does not say: an electronic file, sent where there is an
    address to send it to, else to be fetched. `assumed` tells it, and the clerk asks when it matters."""
    form, way = reading.take(Field.FORM_WANTED, values.form_of), reading.take(Field.WAY_WANTED, values.way_of)
    if form is None:
        reading.assumed.append(Field.FORM_WANTED.value)
    if way is None:
        reading.assumed.append(Field.WAY_WANTED.value)
        way = Way.EMAIL if row["email"] else Way.POST if row["address"] else Way.PICK_UP
    return {"form_wanted": form or Form.ELECTRONIC, "way_wanted": way}


def read_rows(reader: RowReader, lines: tuple[Line, ...]) -> Iterator[tuple[Line, LedgerRow | list[Problem]]]:
    """Every row that speaks of an application, with what it says or what is wrong with it."""
    for line in lines:
        if reader.is_application(line):
            yield line, reader.read(line)
