"""Wake the other one at the table, for as long as they sit there."""

from __future__ import annotations

from interwoven.apps.couples.queries import partner_of
from interwoven.core.people import Seat
from interwoven.infra.live import wake


def wake_partner(by: Seat) -> None:
    """Tell the partner's open pages that what they show has changed."""
    partner = partner_of(seat=by)
    if partner.paired:
        wake(partner.person)
