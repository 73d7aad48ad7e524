"""Statements per page and per form, as figures and in full."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench.copies import Copy
from bench.figures import Figure
from bench.servers import product, told

MOST_READ, MOST_WRITTEN = 8, 10


@dataclass(frozen=True)
class Asked:
    """Statements by page and by form, most first."""

    pages: tuple[tuple[str, int, int], ...]  # path, keys in memory, no key in memory
    writes: tuple[tuple[str, int], ...]
    trouble: tuple[str, ...]  # forms that were not taken, and addresses left out

    def figures(self) -> list[Figure]:
        cold = max(cold for _, _, cold in self.pages)
        over = sum(count > MOST_READ for _, count, _ in self.pages)
        over_writes = sum(count > MOST_WRITTEN for _, count in self.writes)
        read = f"{self.pages[0][0]}; {over} of {len(self.pages)} pages over"
        read += f"; on the first view after a start {cold}"
        written = f"{self.writes[0][0]}; {over_writes} of {len(self.writes)} forms over"
        page, form = self.pages[0][1], self.writes[0][1]
        return [
            Figure("Statements of a page, at most", page, "", MOST_READ, beside=read),
            Figure("Statements of a form, at most", form, "", MOST_WRITTEN, beside=written),
        ]

    def lines(self) -> Iterable[str]:
        yield "Statements by page, with keys in memory (and on the first view after a start):"
        yield from (f"  {warm:3} ({cold:2})  {path}" for path, warm, cold in self.pages)
        yield "Statements by form:"
        yield from (f"  {count:3}       {path}" for path, count in self.writes)
        yield from (f"Not counted: {words}" for words in self.trouble)


def count(scratch: Copy) -> Asked:
    """Ask for every page and send every form of somebody seated, in a copy of its own."""
    found = json.loads(told(product(scratch.folder), "bench.statements"))
    pages = [(path, of["warm"], of["cold"]) for path, of in found["pages"].items()]
    writes: dict[str, int] = {}
    for sent in found["writes"]:
        if not sent["trouble"]:
            writes[sent["path"]] = max(sent["count"], writes.get(sent["path"], 0))
    missing = (f"{path} (nothing here asks for it)" for path in found["left_out"])
    return Asked(
        tuple(sorted(pages, key=lambda page: -page[1])),
        tuple(sorted(writes.items(), key=lambda entry: -entry[1])),
        (*_trouble(found["writes"]), *missing),
    )


def _trouble(sent: Iterable[Mapping[str, str]]) -> Iterable[str]:
    return (f"{entry['path']} ({entry['trouble']})" for entry in sent if entry["trouble"])
