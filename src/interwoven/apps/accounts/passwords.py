"""Passwords we ask people not to use: common ones, common ones in disguise, their own address."""

from __future__ import annotations

import string

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

ENDS = string.digits + string.punctuation + string.whitespace
SHORTEST_PART = 4


class NotCommon(CommonPasswordValidator):
    """Refuse a password from the offline list of common ones, padded, doubled or repeated."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        plain = password.lower().strip()
        if any(form in self.passwords for form in _undisguised(plain)) or _one_piece(plain):
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
            typed in {address, name} or (len(name) > SHORTEST_PART and typed == name * 2)
        ):
            raise ValidationError("That is your address.", code="password_is_address")

    def get_help_text(self) -> str:
        return "Not your address."


def _undisguised(password: str) -> set[str]:
    return {password, password.strip(ENDS), password.strip(ENDS).replace(" ", "")} - {""}


def _one_piece(password: str) -> bool:
    """Whether a password is one short piece over and over, or one run of the keyboard."""
    pieces = range(1, len(password) // 2 + 1)
    repeated = any(password == (password[:n] * len(password))[: len(password)] for n in pieces)
    runs = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
    return repeated or any(password in run or password in run[::-1] for run in runs)
