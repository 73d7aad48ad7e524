"""The lock: a digest of every version that people may have been asked, so that none ever changes.

An answer keeps the name and version of what was asked. If those words changed later, the answer
would come to mean something its author never said. The digest leaves out the status, the provenance
and whether a set is for any week: a version may be retired, looked over by someone, or taken out of
the weeks, without its words changing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

NAME = "library.lock"
LINE = re.compile(r"(?P<name>[a-z0-9/@-]+) (?P<digest>[0-9a-f]{64})")
MAY_CHANGE = {"status", "provenance", "for_any_week"}

Digests = dict[str, str]  # by name, such as "acts/ordinary-week@1"


def digest(data: Mapping[str, object]) -> str:
    """A digest of what a file asks, whatever its comments and layout."""
    asked = {key: value for key, value in data.items() if key not in MAY_CHANGE}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read(root: Path) -> tuple[Digests, list[str]]:
    """The digests locked in this folder, and what is wrong with the lines that hold them."""
    path = root / NAME
    if not path.exists():
        return {}, []
    locked: Digests = {}
    problems: list[str] = []
    text = path.read_text("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        found = LINE.fullmatch(line)
        if found is None:
            problems.append(f"line {number} is not a name and a digest")
        elif found["name"] in locked:
            problems.append(f"line {number} names {found['name']} again")
        else:
            locked[found["name"]] = found["digest"]
    return locked, problems


def compare(locked: Digests, asked: Digests, drafts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Say what breaks the lock, each with the name it is about; "" is the lock itself."""
    for name, given in asked.items():
        if name not in locked:
            yield name, "is not locked yet; lock it with: interwoven content lock"
        elif given != locked[name]:
            yield name, "has changed since it was published; put it back, and add a new version"
    for name in sorted(locked.keys() - asked.keys()):
        if name in drafts:
            yield name, "was published, and a draft it cannot become again; retire it instead"
        else:
            yield "", f"{name} was published and is missing; retire it, but keep its file"


def write(root: Path, asked: Digests) -> list[str]:
    """Lock what is not locked yet, leave every other line as it is, and name what was added."""
    locked, problems = read(root)
    if problems:
        raise ValueError("; ".join(problems))
    added = sorted(asked.keys() - locked.keys())
    if added:
        lines = [f"{name} {given}\n" for name, given in sorted((asked | locked).items())]
        unfinished = root / f"{NAME}.new"
        unfinished.write_text("".join(lines), "utf-8")
        unfinished.replace(root / NAME)
    return added
