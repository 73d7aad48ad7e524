"""Making a copy ready: data folder, secrets, databases, static files, the demonstration.

Every step may be repeated; one whose outcome would be the same is passed over. A stamp in the data
folder tells: it holds the digest of all that the step depends on.
"""

import hashlib
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.checks import Error as CheckError
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connections

from interwoven.config import secrets
from interwoven.config.addresses import Database
from interwoven.config.env import ROOT, Env, Keeper
from interwoven.config.refusal import Refusal
from interwoven.config.variables import instance_file

ANY_TABLE = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema())"

Say = Callable[[str], None]


class NotReady(Refusal):
    """This copy cannot be made ready; the message says why and what to do."""


def make_folder_and_secrets(env: Env) -> None:
    """Make the data folder and its secrets, unless that would orphan what is already kept."""
    keyring_exists = _exists(env.keyring)
    if not keyring_exists and env.keyring.path and _exists(env.database):
        raise NotReady(
            f"{env.keyring.name} is missing, and what is in {env.database.name} cannot be read "
            "without it. Put the keyring back, or move the data away to begin anew."
        )
    secrets.make(env.data_dir, keyring_exists=keyring_exists)


def keep_choices(env: Env, *, demo: bool, keeper: Keeper, keeper_name: str) -> None:
    """Write down once what was chosen at the first start."""
    file = instance_file(env.data_dir)
    if file.exists():
        return
    lines = [
        "# This copy's own settings. A variable of the environment counts for more.",
        f"demo = {json.dumps(demo)}",
        f"keeper = {json.dumps(keeper.value)}",
        f"keeper_name = {json.dumps(keeper_name, ensure_ascii=False)}",
    ]
    _write(file, "\n".join(lines) + "\n")


def start_django() -> None:
    """Load settings and apps. Needs the secrets."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interwoven.config.settings")
    django.setup()


def prepare_databases(env: Env, say: Say, back_up: Callable[[], None] = lambda: None) -> None:
    """Bring both databases up to this version, the keyring first: data never lie without one.

    Before anything that holds data is changed, `back_up` is called. Killed at any moment, the next
    start goes on from there. Raises `NotReady`, and then nothing was changed, where a newer version
    has written in them.
    """
    refuse_if_newer(env)
    places = (env.database, env.keyring)
    parts = _digest([*_files("migrations/*.py"), ROOT / "requirements.txt"], *map(repr, places))
    if all(place.path and _exists(place) for place in places) and _stamped(env, "databases", parts):
        return
    say("      databases …")
    with _in_plain_words():
        _bring_up_to_date(env, back_up)
    connections.close_all()
    _stamp(env, "databases", parts)


def _bring_up_to_date(env: Env, back_up: Callable[[], None]) -> None:
    from interwoven.infra import migrating  # noqa: PLC0415 - needs Django

    there = [alias for alias in migrating.ALIASES if _exists(_place(env, alias))]
    used = [alias for alias in there if migrating.made(alias)]
    if "default" in used and any(map(migrating.pending, used)):
        connections.close_all()
        back_up()
    for alias in migrating.ALIASES:
        migrating.bring_up_to_date(alias)


def refuse_if_newer(env: Env) -> None:
    """Stop before this version uses what a newer one has written."""
    from interwoven.infra import migrating  # noqa: PLC0415 - needs Django

    ours = migrating.ours()
    for alias in migrating.ALIASES:
        with _in_plain_words():
            wrong = migrating.newer(alias, ours) if _exists(_place(env, alias)) else ""
        if wrong:
            raise NotReady(wrong)


def refuse_unless_of_this_version() -> None:
    """Stop before this version uses what a newer one has written, or what waits for `setup`."""
    from interwoven.infra import migrating  # noqa: PLC0415 - needs Django

    ours = migrating.ours()
    for alias in migrating.ALIASES:
        with _in_plain_words():
            wrong = migrating.of_another_version(alias, ours)
        if wrong:
            raise NotReady(wrong)


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except DatabaseError as wrong:
        raise NotReady(f"The database cannot be used: {_first_line(wrong)}") from None


def _place(env: Env, alias: str) -> Database:
    return {"keyring": env.keyring, "default": env.database}[alias]


def collect_static_files(env: Env, say: Say) -> None:
    """Put the static files together, each under a name made of its digest, and compressed."""
    parts = _digest([*_files("static/**/*"), ROOT / "requirements.txt"])
    if (env.static_dir / "staticfiles.json").exists() and _stamped(env, "static", parts):
        return
    say("      static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _stamp(env, "static", parts)


def finish_erasing() -> None:
    """Go on with any erasure that was interrupted, before anybody can sign in."""
    from django.utils import timezone  # noqa: PLC0415 - both need Django started

    from interwoven.apps.leaving import lasting  # noqa: PLC0415

    if lasting.go_on(timezone.now()):
        raise NotReady(
            "What was ended here could not be taken out. What is in the way is said above. Nothing "
            "is served until it is."
        )


def load_demonstration(env: Env, *, again: bool = False) -> str:
    """Load the demonstration once, and say how to sign in to it."""
    kept = env.data_dir / "demonstration.txt"
    if kept.exists() and not again:
        return kept.read_text(encoding="utf-8")
    said = io.StringIO()
    call_command("demo", reset=again, stdout=said)
    connections.close_all()
    _write(kept, said.getvalue())
    return said.getvalue()


def refuse_if_not_set_up(env: Env) -> None:
    """Stop before anything is opened that would otherwise be made anew, and empty."""
    secrets.load(env.data_dir)
    for database in (env.database, env.keyring):
        if database.path and not _exists(database):
            raise NotReady(f"{database.name} is missing. Put it back, or say: interwoven setup")


def refuse_if_unsound() -> None:
    """Stop a start with broken content, or keys that do not open what is kept."""
    wrong = [found.msg for found in run_checks() if isinstance(found, CheckError)]
    if wrong:
        raise NotReady("\n".join(wrong))


def _exists(database: Database) -> bool:
    """Say whether there is anything in this database yet."""
    if database.path:
        return database.path.exists() and database.path.stat().st_size > 0
    import psycopg  # noqa: PLC0415 - a tenth of a second, only where it is used

    try:
        with psycopg.connect(_dsn(database)) as connection:
            found = connection.execute(ANY_TABLE).fetchone()
    except psycopg.Error as wrong:
        raise NotReady(f"The database cannot be reached: {_first_line(wrong)}") from None
    return bool(found and found[0])


def _dsn(database: Database) -> str:
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - as above

    return make_conninfo(
        dbname=database.name,
        user=database.user or None,
        password=database.password or None,
        host=database.host or None,
        port=database.port,
        **database.options,
    )


def _files(pattern: str) -> list[Path]:
    return sorted(path for path in (ROOT / "src").glob(f"**/{pattern}") if path.is_file())


def _digest(files: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    digest.update("\0".join(words).encode())
    return digest.hexdigest()


def _stamped(env: Env, step: str, digest: str) -> bool:
    file = env.data_dir / "stamps" / step
    return file.exists() and file.read_text(encoding="ascii").strip() == digest


def _stamp(env: Env, step: str, digest: str) -> None:
    folder = env.data_dir / "stamps"
    folder.mkdir(mode=0o700, exist_ok=True)
    _write(folder / step, digest + "\n")


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner's eyes only."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    partial.touch(mode=0o600)
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)


def _first_line(wrong: Exception) -> str:
    lines = [line.strip() for line in str(wrong).splitlines() if line.strip()]
    return re.sub(r"\s+", " ", lines[0]) if lines else type(wrong).__name__
