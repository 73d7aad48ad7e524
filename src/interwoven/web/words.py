"""Clean what people type, once, for every field: what cannot be kept or shown safely is refused."""

from __future__ import annotations

import unicodedata

from django import forms
from django.core.exceptions import ValidationError

LAYOUT_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
KEPT_CONTROLS = "\n\t\u200d\u200c"


def clean_words(text: str) -> str:
    """NFC, without control characters that hide or reorder words. Raises `ValidationError`."""
    if any("\ud800" <= letter <= "\udfff" or letter == "\x00" for letter in text):
        raise ValidationError("Some of these letters cannot be kept. Please type them again.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(filter(_shown, lines))).strip()


def _shown(letter: str) -> bool:
    if letter in KEPT_CONTROLS:
        return True
    return letter not in LAYOUT_CONTROLS and unicodedata.category(letter) != "Cc"


class Words(forms.CharField):
    """A few words in somebody's own hand."""

    def to_python(self, value: object) -> str:
        return clean_words(super().to_python(value) or "")


def one_line(text: str) -> str:
    return " ".join(text.split())
