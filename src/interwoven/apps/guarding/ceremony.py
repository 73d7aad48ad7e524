"""Secrets of codes, and what a browser is asked and answers when it makes or uses a passkey.

All of it is the library's; here it gets our types, and whatever a stranger may send instead of an
answer is one kind of wrong.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as codes
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from fido2.utils import websafe_encode
from fido2.webauthn import RegistrationResponse

from interwoven.apps.guarding.adapter import CALLED

LONGEST = 20_000  # letters of an answer; an ordinary one has two thousand

Answer = dict[str, Any]


class NotAPasskey(Exception):
    """What was sent is no answer to what the browser was asked."""


def new_secret() -> str:
    secret: str = codes.generate_totp_secret()
    return secret


def is_good_now(secret: str, code: str) -> bool:
    return bool(codes.validate_totp_code(secret, code))


def address_of(secret: str) -> str:
    """What an app reads from the picture. It names neither this copy nor this person."""
    query = urlencode({"secret": secret, "issuer": CALLED}, quote_via=quote)
    return f"otpauth://totp/{quote(CALLED)}?{query}"


def ask_to_make(person: AbstractBaseUser | AnonymousUser, *, alone: bool) -> str:
    """What the browser is asked, as JSON. What to hold the answer against is in the session."""
    return json.dumps(passkeys.begin_registration(person, alone), cls=DjangoJSONEncoder)


def made(text: str, *, alone: bool) -> Answer:
    """The new passkey. Raises `NotAPasskey`."""
    answer = _read(text)
    try:
        parsed = passkeys.parse_registration_response(answer)
        found = passkeys.complete_registration(answer)
    except Exception:  # whatever the decoder makes of what a stranger sent
        raise NotAPasskey from None
    if alone and not found.is_user_verified():
        raise NotAPasskey
    return _to_keep(parsed, alone=alone)


def _to_keep(parsed: RegistrationResponse, *, alone: bool) -> Answer:
    """What the library needs to know the passkey again, and nothing else that was sent.

    Whether it may come instead of the password is what its owner chose, not what the device made.
    """
    parts = {
        "clientDataJSON": websafe_encode(parsed.response.client_data),
        "attestationObject": websafe_encode(parsed.response.attestation_object),
    }
    return {
        "id": parsed.id,
        "rawId": parsed.id,
        "type": "public-key",
        "response": parts,
        "clientExtensionResults": {"credProps": {"rk": alone}},
    }


def ask_to_use() -> str:
    return json.dumps(passkeys.begin_authentication(None), cls=DjangoJSONEncoder)


def used(text: str) -> Authenticator:
    """The passkey that was used, and with it whose. Raises `NotAPasskey`."""
    answer = _read(text)
    if not is_answer(answer):
        raise NotAPasskey
    try:
        person = passkeys.extract_user_from_response(answer)
        found = passkeys.complete_authentication(person, answer)
    except ValidationError:
        raise NotAPasskey from None
    if not (person.is_active and found.wrap().is_passwordless):
        raise NotAPasskey
    return found


def used_by(person: AbstractBaseUser, answer: Answer) -> Authenticator:
    """The passkey of this person that was used. Raises Django's `ValidationError`."""
    return passkeys.complete_authentication(person, answer)


def is_answer(found: object) -> bool:
    """Whether this has the shape of an answer, whatever it is worth."""
    try:
        passkeys.parse_authentication_response(found)
    except Exception:  # as above
        return False
    return True


def _read(text: str) -> Answer:
    try:
        answer = json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        raise NotAPasskey from None
    if not isinstance(answer, dict):
        raise NotAPasskey
    return answer
