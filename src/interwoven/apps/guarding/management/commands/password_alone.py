"""Take away what guards somebody's signing in, when they lost all of it and ask the keeper.

interwoven manage password_alone ana@example.org
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interwoven.apps.accounts.models import Person
from interwoven.apps.guarding import actions
from interwoven.core.people import Seat


class Command(BaseCommand):
    help = "Let somebody sign in with the password alone, who lost their codes and passkeys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["address"].lower(), is_active=True).first()
        if person is None:
            raise CommandError("Nobody here has this address.")
        count = actions.leave_the_password_alone(by=Seat(person.pk), now=timezone.now())
        said = "Taken away. The password is enough now." if count else "There was nothing besides."
        self.stdout.write(said)
