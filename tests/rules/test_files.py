"""Files stay small enough to read, carry telling names, and speak of the product alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, complaints, files, texts

LONGEST = {".py": 400, ".js": 400, ".css": 400, ".html": 150}
LONG = {
    "src/interwoven/web/static/web/css/interwoven.css": "one sheet, loaded once, in named layers",
    "tests/infra/test_live.py": "one stream, driven by hand through everything it may meet",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "stuff"}

HOSTS = ("pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js", "ghcr" + ".io")
HOSTS += ("docker" + ".io", "crates" + ".io", "rubygems" + ".org")
PATHS = re.compile(r"(?<![\w.~$}-])/(?:work|root|home)/\w")
MAKING = re.compile(
    r"\b(?:issue|ticket) #?\d"
    r"|\b(?:sub-?agents?|chat ?gpt|co-authored-by|as an ai|language model)\b",
    re.IGNORECASE,
)
SPEAKS_OF_THE_RULE = "tests/rules/test_files.py"


def too_long(found: Iterable[tuple[str, str]]) -> list[str]:
    return [
        name
        for name, text in found
        if len(text.splitlines()) > LONGEST.get(Path(name).suffix, 10**9)
        and "/migrations/" not in name
    ]


def names_a_registry(text: str) -> bool:
    return any(host in text for host in HOSTS)


def vague(names: Iterable[str]) -> list[str]:
    return [name for name in names if VAGUE & {Path(name).stem, *Path(name).parent.parts}]


@pytest.fixture(scope="module")
def every_text() -> dict[str, str]:
    found = dict(texts())
    assert len(found) > 100
    return found


def test_no_file_is_too_long_to_read(every_text):
    assert complaints(too_long(every_text.items()), LONG) == []


def test_every_module_says_what_it_holds():
    assert (
        vague(path.relative_to(ROOT).as_posix() for path in files() if path.suffix == ".py") == []
    )


def test_nothing_names_a_registry(every_text):
    assert [name for name, text in every_text.items() if names_a_registry(text)] == []


def test_nothing_names_a_folder_of_one_machine(every_text):
    naming = {name for name, text in every_text.items() if PATHS.search(text)}

    assert naming - {SPEAKS_OF_THE_RULE} == set()


def test_the_project_speaks_of_the_product_alone(every_text):
    telling = {name for name, text in every_text.items() if MAKING.search(text)}

    assert telling - {SPEAKS_OF_THE_RULE} == set()


def test_files_that_break_the_rules_are_found():
    long, short = "line\n" * 401, "line\n" * 400

    assert too_long([("a.py", long), ("b.py", short), ("c.html", short), ("d.toml", long)]) == [
        "a.py",
        "c.html",
    ]
    assert vague(["a/utils.py", "helpers/b.py", "a/keys.py"]) == ["a/utils.py", "helpers/b.py"]
    assert names_a_registry(f"from https://{HOSTS[0]}/simple")
    assert not names_a_registry("https://www.bbc.co.uk/weather")


@pytest.mark.parametrize("text", ["see /root/x", "'/work/main'", "/home/ana/data", "(/work/a)"])
def test_a_folder_of_one_machine_is_found(text):
    assert PATHS.search(text)


@pytest.mark.parametrize("text", ["/root.crt", "src/work/a", "~/home/x", "secrets/root/", "/work"])
def test_other_paths_are_no_folder_of_one_machine(text):
    assert not PATHS.search(text)


@pytest.mark.parametrize("text", ["fixes issue #12", "Issue 7", "a sub-agent", "ticket 3"])
def test_words_about_how_it_was_made_are_found(text):
    assert MAKING.search(text)


@pytest.mark.parametrize("text", ["issued on 3 May", "an issue between you", "the next session"])
def test_words_that_only_look_alike_are_not(text):
    assert not MAKING.search(text)
