"""Checks what the pages about being two are sent; saves nothing."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import QueryDict

CODE_LENGTH = 6
LONGEST_TYPED = 200  # letters of a field that are worth mending
MENDABLE = ("name", "pronouns")


class Code(forms.Form):
    """The six digits that were said aloud. Spaces between them do no harm."""

    code = forms.CharField(
        max_length=20,
        error_messages={
            "required": "Ask for the six digits, and type them here.",
            "max_length": "It has six digits.",
        },
    )

    def clean_code(self) -> str:
        digits = "".join(filter(str.isdigit, self.cleaned_data["code"]))
        if len(digits) != CODE_LENGTH or not digits.isascii():
            raise forms.ValidationError("It has six digits.")
        return digits


def invitation_id(sent: QueryDict) -> UUID | None:
    """Which invitation was looked at."""
    try:
        return UUID(sent.get("invitation", ""))
    except ValueError:
        return None


def errors_of(form: forms.Form) -> dict[str, str]:
    """The first thing wrong with each field."""
    return {name: str(problems[0]) for name, problems in form.errors.items()}


def typed(sent: QueryDict) -> dict[str, str]:
    """What is worth showing again. Digits are not: they are said again."""
    return {name: sent.get(name, "")[:LONGEST_TYPED] for name in MENDABLE if name in sent}
