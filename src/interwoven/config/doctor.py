"""Looking a copy over: what is wrong with it, and what to do about each. Changes nothing."""

import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from interwoven.config import env as environment
from interwoven.config import secrets, steps
from interwoven.config.copies import copy_of
from interwoven.config.env import BadEnvironment, Env
from interwoven.config.greeting import greet
from interwoven.config.refusal import Refusal
from interwoven.infra import handlings, ledger
from interwoven.upkeep import backup, before, exchange
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.sqlite import refuse_if_broken

LEAST_FREE = 500_000_000  # bytes; and room for three times the databases
BACKUP_GOOD_FOR = timedelta(hours=26)
OLD_KEPT = timedelta(days=14)
OLD = (
    "{name} was {made} more than {days} days ago, and holds what people have erased since. Remove "
    "it once you are sure."
)
MADE = date(2026, 11, 1)  # no honest clock says less

Says = Iterator[str]


@dataclass(frozen=True, slots=True)
class Problem:
    about: str
    says: str  # what is wrong, and what to do


@dataclass(slots=True)
class Findings:
    looked_at: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)

    def look(self, about: str, says: Says) -> None:
        """Take down what is wrong with one thing."""
        self.looked_at.append(about)
        self.problems += [Problem(about, words) for words in says]

    def as_data(self) -> dict[str, object]:
        return {"well": not self.problems, **asdict(self)}

    def in_words(self) -> str:
        lines = [f"- {problem.about}: {problem.says}" for problem in self.problems]
        if self.not_looked_at:
            lines.append(f"Not looked at until that is mended: {', '.join(self.not_looked_at)}.")
        if not self.problems:
            lines.append(f"All is well: {', '.join(self.looked_at)}.")
        return "\n".join(lines)


def examine(environ: Mapping[str, str], now: datetime) -> Findings:
    found = Findings()
    later: dict[str, Callable[[Env, datetime], Says]] = {**OUTSIDE, **INSIDE}
    try:
        env = environment.read(environ)
    except BadEnvironment as wrong:
        found.look("settings", iter(wrong.problems))
        found.not_looked_at = [*later]
        return found
    found.look("settings", iter(()))
    for about, check in OUTSIDE.items():
        found.look(about, check(env, now))
    if not _can_be_opened(env):
        found.not_looked_at = [*INSIDE]
        return found
    steps.start_django()
    for about, check in INSIDE.items():
        found.look(about, _guarded(check(env, now)))
    return found


def _guarded(says: Says) -> Says:
    """A database that cannot be asked is a finding too."""
    from django.db import Error as DatabaseError  # noqa: PLC0415 - needs Django

    try:
        yield from says
    except DatabaseError as wrong:
        yield (
            f"A database cannot be read ({type(wrong).__name__}). Is it reachable, and whole? If "
            "it is damaged, restore a backup: docs/how-to/back-up-and-restore.md"
        )


def _secrets(env: Env, _: datetime) -> Says:
    if not env.data_dir.is_dir():
        yield f"There is no copy in {env.data_dir}. Make one with: interwoven setup"
        return
    try:
        secrets.load(env.data_dir)
    except Refusal as wrong:
        yield str(wrong)


def _files(env: Env, _: datetime) -> Says:
    """The databases are there, and for their owner alone."""
    for database in (env.database, env.keyring):
        if database.path is None:
            continue
        if not database.path.exists():
            yield f"{database.path} is missing. Put it back: docs/how-to/back-up-and-restore.md"
            continue
        if stat.S_IMODE(database.path.stat().st_mode) & 0o077:
            yield (
                f"{database.path} can be read by others on this machine. "
                f"Say: chmod 600 '{database.path}'"
            )
        try:
            refuse_if_broken(database.path, str(database.path))
        except Refused as wrong:
            yield str(wrong)
    if exchange.is_begun(env.data_dir):
        yield "A restore was cut short. Say interwoven setup, which ends it."


def _owners(env: Env, _: datetime) -> Says:
    """What whoever serves the copy reads and writes besides the databases is theirs."""
    if not env.data_dir.is_dir():
        return
    owner = _owner_of(env.data_dir)
    for path in (env.data_dir / handlings.NAME, env.data_dir / ledger.NAME):
        if path.exists() and _owner_of(path) != owner:
            yield (
                f"{path} belongs to another user than the folder it lies in, as after a command "
                "with sudo, so the served copy cannot use it. "
                f"Say: sudo chown {owner} '{path}'"
            )


def _owner_of(path: Path) -> int:
    return path.stat().st_uid


def _old_databases(env: Env, now: datetime) -> Says:
    """What was put aside by a restore, or before an upgrade, holds what was erased since."""
    yield from _too_old(_put_aside(env), "put aside by a restore", now)
    yield from _too_old(_before_upgrades(env), "made before an upgrade", now)


def _too_old(dated: Iterable[tuple[str, str]], made: str, now: datetime) -> Says:
    for name, text in dated:
        day = _day_of(text)
        if day and now.date() - day > OLD_KEPT:
            yield OLD.format(name=name, made=made, days=OLD_KEPT.days)


def _put_aside(env: Env) -> Iterator[tuple[str, str]]:
    with suppress(Refused):  # that a database cannot be reached is found below
        for store in copy_of(env).stores:
            yield from store.put_aside()


def _before_upgrades(env: Env) -> Iterator[tuple[str, str]]:
    for path in sorted(env.data_dir.glob(f"{before.PREFIX}*")):
        yield str(path), path.name.removeprefix(before.PREFIX)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _static(env: Env, _: datetime) -> Says:
    if not (env.static_dir / "staticfiles.json").exists():
        yield "The pages' styles and scripts are not put together. Say: interwoven setup"


def _disk(env: Env, _: datetime) -> Says:
    if not env.data_dir.is_dir():
        return
    paths = [one.path for one in (env.database, env.keyring) if one.path and one.path.exists()]
    wanted = max(LEAST_FREE, 3 * sum(path.stat().st_size for path in paths))
    free = shutil.disk_usage(env.data_dir).free
    if free < wanted:
        yield (
            f"The disk of {env.data_dir} has {free / 1e6:,.0f} MB left, and {wanted / 1e6:,.0f} MB "
            "are wanted for writing, backing up and restoring. Make room."
        )


def _mail(env: Env, _: datetime) -> Says:
    if env.email is None:
        return
    try:
        greet(env.email)
    except OSError as wrong:
        place = f"{env.email.host}:{env.email.port}"
        yield (
            f"The mail server {place} did not take us in ({type(wrong).__name__}), so links to new "
            "passwords do not arrive. Look at EMAIL_URL, or say EMAIL_URL=none."
        )


def _backups(env: Env, now: datetime) -> Says:
    if env.demo or not env.data_dir.is_dir():
        return
    last = backup.last(env.data_dir)
    if last is None:
        yield (
            "No backup was ever made here. Say interwoven backup-key, once, and interwoven backup "
            "FILE every day: docs/how-to/back-up-and-restore.md"
        )
    elif now - last[1] > BACKUP_GOOD_FOR:
        hours = (now - last[1]) // timedelta(hours=1)
        yield f"The last backup, {last[0]}, is {hours} hours old. Say: interwoven backup FILE"


def _can_be_opened(env: Env) -> bool:
    """Say whether Django can be started on it, without making a file that is not there."""
    try:
        steps.refuse_if_not_set_up(env)
    except Refusal:
        return False
    return not exchange.is_begun(env.data_dir)


def _schema(_: Env, __: datetime) -> Says:
    from interwoven.infra import migrating  # noqa: PLC0415 - needs Django

    ours = migrating.ours()
    for alias in migrating.ALIASES:
        if wrong := migrating.of_another_version(alias, ours):
            yield wrong


def _content(_: Env, __: datetime) -> Says:
    from interwoven.infra import checks  # noqa: PLC0415 - needs Django

    yield from (
        f"{found.msg}. Put the file back as it was: interwoven content check"
        for found in checks.content_is_whole()
    )


def _keys(_: Env, __: datetime) -> Says:
    from interwoven.infra import checks  # noqa: PLC0415 - needs Django
    from interwoven.infra.crypto import keys  # noqa: PLC0415 - as above

    wrong = [str(found.msg) for found in checks.keys_open_what_is_kept()]
    yield from wrong
    if not wrong and len(keys.counted()) > 1:
        yield "A rotation of keys was cut short. Say interwoven keys rotate, which ends it."


def _clock(_: Env, now: datetime) -> Says:
    from interwoven.infra.models import AuditEntry  # noqa: PLC0415 - needs Django

    if now.date() < MADE:
        yield f"The clock says {now.date()}, which is before this version was made. Set it."
    newest = AuditEntry.objects.order_by("-day").values_list("day", flat=True).first()
    if newest and newest > now.date() + timedelta(days=1):
        yield (
            f"The clock says {now.date()}, and something was kept on a later day. One of the two "
            "is wrong: set the clock, and see that it stays right (timedatectl set-ntp true)."
        )


OUTSIDE: dict[str, Callable[[Env, datetime], Says]] = {
    "secrets": _secrets,
    "files": _files,
    "owners": _owners,
    "old databases": _old_databases,
    "static files": _static,
    "disk": _disk,
    "mail": _mail,
    "backups": _backups,
}
INSIDE: dict[str, Callable[[Env, datetime], Says]] = {
    "schema": _schema,
    "content": _content,
    "keys": _keys,
    "clock": _clock,
}
