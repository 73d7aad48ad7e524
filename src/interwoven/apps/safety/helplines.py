"""Telephone lines by country, read once from `helplines.toml` and refused whole if one is wrong."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("helplines.toml")
KINDS = ("abuse", "crisis")
NUMBER = re.compile(r"[0-9][0-9 -]*")
SITE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9/._+-]*)?")


class BadHelplines(Exception):
    """The file of lines cannot be trusted; the message says which entry and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody who answers: by telephone, or on a site where there is no single number."""

    kind: str
    name: str
    source: str
    last_checked: date
    number: str = ""
    site: str = ""
    about: str = ""
    trace: str = ""

    def __post_init__(self) -> None:
        _require(self.kind in KINDS, f"{self.name}: {self.kind!r} is none of {KINDS}")
        _require(bool(self.name), "a line has no name")
        _require(bool(self.number) != bool(self.site), f"{self.name}: needs a number or a site")
        _require(not self.number or bool(NUMBER.fullmatch(self.number)), f"{self.name}: number")
        for site in filter(None, (self.site, self.source)):
            _require(bool(SITE.fullmatch(site)), f"{self.name}: {site!r} is not an address")
        _require(isinstance(self.last_checked, date), f"{self.name}: last_checked is not a date")

    @property
    def dial(self) -> str:
        return re.sub(r"[^0-9]", "", self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country: whom to call at once, who listens, and a word about traces."""

    code: str
    name: str
    emergency: str
    emergency_about: str = ""
    note: str = ""
    lines: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(re.fullmatch(r"[a-z]{2}(-[a-z]+)?", self.code)), f"{self.code!r}: code")
        _require(bool(NUMBER.fullmatch(self.emergency)), f"{self.name}: emergency number")

    @property
    def abuse(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == "abuse")

    @property
    def crisis(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == "crisis")


def _require(held: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not held:
        raise BadHelplines(why)


def read(text: str) -> tuple[Country, ...]:
    """Every country in the file, in its order. Raises `BadHelplines`."""
    found = tomllib.loads(text)
    _require(set(found) == {"country"}, f"only [[country]] belongs here, not {sorted(found)}")
    try:
        countries = tuple(_country(entry) for entry in found["country"])
    except TypeError as problem:  # a key too many or too few
        raise BadHelplines(str(problem)) from None
    codes = [country.code for country in countries]
    _require(len(codes) == len(set(codes)), "a country stands here twice")
    return countries


def _country(entry: dict[str, Any]) -> Country:
    lines = tuple(Line(**line) for line in entry.pop("line", ()))
    return Country(**entry, lines=lines)


COUNTRIES = read(FILE.read_text(encoding="utf-8"))
LAST_CHECKED = min(line.last_checked for country in COUNTRIES for line in country.lines)
