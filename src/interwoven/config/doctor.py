"""Looking a copy over: what is wrong with it, and what to do about each. Changes nothing."""

import shutil
import smtplib
import ssl
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from interwoven.config import env as environment
from interwoven.config import secrets, steps
from interwoven.config.addresses import MailServer
from interwoven.config.env import BadEnvironment, Env
from interwoven.config.refusal import Refusal
from interwoven.upkeep import backup, before, exchange
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.sqlite import refuse_if_broken

MAIL_WAITS = 5.0  # seconds
LEAST_FREE = 500_000_000  # bytes; and room for three times the databases
BACKUP_GOOD_FOR = timedelta(hours=26)
OLD_KEPT = timedelta(days=14)
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


def _old_databases(env: Env, now: datetime) -> Says:
    """What was put aside by a restore, or before an upgrade, holds what was erased since."""
    for database in (env.database, env.keyring):
        if database.path is None:
            continue
        for path in sorted(database.path.parent.glob(f"{database.path.name}.before-*")):
            day = _day_of(path.name.partition(".before-")[2])
            if day and now.date() - day > OLD_KEPT:
                yield (
                    f"{path} is what a restore put aside more than {OLD_KEPT.days} days ago, and "
                    "holds what people have erased since. Remove it once you are sure."
                )
    for path in sorted(env.data_dir.glob(f"{before.PREFIX}*")):
        day = _day_of(path.name.removeprefix(before.PREFIX))
        if day and now.date() - day > OLD_KEPT:
            yield (
                f"{path} was made before an upgrade more than {OLD_KEPT.days} days ago, and holds "
                "what people have erased since. Remove it."
            )


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
        _greet(env.email)
    except OSError as wrong:
        place = f"{env.email.host}:{env.email.port}"
        yield (
            f"The mail server {place} did not take us in ({type(wrong).__name__}), so links to new "
            "passwords do not arrive. Look at EMAIL_URL, or say EMAIL_URL=none."
        )


def _greet(server: MailServer) -> None:
    safe = ssl.create_default_context()
    if server.tls == "ssl":
        door: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=MAIL_WAITS, context=safe
        )
    else:
        door = smtplib.SMTP(server.host, server.port, timeout=MAIL_WAITS)
    with door:
        if server.tls == "starttls":
            door.starttls(context=safe)
        if server.user:
            door.login(server.user, server.password)


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

    for alias in ("default", "keyring"):
        if strange := migrating.strange_to_us(alias):
            yield migrating.newer(alias, strange)
        elif migrating.pending(alias):
            yield migrating.older(alias)


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
            f"The clock says {now.date()}, and something was kept on {newest}. One of the two is "
            "wrong: set the clock, and see that it stays right (timedatectl set-ntp true)."
        )


OUTSIDE: dict[str, Callable[[Env, datetime], Says]] = {
    "secrets": _secrets,
    "files": _files,
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
