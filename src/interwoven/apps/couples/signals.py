"""What the apps above may want to know, in the same transaction in which it happens."""

from __future__ import annotations

from django.dispatch import Signal

parted = Signal()  # somebody has left their couple; `by` is the seat they held, `now` the instant
