"""Searches files for words, however they might be written there."""

from __future__ import annotations

import base64
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from math import ceil
from pathlib import Path
from urllib.parse import quote

MARK = "zqvxtr"  # what every word begins with that is typed to be looked for
PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")  # how gzip and zlib begin


def spellings(word: str) -> set[bytes]:
    """A word as it might be written: plain, wide, in base64 at any place, in hex, in per cent."""
    plain = word.encode()
    wide = {word.encode("utf-16-le"), word.encode("utf-16-be")}
    in_hex = plain.hex().encode()
    return {plain, *wide, *_in_base64(plain), in_hex, in_hex.upper(), quote(word).encode()}


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Those letters of it that are the same whatever stands before and after."""
    for before in range(3):
        whole = b"x" * before + plain + b"xx"
        first, last = ceil(8 * before / 6), 8 * (before + len(plain)) // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(whole)[first:last]


def found(words: Mapping[str, str], where: list[Path]) -> set[str]:
    """Which of these words are in which files there, by the files' names."""
    sought = {name: spellings(word) for name, word in words.items()}
    unmarked = {name: ways for name, ways in sought.items() if MARK not in words[name]}
    marks = spellings(MARK)
    hits = set()
    for path in chain.from_iterable(map(files, where)):
        with suppress(FileNotFoundError):
            for held in unpacked(path.read_bytes()):
                likely = sought if any(mark in held for mark in marks) else unmarked
                hits |= {f"{name} in {path.name}" for name in likely if _in(held, likely[name])}
    return hits


def held(content: str | bytes, words: Mapping[str, str]) -> set[str]:
    """Which of these words are in what somebody was given."""
    whole = content.encode() if isinstance(content, str) else content
    return {name for name, word in words.items() if _in(whole, spellings(word))}


def _in(content: bytes, ways: set[bytes]) -> bool:
    return any(way in content for way in ways)


def unpacked(content: bytes) -> Iterator[bytes]:
    """A file's content, and whatever lies in it that was made smaller."""
    yield content
    whole = memoryview(content)  # a slice of it is no copy
    for begin in PACKED.finditer(content):
        one = zlib.decompressobj(wbits=47)  # either of the two
        with suppress(zlib.error):
            if plain := one.decompress(whole[begin.start() :]):
                yield plain


def files(folder: Path) -> Iterator[Path]:
    """Every file there. Beside this copy, PostgreSQL holds databases that come and go meanwhile."""
    if folder.is_file():
        yield folder
    for inside, _, names in os.walk(folder, onerror=_unless_gone):
        yield from (Path(inside, name) for name in names if Path(inside, name).is_file())


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
