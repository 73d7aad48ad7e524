"""One thing to do: the talk both see, and each person's own look back at it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from interwoven.core.people import Seat
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.crypto.rows import SealedRow
from interwoven.infra.errors import NotThere


class AgreementState(models.TextChoices):
    TALKING = "talking"
    AGREED = "agreed"
    CLOSED = "closed"  # both looked back, and what they said is open
    PUT_AWAY = "put_away"  # one of them ended it, and alone can take it up again


CURRENT = (AgreementState.TALKING, AgreementState.AGREED)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def for_seat(self, seat: Seat) -> AgreementQuerySet:
        if seat.couple is None:
            raise NotThere
        return self.filter(couple_id=seat.couple)

    def current(self, seat: Seat) -> AgreementQuerySet:
        """The one thing these two are at, if they are at one."""
        return self.for_seat(seat).filter(state__in=CURRENT)

    def newest(self, seat: Seat) -> AgreementQuerySet:
        """The one begun last, whatever became of it: revisions only grow."""
        return self.for_seat(seat).order_by("-revision")

    def finished(self, seat: Seat) -> AgreementQuerySet:
        """The ones both looked back at, newest first."""
        return self.newest(seat).filter(state=AgreementState.CLOSED)


class Agreement(SealedRow):
    """One talk about one strand, and the act that came of it.

    Its revision counts on from the couple's earlier ones. One person's look back never touches
    this row: it changes when both are in.
    """

    couple = models.ForeignKey(
        "couples.Couple", on_delete=models.CASCADE, related_name="agreements"
    )
    epoch = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.TALKING)
    review_on = models.DateField(null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["couple"],
                condition=models.Q(state__in=CURRENT),
                name="one_thing_at_a_time",
            )
        ]

    def subject(self) -> Subject:
        return Subject(self.couple_id, KeyClass.OPENED, self.epoch)

    def to_review(self, today: date) -> bool:
        """Whether the day has come on which each looks back at it."""
        return self.review_on is not None and self.review_on <= today


class LookBack(SealedRow):
    """How it went for one person, under their own key."""

    couple = models.ForeignKey("couples.Couple", on_delete=models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="looks_back")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["couple", "agreement", "author"], name="one_look_back_each"
            )
        ]

    def subject(self) -> Subject:
        return Subject(self.author_id, KeyClass.PRIVATE)
