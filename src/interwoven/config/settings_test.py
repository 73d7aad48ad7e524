"""The settings of the product, on throwaway data: real hashing and sealing, a mailbox in memory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from interwoven.config.secrets import make

_data = Path(tempfile.mkdtemp(prefix="interwoven-test-"))
make(_data, keyring_exists=False)
(_data / "static").mkdir()
os.environ["DATA_DIR"] = str(_data)
os.environ.setdefault("KEEPER", "partner")
os.environ.setdefault("KEEPER_NAME", "Ana")

from interwoven.config.settings import *  # noqa: E402, F403 - settings are laid over settings

for _database in DATABASES.values():  # noqa: F405 - as above
    if "sqlite" in _database["ENGINE"]:
        _database["TEST"] = {"NAME": ":memory:"}  # said, as it is for no engine but Django's own
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # speed: hashing is tested apart
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CAN_MAIL = True
