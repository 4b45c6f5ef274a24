"""Texts that take long to get: the text of a file, read once, known by the digest of its bytes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttachmentText(models.Model):
    """What a file says. ``unread``: the code of why it could not be read; then there is no text."""

    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    text = models.TextField(_("文字"), blank=True)
    unread = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("附件文字")
        constraints = [models.CheckConstraint(condition=Q(unread="") | Q(text=""), name="attachment_text_or_reason")]

    def __str__(self) -> str:
        return self.digest
