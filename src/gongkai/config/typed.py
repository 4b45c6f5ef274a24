"""What somebody typed into a form that could not be taken, to be shown again: nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

#: Never shown again, whatever became of the form: secrets, and what means nothing to a person.
KEPT_BACK = frozenset("csrfmiddlewaretoken query_code proof next back seen changes revision digest".split())
SECRETS = ("password", "token", "secret")
#: From so many characters on a text has a field of its own to be copied from.
LONG = 20


@dataclass(frozen=True)
class Typed:
    """The texts and the names of the files; what files hold cannot be sent back to a form. It is no more than Django
    lets in with the fields of one form (DATA_UPLOAD_MAX_MEMORY_SIZE)."""

    texts: list[str]
    files: list[str]

    @property
    def long(self) -> list[str]:
        return [text for text in self.texts if _is_long(text)]

    @property
    def short(self) -> list[str]:
        """Once each: which was ticked and which typed cannot be told apart any more."""
        return list(dict.fromkeys(text for text in self.texts if not _is_long(text)))


def typed(request: HttpRequest) -> Typed:
    """What was typed into the form, field by field, without the secrets."""
    fields = [request.POST.getlist(name) for name in request.POST if not _kept_back(name)]
    files = [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)]
    return Typed([value for values in fields for value in values if value.strip()], [name for name in files if name])


def _kept_back(name: str) -> bool:
    return name in KEPT_BACK or any(secret in name.lower() for secret in SECRETS)


def _is_long(text: str) -> bool:
    return len(text) >= LONG or "\n" in text
