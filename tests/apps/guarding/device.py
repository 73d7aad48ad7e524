"""What a person holds: an app that shows codes, and a device that makes and uses passkeys."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
from html import unescape

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.apps.accounts.door import ANA, PASSWORD, Browser, sign_in

ORIGIN = "http://localhost"
CODES, RECOVERY, PASSKEY = "/me/sign-in/codes/", "/me/sign-in/recovery/", "/me/sign-in/passkey/"
REMOVE, OVERVIEW = "/me/sign-in/passkey/remove/", "/me/sign-in/"
AFTER_PASSWORD, PASSKEY_DOOR = "/sign-in/code/", "/sign-in/passkey/"
FLAG = AuthenticatorData.FLAG


def code_of(secret: str, *, steps: int = 0, at: float = 0) -> str:
    """What the app shows now or at some other time, or so many half minutes later."""
    step = int(at or time.time()) // 30 + steps
    return format_hotp_value(hotp_value(secret.replace(" ", ""), step))


def secret_on(page: str) -> str:
    return re.search(r'<p class="address">([A-Z2-7 ]+)</p>', page)[1]


def recovery_codes_on(page: str) -> list[str]:
    return re.findall(r"<strong>(\d{4} \d{4} \d{4})</strong>", page)


def turn_on(browser: Browser) -> tuple[str, list[str]]:
    """Turn codes on as somebody does: the secret, and the recovery codes that came with it."""
    browser.send(CODES, password=PASSWORD, do="begin")
    secret = secret_on(browser.open(CODES).page)
    browser.resend(CODES, code=code_of(secret), do="confirm")
    assert browser.went == (303, RECOVERY), browser.open(CODES).beside
    return secret, recovery_codes_on(browser.open(RECOVERY).page)


def at_the_door(password: str = PASSWORD, email: str = ANA["email"]) -> Browser:
    """Another browser, in which the password was typed."""
    browser = sign_in(email, password)
    assert browser.went == (303, AFTER_PASSWORD), browser.beside
    return browser.open(AFTER_PASSWORD)


def is_in(browser: Browser) -> bool:
    """Whether somebody is signed in there; a password alone may not be enough."""
    return browser.client.get("/me/").status_code == 200


def asked_on(page: str) -> dict:
    return json.loads(unescape(re.search(r'data-asked="([^"]+)"', page)[1]))["publicKey"]


class Device:
    """Makes one passkey and uses it. It can be told to say something else than the truth."""

    def __init__(self) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.person = b""

    def makes(self, asked: dict, *, origin: str = ORIGIN, flags: FLAG = FLAG.UP | FLAG.UV) -> str:
        self.person = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.id, public)
        data = AuthenticatorData.create(_rp(asked["rp"]["id"]), flags | FLAG.AT, 0, credential)
        found = AttestationObject.create("none", data, {})
        said = CollectedClientData.create("webauthn.create", asked["challenge"], origin)
        return self._answer(
            {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(found)}
        )

    def uses(self, asked: dict, *, origin: str = ORIGIN, flags: FLAG = FLAG.UP | FLAG.UV) -> str:
        data = AuthenticatorData.create(_rp(asked["rpId"]), flags, 1)
        said = CollectedClientData.create("webauthn.get", asked["challenge"], origin)
        signature = self.secret.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        parts["userHandle"] = self.person
        return self._answer({name: websafe_encode(part) for name, part in parts.items()})

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        found = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps(found | {"clientExtensionResults": {}})


def _rp(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def make_passkey(browser: Browser, kind: str, device: Device | None = None) -> Device:
    device = device or Device()
    browser.client.defaults["HTTP_HOST"] = "localhost"
    browser.send(PASSKEY, password=PASSWORD, kind=kind, do="begin")
    answer = device.makes(asked_on(browser.open(PASSKEY).page))
    browser.resend(PASSKEY, credential=answer)
    assert browser.went[0] == 303
    assert browser.went[1] != PASSKEY, browser.open(PASSKEY).page
    return device


def answers(browser: Browser, path: str, credential: str) -> Browser:
    """Send the form that the script fills in, and none of the others on the page."""
    sent = {"csrfmiddlewaretoken": browser.kept["csrfmiddlewaretoken"], "do": "keep"}
    browser.answer = browser.client.post(path, sent | {"credential": credential})
    return browser


def passkey_door(onward: str = "") -> Browser:
    """A browser that asked to sign in with a passkey."""
    browser = Browser()
    browser.client.defaults["HTTP_HOST"] = "localhost"
    browser.open(f"/sign-in/?next={onward}" if onward else "/sign-in/")
    browser.resend(PASSKEY_DOOR)
    assert browser.went == (303, PASSKEY_DOOR)
    return browser.open(PASSKEY_DOOR)
