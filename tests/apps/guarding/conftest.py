"""The two browsers of the account tests, with nobody's tries counted yet."""

from __future__ import annotations

from tests.apps.accounts.conftest import ana, bo, nobody_has_tried_yet

__all__ = ["ana", "bo", "nobody_has_tried_yet"]
