"""Checks what the pages about being two are sent; saves nothing."""

from __future__ import annotations

from django import forms

CODE_LENGTH = 6


class Code(forms.Form):
    """The six digits that were said aloud. Spaces between them do no harm."""

    code = forms.CharField(
        max_length=20, error_messages={"required": "Ask for the six digits, and type them here."}
    )

    def clean_code(self) -> str:
        digits = "".join(filter(str.isdigit, self.cleaned_data["code"]))
        if len(digits) != CODE_LENGTH or not digits.isascii():
            raise forms.ValidationError("It has six digits.")
        return digits
