"""A new key file, and every key wrapped by it. How far it is stands in the rows themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from interwoven.infra.crypto import keys
from interwoven.infra.errors import KeysAway
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.progress import Progress

AT_A_TIME = 100  # keys in one transaction: some milliseconds in which a page that needs one waits
AWAY = (
    "A key file that wraps keys in use is missing, or is not the right one, so those cannot be "
    "wrapped anew. Put it back from your copy of the secrets, and say it again. What is wrapped "
    "already stays so."
)


@dataclass(frozen=True, slots=True)
class Rotated:
    number: int  # of the key file that wraps every key now
    went_on: bool  # an earlier rotation was cut short, and this ended it


def rotate(add_file: Callable[[], int]) -> Rotated:
    """Wrap every key by a new key file, or end a rotation that was cut short. Raises `Refused`.

    The copy may be served meanwhile: what is wrapped anew stays the same key.
    """
    settings.SECRETS.learn()
    newest = max(settings.SECRETS.keks)
    went_on = bool(keys.counted().keys() - {newest})
    number = newest if went_on else add_file()
    settings.SECRETS.learn()
    try:
        _wrap_all(number)
        keys.prove_all()
    except KeysAway:
        raise Refused(AWAY) from None
    return Rotated(number, went_on)


def _wrap_all(number: int) -> None:
    left = sum(count for kek, count in keys.counted().items() if kek != number)
    with Progress("wrapping the keys", left) as progress:
        done = 0
        while some := keys.rewrap(number, AT_A_TIME):
            done += some
            progress.at(done)
