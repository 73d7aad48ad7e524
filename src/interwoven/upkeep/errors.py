"""The one kind of exception that ends an act of upkeep in plain words instead of a traceback."""

from __future__ import annotations


class Refused(Exception):
    """It is not done; the message says why, what holds now, and what to do."""
