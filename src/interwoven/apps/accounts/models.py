"""People: an address and a password to sign in with, a sealed profile, and their consents."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from interwoven.core.people import Seat
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.crypto.rows import SealedRow


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Person:
        person = self.model(email=email.lower(), **extra)  # as signing in looks it up
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who signs in. When they last did is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    last_login = None  # Django's way to leave the column out

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    def __str__(self) -> str:
        return f"Person({str(self.id)[:8]})"


class Profile(SealedRow):
    """What a person is called. Sealed under their own profile key."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")

    def subject(self) -> Subject:
        return Subject(self.person_id, KeyClass.PROFILE)


class PrivateLock(SealedRow):
    """What closes the pages that show again what a person kept. Everybody has one, set or not."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="private_lock")

    def subject(self) -> Subject:
        return Subject(self.person_id, KeyClass.PRIVATE)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self, *seats: Seat) -> ConsentQuerySet:
        return self.filter(person_id__in=[seat.person for seat in seats], withdrawn_on=None)


class Consent(models.Model):
    """A person said yes to something, on a day; and took it back, on a day, if they did."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(withdrawn_on=None),
                name="one_standing_consent_per_kind",
            )
        ]
