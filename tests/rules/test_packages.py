"""Packages are few, each fixed by version and digest, and come from no address of their own."""

from __future__ import annotations

import re

import pytest

from tests.rules.tree import ROOT

MOST = 35
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,]+\])?==[^\s;]+", re.IGNORECASE)
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)")

fixed = pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])


def entries(text: str) -> list[str]:
    """One package each, with what belongs to it on the lines that follow."""
    whole = text.replace("\\\n", " ")
    return [line for line in whole.splitlines() if line.strip() and not line.startswith("#")]


def loose(text: str) -> list[str]:
    """The entries that do not fix one version and at least one digest."""
    return [line for line in entries(text) if not (PIN.match(line) and DIGEST.search(line))]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@fixed
def test_every_package_is_fixed_by_version_and_digest(name):
    assert len(entries(read(name))) > 10
    assert loose(read(name)) == []


def test_a_running_copy_needs_few_packages():
    assert len(entries(read("requirements.txt"))) <= MOST


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*")), ids=lambda path: path.name)
def test_no_list_of_packages_names_an_address(path):
    assert "://" not in path.read_text(encoding="utf-8")
    assert not re.search(
        r"^\s*(-i|-f|--index|--extra-index|--find)", path.read_text(), re.MULTILINE
    )


def test_everything_asked_for_is_fixed():
    asked = {re.split(r"[\[<>=;, ]", line)[0].lower() for line in entries(read("requirements.in"))}
    found = {PIN.match(line)["name"].lower() for line in entries(read("requirements.txt"))}

    assert asked <= found


@pytest.mark.parametrize(
    "line",
    ["django==5.2", "django>=5 --hash=sha256:" + "a" * 64, "django==5 --hash=sha256:abc", "./here"],
)
def test_a_package_that_is_not_fixed_is_found(line):
    assert loose(line) == [line]


def test_a_package_over_several_lines_is_one():
    text = f"# a remark\nDjango==5.2 ; python_version > '3' \\\n    --hash=sha256:{'a' * 64} \\\n"
    text += f"    --hash=sha256:{'b' * 64}\n"

    assert len(entries(text)) == 1
    assert loose(text) == []
