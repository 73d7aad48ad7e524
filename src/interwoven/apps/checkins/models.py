"""Check-ins, what opened from them, responses to what opened, and arrivals in the shared room."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from interwoven.core.people import Seat
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.crypto.rows import SealedRow
from interwoven.infra.errors import NotThere

STAYS = timedelta(minutes=15)  # how long somebody who came in counts as being in the room
CLOCK_CORRECTION = timedelta(minutes=1)  # by how much a clock is set right now and then


class CheckIn(SealedRow):
    """One person's answers for one week. Theirs, whatever becomes of a couple."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="checkins"
    )
    week = models.DateField()
    opened = models.BooleanField(default=False)  # went into an opening: it stays as it is

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "week"], name="one_checkin_per_week")
        ]

    def subject(self) -> Subject:
        return Subject(self.author_id, KeyClass.PRIVATE)


class OpeningQuerySet(models.QuerySet["Opening"]):
    def for_seat(self, seat: Seat) -> OpeningQuerySet:
        """The one way to reach openings: through a place in that couple."""
        if seat.couple is None:
            raise NotThere
        return self.filter(couple_id=seat.couple)


class Opening(SealedRow):
    """What two people opened to each other for one week, copied under the couple's own key."""

    couple = models.ForeignKey("couples.Couple", on_delete=models.CASCADE, related_name="openings")
    epoch = models.PositiveIntegerField(default=1)
    week = models.DateField()

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["couple", "week"], name="one_opening_per_week")
        ]

    def subject(self) -> Subject:
        return Subject(self.couple_id, KeyClass.OPENED, self.epoch)


class Response(SealedRow):
    """What one person answers to a line the other opened."""

    couple = models.ForeignKey("couples.Couple", on_delete=models.CASCADE, related_name="responses")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="responses")
    part = models.CharField(max_length=12)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responses"
    )
    epoch = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["couple", "opening", "part", "author"], name="one_response_per_line"
            )
        ]

    def subject(self) -> Subject:
        return Subject(self.couple_id, KeyClass.OPENED, self.epoch)


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def there(self, seat: Seat, now: datetime) -> ArrivalQuerySet:
        """Whoever is in the room of this table; nobody who, by the clock, has yet to come in."""
        return self.filter(couple_id=seat.table, until__gt=now, until__lte=_latest(now))

    def gone(self, now: datetime) -> ArrivalQuerySet:
        """Whoever has been there long enough, or came before the clock was put back."""
        return self.filter(models.Q(until__lte=now) | models.Q(until__gt=_latest(now)))


def _latest(now: datetime) -> datetime:
    return now + STAYS + CLOCK_CORRECTION


class Arrival(models.Model):
    """Somebody came into the shared room, by their own act. It lasts for minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    couple = models.ForeignKey("couples.Couple", on_delete=models.CASCADE, related_name="arrivals")
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    until = models.DateTimeField()
    over = models.BooleanField(default=False)  # they opened together, or there was nothing to open

    objects = ArrivalQuerySet.as_manager()
