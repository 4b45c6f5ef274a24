"""One form for each step of a case. A form checks what was typed; whether the step may be taken is the law's to say."""

from collections.abc import Mapping

from gongkai.applications.desk_forms import side_steps, steps
from gongkai.applications.desk_forms.base import StepForm, day_field, files_field, in_words, passage_field
from gongkai.applications.desk_forms.opinion import SLOT_PREFIX, OpinionForm, slot_field
from gongkai.law.procedure import StepKind

__all__ = [
    "SLOT_PREFIX",
    "STEP_FORMS",
    "OpinionForm",
    "StepForm",
    "day_field",
    "files_field",
    "in_words",
    "passage_field",
    "slot_field",
]

#: The form of each step that people take, in the order of the desk.
STEP_FORMS: Mapping[StepKind, type[StepForm]] = {
    form.kind: form
    for form in (
        steps.RegisterForm,
        steps.AcceptForm,
        steps.CorrectionNoticeForm,
        steps.CorrectedForm,
        steps.ConsultationForm,
        steps.ConsultationReplyForm,
        side_steps.ExtensionForm,
        side_steps.ReasonsAskedForm,
        side_steps.ReasonsGivenForm,
        side_steps.AgreedDelayForm,
        side_steps.FeeNoticeForm,
        side_steps.FeePaidForm,
        side_steps.WithdrawalForm,
        OpinionForm,
        steps.DecisionForm,
        steps.ReviewForm,
        steps.ReturnForm,
        steps.SignForm,
        steps.DeliverForm,
        steps.ServedForm,
        steps.ArchiveForm,
        side_steps.ReopenForm,
        side_steps.DueDecisionForm,
    )
}
