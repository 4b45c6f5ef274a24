"""What leaves the house: once, nothing in the clear before, nothing kept after, and never a header from a text."""

from __future__ import annotations

import json
import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ

from gongkai.agencies.errors import Invalid
from gongkai.notifications import sms
from gongkai.notifications.actions.send import one_line, send_mail_to, send_sms_to
from gongkai.notifications.errors import BeingSent, NotDelivered
from gongkai.notifications.models import Outgoing
from gongkai.notifications.sending import LIFE_OF_A_JOB, claim, send, send_left_over
from tests.notifications.conftest import Kept
from tests.run_jobs import run_jobs, waiting_jobs

ADDRESS, MOBILE = "zhang.san@example.test", "13800138000"


def a_mail(**changes: Any) -> Outgoing:
    return send_mail_to(**{"address": ADDRESS, "subject": "已答复", "text": "请登录查看。", "key": "a:1", **changes})


def refuse(*_: object, **__: object) -> None:
    raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})


def test_a_mail_and_an_sms_are_sent_once(db: None) -> None:
    a_mail()
    send_sms_to(mobile="+86 138-0013-8000", text="已答复", key="a:1")
    assert a_mail().pk == a_mail(text="another").pk
    assert run_jobs() == 2
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [([ADDRESS], "已答复", "请登录查看。")]
    assert Kept.sent == [(MOBILE, "已答复")]


def test_run_twice_it_is_sent_once(db: None) -> None:
    row = a_mail()
    send(row.pk)
    send(row.pk)
    assert len(mail.outbox) == 1


def columns() -> str:
    """Everything that the database holds of messages and queue, as it lies there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_outgoing")
        rows = repr(cursor.fetchall())
    return rows + repr([row.task for row in OrmQ.objects.all()])


def test_neither_queue_nor_table_holds_an_address_in_the_clear(db: None) -> None:
    row = a_mail()
    send_sms_to(mobile=MOBILE, text="已答复", key="a:1")
    assert Outgoing.objects.get(pk=row.pk).address == ADDRESS
    assert not any(secret in columns() for secret in (ADDRESS, MOBILE, "请登录"))


def test_and_nothing_of_it_is_kept(db: None) -> None:
    row = a_mail()
    run_jobs()
    row.refresh_from_db()
    assert (row.address, row.text) == ("", "")
    assert row.sent_at is not None


def test_not_taken_it_stays_and_tells_nobody_the_address(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    row = a_mail()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(NotDelivered) as told:
            send(row.pk)
    assert str(told.value) == "mail mail:a:1: SMTPRecipientsRefused"
    assert told.value.__suppress_context__
    row.refresh_from_db()
    assert (row.sent_at, row.claimed_until) == (None, None)
    run_jobs()
    assert len(mail.outbox) == 1


def test_a_gateway_that_fails_is_tried_again(db: None) -> None:
    send_sms_to(mobile=MOBILE, text="已答复", key="a:1")
    Kept.broken = True
    with pytest.raises(NotDelivered, match="ConnectionError") as told:
        run_jobs()
    assert MOBILE not in str(told.value)
    Kept.broken = False
    run_jobs()
    assert Kept.sent == [(MOBILE, "已答复")]


def test_of_two_at_once_one_sends(db: None) -> None:
    row = a_mail()
    now = timezone.now()
    assert claim(row.pk, now) is not None
    with pytest.raises(BeingSent):
        send(row.pk)
    assert mail.outbox == []
    # Whoever had it is long dead.
    assert claim(row.pk, now + timedelta(hours=1)) is not None


def test_the_message_id_is_the_same_each_time(db: None, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "公开办 <open@gov.example.test>"
    row = a_mail()
    send(row.pk)
    Outgoing.objects.update(sent_at=None, address=ADDRESS)
    send(row.pk)
    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second
    assert first.endswith("@gov.example.test>")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        f"{ADDRESS}\nBcc: x@y.test",
        f"{ADDRESS}, x@y.test",
        f"x <{ADDRESS}>",
        f"{ADDRESS}\r\n\r\nhello",
    ],
)
def test_what_is_no_address_is_refused(db: None, address: str) -> None:
    with pytest.raises(Invalid):
        a_mail(address=address)
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("mobile", ["", "1380013800", "138001380000", "23800138000", "13８00138000", "+1 555 0100"])
def test_what_is_no_mobile_number_is_refused(db: None, mobile: str) -> None:
    with pytest.raises(Invalid):
        send_sms_to(mobile=mobile, text="x", key="a:1")


@pytest.mark.parametrize(
    "nasty", ["申请\nBcc: all@example.test", "申请\r\nBcc: all@example.test", "申请\x00\u2028\u202ex"]
)
def test_no_header_comes_from_a_subject(db: None, nasty: str) -> None:
    a_mail(subject=nasty)
    run_jobs()
    (sent,) = mail.outbox
    assert sent.recipients() == [ADDRESS]
    assert "\nbcc" not in sent.message().as_string().lower()
    assert sent.subject.isprintable()


def test_a_long_subject_is_cut(db: None) -> None:
    assert len(one_line("字" * 500)) == 150
    a_mail(subject="字" * 500)
    run_jobs()
    assert mail.outbox[0].subject.endswith("…")


def test_what_its_job_gave_up_on_gets_another(db: None) -> None:
    fresh, old, hopeless, sent = (a_mail(key=f"a:{number}") for number in range(4))
    OrmQ.objects.all().delete()
    long_ago = timezone.now() - LIFE_OF_A_JOB - timedelta(hours=1)
    Outgoing.objects.filter(pk__in=[old.pk, hopeless.pk, sent.pk]).update(queued_at=long_ago)
    Outgoing.objects.filter(pk=hopeless.pk).update(made_at=timezone.now() - timedelta(days=100))
    Outgoing.objects.filter(pk=sent.pk).update(sent_at=long_ago)
    send_left_over()
    send_left_over()
    assert waiting_jobs() == [("gongkai.notifications.sending.send", (old.pk,))]
    assert fresh.pk != old.pk


def test_the_file_of_sms(settings: Any, tmp_path: Path) -> None:
    settings.SMS_BACKEND = "gongkai.notifications.sms.FileBackend"
    settings.SMS_FOLDER = tmp_path / "sms"
    for text in ("一", "二\n三"):
        sms.backend().send(MOBILE, text)
    file = tmp_path / "sms" / "messages.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(line["mobile"], line["text"]) for line in lines] == [(MOBILE, "一"), (MOBILE, "二\n三")]
    assert file.stat().st_mode & 0o777 == 0o600


def test_mail_lies_in_files_where_no_server_is_named(db: None, settings: Any, tmp_path: Path) -> None:
    from gongkai.config.settings import DATA
    from gongkai.config.settings import mail as mail_settings

    found = mail_settings()
    assert found["EMAIL_FILE_PATH"] == DATA / "mail"
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = found["EMAIL_BACKEND"], tmp_path / "mail"
    a_mail()
    run_jobs()
    (file,) = (tmp_path / "mail").iterdir()
    assert ADDRESS in file.read_text(encoding="utf-8")


def test_a_server_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.config.settings import mail as mail_settings

    monkeypatch.setenv("GONGKAI_MAIL_URL", "smtp+tls://open:se%2Fcret@mail.example.test:587")
    found = mail_settings()
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.test", 587, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("open", "se/cret")
