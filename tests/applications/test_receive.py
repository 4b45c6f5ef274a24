"""收到申请: taken in once, numbered, acknowledged, its clock started, nobody's identity in the clear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import NumberSeries
from gongkai.agencies.selectors import day_of, today
from gongkai.applications.actions.receive import Received, receive
from gongkai.applications.actions.register import register
from gongkai.applications.errors import AlreadySent
from gongkai.applications.models import Application, Channel, ClockState, IdentityDocument, LetterKind
from gongkai.applications.query_codes import index_of
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import (
    RECEIVED,
    Scene,
    at_once,
    check_derived,
    check_recorded,
    nothing_written,
    said,
)
from tests.cast import application_data, make_person

TOKEN = "a-token-of-one-form"
PAPER = [channel for channel in Channel if channel is not Channel.WEB]


def send(scene: Scene, **changes: Any) -> Received:
    usual: dict[str, Any] = {
        "agency": scene.cast.agency,
        "channel": Channel.WEB,
        "data": application_data(),
        "token": TOKEN,
        "on": RECEIVED,
    }
    return receive(**{**usual, **changes})


# --- it works ---


@pytest.mark.article("条例", 31)
def test_a_citizen_applies(scene: Scene) -> None:
    received = send(scene)
    application = received.application
    assert received.created
    assert application.number == "演城公开申〔2025〕1号"
    assert (application.channel, application.agency) == (Channel.WEB, scene.cast.agency)
    step = check_recorded(application, StepKind.RECEIPT, actor=None, role=Role.APPLICANT, on=RECEIVED)
    assert step.facts == {"channel": "web"}
    assert (application.stage, application.next_step) == (Stage.REGISTER, StepKind.REGISTER)
    assert (application.received_on, application.due_on) == (RECEIVED, date(2025, 3, 31))
    assert (application.clock_state, application.outcome) == (ClockState.RUNNING, "")


def test_everything_given_is_kept(scene: Scene) -> None:
    given = application_data(
        contact_person="丁某", address="演示路9号", postcode="450016", document_number="演城〔2020〕3号",
        features="与环卫站有关", needs_help=True,
    )  # fmt: skip
    application = Application.objects.get(pk=send(scene, data=given).application.pk)
    assert {name: getattr(application, name) for name in given} == given


def test_when_it_was_sent_is_the_day_it_came(scene: Scene) -> None:
    """In China: entered on a later day it keeps its own day, whose hour is not known."""
    application = send(scene).application
    assert day_of(application.submitted_at) == RECEIVED
    assert day_of(send(scene, token=f"{TOKEN}-2", on=None).application.submitted_at) == today()


def test_the_submission_itself_is_in_the_ledger(scene: Scene) -> None:
    application = send(scene).application
    entry = Entry.objects.get(act="applications.submitted")
    assert (entry.subject, entry.actor) == (f"application:{application.pk}", "")
    assert entry.facts == {"number": application.number, "channel": "web", "form": application.form_digest}


def test_the_receipt_tells_number_day_and_due_date(scene: Scene) -> None:
    application = send(scene).application
    (letter,) = application.letters.all()
    assert (letter.kind, letter.number, letter.on) == (LetterKind.RECEIPT, application.number, RECEIVED)
    text = said(letter)
    for part in (
        "演城公开申〔2025〕1号", "2025年3月3日", "2025年3月31日", "网上提交", "20个工作日",
        application.applicant_name, application.content, "查询码", scene.cast.agency.telephone,
    ):  # fmt: skip
        assert part in text, part
    assert application.id_number not in text
    assert application.telephone not in text


def test_a_receipt_is_in_chinese_whatever_the_page_was_in(scene: Scene) -> None:
    with translation.override("en"):
        application = send(scene).application
    text = said(application.letters.get())
    for part in ("网上提交", "电子文件", "网上下载"):
        assert part in text
    assert "Online" not in text


def test_a_due_date_beyond_the_published_calendars_is_provisional(scene: Scene) -> None:
    """Asked in the last month of the last published year: the receipt says that the day may move."""
    day = today()
    application = send(scene, on=day).application
    assert application.due_provisional == ("暂定" in said(application.letters.get()))
    assert not send(scene, token=f"{TOKEN}-2").application.due_provisional


# --- who may ---


@pytest.mark.article("条例", 31)
@pytest.mark.parametrize("channel", [Channel.ORDINARY_MAIL, Channel.FAX])
def test_a_letter_or_fax_counts_from_its_confirmation(scene: Scene, channel: Channel) -> None:
    """条例 31(二)(三): the office confirms it with the applicant; here by registering it, and then the receipt goes out."""
    application = send(scene, channel=channel, actor=scene.cast.clerk).application
    assert application.received_on is None
    assert not application.letters.exists()
    confirmed = RECEIVED + timedelta(days=1)
    register(case_id=application.pk, actor=scene.cast.clerk, on=confirmed)
    application.refresh_from_db()
    assert application.received_on == confirmed
    assert str(channel.label) in said(application.letters.get())


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize("channel", [Channel.IN_PERSON, Channel.SIGNED_MAIL])
def test_paper_is_entered_by_a_clerk(scene: Scene, channel: Channel) -> None:
    application = send(scene, channel=channel, actor=scene.cast.clerk).application
    step = check_recorded(application, StepKind.RECEIPT, actor=scene.cast.clerk, role=Role.CLERK, on=RECEIVED)
    assert step.facts == {"channel": channel.value}
    assert Entry.objects.get(act="applications.submitted").actor == "clerk"
    assert str(channel.label) in said(application.letters.get())


def test_paper_is_entered_by_nobody_else(scene: Scene) -> None:
    cast = scene.cast
    for person in (None, cast.drafter, cast.approver, cast.editor, cast.supervisor, cast.administrator,
                   cast.other_clerk, cast.stranger):  # fmt: skip
        for channel in PAPER:
            with nothing_written(), pytest.raises(NotAllowed):
                send(scene, channel=channel, actor=person)


def test_whoever_signs_in_on_the_web_is_not_taken_for_a_clerk(scene: Scene) -> None:
    """The step would name them as the clerk who took it."""
    for person in (scene.cast.supervisor, scene.cast.other_clerk, scene.cast.stranger):
        with nothing_written(), pytest.raises(NotAllowed):
            send(scene, actor=person)


def test_paper_is_received_at_once_even_where_the_web_waits_for_confirmation(scene: Scene) -> None:
    scene.unconfirmed()
    application = send(scene, channel=Channel.SIGNED_MAIL, actor=scene.cast.clerk).application
    assert application.received_on == RECEIVED


# --- the receipt rule ---


@pytest.mark.article("条例", 31)
def test_no_clock_before_both_have_confirmed(scene: Scene) -> None:
    application = scene.unconfirmed()
    check_derived(application)
    assert (application.stage, application.next_step) == (Stage.REGISTER, StepKind.REGISTER), "the clerk's turn"
    assert (application.clock_state, application.received_on, application.due_on) == (ClockState.WAITING, None, None)
    assert application.steps.count() == application.letters.count() == 0
    assert Entry.objects.filter(act="applications.submitted").count() == 1


# --- bad input ---


@pytest.mark.parametrize("token", ["", "short", "x" * 15])
def test_a_form_without_its_token_is_expired(scene: Scene, token: str) -> None:
    with nothing_written(), pytest.raises(Invalid) as refused:
        send(scene, token=token)
    assert refused.value.field == "token"


def test_an_agency_that_takes_none_takes_none(scene: Scene) -> None:
    scene.cast.agency.accepts_applications = False
    scene.cast.agency.save()
    with nothing_written(), pytest.raises(NotAllowed):
        send(scene)


@pytest.mark.parametrize("rule", ["system", "both_confirm"])
def test_a_day_of_receipt_in_the_future(scene: Scene, rule: str) -> None:
    scene.cast.agency.receipt_rule = rule
    scene.cast.agency.save()
    with nothing_written(), pytest.raises(Invalid) as refused:
        send(scene, on=today() + timedelta(days=1))
    assert refused.value.field == "on"


@pytest.mark.parametrize("day", [date.min, date(2003, 12, 31)])
def test_a_day_of_receipt_before_any_calendar(scene: Scene, day: date) -> None:
    with nothing_written(), pytest.raises(Invalid) as refused:
        send(scene, on=day)
    assert refused.value.field == "on"


@pytest.mark.article("条例", 27)
def test_a_name_that_no_font_can_show_is_no_reason_to_turn_anybody_away(scene: Scene) -> None:
    application = send(scene, data=application_data(applicant_name="王𠮷", content="𰻝家村的征地公告")).application
    text = said(application.letters.get())
    assert "王〔U+20BB7〕" in text
    assert "〔U+30EDD〕家村的征地公告" in text
    assert Application.objects.get(pk=application.pk).applicant_name == "王𠮷"


def test_line_ends_of_a_browser_are_line_ends(scene: Scene) -> None:
    """A text area sends CR LF; a tab or a mark that cannot be seen may come along."""
    application = send(
        scene, data=application_data(content="第一行\r\n第二\t行\u200b", features="特征\r甲")
    ).application
    text = said(application.letters.get())
    assert "第一行第二行" in text
    assert "U+" not in text


@pytest.mark.parametrize(
    "content",
    [
        "' OR 1=1; DROP TABLE applications_application; --",
        "#panic() $x$ *粗* _斜_ `码` @引 <标> \\ //",
        "{number} {0} %s ${HOME}",
        "<script>alert(1)</script>",
        "\u202eopen",
        "很长" * 2500,
    ],
)
def test_hostile_contents_are_only_text(scene: Scene, content: str) -> None:
    application = send(scene, data=application_data(content=content)).application
    assert Application.objects.get(pk=application.pk).content == content
    shown = content.replace("\u202e", "〔U+202E〕")
    assert "".join(shown.split())[:60] in said(application.letters.get())


# --- the same form twice ---


def test_the_same_form_again_is_the_same_application(scene: Scene) -> None:
    first = send(scene)
    with nothing_written():
        again = send(scene)
    assert not again.created
    assert (again.application.pk, again.query_code) == (first.application.pk, first.query_code)


def test_the_same_form_a_day_later_is_still_the_same(scene: Scene) -> None:
    first = send(scene)
    with nothing_written():
        again = send(scene, on=RECEIVED + timedelta(days=1))
    assert again.application.received_on == first.application.received_on


@pytest.mark.parametrize("change", [{"content": "另一项信息"}, {"telephone": "13900000000"}, {"needs_help": True}])
def test_the_same_form_with_other_contents_is_refused(scene: Scene, change: dict[str, Any]) -> None:
    number = send(scene).application.number
    with nothing_written(), pytest.raises(AlreadySent) as refused:
        send(scene, data=application_data(**change))
    assert number in refused.value.message.zh


def test_the_same_form_to_another_agency_is_refused(scene: Scene) -> None:
    """Told „already sent“, the applicant knows that the other agency has nothing."""
    send(scene)
    with nothing_written(), pytest.raises(AlreadySent):
        send(scene, agency=scene.cast.other_agency)


def test_equal_forms_with_tokens_of_their_own_are_two_applications(scene: Scene) -> None:
    first, second = send(scene), send(scene, token=f"{TOKEN}-2")
    assert first.query_code != second.query_code
    assert first.application.id_index == second.application.id_index, "the same person can be recognised"


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("browsers", [2, 4])
def test_two_browsers_send_the_same_form_at_once(scene: Scene, browsers: int) -> None:
    results = at_once(*[lambda: send(scene)] * browsers)
    assert {type(result) for result in results} == {Received}, results
    assert sum(result.created for result in results) == 1
    assert len({(result.application.pk, result.query_code) for result in results}) == 1
    application = Application.objects.get()
    assert (application.steps.count(), application.letters.count()) == (1, 1)
    assert NumberSeries.objects.get(kind="application").last == 1
    assert Entry.objects.count() == 3, "submitted, receipt, letter"


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_once_with_other_contents(scene: Scene) -> None:
    results = at_once(lambda: send(scene), lambda: send(scene, data=application_data(content="另一项信息")))
    assert sorted(type(result).__name__ for result in results) == ["AlreadySent", "Received"]
    assert Application.objects.count() == 1


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_numbers_without_gap_or_double(scene: Scene) -> None:
    """Two agencies, eight citizens at the same moment; one of them sends what is refused."""
    agencies = (scene.cast.agency, scene.cast.other_agency)
    calls = [
        lambda place=place: send(scene, agency=agencies[place % 2], token=f"{TOKEN}-{place}") for place in range(8)
    ]
    calls.append(lambda: send(scene, token=f"{TOKEN}-late", on=date(1999, 1, 4)))
    results = at_once(*calls)
    assert sum(isinstance(result, LawError) for result in results) == 1
    for agency in agencies:
        numbers = set(Application.objects.filter(agency=agency).values_list("number", flat=True))
        assert numbers == {f"{agency.document_prefix}申〔2025〕{serial}号" for serial in range(1, 5)}


# --- numbers ---


def test_numbers_run_on_per_agency_and_year(scene: Scene) -> None:
    def number(agency: Any, day: date) -> str:
        serial = Application.objects.count()
        return send(scene, agency=agency, token=f"{TOKEN}-{serial}", on=day).application.number

    ours, theirs = scene.cast.agency, scene.cast.other_agency
    assert number(ours, date(2024, 12, 31)) == "演城公开申〔2024〕1号"
    assert number(ours, date(2025, 1, 2)) == "演城公开申〔2025〕1号"
    assert number(ours, date(2024, 12, 31)) == "演城公开申〔2024〕2号", "entered late, numbered in its year"
    assert number(theirs, date(2025, 1, 2)) == "演财公开申〔2025〕1号"
    assert number(ours, date(2025, 1, 3)) == "演城公开申〔2025〕2号"


def test_a_refused_application_uses_no_number(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    send(scene)
    with pytest.raises(Invalid):
        send(scene, token=f"{TOKEN}-2", on=date(1999, 1, 4))

    def broken(*arguments: Any) -> None:
        raise RuntimeError("the receipt could not be made")

    with monkeypatch.context() as patch:
        patch.setattr("gongkai.applications.actions.receive.acknowledge", broken)
        with pytest.raises(RuntimeError):
            send(scene, token=f"{TOKEN}-2")
    with pytest.raises(AlreadySent):
        send(scene, data=application_data(content="另一项信息"))
    assert send(scene, token=f"{TOKEN}-3").application.number == "演城公开申〔2025〕2号"


def test_the_database_itself_knows_no_number_twice(scene: Scene) -> None:
    first, second = scene.apply(), scene.apply()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=second.pk).update(number=first.number)


# --- nobody's identity in the clear ---

SECRETS = {
    "applicant_name": "欧阳隐之",
    "id_number": "410000198001010071",
    "contact_person": "司徒密之",
    "telephone": "13712345678",
    "email": "yinsi-yangben@example.cn",
    "address": "隐私巷二百三十四号",
    "postcode": "987654",
}


def every_text_in_the_database() -> dict[str, list[str]]:
    """Every value of every column of every table, as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    found.setdefault(f"{table}.{column}", []).append(str(value))
    return found


def test_nothing_of_the_applicant_is_in_the_clear(scene: Scene) -> None:
    """Through the whole way to the archive, with correction and consultation: no table, no ledger entry, no file name."""
    received = scene.cast.apply(**SECRETS, id_type=IdentityDocument.RESIDENT_ID)
    kinds = (
        StepKind.REGISTER, StepKind.ACCEPT, StepKind.CORRECTION_NOTICE, StepKind.CORRECTED, StepKind.CONSULTATION,
        StepKind.CONSULTATION_REPLY, StepKind.OPINION, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER,
        StepKind.ARCHIVE,
    )  # fmt: skip
    days = {StepKind.CONSULTATION: date(2025, 3, 11)}
    application = received.application
    for kind in kinds:
        more = {"consultation": 6} if kind is StepKind.CONSULTATION_REPLY else {}
        application = scene.take(kind, application, **({"on": days[kind]} if kind in days else {}), **more)
    code = received.query_code
    token = f"token-of-the-cast-{scene.cast.sent:06}"
    hidden = [*SECRETS.values(), SECRETS["id_number"].lower(), code, code.replace("-", ""), token]
    texts = every_text_in_the_database()
    assert sum(map(len, texts.values())) > 400
    assert f"application:{application.pk}" in texts["ledger_entry.subject"], "the ledger was read too"
    leaks = {
        (place, secret) for place, values in texts.items() for secret in hidden if any(secret in v for v in values)
    }
    assert leaks == set()
    stored = Application.objects.get(pk=application.pk)
    assert {name: getattr(stored, name) for name in SECRETS} == SECRETS, "and it opens again with the key"


def test_the_search_for_leaks_can_find_one(scene: Scene) -> None:
    application = scene.apply(content=f"我是{SECRETS['applicant_name']}")
    texts = every_text_in_the_database()
    assert [place for place, values in texts.items() if any(SECRETS["applicant_name"] in v for v in values)] == [
        "applications_application.content"
    ]
    assert application.content in texts["applications_application.content"]


def test_the_database_holds_an_index_of_the_code_and_not_the_code(scene: Scene) -> None:
    received = send(scene)
    assert received.application.query_code_index == index_of(received.query_code)
    make_person("anyone", None)
