"""What the lock's pages were sent."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from interwoven.apps.accounts.passwords import LONGEST
from interwoven.web.onward import is_ours
from interwoven.web.words import Words

SHORTEST = 4  # characters
LONGEST_PATH = 300
TOO_SHORT = f"Use {SHORTEST} characters or more."


class Typed(forms.Form):
    """What opens the lock, as it was typed."""

    lock = Words(
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "required": TOO_SHORT,
            "min_length": TOO_SHORT,
            "max_length": f"Up to {LONGEST} characters fit.",
            "null_characters_not_allowed": "Some of these characters cannot be kept.",
        },
    )


def given(sent: QueryDict) -> str:
    """What was typed to open the lock; nothing for what cannot be one."""
    typed = Typed(sent)
    return str(typed.cleaned_data["lock"]) if typed.is_valid() else ""


def wanted(sent: QueryDict) -> tuple[str, str]:
    """What is to open the lock from now on, and what is wrong with it."""
    typed = Typed(sent)
    if typed.is_valid():
        return str(typed.cleaned_data["lock"]), ""
    return "", str(typed.errors["lock"][0])


def onward(sent: QueryDict, otherwise: str) -> str:
    """Where somebody was going, if that is a path of this copy."""
    path = sent.get("next", "")
    return path if is_ours(path) and len(path) <= LONGEST_PATH else otherwise
