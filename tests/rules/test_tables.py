"""No column takes plain words, no id tells an order, and a couple's rows are found by couple."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from interwoven.infra.crypto.rows import SealedRow
from tests.rules.tree import complaints, texts

WORDY = (
    models.TextField,
    models.CharField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
)
EVENT = "a word of ours, from the code; never what somebody wrote"

IN_CLEAR = {
    "infra.AuditEntry.event": EVENT,
    "infra.FormDraft.form": "which form, by our own name for it",
    "infra.Session.key_hash": "the SHA-256 of a random cookie",
    "infra.Session.owner": "an HMAC over who and by which password: no name without the secret",
    "infra.Session.content": "sealed under a key made from the cookie itself",
    "keyring.DataKey.key_class": "one of the three kinds of key",
    "keyring.DataKey.wrapped": "a key, sealed with a key from a file",
    "accounts.Person.password": "a hash, by Argon2",
    "accounts.Person.email": "the address to sign in with: conceded, and said on the privacy page",
    "accounts.Consent.kind": "which of three consents, in a word of ours",
    "couples.Membership.place": "which of the two places: a or b",
    "couples.Parting.place": "which of the two places was left: a or b",
    "couples.Invitation.token_hmac": "an HMAC: knows the token again, and cannot give it",
    "couples.Invitation.code_hmac": "an HMAC over the code and the token",
    "couples.Invitation.greeting": "sealed with the token, for whoever holds the link",
    "couples.Invitation.state": "open, answered or closed",
    "checkins.Response.part": "which part of the map, in a word of ours; both see it",
    "agreements.Agreement.state": "how far the two are, which both see",
}
OTHER_KEYS = {"infra.Session": "the hash of a random cookie: nothing else finds a session"}
NOT_BY_COUPLE = {
    "couples.Membership: person": "nobody is in two couples at a time, whichever these are",
}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("interwoven.")]


def in_clear(model: type[models.Model]) -> Iterator[str]:
    """The columns that could take words, other than the sealed one."""
    for field in model._meta.local_fields:
        sealed = issubclass(model, SealedRow) and field.name == "sealed"
        if isinstance(field, WORDY) and not sealed:
            yield f"{model._meta.label}.{field.name}"


def key_is_random(model: type[models.Model]) -> bool:
    key = model._meta.pk
    return isinstance(key, models.UUIDField) and key.default is uuid.uuid4


def found_otherwise(model: type[models.Model]) -> Iterator[str]:
    """Where rows of a couple could be looked up, or clash, across couples."""
    options = model._meta
    if "couple" not in {field.name for field in options.local_fields}:
        return
    named = [tuple(index.fields) for index in options.indexes]
    named += [tuple(getattr(constraint, "fields", ())) for constraint in options.constraints]
    alone = (field for field in options.local_fields if not field.primary_key)
    named += [(f.name,) for f in alone if (f.unique or f.db_index) and not f.is_relation]
    for fields in named:
        if fields and fields[0] != "couple":
            yield f"{options.label}: {', '.join(fields)}"


def test_every_column_that_could_take_words_is_sealed_or_listed():
    assert len(ours()) > 8
    assert complaints((name for model in ours() for name in in_clear(model)), IN_CLEAR) == []


def test_every_id_is_random():
    ordered = (model._meta.label for model in ours() if not key_is_random(model))

    assert complaints(ordered, OTHER_KEYS) == []


def test_no_id_is_made_from_the_time():
    found = [name for name, text in texts() if name.startswith("src/") and _is_timed(text)]

    assert found == []


def _is_timed(text: str) -> bool:
    return any(f"uuid{number}" in text for number in (1, 6, 7))


def test_what_belongs_to_a_couple_is_found_by_couple():
    found = (name for model in ours() for name in found_otherwise(model))

    assert complaints(found, NOT_BY_COUPLE) == []


@isolate_apps("interwoven.infra")
def test_a_table_that_breaks_the_rules_is_found():
    class Planted(models.Model):
        couple = models.UUIDField()
        words = models.TextField()
        mood = models.CharField(max_length=9, choices=[("low", "low")])
        day = models.DateField(db_index=True)

        class Meta:
            app_label = "infra"
            indexes = [
                models.Index(fields=["couple", "day"], name="led_by_couple"),
                models.Index(fields=["day", "couple"], name="led_by_day"),
            ]
            constraints = [models.UniqueConstraint(fields=["mood"], name="one_mood")]

    assert list(in_clear(Planted)) == ["infra.Planted.words", "infra.Planted.mood"]
    assert not key_is_random(Planted)
    assert sorted(found_otherwise(Planted)) == [
        "infra.Planted: day",
        "infra.Planted: day, couple",
        "infra.Planted: mood",
    ]


@isolate_apps("interwoven.infra")
def test_a_table_that_keeps_them_is_not():
    class Kept(SealedRow):
        couple = models.UUIDField()
        day = models.DateField()

        class Meta:
            app_label = "infra"
            indexes = [models.Index(fields=["couple", "day"], name="kept_by_couple")]

    assert list(in_clear(Kept)) == []
    assert key_is_random(Kept)
    assert list(found_otherwise(Kept)) == []


def test_an_id_from_the_time_is_found():
    assert _is_timed(f"default=uuid.uuid{7}")
    assert not _is_timed("default=uuid.uuid4")
