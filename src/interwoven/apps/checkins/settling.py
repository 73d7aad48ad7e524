"""The evening two people settle on: reading its page, and reading its form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import QueryDict

from interwoven.apps.checkins.pages import WEEKDAYS, SettlePage
from interwoven.apps.checkins.words import FORM_NAMES, evening_words
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Us
from interwoven.core.evenings import Evening
from interwoven.core.forms import Form
from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.web.pages import Option

DRAFT = "settle"
LONGEST_NUMBER = 9  # figures
SOME_ZONES = (
    "Europe/Dublin", "Europe/London", "Europe/Lisbon", "Europe/Madrid", "Europe/Paris",
    "Europe/Berlin", "Europe/Rome", "Europe/Warsaw", "Europe/Athens", "Europe/Istanbul",
    "Africa/Lagos", "Africa/Nairobi", "Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney", "Pacific/Auckland",
    "America/Halifax", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Mexico_City", "America/Bogota", "America/Sao_Paulo", "UTC",
)  # fmt: skip
DAYS = tuple(Option(str(n), name[:3], name[3:]) for n, name in enumerate(WEEKDAYS))
STRANDS = (
    Option("all", "All four"),
    *(Option(form.value, FORM_NAMES[form]) for form in Form),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asked for, or what is wrong with it, by field."""

    evening: Evening | None
    strand: str
    values: dict[str, str]
    errors: dict[str, str]


def settle_page(*, seat: Seat, now: datetime) -> SettlePage:
    """The evening as it is, and a proposal to change it. The same for both but for whose it is."""
    us = couples.us(seat=seat)
    draft = drafts.take(seat=seat, form=DRAFT, now=now)
    evening, proposal = us.settled.evening, us.settled.proposed
    filled = draft.values or _values(evening, us.settled.strand)
    return SettlePage(
        partner=us.partner.name,
        evening=evening_words(evening),
        strand=_strand_name(us.settled.strand),
        proposed=proposal_words(us),
        revision=us.revision,
        mine=proposal is not None and proposal.by is seat.place,
        days=DAYS,
        day=filled.get("day", ""),
        time=filled.get("time", ""),
        zone=filled.get("zone", ""),
        zones=SOME_ZONES,
        strands=STRANDS,
        chosen=filled.get("strand", ""),
        errors=draft.errors,
    )


def asked(sent: QueryDict) -> Asked:
    names = ("day", "time", "zone", "strand")
    values = {name: sent.get(name, "").strip()[:60] for name in names}
    errors: dict[str, str] = {}
    day = values["day"] if values["day"] in {option.value for option in DAYS} else ""
    if not day:
        errors["day"] = "Pick a day."
    at = _time(values["time"])
    if at is None:
        errors["time"] = "A time of day, as in 19:00."
    zone = _zone(values["zone"])
    if not zone:
        errors["zone"] = "A time zone from the list, as in Europe/Dublin."
    strand = values["strand"] if values["strand"] in set(Form) else ""
    evening = Evening(int(day), at.hour, at.minute, zone) if day and at and zone else None
    return Asked(evening, strand, values, errors)


def seen(sent: QueryDict) -> int:
    """Which proposal the page showed; 0, which is none, for anything that is no number."""
    text = sent.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _zone(text: str) -> str:
    known = text.replace(" ", "_")
    return ZoneInfo(known).key if known in _zones() else ""


@lru_cache(maxsize=1)  # looking for them walks the disk
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _values(evening: Evening, strand: str) -> dict[str, str]:
    at = f"{evening.hour:02d}:{evening.minute:02d}"
    day = str(evening.weekday)
    return {"day": day, "time": at, "zone": evening.zone, "strand": strand or "all"}


def proposal_words(us: Us) -> str:
    """What one of the two proposes, in words; nothing while nobody does."""
    proposal = us.settled.proposed
    if proposal is None:
        return ""
    return f"{evening_words(proposal.evening)}, {_strand_name(proposal.strand)}"


def _strand_name(strand: str) -> str:
    return f"looking at {strand} closeness" if strand else "looking at all four"
