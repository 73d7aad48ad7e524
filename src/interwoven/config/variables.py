"""Taking variables one after another: from the environment, a secret file, `instance.toml`.

What is wrong is noted, never raised, so that everything wrong can be told at once.
"""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from interwoven.config import addresses
from interwoven.config.addresses import Database

NAMES = (
    "HOST", "PORT", "DEBUG", "DATABASE_URL", "KEYRING_URL", "DATA_DIR", "SECRET_KEY", "PUBLIC_URL",
    "TRUSTED_PROXY", "EMAIL_URL", "MAIL_FROM", "TIME_ZONE", "EXIT_URL", "KEEPER", "KEEPER_NAME",
    "SIGN_UP", "DEMO", "INSTANCE_NAME", "BACKUP_TO",
)  # fmt: skip
FROM_A_FILE = ("DATABASE_URL", "KEYRING_URL", "SECRET_KEY", "EMAIL_URL")
NOT_IN_THE_FILE = ("DATA_DIR", "SECRET_KEY")

T = TypeVar("T")


def instance_file(data_dir: Path) -> Path:
    """The file with this copy's own defaults: who keeps it, and whether it is a demonstration."""
    return data_dir / "instance.toml"


class Reader:
    """Takes one variable after another, and notes what is wrong instead of stopping."""

    def __init__(self, found: Mapping[str, str], problems: list[str]) -> None:
        self.found = found
        self.problems = problems

    def text(self, name: str, default: str, *, longest: int) -> str:
        text = self.found.get(name, "").strip()
        if len(text) > longest:
            self.problems.append(f"{name} is longer than {longest} letters. Shorten it.")
        return text or default

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        text = self.found.get(name, "").strip() or str(default)
        if not (text.isascii() and text.isdecimal() and len(text) < 9 and low <= int(text) <= high):
            self.problems.append(
                f"{name} is not a whole number from {low} to {high}. Say, for example, "
                f"{name}={default}."
            )
            return default
        return int(text)

    def switch(self, name: str) -> bool:
        match self.found.get(name, "").strip().lower():
            case "1" | "on" | "true" | "yes":
                return True
            case "" | "0" | "off" | "false" | "no":
                return False
            case _:
                self.problems.append(
                    f"{name} is neither on nor off. Say {name}=on or leave it out."
                )
                return False

    def parsed(self, name: str, default: T, parse: Callable[[str], T], remedy: str) -> T:
        text = self.found.get(name, "").strip()
        try:
            return parse(text) if text else default
        except ValueError as wrong:
            self.problems.append(f"{name} {wrong}. Say, for example, {remedy}.")
            return default

    def database(self, name: str, data_dir: Path, file: str) -> Database:
        default = Database(engine="sqlite", name=str(data_dir / file))
        return self.parsed(
            name,
            default,
            lambda text: addresses.database(text, beside=data_dir),
            f"{name}=sqlite:///{file} or {name}=postgres://user:password@host/name",
        )


def merged(environ: Mapping[str, str], data_dir: Path, problems: list[str]) -> dict[str, str]:
    found = _kept(instance_file(data_dir), problems)
    for name in NAMES:
        if environ.get(name):
            found[name] = environ[name]
    for name in FROM_A_FILE:
        if environ.get(f"{name}_FILE"):
            found[name] = _secret_file(name, environ, problems)
    for name, text in list(found.items()):
        if not text.isprintable():
            problems.append(f"{name} has letters that cannot be printed. Type it again.")
            del found[name]
    return found


def _secret_file(name: str, environ: Mapping[str, str], problems: list[str]) -> str:
    if environ.get(name):
        problems.append(f"{name} and {name}_FILE are both set. Leave one of them out.")
    try:
        return Path(environ[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        problems.append(
            f"{name}_FILE names a file that cannot be read. Correct its path or rights."
        )
        return ""


def _kept(file: Path, problems: list[str]) -> dict[str, str]:
    try:
        kept = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as wrong:
        problems.append(f"{file} cannot be read ({wrong}). Correct it, or remove it.")
        return {}
    allowed = {name.lower() for name in NAMES} - {name.lower() for name in NOT_IN_THE_FILE}
    for key, value in kept.items():
        if key not in allowed or isinstance(value, dict | list):
            problems.append(f"{file}: {key} is not a setting it may hold. Remove that line.")
    return {key.upper(): str(value) for key, value in kept.items() if key in allowed}
