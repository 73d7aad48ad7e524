"""Tables that belong to no capability: the audit, sessions, and forms sent but not yet right."""

from __future__ import annotations

import uuid

from django.db import models

from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.crypto.rows import SealedRow


class AuditEntry(models.Model):
    """Who did what, on which day; never what was said. For investigation: no page reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.UUIDField()
    couple = models.UUIDField(null=True)
    event = models.CharField(max_length=40)
    day = models.DateField()


class Submission(models.Model):
    """A form that was taken, so that sending it again does nothing. Kept for some days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    author = models.UUIDField()
    token = models.UUIDField()
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "token"], name="one_use_per_submission")
        ]


class Session(models.Model):
    """A signed-in browser. The key is kept as a hash, the content sealed, no address at all.

    `owner` finds the sessions of one person that still open something; whose they are, only
    somebody with the root secret can tell.
    """

    key_hash = models.CharField(primary_key=True, max_length=64)
    owner = models.BinaryField(max_length=32, db_index=True)  # an HMAC, or nothing for nobody
    content = models.TextField()
    used_on = models.DateField()
    expires = models.DateTimeField(db_index=True)


class FormDraft(SealedRow):
    """A form that came back with something to mend: what was typed, for its author, for minutes."""

    author = models.UUIDField()
    form = models.CharField(max_length=40)
    kept_until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form"], name="one_draft_per_author_form")
        ]

    def subject(self) -> Subject:
        return Subject(self.author, KeyClass.PRIVATE)
