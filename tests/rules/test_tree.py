"""The rules can fail: what they look at is there, and exceptions neither pile up nor go stale."""

from __future__ import annotations

from tests.rules import tree


def test_the_project_is_found_and_nothing_else():
    found = {path.relative_to(tree.ROOT).as_posix() for path in tree.files()}

    assert {"run", "test", "pyproject.toml", "src/interwoven/infra/live.py"} <= found
    assert "src/interwoven/web/templates/web/base.html" in found
    assert not [name for name in found if name.startswith((".git/", ".venv/", "data/"))]


def test_every_activity_is_looked_at():
    names = {module.__name__ for module in tree.modules("actions")}

    assert {
        f"interwoven.apps.{app}.actions" for app in ("accounts", "couples", "checkins")
    } <= names


def test_an_exception_needs_a_reason_and_must_still_be_one():
    allowed = {"b": "a good reason", "c": "a good reason", "d": ""}

    assert tree.complaints(["a", "b", "d"], allowed) == [
        "a breaks the rule",
        "c is excused but is not there",
        "d is excused without a reason",
    ]
