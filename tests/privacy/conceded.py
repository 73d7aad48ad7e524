"""Every column that is not sealed, by the words that concede it in SECURITY.md.

A new column belongs to none of them, and fails until somebody says there what it gives away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from interwoven.infra.crypto import envelope
from tests.privacy.filled import Cell, plainly

SEALED = """
accounts_privatelock.sealed accounts_profile.sealed agreements_agreement.sealed
agreements_lookback.sealed checkins_checkin.sealed checkins_opening.sealed checkins_response.sealed
couples_couple.sealed couples_invitation.greeting couples_invitation.sealed
couples_membership.sealed couples_parting.sealed infra_formdraft.sealed infra_session.content
""".split()

CONCEDED = {
    "the sign-in address": "accounts_person.email account_emailaddress.email",
    "Argon2id hash of the password": "accounts_person.password",
    "that an account is about to be erased": "accounts_person.is_active",
    "who is paired with whom": """
        couples_couple.id couples_couple.revision couples_couple.epoch couples_couple.key_epoch
        couples_membership.id couples_membership.revision couples_membership.epoch
        couples_membership.couple_id couples_membership.person_id couples_membership.place""",
    "who left, and on which day": """
        couples_couple.ended_on couples_membership.ended_on
        couples_parting.id couples_parting.revision couples_parting.person_id
        couples_parting.couple_id couples_parting.place couples_parting.until_epoch
        couples_parting.left_on""",
    "who invited, who answered": """
        couples_invitation.id couples_invitation.revision couples_invitation.inviter_id
        couples_invitation.answered_by_id couples_invitation.state couples_invitation.token_hmac
        couples_invitation.code_hmac""",
    "until when an invitation is good": "couples_invitation.expires_at",
    "how many tries at its digits are left": "couples_invitation.tries_left",
    "that a row exists, whose it is, its week or day, and how often it was written": """
        accounts_person.id accounts_profile.id accounts_profile.revision accounts_profile.person_id
        accounts_privatelock.id accounts_privatelock.revision accounts_privatelock.person_id
        checkins_checkin.id checkins_checkin.revision checkins_checkin.author_id
        checkins_checkin.week
        checkins_opening.id checkins_opening.revision checkins_opening.couple_id
        checkins_opening.epoch checkins_opening.week
        checkins_response.id checkins_response.revision checkins_response.couple_id
        checkins_response.opening_id checkins_response.author_id checkins_response.epoch
        agreements_agreement.id agreements_agreement.revision agreements_agreement.couple_id
        agreements_agreement.epoch
        agreements_lookback.id agreements_lookback.revision agreements_lookback.couple_id
        agreements_lookback.agreement_id agreements_lookback.author_id""",
    "whether a week went into an opening": "checkins_checkin.opened",
    "to which part": "checkins_response.part",
    "one things and their state": "agreements_agreement.state",
    "the day on which two look back": "agreements_agreement.review_on",
    "which yes somebody gave, on which day, and when it was taken back": """
        accounts_consent.id accounts_consent.person_id accounts_consent.kind
        accounts_consent.given_on accounts_consent.withdrawn_on""",
    "whether somebody's signing in is guarded": """
        mfa_authenticator.id mfa_authenticator.user_id mfa_authenticator.type
        mfa_authenticator.data mfa_authenticator.created_at mfa_authenticator.last_used_at""",
    "the instant of the couple's next evening": "couples_couple.opens_at",
    "of the last one that came": "couples_couple.came_at",
    "until when somebody counts as in the room": """
        checkins_arrival.id checkins_arrival.couple_id checkins_arrival.person_id
        checkins_arrival.until checkins_arrival.over""",
    "until when a draft is kept, and of which form": """
        infra_formdraft.id infra_formdraft.revision infra_formdraft.author infra_formdraft.form
        infra_formdraft.kept_until""",
    "in the audit: who did what kind of thing, on which day": """
        infra_auditentry.id infra_auditentry.person infra_auditentry.couple
        infra_auditentry.event infra_auditentry.day""",
    "for some days, by random numbers, which forms somebody sent": """
        infra_submission.id infra_submission.author infra_submission.token infra_submission.day""",
    "the day of a session's last use, and which sessions are of one person": """
        infra_session.key_hash infra_session.owner infra_session.used_on infra_session.expires""",
    "whose keys there are": """
        keyring_datakey.kid keyring_datakey.subject keyring_datakey.key_class
        keyring_datakey.epoch keyring_datakey.kek keyring_datakey.wrapped""",
}
# Tables of the libraries that tell nothing of anybody: the same in every copy, or always empty.
OF_THE_LIBRARIES = re.compile(
    "account_emailaddress|account_emailconfirmation|auth_|django_content_type|django_migrations|"
    "sqlite_sequence"
)

ID, COUNT = "[0-9a-f]{32}|[0-9a-f-]{36}", r"\d+|True|False"
DAY, INSTANT = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*(\+00:00)?"
MIDNIGHT, OURS = rf"{DAY} 00:00:00(\+00:00)?", "[a-z0-9][a-z0-9_.-]{0,39}"
SHAPES = {
    "email": r"[a-z]+@example\.org", "password": r"\w+\$.+", "sealed": "01(..){88,}",
    "greeting": "01(..){88,}", "content": r"[\w-]{100,}", "data": r"\{.*\}",
    "key_hash": "[0-9a-f]{64}", "owner": "([0-9a-f]{64})?", ".*_hmac": "[0-9a-f]{64}",
    "wrapped": "[0-9a-f]{120}", "created_at": MIDNIGHT, "last_used_at": "None", "expires": MIDNIGHT,
    "id|kid|.*_id|person|author|couple|subject|token": f"{ID}|{COUNT}",
    "revision|epoch|key_epoch|until_epoch|kek|tries_left|is_active|over|opened": COUNT,
    "expires_at|opens_at|came_at|until|kept_until": INSTANT,
    "week|day|.*_on": DAY, "kind|type|state|part|place|event|form|key_class": OURS,
}  # fmt: skip


def plain_columns() -> set[str]:
    return {column for named in CONCEDED.values() for column in named.split()}


def wrongly_shaped(found: Iterable[Cell]) -> Iterator[str]:
    """The cells of our tables in which something lies that is not of the kind it should be."""
    for table, column, value in found:
        if value is None or OF_THE_LIBRARIES.match(table):
            continue
        shape = next((s for names, s in SHAPES.items() if re.fullmatch(names, column)), "")
        if not re.fullmatch(shape, plainly(value), re.DOTALL):
            yield f"{table}.{column}"


def is_padded(sealed: bytes) -> bool:
    """Whether its length tells no more than a step: 64, 128, 256 … bytes."""
    inside = len(sealed) - envelope.HEADER - envelope.TAG
    return inside >= 64 and inside & (inside - 1) == 0
