"""The four forms of closeness a couple looks at here."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """One of four ways of being close. They overlap; nobody needs all four, or the same amount.

    Emotional: being known, heard and comforted. Physical: touch and affection of every size, sex
    aside. Intellectual: trading ideas, and being curious about each other's. Spiritual: what one
    holds dear and lives by, with a religion, with another one, or with none.
    """

    EMOTIONAL = "emotional"
    PHYSICAL = "physical"
    INTELLECTUAL = "intellectual"
    SPIRITUAL = "spiritual"
