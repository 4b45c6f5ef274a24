"""Send something to an address: a mail or an SMS, by a job, once for each key."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.jobs import enqueue
from gongkai.law.texts import Text
from gongkai.notifications.models import Channel, Outgoing

#: A mobile number of the mainland, which is where our gateways reach.
MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LONGEST_SUBJECT = 150


@transaction.atomic
def send_mail_to(*, address: str, subject: str, text: str, key: str) -> Outgoing:
    """A mail to this address, sent once this transaction is committed. Asked for again with the same key, it is the
    same mail. Raises Invalid for what is no address.

    The text is no place for identity data: number, duty and due date are enough.
    """
    return _send(Channel.MAIL, mail_address(address), one_line(subject), text, key)


@transaction.atomic
def send_sms_to(*, mobile: str, text: str, key: str) -> Outgoing:
    """An SMS, likewise."""
    return _send(Channel.SMS, mobile_number(mobile), "", one_line(text), key)


def _send(channel: Channel, address: str, subject: str, text: str, key: str) -> Outgoing:
    facts = {"channel": channel, "address": address, "subject": subject, "text": text}
    row, created = Outgoing.objects.get_or_create(key=f"{channel}:{key}", defaults=facts)
    if created:
        enqueue("gongkai.notifications.sending.send", row.pk)
    return row


def mail_address(address: str) -> str:
    """The address, if it is one and nothing else: no display name, no second address, no line break."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("address", Text("电子邮箱地址有误。", "This is no e-mail address.")) from error
    return address


def mobile_number(mobile: str) -> str:
    """The eleven digits, however they were grouped. Raises Invalid."""
    digits = re.sub(r"[\s-]", "", mobile).removeprefix("+86")
    if not MOBILE.fullmatch(digits):
        raise Invalid("mobile", Text("手机号码应为11位数字。", "A mobile number has 11 digits."))
    return digits


def one_line(text: str) -> str:
    """Fit for a header of a mail, or an SMS: no line breaks or other control characters, and not too long."""
    plain = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    words = " ".join(plain.split())
    return words if len(words) <= LONGEST_SUBJECT else words[: LONGEST_SUBJECT - 1] + "…"
