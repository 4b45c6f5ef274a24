"""One form for each step of a case. A form checks what was typed; whether the step may be taken is the law's to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications import letters
from gongkai.applications.actions import accept, archive, consult, correct, decide, deliver, propose, register
from gongkai.applications.asking import ask_by_name
from gongkai.applications.letters.slots import effective
from gongkai.applications.models import Application
from gongkai.applications.selectors import CasePage
from gongkai.law.clock import Consulted
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


def in_words(text: Text) -> str:
    """A text of the law in the language of the page."""
    return text.of(get_language() or "")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    messages = {"required": _("请填写日期。"), "invalid": _("请填写正确的日期，例如 2025-03-03。")}
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget, error_messages=messages)


def passage_field(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A text of one or more paragraphs."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class StepForm(forms.Form):
    """What every step has: its legal date, and how many steps its sender had seen."""

    kind: ClassVar[StepKind]
    submit: ClassVar[Any] = _("办理")

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = day_field(_("日期"), help_text=_("这一步发生的日期，不是录入的日期。"))

    def __init__(self, *args: Any, page: CasePage, **kwargs: Any) -> None:
        self.page = page
        usual = {"on": today(), "seen": page.application.steps_taken}
        kwargs["initial"] = {**usual, **self.prefilled(page), **kwargs.get("initial", {})}
        kwargs.setdefault("auto_id", f"id_{self.kind.value}_%s")
        super().__init__(*args, **kwargs)
        ask_by_name(self)

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        """What the case itself suggests for the fields."""
        return {}

    def take(self, actor: Person) -> Application:
        """Call the action. Raises LawError."""
        data = self.cleaned_data
        return self.act(case_id=self.page.application.pk, actor=actor, on=data["on"], seen=data["seen"])

    def act(self, **step: Any) -> Application:
        raise NotImplementedError


class RegisterForm(StepForm):
    kind = StepKind.REGISTER
    submit = _("登记")

    def act(self, **step: Any) -> Application:
        return register.register(**step)


class AcceptForm(StepForm):
    kind = StepKind.ACCEPT
    submit = _("受理")

    def act(self, **step: Any) -> Application:
        return accept.accept(**step)


class CorrectionNoticeForm(StepForm):
    kind = StepKind.CORRECTION_NOTICE
    submit = _("发出补正告知书")

    points = passage_field(_("需要补正的事项"), help_text=_("一行一项。只能告知一次，请一次写全。"))
    correct_by = day_field(_("补正期限"), help_text=_("到这一天为止，应当是合理的期限。"))
    field_order = ["points", "correct_by", "on"]

    def act(self, **step: Any) -> Application:
        points = self.cleaned_data["points"].splitlines()
        return correct.notify_correction(points=points, correct_by=self.cleaned_data["correct_by"], **step)


class CorrectedForm(StepForm):
    kind = StepKind.CORRECTED
    submit = _("记录收到补正")

    text = passage_field(_("补正内容"), help_text=_("申请人书面或者当面补正的，在此录入。"))
    field_order = ["text", "on"]

    def act(self, **step: Any) -> Application:
        return correct.receive_correction(text=self.cleaned_data["text"], **step)


class ConsultationForm(StepForm):
    kind = StepKind.CONSULTATION
    submit = _("发出征求意见书")

    consulted = forms.ChoiceField(label=_("向谁征求意见"), widget=forms.RadioSelect)
    addressee = forms.CharField(label=_("名称"), max_length=120, help_text=_("征求意见书的主送单位或者个人。"))
    text = passage_field(_("所涉及的政府信息"), help_text=_("写明要征求意见的信息。不要写出申请人是谁。"))
    received = day_field(
        _("对方收到的日期"), required=False, help_text=_("已经知道的，请填写；15个工作日从收到次日起算。")
    )
    field_order = ["consulted", "addressee", "text", "on", "received"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consulted"].choices = [(who.value, in_words(who.label)) for who in Consulted]  # type: ignore[attr-defined]

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return consult.consult(
            consulted=Consulted(data["consulted"]),
            addressee=data["addressee"],
            text=data["text"],
            received=data["received"],
            **step,
        )


class ConsultationReplyForm(StepForm):
    kind = StepKind.CONSULTATION_REPLY
    submit = _("记录收到意见")

    consultation = forms.TypedChoiceField(label=_("答复的是哪一次征求意见"), coerce=int, widget=forms.RadioSelect)
    objected = forms.TypedChoiceField(
        label=_("对方的意见"),
        choices=[("no", _("同意公开")), ("yes", _("不同意公开"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = passage_field(_("意见内容"), required=False)
    field_order = ["consultation", "objected", "text", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].choices = [  # type: ignore[attr-defined]
            (row.number, f"{row.facts['addressee']}（{row.on:%Y-%m-%d}）") for row in self.page.open_consultations
        ]

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        waiting = page.open_consultations
        return {"consultation": waiting[0].number} if len(waiting) == 1 else {}

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return consult.receive_opinion(
            consultation=data["consultation"], objected=data["objected"], text=data["text"], **step
        )


class DecisionForm(StepForm):
    kind = StepKind.DECISION
    submit = _("送请审批")

    def act(self, **step: Any) -> Application:
        return decide.draw_up(**step)


class ReturnForm(StepForm):
    kind = StepKind.RETURN
    submit = _("退回")

    reason = passage_field(_("退回的理由"))
    field_order = ["reason", "on"]

    def act(self, **step: Any) -> Application:
        return decide.send_back(reason=self.cleaned_data["reason"], **step)


class SignForm(StepForm):
    kind = StepKind.SIGN
    submit = _("签发")

    def act(self, **step: Any) -> Application:
        return decide.sign(**step)


class DeliverForm(StepForm):
    kind = StepKind.DELIVER
    submit = _("记录送达")

    way = forms.ChoiceField(label=_("送达方式"), choices=deliver.Delivery.choices, widget=forms.RadioSelect)
    on = day_field(_("送出日期"), help_text=_("邮寄的为交邮之日，当面的为签收之日。是否按期答复看这一天。"))
    received_on = day_field(
        _("申请人收到的日期"), required=False, help_text=_("已经知道的，请填写；复议、诉讼期限从这一天起算。")
    )
    field_order = ["way", "on", "received_on"]

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return deliver.deliver(way=deliver.Delivery(data["way"]), received_on=data["received_on"], **step)


class ArchiveForm(StepForm):
    kind = StepKind.ARCHIVE
    submit = _("归档")

    def act(self, **step: Any) -> Application:
        return archive.archive(**step)


SLOT_PREFIX = "slot_"
#: Choices of a reply that cannot be kept yet: files of a case do not exist, so none can be attached to its reply.
NOT_YET = frozenset({("provision", "attached")})


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
        super().__init__(*args, page=page, **kwargs)
        self.fields["reasons"].required = letters.reasons_needed(outcome)
        for slot in self.slots:
            self.fields[SLOT_PREFIX + slot.name] = slot_field(slot, self.slots)
        ask_by_name(self)
        names = [SLOT_PREFIX + slot.name for slot in self.slots]
        self.order_fields(["findings", *names, "reasons", "on"])

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        """What the opinion before said, where it was for the same outcome (it was sent back)."""
        known = page.opinion if page.opinion.get("outcome") == self.proposed.value else {}
        slots = {SLOT_PREFIX + name: text for name, text in known.get("slots", {}).items()}
        texts = {name: known.get(name, "") for name in ("findings", "reasons")}
        return {"outcome": self.proposed.value, **texts, **slots}

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
        return cleaned

    def slot_values(self) -> dict[str, str]:
        """What was typed into the places of the reply, dates as ISO texts."""
        values = {slot.name: self.cleaned_data.get(SLOT_PREFIX + slot.name) for slot in self.slots}
        return {name: _as_text(value) for name, value in values.items()}

    def facts(self) -> dict[str, Any]:
        """The opinion as the step will hold it; also what a draft of the reply is made from."""
        data = self.cleaned_data
        return {
            "outcome": self.proposed.value,
            "findings": data["findings"],
            "reasons": data["reasons"],
            "slots": effective(self.slots, self.slot_values()),
        }

    def act(self, **step: Any) -> Application:
        opinion = {**self.facts(), "outcome": self.proposed}
        return propose.propose(**opinion, **step)


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "")


def slot_field(slot: letters.Slot, slots: tuple[letters.Slot, ...]) -> forms.Field:
    """The field that fits a place of the reply. Whether it must be filled depends on the others: see `clean`."""
    label = in_words(slot.label)
    help_text = " ".join(filter(None, (_only_when(slot, slots), in_words(slot.help))))
    field: forms.Field
    if slot.kind is letters.SlotKind.CHOICE:
        offered = [choice for choice in slot.choices if (slot.name, choice.value) not in NOT_YET]
        choices = [(choice.value, in_words(choice.label)) for choice in offered]
        field = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=help_text)
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


STEP_FORMS: Mapping[StepKind, type[StepForm]] = {
    form.kind: form
    for form in (
        RegisterForm,
        AcceptForm,
        CorrectionNoticeForm,
        CorrectedForm,
        ConsultationForm,
        ConsultationReplyForm,
        OpinionForm,
        DecisionForm,
        ReturnForm,
        SignForm,
        DeliverForm,
        ArchiveForm,
    )
}
