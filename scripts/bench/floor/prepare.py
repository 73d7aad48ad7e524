"""Make the floor's tables, its one person and thirty rows; print the key of a session."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import django
from django.conf import settings


def main() -> None:
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from bench.floor.models import Note
    from bench.floor.views import ROWS

    call_command("migrate", run_syncdb=True, verbosity=0)
    ana = User.objects.create_user("Ana")
    Note.objects.bulk_create(
        Note(
            author_id=ana.pk, day=date(2026, 1, 1) + timedelta(n), mark=n % 11, words="A walk " * 8
        )
        for n in range(ROWS)
    )
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(ana.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = ana.get_session_auth_hash()
    session.create()
    print(session.session_key)


if __name__ == "__main__":
    main()
