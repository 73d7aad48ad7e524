"""The few words that check-ins put together outside a template."""

from __future__ import annotations

from interwoven.apps.checkins.pages import WEEKDAYS
from interwoven.core.evenings import Evening
from interwoven.core.forms import Form
from interwoven.core.opening import Part

FORM_NAMES = {
    Form.EMOTIONAL: "Emotional",
    Form.PHYSICAL: "Physical",
    Form.INTELLECTUAL: "Intellectual",
    Form.SPIRITUAL: "Spiritual",
}
PART_NAMES = {
    **{Part(form.value): name for form, name in FORM_NAMES.items()},
    Part.WISH: "The small act",
    Part.STEP: "The small step",
    Part.GUESSES: "My guesses",
}


def evening_words(evening: Evening) -> str:
    """An evening with its clock: the same hour elsewhere is another hour."""
    place = evening.zone.rpartition("/")[2].replace("_", " ")
    return f"{WEEKDAYS[evening.weekday]} at {evening.hour:02d}:{evening.minute:02d}, {place} time"


def signed(gap: int | None) -> str:
    """A gap with its sign, as it stands in a table."""
    if gap is None:
        return "–"
    return f"{gap:+d}".replace("-", "−") if gap else "0"


def about_words(other: str, part: Part) -> str:
    """What an answer is about, for those who hear the page."""
    return f"Answer {other}, {PART_NAMES[part]}"
