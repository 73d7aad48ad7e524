"""The people of the privacy tests, on whom things fail here; and a place that threads reach."""

from __future__ import annotations

from tests.apps.conftest import shared
from tests.faults.windows import two
from tests.privacy.conftest import stage

__all__ = ["shared", "stage", "two"]
