"""Somebody else at the same screen says who they are, without signing anybody out."""

from __future__ import annotations

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from interwoven.apps.accounts.models import Person


def is_them(request: HttpRequest, *, person: UUID, password: str) -> bool:
    """Whether this is that person's password. Wrong ones count as failed attempts to sign in."""
    address = Person.objects.values_list("email", flat=True).get(pk=person)
    try:
        found = get_adapter(request).authenticate(request, email=address, password=password)
    except ValidationError:  # too many wrong ones lately
        return False
    return found is not None and found.pk == person
