"""Where a piece of content comes from, and whether it is asked of people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """A draft is asked of nobody; what is retired is kept, so that old answers stay readable."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who wrote it, under which licence, from what, and who has looked it over."""

    author: str
    licence: str
    sources: tuple[str, ...]
    review: str
