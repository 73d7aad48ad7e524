"""What accounts ask: a name to be called by, an address, a password, and a yes to two things."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
    UserTokenForm,
)
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from interwoven.apps.accounts import actions, recovery
from interwoven.apps.accounts.actions import AddressTaken
from interwoven.apps.accounts.passwords import LONGEST
from interwoven.apps.accounts.signals import mailed
from interwoven.apps.accounts.vouching import is_them
from interwoven.core.people import Seat
from interwoven.web.words import Words, clean_words, one_line

NAME_LENGTH = 60
ADDRESS_LENGTH = 254
NAMELESS = "Any name will do. It is how you appear to your partner."
ADDRESS = {
    "required": "An e-mail address is needed here.",
    "invalid": "That doesn’t look like an e-mail address. It has an @ and a dot.",
    "max_length": "That is longer than an e-mail address can be.",
    "null_characters_not_allowed": "That doesn’t look like an e-mail address.",
}
PASSWORD = {
    "required": "A password is needed here.",
    "max_length": f"Up to {LONGEST} characters fit.",
    "null_characters_not_allowed": "Some of these characters cannot be kept.",
}


class Called(forms.Form):
    """What a person is called. Free text; nothing else is asked about who they are."""

    name = Words(
        max_length=NAME_LENGTH,
        label="What should you be called here?",
        error_messages={"required": NAMELESS, "max_length": f"Up to {NAME_LENGTH} letters fit."},
    )
    pronouns = Words(
        max_length=NAME_LENGTH,
        required=False,
        label="Pronouns, if you like",
        error_messages={"max_length": f"Up to {NAME_LENGTH} letters fit."},
    )

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if all(unicodedata.category(letter)[0] in "CZ" for letter in name):
            raise forms.ValidationError(NAMELESS)
        return name

    def clean_pronouns(self) -> str:
        return one_line(self.cleaned_data["pronouns"])


class SignUp(Called, SignupForm):  # type: ignore[misc] # allauth has no types
    """Address, password, name; eighteen or older; and a plain yes to keeping answers.

    Conceded: an address that has an account is refused in so many words, so whoever opens this
    page can find out whether an address is in use on this copy. To hide it, nobody could get in
    before reading a letter. Most copies cannot send one, and a letter at sign-up would lie in a
    mailbox that may be read by somebody else: worse, for whoever that endangers, than this.
    """

    adult = forms.BooleanField(
        label="I am 18 or older.",
        error_messages={"required": "This is made for adults. Tick the box if you are one."},
    )
    consent = forms.BooleanField(
        label="Keep the answers I give here, for me. I can take this back.",
        error_messages={"required": "Nothing can be kept without your yes."},
    )
    field_order = ("name", "pronouns", "email", "password1", "adult", "consent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["email"], ADDRESS_LENGTH, ADDRESS)
        _worded(self.fields["password1"], LONGEST, PASSWORD)

    def save(self, request: HttpRequest) -> AbstractBaseUser:
        """Make the account and its profile together, or neither. Raises `AddressTaken`."""
        try:
            with transaction.atomic():
                person: AbstractBaseUser = super().save(request)
        except IntegrityError:
            raise AddressTaken from None
        return person

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        actions.introduce(
            by=Seat(user.pk),
            name=self.cleaned_data["name"],
            pronouns=self.cleaned_data["pronouns"],
            now=timezone.now(),
        )


class SignIn(LoginForm):  # type: ignore[misc] # allauth has no types
    """Address and password. A wrong pair is told in the same words, whichever of the two it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["login"], ADDRESS_LENGTH, ADDRESS)
        _worded(self.fields["password"], LONGEST, PASSWORD)

    def clean(self) -> dict[str, Any]:
        try:
            super().clean()
        except forms.ValidationError as problem:
            self.add_error("password", problem)
        typed: dict[str, Any] = self.cleaned_data
        return typed


class Forgotten(ResetPasswordForm):  # type: ignore[misc] # allauth has no types
    """The address of an account, or of none: neither this form nor its answer tells which."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["email"], ADDRESS_LENGTH, ADDRESS)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address = str(self.cleaned_data["email"])
        recovery.ask(address=address, now=timezone.now())
        return address


class NewPassword(ResetPasswordKeyForm):  # type: ignore[misc] # allauth has no types
    """A new password, typed once: it can be looked at, and asked for again."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password1"], LONGEST, PASSWORD)

    def save(self) -> None:
        """Believe the letter as far as signing in: what was kept before opens in three days."""
        with transaction.atomic():
            super().save()
            by, now = Seat(self.user.pk), timezone.now()
            actions.shut_for_three_days(by=by, now=now)
            mailed.send(NewPassword, by=by, now=now)


class AnotherPassword(ChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """The password as it is, and the one to be. A wrong one as it is counts as a failed sign-in."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["oldpassword"], LONGEST, PASSWORD)
        _worded(self.fields["password1"], LONGEST, PASSWORD)

    def clean_oldpassword(self) -> str:
        typed: str = self.cleaned_data["oldpassword"]
        if not is_them(asker=Seat(self.user.pk), person=self.user.pk, password=typed):
            raise forms.ValidationError("That is not your password, or it was tried too often.")
        return typed


class AnotherAddress(forms.Form):
    """An address to sign in with from now on, and the password, so that nobody does it for them."""

    email = forms.EmailField(label="New e-mail address")
    password = forms.CharField(label="Your password", strip=False)

    def __init__(self, *args: Any, person: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        _worded(self.fields["email"], ADDRESS_LENGTH, ADDRESS)
        _worded(self.fields["password"], LONGEST, PASSWORD)

    def said_wrong(self) -> dict[str, str]:
        """What is wrong, a sentence for each field."""
        return {name: str(found[0]) for name, found in self.errors.items()}

    def clean_password(self) -> str:
        typed = str(self.cleaned_data["password"])
        if not is_them(asker=Seat(self.person), person=self.person, password=typed):
            raise forms.ValidationError("That is not your password, or it was tried too often.")
        return typed


class Link(UserTokenForm):  # type: ignore[misc] # allauth has no types
    """Whether a link out of a letter still opens anything, and whose password it changes."""

    token_generator = recovery.generator

    def _get_user(self, uidb36: str | None) -> AbstractBaseUser | None:
        return recovery.person_behind(uidb36 or "", now=timezone.now())


def _worded(field: forms.Field, longest: int, messages: dict[str, str]) -> None:
    """Give a field of the library our limits and our words."""
    field.validators = [*field.validators, MaxLengthValidator(longest), _whole]
    field.error_messages = {**field.error_messages, **messages}


def _whole(typed: object) -> None:
    """Refuse what cannot be kept: null characters, and halves of characters."""
    clean_words(str(typed))
