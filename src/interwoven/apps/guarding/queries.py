"""Reading what guards one person's signing in."""

from __future__ import annotations

from datetime import datetime

import segno
from allauth.mfa.models import Authenticator

from interwoven.apps.guarding import ceremony
from interwoven.apps.guarding.adapter import secrets_of
from interwoven.apps.guarding.pages import (
    CodesPage,
    GuardPage,
    Passkey,
    PasskeyPage,
    RecoveryPage,
    RemovePage,
)
from interwoven.apps.guarding.rows import named, passkeys_of, rows_of
from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.infra.errors import NotThere

Kind = Authenticator.Type
CODES, RECOVERY, PASSKEY, REMOVE = "sign-in-codes", "sign-in-recovery", "passkey", "passkey-less"
FRESH = "sign-in-fresh"  # recovery codes may still be shown
IN_FOURS = 4


def guard_page(*, seat: Seat) -> GuardPage:
    kinds = set(rows_of(seat).values_list("type", flat=True))
    return GuardPage(
        codes=Kind.TOTP in kinds, passkeys=_passkeys(seat), left=len(_recovery_codes(seat))
    )


def codes_page(*, seat: Seat, now: datetime) -> CodesPage:
    on = rows_of(seat).filter(type=Kind.TOTP).exists()
    draft = drafts.take(seat=seat, form=CODES, now=now)
    secret = "" if on else draft.values.get("secret", "")
    picture = _picture(ceremony.address_of(secret)) if secret else ""
    return CodesPage(on, _in_fours(secret), picture, draft.errors)


def secret_on_trial(*, seat: Seat, now: datetime) -> str:
    """The secret that this person was shown and has not confirmed; "" if it was too long ago."""
    return drafts.take(seat=seat, form=CODES, now=now).values.get("secret", "")


def recovery_page(*, seat: Seat, now: datetime) -> RecoveryPage:
    """Raises `NotThere` where nothing is on that they could stand in for."""
    if not rows_of(seat).exclude(type=Kind.RECOVERY_CODES).exists():
        raise NotThere
    codes = _recovery_codes(seat)
    fresh = "yes" in drafts.take(seat=seat, form=FRESH, now=now).values
    errors = drafts.take(seat=seat, form=RECOVERY, now=now).errors
    shown = tuple(_in_fours(code) for code in codes) if fresh else ()
    return RecoveryPage(shown, len(codes), errors)


def passkey_page(*, seat: Seat, now: datetime) -> PasskeyPage:
    draft = drafts.take(seat=seat, form=PASSKEY, now=now)
    return PasskeyPage(draft.values.get("options", ""), draft.errors)


def passkey_in_the_making(*, seat: Seat, now: datetime) -> str:
    """Which kind is being made, "after" or "alone"; "" if no password was given for one lately."""
    return drafts.take(seat=seat, form=PASSKEY, now=now).values.get("kind", "")


def remove_page(*, seat: Seat, now: datetime) -> RemovePage:
    """Raises `NotThere` where there is none to remove."""
    found = _passkeys(seat)
    if not found:
        raise NotThere
    return RemovePage(found, drafts.take(seat=seat, form=REMOVE, now=now).errors)


def _passkeys(seat: Seat) -> tuple[Passkey, ...]:
    return tuple(
        Passkey(named(row), row.created_at.date(), bool(row.wrap().is_passwordless))
        for row in passkeys_of(seat)
    )


def _recovery_codes(seat: Seat) -> tuple[str, ...]:
    row = rows_of(seat).filter(type=Kind.RECOVERY_CODES).first()
    if row is None:
        return ()
    with secrets_of(seat.person):
        return tuple(row.wrap().get_unused_codes())


def _picture(address: str) -> str:
    svg: str = segno.make(address, error="m", micro=False).svg_inline(
        border=3, svgclass=None, lineclass=None, omitsize=True, title="The secret, as a picture"
    )
    return svg


def _in_fours(text: str) -> str:
    return " ".join(text[at : at + IN_FOURS] for at in range(0, len(text), IN_FOURS))
