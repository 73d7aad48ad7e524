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


def guards(page: str, heading: str) -> list[set[str]]:
    """Which files of tests each row of this table names in its last cell."""
    table = re.search(rf"^\| {heading} \|.*\n\|[ |-]+\|\n((?:\|.*\n)+)", page, re.MULTILINE)
    lines = table[1].splitlines() if table else []
    last = (line.rstrip(" |").rpartition(" | ")[2] for line in lines)
    return [set(re.findall(r"`([\w/]+\.(?:py|txt))`", cell)) for cell in last]


def is_test(name: str) -> bool:
    path = ROOT / "tests" / name
    return path.is_file() and (path.suffix != ".py" or "\ndef test_" in path.read_text())


def test_every_promise_names_tests_that_are_there():
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised, taken = guards(page, "property"), guards(page, "if this is taken")
    assert len(promised) > 40
    assert len(taken) > 15

    rows_of_both = [*promised, *taken]
    assert all(rows_of_both), "a row names no test"
    assert {name for row in rows_of_both for name in row if not is_test(name)} == set()


def test_a_promise_without_a_test_is_found():
    page = "| property | x |\n| --- | --- |\n| a | `core/a.py` |\n| b | nobody |\n"

    assert guards(page, "property") == [{"core/a.py"}, set()]
    assert not is_test("core/a.py")
    assert not is_test("rules/tree.py")
    assert is_test("rules/test_docs.py")
