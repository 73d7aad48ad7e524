from __future__ import annotations

from django.db import models


class Note(models.Model):
    """A row like any other: whose, when, a number and some words."""

    author_id = models.IntegerField(db_index=True)
    day = models.DateField()
    mark = models.IntegerField()
    words = models.CharField(max_length=200)
