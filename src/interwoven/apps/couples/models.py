"""Couples, the two places in each, and invitations to the second place."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from interwoven.core.people import Place
from interwoven.infra.crypto.keys import Key, KeyClass, Subject
from interwoven.infra.crypto.rows import SealedRow


class Couple(SealedRow):
    """Two people who confirmed each other. Of their evening only the next instant is not sealed."""

    epoch = models.PositiveIntegerField(default=1)  # of the words in this row
    key_epoch = models.PositiveIntegerField(default=1)  # of what is sealed from now on
    opens_at = models.DateTimeField(db_index=True)  # the next evening, so that it can be found
    came_at = models.DateTimeField(null=True)  # the last evening that came
    ended_on = models.DateField(null=True)

    def subject(self) -> Subject:
        return Subject(self.id, KeyClass.OPENED, self.epoch)

    def put(self, value: object, key: Key | None = None) -> None:
        self.epoch = self.key_epoch
        super().put(value, key)


class Membership(SealedRow):
    """One person's place in a couple, and what the other may call them."""

    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    place = models.CharField(max_length=1, choices=[(p.value, p.value) for p in Place])
    epoch = models.PositiveIntegerField(default=1)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["couple", "place"], name="one_person_per_place"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_on=None),
                name="one_current_couple_per_person",
            ),
        ]

    def subject(self) -> Subject:
        return Subject(self.couple_id, KeyClass.OPENED, self.epoch)

    def put(self, value: object, key: Key | None = None) -> None:
        self.epoch = self.couple.key_epoch
        super().put(value, key)

    def place_of(self, subject: Subject) -> tuple[str, ...]:
        """Bound to who sits there as well: a place that is given to another does not open."""
        return (*super().place_of(subject), str(self.person_id), self.place)


class Parting(SealedRow):
    """Somebody left a couple. What opened until then stays readable for them, under these names."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partings"
    )
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="partings")
    place = models.CharField(max_length=1, choices=[(p.value, p.value) for p in Place])
    until_epoch = models.PositiveIntegerField()
    left_on = models.DateField()

    def subject(self) -> Subject:
        return Subject(self.person_id, KeyClass.PRIVATE)


class InvitationState(models.TextChoices):
    OPEN = "open"  # may be answered by whoever holds link and code
    ANSWERED = "answered"  # somebody did; the inviter has not said whether it is them
    CLOSED = "closed"  # confirmed, refused, taken back or guessed at too often


class Invitation(SealedRow):
    """A link, good once and for seventy-two hours. Its words are the inviter's own.

    The token and the code are kept as HMACs. `greeting` is the inviter's name, sealed with the
    token itself, so that only someone who holds the link can read who sent it.
    """

    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    token_hmac = models.BinaryField(unique=True, max_length=32)
    code_hmac = models.BinaryField(max_length=32)
    greeting = models.BinaryField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="answered"
    )

    class Meta:
        indexes = [models.Index(fields=["inviter", "state"], name="invitations_of_a_person")]

    def subject(self) -> Subject:
        return Subject(self.inviter_id, KeyClass.PRIVATE)
