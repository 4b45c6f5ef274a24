"""The form of the handling opinion: for each outcome the places that its reply must fill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications import letters
from gongkai.applications.actions import propose
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms.base import StepForm, day_field, files_field, in_words, passage_field
from gongkai.applications.enclosures import digests_of, enclosable, offered, stated, superseded
from gongkai.applications.known_slots import suggested
from gongkai.applications.letters.slots import effective
from gongkai.applications.models import Application, Paper, PaperKind
from gongkai.applications.own_wording import opinion_defaults
from gongkai.applications.release import held_back
from gongkai.applications.selectors import CasePage
from gongkai.applications.selectors.redactions import withheld_by
from gongkai.applications.third_parties import unconsenting
from gongkai.documents.privacy.holding import LONGEST, LOOKED_THROUGH, HeldBack, NotReleased, release_field
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind

SLOT_PREFIX = "slot_"


class OpinionForm(StepForm):
    """The opinion for one outcome: findings, reasons, and the places of the reply that this outcome must fill."""

    kind = StepKind.OPINION
    submit = _("提出办理意见")

    outcome = forms.ChoiceField(widget=forms.HiddenInput, choices=[(outcome.value, "") for outcome in Outcome])
    findings = passage_field(
        _("查明的情况"), required=False, help_text=_("检索、审查的经过和结果，写入答复书。没有的可以不写。")
    )
    reasons = passage_field(_("理由"), required=False, help_text=_("写入答复书。"))

    def __init__(self, *args: Any, page: CasePage, outcome: Outcome, **kwargs: Any) -> None:
        self.proposed = outcome
        self.slots = letters.required_slots(outcome)
        self.release: dict[str, str] = {}
        super().__init__(*args, page=page, **kwargs)
        self.fields["reasons"].required = letters.reasons_needed(outcome)
        for slot in self.slots:
            self.fields[SLOT_PREFIX + slot.name] = slot_field(slot, self.slots)
        self._offer_enclosures()
        self._ask_what_third_parties_are_told()
        ask_by_name(self)
        self._in_order()

    def _in_order(self) -> None:
        names = [SLOT_PREFIX + slot.name for slot in self.slots]
        files = ["kept", "enclosures", *self.release]
        self.order_fields(["findings", *names, *files, "reasons", "third_party_reasons", "on"])

    def _offer_enclosures(self) -> None:
        """Files to go along, where the reply can say that they do: those that lie in the case, and new ones; for each
        that the scan holds back, why it may go out."""
        when = letters.can_attach(self.proposed)
        if when is None:
            return
        attrs = {"data-when": f"{SLOT_PREFIX}{when.slot}={when.value or ''}"}
        lying = list(offered(self.page.application))
        if lying:
            self.fields["kept"] = forms.MultipleChoiceField(
                label=_("随答复提供哪些已有的文件"),
                choices=[(paper.document.digest, _listed(paper)) for paper in lying],
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs=attrs),
            )
        field = files_field(
            _("随答复提供的文件"),
            help_text=_("选择“随答复书附上”时添加，文件名列入附件。提出时自动扫描；有不应公开的内容的，请先遮盖。"),
        )
        field.widget.attrs.update(attrs)
        self.fields["enclosures"] = field
        self._ask_release(held_back(stated(lying, ()), scanned_only=True))

    def _ask_release(self, held: Iterable[HeldBack], *, told: bool = False) -> None:
        for each in held:
            name = release_field(each.digest)
            self.release[name] = each.digest
            self.fields[name] = release_reason(each, told=told)

    def _ask_what_third_parties_are_told(self) -> None:
        """Why their information is disclosed all the same, where some did not consent (条例 32)."""
        asked = unconsenting(self.page.steps) if self.proposed.rule.discloses else []
        if not asked:
            return
        help_text = _("写入给%(whom)s的决定公开告知书。第三方不同意公开的必须写明，不要写出申请人是谁。")
        whom = "、".join(each.addressee for each in asked)
        field = passage_field(_("决定公开的理由（告知第三方）"), required=False, help_text=help_text % {"whom": whom})
        self.fields["third_party_reasons"] = field

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        """What the opinion before said, where it was for the same outcome (it was sent back); else what the case knows:
        dates, and of a partial disclosure what its redacted copies withhold."""
        known = page.opinion if page.opinion.get("outcome") == self.proposed.value else {}
        lying = [paper for paper in page.beside.papers if paper.kind == PaperKind.ENCLOSURE]
        sent = [paper for paper in lying if paper.pk not in superseded(lying)]
        usual = opinion_defaults(page.application.agency, self.proposed, today())
        filled = {**usual, **suggested(page.application, page.steps), **self._withheld(sent), **known.get("slots", {})}
        texts = {name: known.get(name, "") for name in ("findings", "reasons", "third_party_reasons")}
        kept = digests_of(known) if known else [paper.document.digest for paper in sent]
        slots = {
            SLOT_PREFIX + slot.name: _as_initial(slot, filled[slot.name]) for slot in self.slots if slot.name in filled
        }
        reasons = {release_field(each["sha256"]): each["reason"] for each in known.get("release", ()) if each["found"]}
        return {"outcome": self.proposed.value, "kept": kept, **reasons, **texts, **slots}

    def _withheld(self, sent: Sequence[Paper]) -> dict[str, str]:
        return withheld_by(sent) if self.proposed is Outcome.PARTIALLY_GRANTED else {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = effective(self.slots, self.slot_values())
        for slot in self.slots:
            name = SLOT_PREFIX + slot.name
            if name in self.errors or not slot.applies(given):
                continue
            try:
                slot.worded(given)
            except letters.LetterError as error:
                self.add_error(name, in_words(error.message))
        if self._attaches() and not (cleaned.get("kept") or cleaned.get("enclosures") or "enclosures" in self.errors):
            self.add_error("enclosures", in_words(propose.NOTHING_ATTACHED))
        return cleaned

    def slot_values(self) -> dict[str, str]:
        """What was typed into the places of the reply, dates as ISO texts."""
        values = {slot.name: self.cleaned_data.get(SLOT_PREFIX + slot.name) for slot in self.slots}
        return {name: _as_text(value) for name, value in values.items()}

    def facts(self) -> dict[str, Any]:
        """The opinion as the step will hold it: what a draft of the reply is made from."""
        kept = enclosable(self.page.application, self.cleaned_data.get("kept", ()))
        return {
            **self._said(),
            "outcome": self.proposed.value,
            "enclosures": stated(kept, self._enclosed()) if self._attaches() else [],
        }

    def _said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "findings": data["findings"],
            "reasons": data["reasons"],
            "slots": effective(self.slots, self.slot_values()),
            "third_party_reasons": data.get("third_party_reasons", ""),
        }

    def _attaches(self) -> bool:
        return letters.has_attachments(self.proposed, self.slot_values())

    def _enclosed(self) -> list[Any]:
        """Files chosen for an answer that was given up again are not sent."""
        return self.cleaned_data.get("enclosures", []) if self._attaches() else []

    def take(self, actor: Person) -> Application:
        """As every step. What the scan holds back comes into the case all the same, so that nobody chooses it again, and
        the form asks why it may go out. Raises LawError."""
        try:
            return super().take(actor)
        except NotReleased as refused:
            self._keep_uploads(actor)
            self._ask_release(refused.held, told=True)
            self._in_order()
            raise

    def _keep_uploads(self, actor: Person) -> None:
        application, uploads = self.page.application, self._enclosed()
        if not uploads:
            return
        papers = add_paper(case_id=application.pk, actor=actor, kind=PaperKind.ENCLOSURE, uploads=uploads)
        data = cast("QueryDict", self.data).copy()
        data.setlist("kept", [*self.cleaned_data.get("kept", ()), *(paper.document.digest for paper in papers)])
        self.data = data
        self._offer_enclosures()
        self.fields["enclosures"].help_text = _("刚才选择的文件已经存入材料，列在上面，不必重新选择。")

    def act(self, **step: Any) -> Application:
        kept = self.cleaned_data.get("kept", ())
        reasons = {digest: _as_reason(self.cleaned_data.get(name)) for name, digest in self.release.items()}
        return propose.propose(
            outcome=self.proposed, **self._said(), kept=kept, enclosures=self._enclosed(), released_for=reasons, **step
        )  # fmt: skip


def _listed(paper: Paper) -> str:
    return str(_("%(name)s（遮盖件）") % {"name": paper.name}) if paper.redacted_from_id else paper.name


def release_reason(held: HeldBack, *, told: bool) -> forms.Field:
    """Why a file may go out although the scan holds it back; of one that it could not read: that a person has. `told`:
    the error at the field says already what was found."""
    help_text = _("签发人会看到扫描的提示和您的说明。") if told else in_words(held.message)
    if held.blocking:
        label = _("“%(name)s”仍要提供的理由") % {"name": held.name}
        return forms.CharField(label=label, required=False, max_length=LONGEST, help_text=help_text)
    label = _("“%(name)s”已逐页人工核对，可以提供") % {"name": held.name}
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def _as_reason(value: object) -> str:
    return LOOKED_THROUGH if value is True else str(value or "")


def _as_initial(slot: letters.Slot, text: str) -> str | list[str]:
    return text.split(",") if slot.kind is letters.SlotKind.CHOICES else text


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ",".join(value)
    return str(value or "")


def slot_field(slot: letters.Slot, slots: tuple[letters.Slot, ...]) -> forms.Field:
    """The field that fits a place of the reply. Whether it must be filled depends on the others: see `clean`."""
    label = in_words(slot.label)
    help_text = " ".join(filter(None, (_only_when(slot, slots), in_words(slot.help))))
    field: forms.Field
    if slot.kind is letters.SlotKind.CHOICE:
        choices = [(choice.value, in_words(choice.label)) for choice in slot.choices]
        field = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=help_text)
    elif slot.kind is letters.SlotKind.CHOICES:
        several = [(choice.value, in_words(choice.label)) for choice in slot.choices]
        widget = forms.CheckboxSelectMultiple
        field = forms.MultipleChoiceField(label=label, choices=several, widget=widget, help_text=help_text)
    elif slot.kind is letters.SlotKind.DATE:
        field = day_field(label, help_text=help_text)
    elif slot.kind is letters.SlotKind.PASSAGE:
        field = passage_field(label, help_text=help_text)
    else:
        field = forms.CharField(label=label, help_text=help_text, max_length=1000)
    field.required = slot.required and slot.when is None and not slot.default
    if slot.when is not None:
        field.widget.attrs["data-when"] = f"{SLOT_PREFIX}{slot.when.slot}={slot.when.value or ''}"
    return field


def _only_when(slot: letters.Slot, slots: tuple[letters.Slot, ...]) -> str:
    """For a place that only one choice needs: which."""
    if slot.when is None or slot.when.value is None:
        return ""
    other = next((candidate for candidate in slots if candidate.name == slot.when.slot), None)
    choice = next((c for c in other.choices if c.value == slot.when.value), None) if other else None
    if choice is None:
        return ""
    return str(_("选择“%(choice)s”时填写。") % {"choice": in_words(choice.label)})
