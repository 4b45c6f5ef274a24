"""One chain an agency (and one for the installation), and its entries."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.ledger.digests import GENESIS

#: The chain of what belongs to no single agency (calendar, agencies, people).
SYSTEM = "system"


class Chain(models.Model):
    """The head of a chain: its row is the lock under which the next entry is written."""

    name = models.CharField(_("链"), max_length=80, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("留痕链")

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One thing that happened. `body` is the canonical JSON that was hashed; the other columns repeat it for queries.

    `hash` = SM3(previous hash ‖ body), both as text.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField(_("序号"))
    recorded_at = models.DateTimeField(_("时间"))
    act = models.CharField(_("事项"), max_length=60)
    subject = models.CharField(_("对象"), max_length=80)
    actor = models.CharField(_("操作人"), max_length=150, blank=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("留痕记录")
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entry_number_once")]
        indexes = [models.Index(fields=["subject"], name="entry_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.number} {self.act}"

    @property
    def facts(self) -> dict[str, Any]:
        """What the act wrote down of itself."""
        facts: dict[str, Any] = json.loads(self.body)["facts"]
        return facts
