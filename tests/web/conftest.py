from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client


@pytest.fixture
def visitor(settings) -> Client:
    """Somebody signed out, on a site of nothing but furniture."""
    settings.ROOT_URLCONF = "tests.web.small_urls"
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database(monkeypatch) -> None:
    """Every database refuses to answer."""

    def refuse(self):
        raise OperationalError("could not connect")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
