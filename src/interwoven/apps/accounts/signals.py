"""What the apps above may want to know, in the same transaction in which it happens."""

from __future__ import annotations

from django.dispatch import Signal

mailed = Signal()  # somebody set a new password by mail; `by` is their seat, `now` the instant
