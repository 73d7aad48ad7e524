"""The people of the privacy tests, on whom things fail here."""

from __future__ import annotations

from tests.privacy.conftest import stage

__all__ = ["stage"]
