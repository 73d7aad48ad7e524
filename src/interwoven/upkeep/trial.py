"""What a restored copy must show before it is used: that all in it is known, and opens.

Works on whatever the two Django databases are at that moment; `on` makes them the unpacked ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from interwoven.apps.guarding.rows import secrets_that_open
from interwoven.apps.leaving import lasting
from interwoven.infra import handlings, ledger, migrating
from interwoven.infra.crypto import keys
from interwoven.infra.crypto.rows import SealedRow, prove
from interwoven.infra.errors import KeysAway, Unreadable
from interwoven.infra.models import FormDraft, Session
from interwoven.upkeep import choices
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.progress import Progress

KEYRING = "keyring"
SIGN_IN = "secret for signing in"  # in a row of the library's
NEWER = (
    "This backup was made by a newer version of Interwoven ({names}). Take that version first, "
    "then restore. Nothing was changed."
)
NOT_OURS = "{what} holds no {which} of Interwoven. Is it the right file? Nothing was changed."
NO_KEY_FILE = (
    "The key files in this copy's secrets do not open the backup's keyring. Put back the secrets "
    "that belong to it, and say it again. Nothing was changed."
)
NOT_ERASED = (
    "What was ended here since the backup cannot be taken out of it with this keyring. Name a "
    "newer one of the same copy. Nothing was changed."
)
NOT_OPENED = (
    "Some rows in the backup do not open with this keyring. Name the keyring that was backed up "
    "with it, or a newer one of the same copy. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """How many keys unwrapped, and how many rows opened, by kind."""

    keys: int
    rows: dict[str, int]


def on(copy: Copy) -> None:
    """From now on, and for this process, the two databases are these."""
    connections.close_all()
    for alias, store in zip((DEFAULT_DB_ALIAS, KEYRING), copy.stores, strict=True):
        connections.settings[alias]["NAME"] = store.name
    keys.forget()


def off() -> None:
    connections.close_all()


def pass_it(marks: frozenset[str]) -> Opened:
    """Bring it up to date, forget what was erased since, and open everything. Raises `Refused`.

    What was erased or left is what this copy's ledger says, and these marks besides.
    """
    ours = migrating.ours()
    for alias in migrating.ALIASES:
        _refuse_unless_known(alias, ours)
    for alias in migrating.ALIASES:
        migrating.bring_up_to_date(alias)
    _erase_what_was_erased(marks | ledger.noted())
    _end_every_session()
    opened = open_everything()
    choices.take_back()
    return opened


def open_everything() -> Opened:
    """Unwrap every key and open every sealed row. Raises `Refused` where one does not open.

    What is told meanwhile names no kind of row: whoever keeps the copy may be one of the two.
    Nothing else here opens anybody's words but for them and their partner, so it is written down.
    """
    handlings.note(Path(settings.DATA_DIR), handlings.Deed.OPENED, datetime.now(UTC).date())
    try:
        unwrapped = keys.prove_all()
    except KeysAway:
        raise Refused(NO_KEY_FILE) from None
    opened, total = Counter[str](), sum(map(_count, sealed_models()))
    with Progress("opening every row", total) as progress:
        for kind, opens in _each_row():
            if not opens:
                raise Refused(NOT_OPENED)
            opened[kind] += 1
            progress.at(opened.total())
    return Opened(unwrapped, dict(opened))


def sealed_models() -> list[type[SealedRow]]:
    return [model for model in apps.get_models() if issubclass(model, SealedRow)]


def _each_row() -> Iterator[tuple[str, bool]]:
    """The kind of each row, and whether it opens."""
    for model in sealed_models():
        kind = str(model._meta.verbose_name)  # noqa: SLF001 - Django's public API
        for row in model._default_manager.order_by("pk").iterator():  # noqa: SLF001 - as above
            yield kind, _opens(row)
    for opens in secrets_that_open():
        yield SIGN_IN, opens


def _count(model: type[SealedRow]) -> int:
    return model._default_manager.count()  # noqa: SLF001 - Django's public API


def _opens(row: SealedRow) -> bool:
    try:
        prove(row)
    except (Unreadable, KeysAway):
        return False
    return True


def _refuse_unless_known(alias: str, ours: frozenset[migrating.Name]) -> None:
    """Every migration in it is one of ours, and it has the table it is known by."""
    known = "keyring_datakey" if alias == KEYRING else "infra_auditentry"
    if known not in connections[alias].introspection.table_names():
        which = "keys" if alias == KEYRING else "data"
        raise Refused(NOT_OURS.format(what="The backup", which=which))
    if strange := migrating.too_new(alias, ours):
        raise Refused(NEWER.format(names=migrating.names_of(strange)))


def _erase_what_was_erased(noted: frozenset[str]) -> None:
    """The ledger lies outside the databases, so that a backup cannot bring anyone back."""
    if lasting.make_good(noted, timezone.now()):
        raise Refused(NOT_ERASED)


def _end_every_session() -> None:
    """Somebody may have signed out, or taken a new password, since the backup."""
    Session.objects.all().delete()
    FormDraft.objects.all().delete()
