"""Every form for somebody seated, in an order in which each of them does what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

ANA, BO, CY, DI = range(4)  # Ana and Bo are two; Cy and Di are about to be
HIDDEN = ("submission_id", "week", "revision", "invitation")
FETCH = {"X-Requested-With": "fetch"}
MARKS = {
    f"{form}_{name}": str(mark)
    for mark, form in enumerate(("emotional", "physical", "intellectual", "spiritual"), start=4)
    for name in ("felt", "hoped")
}
EVENING = {"day": "5", "time": "18:30", "zone": "UTC", "strand": "all"}
ACT = {"what": "Soup, phones in the hall", "whose": "both", "minutes": "30"}
PARAMETER = re.compile(r"<uuid:(\w+)>")


@dataclass(frozen=True)
class Write:
    """Who sends what to which address, and the page on which the form stands."""

    who: int
    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def ready(self, page: str) -> tuple[str, dict[str, str], dict[str, str]]:
        """The address, the values with the page's hidden ones, and the headers."""
        found = re.search(rf'action="({fill(self.path, {"opening_id": "[0-9a-f-]{36}"})})"', page)
        hidden = {name: value for name in HIDDEN if (value := _value(page, name))}
        return found[1] if found else self.path, hidden | dict(self.values), dict(self.headers)


def fill(path: str, values: Mapping[str, Any]) -> str:
    """The address with its parameters filled in, as far as they are known."""
    return PARAMETER.sub(lambda found: str(values.get(found[1], found[0])), path)


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


WRITES = (
    Write(ANA, "/check-in/keep/", MARKS, "/check-in/", FETCH),
    Write(ANA, "/check-in/", MARKS, "/check-in/"),
    Write(ANA, "/check-in/as-kept/"),
    Write(ANA, "/check-in/beliefs/", MARKS, "/check-in/"),
    Write(ANA, "/check-in/choose/", {"do": "open"}),
    Write(ANA, "/check-in/parts/", {"part": "physical"}),
    Write(BO, "/check-in/choose/", {"do": "open"}),
    Write(
        ANA, "/map/<uuid:opening_id>/answer/", {"part": "physical", "reply": "thank_you"}, "/map/"
    ),
    Write(BO, "/map/<uuid:opening_id>/answer/", {"part": "physical", "words": "Yes"}, "/map/"),
    Write(ANA, "/together/come-in/"),
    Write(ANA, "/together/leave/"),
    Write(BO, "/together/come-in/"),
    Write(BO, "/together/here-too/", {"password": "three unrelated words, or four"}),
    Write(ANA, "/together/open/"),
    Write(ANA, "/settle/", EVENING, "/settle/"),
    Write(BO, "/settle/agree/", {}, "/settle/"),
    Write(ANA, "/settle/", EVENING | {"day": "6"}, "/settle/"),
    Write(ANA, "/settle/drop/"),
    Write(ANA, "/one-thing/look-back/", {"outcome": "done", "understood": "7"}, "/one-thing/"),
    Write(BO, "/one-thing/look-back/", {"outcome": "partly"}, "/one-thing/"),
    Write(ANA, "/one-thing/", {"strand": "physical"}, "/one-thing/"),
    Write(ANA, "/one-thing/say/", {"works": "Sundays", "wish": "A walk"}, "/one-thing/"),
    Write(BO, "/one-thing/say/", {"works": "Soup", "wish": "Quiet"}, "/one-thing/"),
    Write(ANA, "/one-thing/propose/", ACT | {"day": _today()}, "/one-thing/"),
    Write(BO, "/one-thing/agree/", {}, "/one-thing/"),
    Write(ANA, "/one-thing/put-away/", {}, "/one-thing/"),
    Write(ANA, "/me/", {"name": "Ana", "pronouns": "she/her"}),
    Write(ANA, "/me/beliefs/", {"do": "take_back"}),
    Write(ANA, "/me/beliefs/", {"do": "give"}),
    Write(ANA, "/me/keeping/", {"do": "take_back"}),
    Write(CY, "/invite/", {}, "/invite/"),
    Write(CY, "/invite/take-back/"),
    Write(CY, "/invite/", {}, "/invite/"),
    Write(DI, "/invitation/answer/", {"code": "letter"}),
    Write(CY, "/invite/confirm/", {}, "/invite/"),
)
