"""A number in every form that makes something, so that sending it twice makes it once."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import QueryDict

NAME = "submission_id"


def fresh() -> str:
    return str(uuid4())


def sent(form: QueryDict) -> UUID | None:
    """The number a form came with; none if it has none, or one that we did not make."""
    try:
        return UUID(form.get(NAME, ""))
    except ValueError:
        return None
