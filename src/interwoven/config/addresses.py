"""The addresses in the environment: of a database, a mail server, this copy, a key.

Each function takes the text of one variable and gives a frozen value, or raises `ValueError`
with a sentence that says what is wrong. No sentence repeats the text: it may hold a password.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

Tls = Literal["starttls", "ssl", "none"]
PUBLIC_KEY = re.compile("age1[02-9ac-hj-np-z]{58}")
NEARBY = (".local", ".lan", ".internal", ".home.arpa")
ENCRYPTED = {"require", "verify-ca", "verify-full"}
WELL_KNOWN = ("postgres", "password", "changeme", "interwoven", "secret")
POSTGRES_OPTIONS = {
    "application_name",
    "connect_timeout",
    "host",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
}


@dataclass(frozen=True)
class Database:
    """Where one database is. For SQLite only `name` is set, an absolute path."""

    engine: Literal["sqlite", "postgresql"]
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: int | None = None
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def place(self) -> tuple[str, int | None, str]:
        """What tells one database from another, whoever connects to it."""
        return (self.host, self.port, self.name)

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database; none for PostgreSQL."""
        return Path(self.name) if self.engine == "sqlite" else None


@dataclass(frozen=True)
class MailServer:
    """The SMTP server that takes this copy's mail."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "starttls"


def is_loopback(host: str) -> bool:
    """Say whether this name or address can only mean the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_everywhere(host: str) -> bool:
    """Say whether this means every address the machine has."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def is_nearby(host: str) -> bool:
    """Say whether this is a machine of one's own network, as far as its name tells."""
    if is_loopback(host) or ("." not in host.strip("[]") and ":" not in host):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return host.lower().endswith(NEARBY)


def is_in_the_open(database: Database) -> bool:
    """Say whether what goes to this database crosses the world without being encrypted."""
    if not database.host or database.host.startswith("/") or is_nearby(database.host):
        return False
    return database.options.get("sslmode") not in ENCRYPTED


def has_well_known_password(database: Database) -> bool:
    """Say whether anyone who reaches this database on another machine could guess their way in."""
    if not database.host or database.host.startswith("/") or is_loopback(database.host):
        return False
    guessed_first = {*WELL_KNOWN, database.user.lower()}
    return bool(database.password) and database.password.lower() in guessed_first


def database(text: str, *, beside: Path) -> Database:
    """Read `sqlite:///file` (from the folder `beside`), `sqlite:////path` or `postgres://…`."""
    parts = _split(text)
    match parts.scheme:
        case "sqlite" | "sqlite3":
            return _sqlite(parts, beside)
        case "postgres" | "postgresql":
            return _postgres(parts)
        case _:
            raise ValueError("is neither sqlite:///… nor postgres://…")


def mail_server(text: str) -> MailServer:
    """Read `smtp://user:password@host:port?tls=starttls`; tls is starttls, ssl or none."""
    parts = _split(text)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError("is not of the form smtp://user:password@host:port?tls=starttls")
    tls = _tls(_options(parts, allowed={"tls"}).get("tls", "starttls"))
    if tls == "none" and not is_loopback(parts.hostname):
        raise ValueError("says tls=none, which is only for a mail server on this machine")
    return MailServer(
        host=parts.hostname,
        port=parts.port or {"starttls": 587, "ssl": 465, "none": 25}[tls],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )


def origin(text: str) -> str:
    """Read an address of the form `https://name` or `https://name:port`, and give it plainly."""
    parts = _split(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is not of the form https://home.example")
    if parts.username is not None or parts.query or parts.fragment or parts.path not in {"", "/"}:
        raise ValueError("has more than a name and a port")
    if not set(parts.hostname) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-:"):
        raise ValueError("has a name with letters that a browser would not send")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def page(text: str) -> str:
    """Read the https address of a page somewhere else."""
    parts = _split(text)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise ValueError("is not of the form https://site.example/page")
    return text


def public_key(text: str) -> str:
    """Read a public key to back up to, as `interwoven backup-key` writes it."""
    if not PUBLIC_KEY.fullmatch(text):
        raise ValueError("is not a public key of the form age1…, or is cut short")
    return text


def _split(text: str) -> SplitResult:
    if any(letter.isspace() for letter in text):
        raise ValueError("has a space in it")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("has a host or a port that cannot be read") from None
    return parts


def _sqlite(parts: SplitResult, beside: Path) -> Database:
    path = unquote(parts.path.removeprefix("/"))
    if parts.netloc or parts.query or not path:
        raise ValueError("is not of the form sqlite:///file or sqlite:////full/path/to/file")
    return Database(engine="sqlite", name=str((beside / path).absolute()))


def _postgres(parts: SplitResult) -> Database:
    options = _options(parts, allowed=POSTGRES_OPTIONS)
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ValueError("does not name a database, as in postgres://user:password@host/name")
    port = options.pop("port", "")
    if port and not port.isdecimal():
        raise ValueError("has a port that is not a number")
    return Database(
        engine="postgresql",
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=int(port) if port else parts.port,
        options=MappingProxyType(options),
    )


def _options(parts: SplitResult, *, allowed: set[str]) -> dict[str, str]:
    found = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(found.keys() - allowed)
    if unknown:
        raise ValueError(f"has an option it may not have: {', '.join(unknown)}")
    return found


def _tls(text: str) -> Tls:
    match text:
        case "starttls" | "ssl" | "none":
            return text
        case _:
            raise ValueError("has a tls that is none of starttls, ssl and none")
