"""What there is of one person in the data, and taking it out.

What they opened to a partner stays with that partner, under the couple's key, and so does the name
they had there: it is the other's as well. Of the account a row without an address is left, which
the other's pages stand on.
"""

from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import Model

from interwoven.apps.accounts.models import Consent, Person, PrivateLock, Profile
from interwoven.apps.agreements.models import LookBack
from interwoven.apps.checkins.models import Arrival, CheckIn
from interwoven.apps.couples.models import Invitation, InvitationState, Parting
from interwoven.infra.models import AuditEntry, FormDraft, Submission

NOBODY = UUID(int=0)
NOWHERE = "erased.invalid"  # a domain that can never exist
THEIRS: tuple[tuple[type[Model], str], ...] = (
    (Arrival, "person"),
    (Authenticator, "user"),
    (CheckIn, "author"),
    (Consent, "person"),
    (EmailAddress, "user"),
    (FormDraft, "author"),
    (Invitation, "inviter"),
    (LookBack, "author"),
    (Parting, "person"),
    (PrivateLock, "person"),
    (Profile, "person"),
    (Submission, "author"),
)


def forget_in_audit(person: UUID) -> None:
    """What was done stays on record, and not by whom; the record of erasing as well."""
    AuditEntry.objects.filter(person=person).update(person=NOBODY)


def erased_by_now() -> list[UUID]:
    """Everybody who was erased, as their row tells."""
    gone = Person.objects.filter(is_active=False, email__endswith=f"@{NOWHERE}")
    return list(gone.values_list("pk", flat=True))


def erase_rows(person: UUID) -> None:
    """Everything of this person's alone. Run twice, it finds nothing more to do."""
    for model, column in THEIRS:
        everybodys = model._default_manager  # noqa: SLF001 - Django's public API
        everybodys.filter(**{column: person}).delete()
    answered = Invitation.objects.filter(answered_by_id=person)
    answered.update(answered_by=None, state=InvitationState.CLOSED)
    Person.objects.filter(pk=person).update(
        email=f"{person.hex}@{NOWHERE}", password=make_password(None), is_active=False
    )
