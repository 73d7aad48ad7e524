"""Start-up checks: a server whose content or keys are wrong does not start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import Error as DatabaseError
from django.db import connections

from interwoven.content.library import BadLibrary
from interwoven.infra.crypto import keys
from interwoven.infra.errors import KeysAway
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.library import library

WRONG_KEYS = (
    "The keys in the data folder's secrets do not open the keyring, so nothing here can be read. "
    "Put back the secrets that belong to it."
)
NO_KEYRING = "The keyring cannot be reached, so nothing here can be read. See KEYRING_URL."


@register()
def content_is_whole(**_: Any) -> Sequence[CheckMessage]:
    try:
        library()
    except BadLibrary as error:
        return [Error(problem, id="interwoven.E001") for problem in error.problems]
    return []


@register()
def keys_open_what_is_kept(**_: Any) -> Sequence[CheckMessage]:
    try:
        if _a_keyring_is_there():
            keys.prove()
    except KeysAway:
        return [Error(WRONG_KEYS, id="interwoven.E002")]
    except DatabaseError:
        return [Error(NO_KEYRING, id="interwoven.E003")]
    return []


def _a_keyring_is_there() -> bool:
    """Whether there is one yet. Looking must not make an empty file, which would pass for one."""
    connection = connections["keyring"]
    file = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not (file.startswith("file:") or Path(file).exists()):
        return False
    table = DataKey._meta.db_table  # noqa: SLF001 - Django's public API
    return table in connection.introspection.table_names()
