"""Jobs that hand mail and SMS over. Safe to run twice: what was sent is not sent again, and of two at once one waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from smtplib import SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.jobs import enqueue
from gongkai.notifications import sms
from gongkai.notifications.errors import BeingSent, NotDelivered
from gongkai.notifications.models import Channel, Outgoing

#: After this a job has given up (`max_attempts` times `retry` of Q_CLUSTER); after that nobody waits for the message.
LIFE_OF_A_JOB, HOPELESS = timedelta(days=8), timedelta(days=60)
AT_A_TIME = 500


def send(outgoing_id: int) -> None:
    """Job: send one message. Raises NotDelivered, to be tried again later; the message stays.

    Not inside a transaction: a slow mail server must not keep the office from writing. Killed between the handing over
    and the note of it, the message goes out once more: with the same Message-ID, by which mail programs know it.
    """
    row = claim(outgoing_id, timezone.now())
    if row is None:
        return
    try:
        _deliver(row)
    except Exception as error:
        Outgoing.objects.filter(pk=row.pk).update(claimed_until=None)
        raise NotDelivered(f"{row.channel} {row.key}: {_told(error)}") from None  # its own words may hold the address
    Outgoing.objects.filter(pk=row.pk).update(sent_at=timezone.now(), claimed_until=None, address="", text="")


def claim(outgoing_id: int, now: datetime) -> Outgoing | None:
    """Take the message for ourselves; None where it was sent already. Raises BeingSent."""
    unsent = Outgoing.objects.filter(pk=outgoing_id, sent_at=None)
    until = now + timedelta(seconds=2 * settings.JOB_SECONDS)
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    if unsent.filter(free).update(claimed_until=until):
        return Outgoing.objects.get(pk=outgoing_id)
    if unsent.exists():
        raise BeingSent(str(outgoing_id))
    return None


def free_claims() -> None:
    """What a killed worker was sending is nobody's any more."""
    Outgoing.objects.filter(sent_at=None, claimed_until__isnull=False).update(claimed_until=None)


def _deliver(row: Outgoing) -> None:
    if row.channel == Channel.SMS:
        sms.backend().send(row.address, row.text)
        return
    headers = {"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"}
    EmailMessage(row.subject, row.text, to=[row.address], headers=headers).send()


def message_id(row: Outgoing) -> str:
    """The same however often it is sent, and telling nothing."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    digest = sha256(f"{settings.SECRET_KEY}:{row.key}".encode()).hexdigest()
    return f"<{digest[:32]}@{domain}>"


def _told(error: Exception) -> str:
    """The kind of failure, with the server's code where it gave one."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return type(error).__name__ + code


@transaction.atomic
def send_left_over() -> None:
    """Job: a message whose own job has given up, or was lost, gets another one."""
    now = timezone.now()
    waiting = Outgoing.objects.filter(sent_at=None, queued_at__lt=now - LIFE_OF_A_JOB, made_at__gt=now - HOPELESS)
    for row in waiting.select_for_update().order_by("queued_at")[:AT_A_TIME]:
        row.queued_at = now
        row.save(update_fields=["queued_at"])
        enqueue("gongkai.notifications.sending.send", row.pk)
