"""The environment, read once and checked whole: every mistake at once, each with its remedy."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from interwoven.config import addresses, variables
from interwoven.config.addresses import Database, MailServer
from interwoven.config.refusal import Refusal

ROOT = Path(__file__).resolve().parents[3]
EXIT_URL = "https://www.bbc.co.uk/weather"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_SECRET = 50
WELL_KNOWN_SECRETS = ("django-insecure", "changeme", "change-me", "secret", "insecure")


class BadEnvironment(Refusal):
    """The environment cannot be used; `problems` lists every reason, each with its remedy."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(f"- {problem}" for problem in problems))
        self.problems = problems


class Keeper(StrEnum):
    """Who keeps the machine this copy runs on."""

    PARTNER = "partner"
    PRACTICE = "practice"
    OTHER = "other"
    UNSAID = "unsaid"


class SignUp(StrEnum):
    """Who may make an account."""

    OPEN = "open"  # whoever finds this copy
    INVITED = "invited"  # whoever came by a link of somebody who has one
    CLOSED = "closed"  # nobody any more


@dataclass(frozen=True, kw_only=True)
class Env:
    """Everything this copy was told from outside."""

    host: str
    port: int
    debug: bool
    database: Database
    keyring: Database
    data_dir: Path
    secret_key: str | None = field(repr=False)
    public_url: str | None
    trusted_proxy: int
    email: MailServer | None
    mail_from: str
    time_zone: str
    exit_url: str
    keeper: Keeper
    keeper_name: str
    sign_up: SignUp
    demo: bool
    instance_name: str
    backup_to: str

    @property
    def https(self) -> bool:
        """Browsers reach this copy by https, so cookies are for https only."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def address(self) -> str:
        """Where a browser finds this copy."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names a request may be addressed to: this machine's own and the public one."""
        return tuple(dict.fromkeys((*LOOPBACK_NAMES, *_names(self.public_url), *_names_of(self))))

    @property
    def trusted_origins(self) -> tuple[str, ...]:
        """The origins whose forms are taken besides the one a request is addressed to."""
        return (self.public_url,) if self.public_url else ()

    @property
    def static_dir(self) -> Path:
        """Where the hashed and compressed static files are put."""
        return self.data_dir / "static"


def read(environ: Mapping[str, str]) -> Env:
    """Read the variables, over the defaults kept in `instance.toml` in the data folder.

    Raises `BadEnvironment` with everything that is wrong, not only the first.
    """
    problems: list[str] = []
    data_dir = Path(environ.get("DATA_DIR") or ROOT / "data").expanduser().absolute()
    ask = variables.Reader(variables.merged(environ, data_dir, problems), problems)
    public_url = ask.parsed("PUBLIC_URL", None, addresses.origin, "PUBLIC_URL=https://home.example")
    env = Env(
        host=ask.parsed("HOST", "127.0.0.1", _host, "HOST=127.0.0.1"),
        port=ask.number("PORT", 8000, low=1, high=65535),
        debug=ask.switch("DEBUG"),
        database=ask.database("DATABASE_URL", data_dir, "interwoven.sqlite3"),
        keyring=ask.database("KEYRING_URL", data_dir, "keyring.sqlite3"),
        data_dir=data_dir,
        secret_key=ask.text("SECRET_KEY", "", longest=1000) or None,
        public_url=public_url,
        trusted_proxy=ask.number("TRUSTED_PROXY", int(_is_https(public_url)), low=0, high=9),
        email=ask.parsed("EMAIL_URL", None, _mail_server, "EMAIL_URL=smtp://user:password@host"),
        mail_from=ask.parsed(
            "MAIL_FROM", _sender(public_url), _mailbox, "MAIL_FROM=us@home.example"
        ),
        time_zone=ask.parsed("TIME_ZONE", "UTC", _zone, "TIME_ZONE=Europe/London"),
        exit_url=ask.parsed("EXIT_URL", EXIT_URL, addresses.page, f"EXIT_URL={EXIT_URL}"),
        keeper=ask.parsed("KEEPER", Keeper.UNSAID, _keeper, "KEEPER=partner"),
        keeper_name=ask.text("KEEPER_NAME", "", longest=80),
        sign_up=ask.parsed("SIGN_UP", SignUp.OPEN, _sign_up, "SIGN_UP=invited"),
        demo=ask.switch("DEMO"),
        instance_name=ask.text("INSTANCE_NAME", "Interwoven", longest=60),
        backup_to=ask.parsed("BACKUP_TO", "", addresses.public_key, "interwoven backup-key"),
    )
    problems += _contradictions(env) + _reasons_not_to_be_public(env)
    if problems:
        raise BadEnvironment(tuple(problems))
    return env


def _contradictions(env: Env) -> list[str]:
    problems = []
    if env.keyring.place == env.database.place:
        problems.append(
            "KEYRING_URL is the same database as DATABASE_URL, so whoever took one would have both "
            "the words and their keys. Give the keyring a database of its own."
        )
    if env.https and env.trusted_proxy == 0:
        problems.append(
            "PUBLIC_URL is https, which a proxy in front must speak, but TRUSTED_PROXY=0 says that "
            "there is none. Say TRUSTED_PROXY=1."
        )
    if (urlsplit(env.exit_url).hostname or "") in {name.strip("[]") for name in env.allowed_hosts}:
        problems.append(
            "EXIT_URL is this copy itself, and Quick exit must lead away from it. Name a page that "
            f"anyone might have open, as in EXIT_URL={EXIT_URL}."
        )
    return problems + _misplaced(env)


def _misplaced(env: Env) -> list[str]:
    """List what would lie where it is handed out or thrown away, or could be read on its way."""
    problems = []
    if env.data_dir.resolve().is_relative_to(ROOT / "src"):
        problems.append(
            "DATA_DIR lies within the program's own files, some of which are handed to anybody. "
            "Name a folder of its own."
        )
    for name, database in (("DATABASE_URL", env.database), ("KEYRING_URL", env.keyring)):
        if database.path and database.path.resolve().is_relative_to(env.static_dir.resolve()):
            problems.append(
                f"{name} lies in the folder of static files, which are handed to anybody and made "
                "anew. Name a file outside it."
            )
        problems += _exposed(name, database)
    return problems


def _exposed(name: str, database: Database) -> list[str]:
    """List what would let others on the way to this database, or beside it, read along."""
    problems = []
    if addresses.is_in_the_open(database):
        problems.append(
            f"{name} is on a machine elsewhere, and nothing says that the way there is "
            "encrypted. End it in ?sslmode=verify-full."
        )
    if addresses.has_well_known_password(database):
        problems.append(
            f"{name} is on another machine, and its password is a well-known one. Give the "
            "database's user another."
        )
    return problems


def _reasons_not_to_be_public(env: Env) -> list[str]:
    """List what a copy that others can reach must not have."""
    if addresses.is_loopback(env.host) and all(map(addresses.is_loopback, _names(env.public_url))):
        return []
    found = []
    if env.debug:
        found.append("DEBUG is on, and its pages show what people wrote. Leave DEBUG out")
    if env.secret_key is not None and _is_weak(env.secret_key):
        found.append(
            f"SECRET_KEY is a well-known one or shorter than {SHORTEST_SECRET} letters, and can be "
            "guessed. Leave it out, and the one made at the first start is used"
        )
    if not env.https:
        found.append(
            "there is no HTTPS, so anyone on the way could read along. Put a proxy in front "
            "(docs/how-to/two-phones.md) and say PUBLIC_URL=https://…"
        )
    return [f"Others could reach this copy, and {reason}." for reason in found]


def _is_weak(secret: str) -> bool:
    known = secret.lower().startswith(WELL_KNOWN_SECRETS)
    return known or len(secret) < SHORTEST_SECRET or len(set(secret)) < 10


def _is_https(public_url: str | None) -> bool:
    return public_url is not None and public_url.startswith("https://")


def _names(public_url: str | None) -> tuple[str, ...]:
    name = urlsplit(public_url).hostname if public_url else None
    return () if name is None else (f"[{name}]" if ":" in name else name,)


def _names_of(env: Env) -> tuple[str, ...]:
    """The address listened on, where it is one that a browser could ask for."""
    if addresses.is_everywhere(env.host):
        return ()
    return (f"[{env.host}]" if ":" in env.host else env.host,)


def _sender(public_url: str | None) -> str:
    return f"interwoven@{next(iter(_names(public_url)), 'localhost')}"


def _host(text: str) -> str:
    if not set(text.lower()) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-:"):
        raise ValueError("is not a name or an address to listen on")
    return text


def _mail_server(text: str) -> MailServer | None:
    return None if text == "none" else addresses.mail_server(text)


def _mailbox(text: str) -> str:
    name, at, domain = text.partition("@")
    if not (name and at and domain) or "@" in domain or any(map(str.isspace, text)):
        raise ValueError("is not an e-mail address")
    return text


def _zone(text: str) -> str:
    try:
        return zoneinfo.ZoneInfo(text).key
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise ValueError("is not the name of a time zone") from None


def _sign_up(text: str) -> SignUp:
    try:
        return SignUp(text)
    except ValueError:
        raise ValueError(f"is none of {', '.join(SignUp)}") from None


def _keeper(text: str) -> Keeper:
    try:
        return Keeper(text)
    except ValueError:
        raise ValueError(f"is none of {', '.join(Keeper)}") from None
