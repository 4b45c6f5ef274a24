"""The record of every file that the house keeps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One file, known by the SHA-256 of its bytes.

    The bytes lie in the store (see `store`); rows are never edited.
    """

    digest = models.CharField(_("摘要"), max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("字节数"), editable=False)
    media_type = models.CharField(_("类型"), max_length=100, editable=False)
    name = models.CharField(_("文件名"), max_length=200, editable=False)
    made_at = models.DateTimeField(_("生成时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("文件")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="document_digest_is_sha256"
            )
        ]

    def __str__(self) -> str:
        return self.name
