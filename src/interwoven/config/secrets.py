"""The secrets of this copy: made once, kept in files only their owner can read.

They are never overwritten. A key that is missing or the wrong length stops the start: nothing is
ever written in plain text for want of a key, and no new key is made over an old keyring.
"""

import os
import re
import secrets as dice
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from interwoven.config.refusal import Refusal
from interwoven.upkeep.files import keep

KEY_BYTES = 32
SECRET_KEY_LETTERS = 50
KEK = re.compile(r"kek-([1-9][0-9]{0,8})")
HIGHEST = "highest-kek"  # the number of the last key file that was ever added here


class BadSecrets(Refusal):
    """The secrets cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Secrets:
    """The secret of signed values, the root of derived keys, the keys that wrap keys."""

    secret_key: str = field(repr=False)
    root: bytes = field(repr=False)
    keks: dict[int, bytes] = field(repr=False)
    folder: Path | None = field(default=None, repr=False, compare=False)

    def learn(self) -> None:
        """Take up key files that were added since. One that must not be used is left out."""
        for number, path in _keks(self.folder) if self.folder else ():
            if number not in self.keks:
                with suppress(BadSecrets):
                    self.keks[number] = _key(path)


def make(data_dir: Path, *, keyring_exists: bool) -> None:
    """Make the folders and whichever secrets are missing, and nothing over what is there.

    Raises `BadSecrets` where a keyring exists without the keys that open it.
    """
    folder = data_dir / "secrets"
    missing = [name for name in ("root", "kek-1") if not _has(folder, name)]
    if keyring_exists and missing:
        raise BadSecrets(_lost(folder, missing))
    try:
        _make_folder(data_dir)
        _make_folder(folder)
        _keep_new(folder / "secret_key", dice.token_urlsafe(SECRET_KEY_LETTERS).encode())
        for name in missing:
            _keep_new(folder / name, dice.token_bytes(KEY_BYTES))
    except OSError as wrong:
        raise BadSecrets(
            f"{data_dir} cannot be written ({wrong.strerror}). Give this user the right to write "
            "there, or name another folder with DATA_DIR."
        ) from None


def load(data_dir: Path) -> Secrets:
    """Read all secrets. Raises `BadSecrets`, naming the file, when one must not be used."""
    folder = data_dir / "secrets"
    if not folder.is_dir():
        raise BadSecrets(f"{folder} is missing. Run ./run, or: interwoven setup")
    _refuse_if_open_to_others(data_dir)
    _refuse_if_open_to_others(folder)
    secret_key = _contents(folder / "secret_key").decode("ascii", "replace").strip()
    if len(secret_key) < SECRET_KEY_LETTERS:
        raise BadSecrets(f"{folder / 'secret_key'} is shorter than {SECRET_KEY_LETTERS} letters.")
    keks = {number: _key(path) for number, path in _keks(folder)}
    if not keks:
        raise BadSecrets(_lost(folder, ["kek-1"]))
    return Secrets(secret_key, _key(folder / "root"), keks, folder)


def add_kek(data_dir: Path) -> int:
    """Add a key file beside the others, which stay as they are, and give its number.

    No number is used twice, also once the file is removed: an old backup may name it.
    """
    folder = data_dir / "secrets"
    number = max(_highest_ever(folder), *(number for number, _ in _keks(folder))) + 1
    keep(folder / HIGHEST, f"{number}\n")
    _keep_new(folder / f"kek-{number}", dice.token_bytes(KEY_BYTES))
    return number


def _highest_ever(folder: Path) -> int:
    try:
        return int((folder / HIGHEST).read_text(encoding="ascii"))
    except (OSError, ValueError):  # no file was added yet
        return 0


def _has(folder: Path, name: str) -> bool:
    if name == "kek-1":
        return bool(_keks(folder))
    return (folder / name).exists()


def _keks(folder: Path) -> list[tuple[int, Path]]:
    """The numbered key files, in order."""
    found = [(KEK.fullmatch(path.name), path) for path in folder.glob("kek-*")]
    return sorted((int(match[1]), path) for match, path in found if match)


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_if_open_to_others(folder)


def _keep_new(path: Path, contents: bytes) -> None:
    """Write a file that is not there yet, whole or not at all."""
    if path.exists():
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        _link(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _link(partial: Path, path: Path) -> None:
    """Give the file its name, unless another start was quicker."""
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        return


def _key(path: Path) -> bytes:
    contents = _contents(path)
    if len(contents) != KEY_BYTES:
        raise BadSecrets(
            f"{path} holds {len(contents)} bytes and must hold {KEY_BYTES}. Put back the file from "
            "your copy of the secrets; a key that was cut short opens nothing."
        )
    return contents


def _contents(path: Path) -> bytes:
    try:
        _refuse_if_open_to_others(path)
        return path.read_bytes()
    except FileNotFoundError:
        raise BadSecrets(_lost(path.parent, [path.name])) from None
    except OSError as wrong:
        raise BadSecrets(f"{path} cannot be read ({wrong.strerror}).") from None


def _refuse_if_open_to_others(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        right = "700" if path.is_dir() else "600"
        raise BadSecrets(
            f"{path} can be read by others on this machine (mode {mode:03o}). "
            f"Say: chmod {right} '{path}'"
        )


def _lost(folder: Path, names: list[str]) -> str:
    files = " and ".join(str(folder / name) for name in names)
    return (
        f"Missing: {files}, without which nothing here can be read. Put back the secrets from your "
        "copy of them; no new key is made over an old one."
    )
