"""Where the library of codes and passkeys asks us what to seal, what to say and what to be called.

Secrets are sealed under their person's private key. The library does not say whose it is asking
for, so whoever lets it ask says it first, with `secrets_of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from interwoven.infra.crypto import texts

PURPOSE = "sign-in"
CALLED = "A few words"  # in lists of passkeys and codes, which others may see on the device

_person: ContextVar[UUID] = ContextVar("person")


@contextmanager
def secrets_of(person: UUID) -> Iterator[None]:
    """Let the library seal and open this person's secrets meanwhile, and nobody else's."""
    token = _person.set(person)
    try:
        yield
    finally:
        _person.reset(token)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That is not a code that is good now. Please look once more.",
        "too_many_codes": (
            "That was many codes for one account. Wait an hour, or take a new password, and then "
            "try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        return texts.seal_text(_person.get(), PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return texts.open_text(_person.get(), PURPOSE, encrypted_text)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return CALLED

    def get_totp_issuer(self) -> str:
        return CALLED

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": CALLED}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What a device keeps beside a passkey: a random number, and a name that tells nothing."""
        number = user_pk_to_url_str(user).encode()
        return {"id": number, "display_name": CALLED, "name": CALLED}
