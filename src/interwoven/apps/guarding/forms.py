"""What is asked at the door after the password: a code of an app, a recovery code, or a passkey."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django import forms
from django.core.validators import MaxLengthValidator

from interwoven.apps.accounts import limits
from interwoven.apps.guarding import ceremony
from interwoven.apps.guarding.adapter import secrets_of
from interwoven.infra.crypto import tokens
from interwoven.infra.errors import Unreadable

LONGEST = 40  # letters of a code, with whatever stands between them
TRIES, AN_HOUR = 30, 3600  # seconds
TWO_MINUTES = 120  # seconds; longer than any code of an app is good
NO_CODE = "A code is needed here."


class Code(AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """A code of the app, or one of the recovery codes. Each is good once.

    Beyond the library's ten tries a minute there are thirty an hour, so that whoever knows the
    password does not guess six digits in a few weeks. They are counted for this password: its
    owner, kept waiting by somebody who guesses, takes a new one and goes in.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.validators = [*code.validators, MaxLengthValidator(LONGEST)]
        wrong = str(get_adapter().error_messages["incorrect_code"])
        refused = dict.fromkeys(["max_length", "null_characters_not_allowed"], wrong)
        code.error_messages = {**code.error_messages, "required": NO_CODE, **refused}

    def clean_code(self) -> str:
        counter = tokens.fingerprint("codes", f"{self.user.pk}:{self.user.password}").hex()
        if limits.enough(f"codes:{counter}", most=TRIES, seconds=AN_HOUR):
            raise get_adapter().validation_error("too_many_codes")
        try:
            with secrets_of(self.user.pk):
                code: str = super().clean_code()
        except Unreadable:
            raise get_adapter().validation_error("incorrect_code") from None
        self._refuse_if_used(code)
        return code

    def _refuse_if_used(self, code: str) -> None:
        """The library remembers a code for half a minute, and a slow clock's is good for longer."""
        if self.authenticator.type != Authenticator.Type.TOTP:
            return
        digits = "".join(filter(str.isdigit, code))
        if limits.enough(f"used:{self.user.pk}:{digits}", most=1, seconds=TWO_MINUTES):
            raise get_adapter().validation_error("incorrect_code")


class Answer(forms.JSONField):
    """What a browser answers. Brackets without end are no answer."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyAfterPassword(AuthenticateWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A passkey of this person. Whatever else is sent is not one.

    Tries are not counted, as nobody guesses a signature: whoever guesses at the codes meanwhile
    keeps nobody out who has a passkey.
    """

    credential = Answer()

    def clean_credential(self) -> Authenticator:
        answer = self.cleaned_data["credential"]
        if not ceremony.is_answer(answer):
            raise get_adapter().validation_error("incorrect_code")
        return ceremony.used_by(self.user, answer)


class MakingAPasskey(forms.Form):
    """Whether a passkey comes after the password, or also instead of it."""

    kind = forms.ChoiceField(
        choices=[("after", "After the password"), ("alone", "Also instead of the password")],
        error_messages={"required": "Pick one of the two.", "invalid_choice": "Pick one of these."},
    )
