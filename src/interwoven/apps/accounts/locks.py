"""Take turns: until the transaction ends, whoever holds people is alone with what is theirs."""

from __future__ import annotations

from uuid import UUID

from interwoven.apps.accounts.models import Person


def lock_people(*people: UUID) -> None:
    """Let nobody else change what these people have until this transaction ends.

    In one order, so that two who lock the same people never wait for each other.
    """
    rows = Person.objects.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
