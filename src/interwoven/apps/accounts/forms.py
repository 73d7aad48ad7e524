"""What accounts ask: a name to be called by, and the two things to say yes to first."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest
from django.utils import timezone

from interwoven.apps.accounts import actions
from interwoven.core.people import Seat
from interwoven.web.words import Words, one_line

NAME_LENGTH = 60


class Called(forms.Form):
    """What a person is called. Free text; nothing else is asked about who they are."""

    name = Words(
        max_length=NAME_LENGTH,
        label="What should you be called here?",
        error_messages={
            "required": "Any name will do. It is how you appear to your partner.",
            "max_length": f"Up to {NAME_LENGTH} letters fit.",
        },
    )
    pronouns = Words(
        max_length=NAME_LENGTH,
        required=False,
        label="Pronouns, if you like",
        error_messages={"max_length": f"Up to {NAME_LENGTH} letters fit."},
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_pronouns(self) -> str:
        return one_line(self.cleaned_data["pronouns"])


class SignUp(Called, SignupForm):  # type: ignore[misc] # allauth has no types
    """Address, password, name; eighteen or older; and a plain yes to keeping answers."""

    adult = forms.BooleanField(
        label="I am 18 or older.",
        error_messages={"required": "This is made for adults. Tick the box if you are one."},
    )
    consent = forms.BooleanField(
        label="Keep the answers I give here, for me. I can take this back.",
        error_messages={"required": "Nothing can be kept without your yes."},
    )
    field_order = ("name", "pronouns", "email", "password1", "adult", "consent")

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        actions.introduce(
            by=Seat(user.pk),
            name=self.cleaned_data["name"],
            pronouns=self.cleaned_data["pronouns"],
            now=timezone.now(),
        )
