"""The keyring: one wrapped key a row, in a database of its own.

It lies apart from the data so that a copy of either is unreadable without the other, and so that
destroying a key here is not undone by restoring the data.
"""

from __future__ import annotations

import uuid

from django.db import models


class DataKey(models.Model):
    """One data key, wrapped by a key-encryption key that lies in a file."""

    kid = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject = models.UUIDField()  # a person, or a couple
    key_class = models.CharField(max_length=12)
    epoch = models.PositiveIntegerField(default=1)
    kek = models.PositiveIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key_class", "epoch"], name="one_key_per_subject_class_epoch"
            )
        ]
