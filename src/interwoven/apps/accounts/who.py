"""Who is signed in, as an id."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


def id_of(person: AbstractBaseUser | AnonymousUser) -> UUID:
    """The id of somebody signed in. Raises `ValueError` for nobody in particular."""
    return UUID(str(person.pk))
