from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings as product
from django.db import OperationalError, connections

from interwoven.core.people import Place, Seat
from interwoven.infra.crypto import keys

COUPLE = uuid4()
ANA = Seat(uuid4(), COUPLE, Place.A)
BO = Seat(uuid4(), COUPLE, Place.B)
STRANGER = Seat(uuid4(), uuid4(), Place.A)


@pytest.fixture
def ana() -> Seat:
    return ANA


@pytest.fixture
def bo() -> Seat:
    return BO


@pytest.fixture
def stranger() -> Seat:
    return STRANGER


@pytest.fixture
def key_files(settings):
    """Put other key files in place, as a restart with another folder of secrets would."""

    def put(keks: dict[int, bytes]) -> None:
        settings.SECRETS = replace(product.SECRETS, keks=keks, folder=None)
        keys.forget()

    return put


@pytest.fixture
def no_keyring(monkeypatch):
    """From now on the keyring database does not answer."""

    def away() -> None:
        def refuse(*_):
            raise OperationalError("could not connect")

        monkeypatch.setattr(connections["keyring"], "cursor", refuse)
        keys.forget()

    return away
