"""Passwords we ask people not to use: short, common in any disguise, or their own address."""

from __future__ import annotations

import string

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
)
from django.core.exceptions import ValidationError

LONGEST = 256  # characters; a longer one would only keep the machine busy
ENDS = string.digits + string.punctuation + string.whitespace
SHORTEST_PART = 4  # letters: less than that beside a common password does not hide it
FEWEST_LETTERS = 5  # different ones
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Use {self.min_length} characters or more."

    def get_help_text(self) -> str:
        return f"{self.min_length} characters or more."


class NotCommon(CommonPasswordValidator):
    """Refuse a password from the offline list of common ones, padded, doubled or repeated."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        forms = _undisguised(password.lower().strip())
        ours = {"interwoven", settings.INSTANCE_NAME.lower()}
        if any(
            form in self.passwords or form in ours or _one_piece(form) or _a_run(form)
            for form in forms
        ):
            raise ValidationError(
                "Many people use this one, or nearly. Three or four unrelated words do well.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return "Not one that many people use."


class NotTheAddress:
    """Refuse a password that is the person's own address, or the name in it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        address = str(getattr(user, "email", "") or "").lower()
        name = address.partition("@")[0]
        typed = password.lower().strip(ENDS)
        if typed and (
            typed in {address, name.strip(ENDS)}
            or (len(name) > SHORTEST_PART and typed == name * 2)
        ):
            raise ValidationError("That is your address.", code="password_is_address")

    def get_help_text(self) -> str:
        return "Not your address."


def _undisguised(password: str) -> set[str]:
    """The password, and what is left of it without padding, blanks and look-alikes."""
    core = password.strip(ENDS)
    plain = {password, password.replace(" ", ""), core, core.replace(" ", "")}
    return (plain | {form.translate(LOOKALIKES) for form in plain}) - {""}


def _one_piece(password: str) -> bool:
    """Whether a password is one short piece over and over, or hardly any letters at all."""
    if len(password) < SHORTEST_PART * 2:
        return False
    pieces = range(1, len(password) // 2 + 1)
    repeated = any(password == (password[:n] * len(password))[: len(password)] for n in pieces)
    return repeated or len(set(password)) < FEWEST_LETTERS


def _a_run(password: str) -> bool:
    """Whether it is one run of the keyboard or the alphabet, give or take a few letters."""
    size = len(password) - SHORTEST_PART + 1
    if size < SHORTEST_PART:
        return False
    parts = [password[start : start + size] for start in range(SHORTEST_PART)]
    return any(part in run or part in run[::-1] for run in RUNS for part in parts)
