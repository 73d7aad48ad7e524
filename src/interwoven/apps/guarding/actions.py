"""Turning on and off what guards signing in. Every change signs this person out everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.sessions.backends.base import SessionBase

from interwoven.apps.accounts.models import Person
from interwoven.apps.guarding.adapter import secrets_of
from interwoven.apps.guarding.rows import named, new_ones, passkeys_of, rows_of
from interwoven.core.people import Seat
from interwoven.infra import sessions
from interwoven.infra.actions import action
from interwoven.infra.errors import NotNow

Kind = Authenticator.Type
MOST_PASSKEYS = 10


@action("codes.turned_on")
def turn_on_codes(*, by: Seat, secret: str, session: SessionBase, now: datetime) -> bool:
    """Ask for a code of this secret from now on. Says whether there are new recovery codes.

    Raises `NotNow` where codes are on already.
    """
    person = _locked(by)
    if rows_of(by).filter(type=Kind.TOTP).exists():
        raise NotNow
    with secrets_of(by.person):
        TOTP.activate(person, secret)
        fresh = _recovery_if_none(by, person)
    sessions.end_others(session)
    return fresh


@action("codes.turned_off")
def turn_off_codes(*, by: Seat, session: SessionBase, now: datetime) -> None:
    """Ask for no code any more. Twice is once."""
    _locked(by)
    rows_of(by).filter(type=Kind.TOTP).delete()
    _no_recovery_of_nothing(by)
    sessions.end_others(session)


@action("recovery.made_anew")
def make_recovery_codes(*, by: Seat, session: SessionBase, now: datetime) -> None:
    """Ten new ones; those from before are good for nothing. Raises `NotNow` where nothing is on."""
    person = _locked(by)
    if not rows_of(by).exclude(type=Kind.RECOVERY_CODES).exists():
        raise NotNow
    rows_of(by).filter(type=Kind.RECOVERY_CODES).delete()
    with secrets_of(by.person):
        RecoveryCodes.activate(person)
    sessions.end_others(session)


@action("passkey.added")
def add_passkey(
    *, by: Seat, credential: Mapping[str, object], session: SessionBase, now: datetime
) -> bool:
    """Let this passkey in. Says whether there are new recovery codes. Raises `NotNow` at ten."""
    person = _locked(by)
    if len(passkeys_of(by)) >= MOST_PASSKEYS:
        raise NotNow
    WebAuthn.add(person, "", dict(credential))
    with secrets_of(by.person):
        fresh = _recovery_if_none(by, person)
    sessions.end_others(session)
    return fresh


@action("passkey.removed")
def remove_passkey(*, by: Seat, which: str, session: SessionBase, now: datetime) -> None:
    """Let this passkey in no more. Nothing happens for anybody else's, and for none."""
    _locked(by)
    for row in passkeys_of(by):
        if named(row) == which:
            row.delete()
    _no_recovery_of_nothing(by)
    sessions.end_others(session)


@action("sign_in.password_alone")
def leave_the_password_alone(*, by: Seat, now: datetime) -> int:
    """Take away all that guards signing in besides the password. Says how much that was.

    For whoever lost all of it and asks the keeper of this copy; no page does this.
    """
    return int(rows_of(by).delete()[0])


@action("sign_in.new_ones_gone")
def take_away_new_ones(*, by: Seat, now: datetime) -> None:
    """Take away what was turned on lately: a new password by mail stands above it.

    Otherwise whoever knew the password for a day would keep its owner out for good. What has been
    on for longer stays, so that whoever reads the letters alone gets past none of it.
    """
    _locked(by)
    new_ones(by, now).delete()
    _no_recovery_of_nothing(by)


def _locked(by: Seat) -> Person:
    """The person, with nobody else changing how they sign in meanwhile."""
    return Person.objects.select_for_update().get(pk=by.person)


def _recovery_if_none(by: Seat, person: Person) -> bool:
    if rows_of(by).filter(type=Kind.RECOVERY_CODES).exists():
        return False
    RecoveryCodes.activate(person)
    return True


def _no_recovery_of_nothing(by: Seat) -> None:
    """Recovery codes stand in for something else. With nothing to stand in for, they go."""
    if not rows_of(by).exclude(type=Kind.RECOVERY_CODES).exists():
        rows_of(by).delete()
