"""What a restored copy must show before it is used: that all in it is known, and opens.

Works on whatever the two Django databases are at that moment; `on` makes them the unpacked ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from interwoven.apps.guarding.rows import secrets_that_open
from interwoven.apps.leaving import erasing
from interwoven.infra import handlings, migrating
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
NOT_OPENED = (
    "{count} of the rows in the backup do not open with this keyring ({kinds}). Name the keyring "
    "that was backed up with it, or a newer one of the same copy. Nothing was changed."
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


def pass_it() -> Opened:
    """Bring it up to date, forget what was erased since, and open everything. Raises `Refused`."""
    for alias in (KEYRING, DEFAULT_DB_ALIAS):
        _refuse_unless_known(alias)
    for alias in (KEYRING, DEFAULT_DB_ALIAS):
        migrating.bring_up_to_date(alias)
    _erase_what_was_erased()
    _end_every_session()
    opened = open_everything()
    choices.take_back()
    return opened


def open_everything() -> Opened:
    """Unwrap every key and open every sealed row. Raises `Refused`, and says what does not.

    Nothing else here opens anybody's words but for them and their partner, so it is written down.
    """
    handlings.note(Path(settings.DATA_DIR), handlings.Deed.OPENED, datetime.now(UTC).date())
    try:
        unwrapped = keys.prove_all()
    except KeysAway:
        raise Refused(NO_KEY_FILE) from None
    opened, closed = Counter[str](), Counter[str]()
    for model in sealed_models():
        _open_all(model, opened, closed)
    for opens in secrets_that_open():
        (opened if opens else closed)[SIGN_IN] += 1
    if closed:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(closed.items()))
        raise Refused(NOT_OPENED.format(count=closed.total(), kinds=kinds))
    return Opened(unwrapped, dict(opened))


def sealed_models() -> list[type[SealedRow]]:
    return [model for model in apps.get_models() if issubclass(model, SealedRow)]


def _open_all(model: type[SealedRow], opened: Counter[str], closed: Counter[str]) -> None:
    name = str(model._meta.verbose_name)  # noqa: SLF001 - Django's public API
    rows = model._default_manager.order_by("pk")  # noqa: SLF001 - as above
    with Progress(f"opening: {name}", rows.count()) as progress:
        for row in rows.iterator():
            try:
                prove(row)
            except (Unreadable, KeysAway):
                closed[name] += 1
            else:
                opened[name] += 1
            progress.at(opened[name])


def _refuse_unless_known(alias: str) -> None:
    """Every migration in it is one of ours, and it has the table it is known by."""
    known = "keyring_datakey" if alias == KEYRING else "infra_auditentry"
    if known not in connections[alias].introspection.table_names():
        which = "keys" if alias == KEYRING else "data"
        raise Refused(NOT_OURS.format(what="The backup", which=which))
    strange = migrating.strange_to_us(alias)
    if strange:
        raise Refused(NEWER.format(names=", ".join(" ".join(one) for one in strange[:3])))


def _erase_what_was_erased() -> None:
    """The ledger lies outside the databases, so that a backup cannot bring anyone back."""
    erasing.replay(timezone.now())


def _end_every_session() -> None:
    """Somebody may have signed out, or taken a new password, since the backup."""
    Session.objects.all().delete()
    FormDraft.objects.all().delete()
