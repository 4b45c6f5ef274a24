"""Form fields that let files in only through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.documents.gate import EXTENSIONS, Limits, UploadRefused, inspect, usual
from gongkai.documents.gate.inspection import require_size
from gongkai.documents.gate.kinds import HTML
from gongkai.documents.gate.limits import shown_size
from gongkai.documents.gate.names import safe_name
from gongkai.documents.gate.refusals import Fault

ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that passed the gate and is not kept yet."""

    name: str
    media_type: str
    data: bytes


class UploadInput(forms.FileInput):
    """`<input type=file>` for the kinds that are taken."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, **(attrs or {})})


class UploadsInput(UploadInput):
    """The same for several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class UploadsField(forms.FileField):
    """Several files. Its value is a list of `Upload`, empty where none was chosen and none is required.

    All files are looked at, so that the person is told at once of every one that must be replaced.
    """

    widget: type[forms.Widget] = UploadsInput
    default_error_messages = {
        "too_many_files": _("一次最多上传%(limit)s个文件，您选择了%(count)s个。"),
        "total_too_large": _("这些文件一共%(size)s，超过了%(limit)s的上限。请减少文件，或者分次上传。"),
    }

    def __init__(self, *, limits: Limits | None = None, came_by: str = "", pages: bool = False, **options: Any) -> None:
        """``came_by``: which door this is, for the quarantine's list (`gate.quarantine.DOORS`); ``pages`` as `inspect`
        has it."""
        super().__init__(**options)
        self.pages = pages
        if pages:
            self.widget.attrs["accept"] = ",".join([ACCEPT, *(f".{extension}" for extension in HTML.extensions)])
        self._limits = limits
        self.came_by = came_by

    @property
    def limits(self) -> Limits:
        return self._limits or usual()

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = _chosen(data)
        if not files:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        self._require_few(files)
        uploads: list[Any] = []
        refusals: list[ValidationError] = []
        for file in files:
            try:
                uploads.append(let_in(file, self.limits, self.came_by, pages=self.pages))
            except UploadRefused as refused:
                refusals.append(ValidationError(refused.message.of(get_language() or "zh"), code=refused.code))
        if refusals:
            raise ValidationError(refusals)
        return uploads

    def let_in(self, file: UploadedFile[Any]) -> Any:
        """One file through the gate. Raises UploadRefused."""
        return let_in(file, self.limits, self.came_by)

    def _require_few(self, files: list[UploadedFile[Any]]) -> None:
        """Before any is read."""
        limits, total = self.limits, sum(file.size or 0 for file in files)
        if len(files) > limits.files:
            raise ValidationError(
                self.error_messages["too_many_files"],
                code="too_many_files",
                params={"limit": limits.files, "count": len(files)},
            )
        if total > limits.total:
            raise ValidationError(
                self.error_messages["total_too_large"],
                code="total_too_large",
                params={"size": shown_size(total), "limit": shown_size(limits.total)},
            )


class UploadField(UploadsField):
    """One file. Its value is an `Upload`, or None where none was chosen and none is required."""

    widget = UploadInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        return next(iter(super().clean(_chosen(data)[:1])), None)


def _chosen(data: Any) -> list[UploadedFile[Any]]:
    """The widget's value as a list; an input that was left empty sends nothing."""
    return [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None and file != ""]


def let_in(file: UploadedFile[Any], limits: Limits, came_by: str = "", *, pages: bool = False) -> Upload:
    """Read the file, if it is not too large to be read, and pass it through the gate."""
    name = file.name or ""
    try:
        require_size(file.size or 0, limits)
    except Fault as fault:
        raise UploadRefused.because(fault, safe_name(name)) from None
    file.seek(0)  # a form may be cleaned twice
    data = file.read()
    passed = inspect(data, name, limits=limits, came_by=came_by, pages=pages)
    return Upload(passed.name, passed.media_type, data)
