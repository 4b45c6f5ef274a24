"""What an agency says in its own way in the letters whose legal text is locked (see `letters.catalogue`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.documents.models import Document


class LetterForm(models.TextChoices):
    """In which form of GB/T 9704-2012 a letter is set."""

    LETTER = "letter", _("信函格式")
    DOCUMENT = "document", _("文件格式")


class LetterTemplate(models.Model):
    """One version of an agency's own template for one paper (P03, D01 …), in force from a day on, until the next one.

    Only the open places are here: the locked text is in the law's own catalogue. Never changed (triggers): another
    wording is another version. ``retired``: from that day on the shared template holds again.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="letter_templates")
    code = models.CharField(_("文书代码"), max_length=4)
    version = models.PositiveIntegerField(_("版本"))
    since = models.DateField(_("启用日期"))
    retired = models.BooleanField(_("停用本机关模板"), default=False)
    form = models.CharField(_("版式"), max_length=10, choices=LetterForm, default=LetterForm.LETTER)
    #: Paragraphs of the agency before the remedy, and the 附注; both may hold the placeholders of the catalogue.
    closing = models.TextField(_("结尾段落"), blank=True)
    note = models.CharField(_("附注"), max_length=200, blank=True)
    #: 抄送, one a line, in the 文件 form.
    copies = models.TextField(_("抄送"), blank=True)
    #: What stands in an open place until the drafter writes something else: name of the slot -> words.
    defaults = models.JSONField(_("空位默认内容"), default=dict)
    #: The agency's own Word template for this paper, which passed `documents.word_templates.check`.
    word = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.CharField(_("归口科室"), max_length=60)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("制定时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("文书模板")
        ordering = ["agency", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code", "version"], name="letter_template_version_once"),
            models.CheckConstraint(condition=Q(version__gt=0), name="letter_template_version"),
            models.CheckConstraint(condition=Q(form__in=LetterForm.values), name="letter_template_form"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
