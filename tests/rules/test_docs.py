"""What can be set and said is in the page about running it, and that page invents nothing."""

from __future__ import annotations

import argparse
import re

from interwoven.config import command
from interwoven.config.variables import FROM_A_FILE, NAMES, NOT_IN_THE_FILE
from tests.rules.tree import ROOT

PAGE = (ROOT / "docs" / "how-to" / "run-it.md").read_text(encoding="utf-8")


def rows(page: str, heading: str) -> list[str]:
    """The first cells of the table whose first heading this is."""
    table = re.search(rf"^\| {heading} \|.*\n\|[ |-]+\|\n((?:\|.*\n)+)", page, re.MULTILINE)
    return re.findall(r"^\| (.*?) \|", table[1], re.MULTILINE) if table else []


def variables(page: str) -> list[str]:
    return [cell.strip("`") for cell in rows(page, "Variable")]


def commands(page: str) -> set[str]:
    told = (re.findall(r"`interwoven ([a-z-]+)", cell) for cell in rows(page, "Command"))
    return {name for cell in told for name in cell}


def subcommands() -> set[str]:
    parts = command._parser()._actions
    [found] = [part for part in parts if isinstance(part, argparse._SubParsersAction)]
    return set(found.choices)


def test_every_variable_has_its_row_and_every_row_a_variable():
    assert sorted(variables(PAGE)) == sorted(NAMES)


def test_every_command_has_its_row_and_every_row_a_command():
    assert len(subcommands()) > 5
    assert commands(PAGE) == subcommands()


def test_which_may_come_from_a_file_and_which_may_not_lie_in_one_is_said():
    sentence = re.search(r"^(`[A-Z_`, \nand]+) may come from a file", PAGE, re.MULTILINE)
    table = {cell: line for line in PAGE.splitlines() for cell in re.findall(r"^\| `(\w+)`", line)}

    assert sorted(re.findall(r"`(\w+)`", sentence[1])) == sorted(FROM_A_FILE)
    assert {name for name in NAMES if "not in `instance.toml`" in table[name]} == set(
        NOT_IN_THE_FILE
    )


def test_a_page_that_leaves_something_out_is_found():
    page = "| Variable | x |\n| --- | --- |\n| `HOST` | a |\n\n| Command | |\n| --- | --- |\n"
    page += "| `interwoven demo load`, `demo reset` | b |\n| `interwoven serve` | c |\n"

    assert variables(page) == ["HOST"]
    assert commands(page) == {"demo", "serve"}
    assert rows("nothing", "Variable") == []
