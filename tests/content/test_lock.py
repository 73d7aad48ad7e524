"""What was published stays as it was: the words under an answer never change."""

from __future__ import annotations

import pytest

from interwoven.content.library import BadLibrary, Library, keep, load
from interwoven.core.provenance import Status
from tests.content.folder import ACTS, ALONE, GOOD, PLAIN_WEEK, WEEKLY, asking_for, toml

CHANGED = "has changed since it was published; put it back, and add a new version"

THINGS = "bell sand moss loaf rope lamp"


def versions_asked(library: Library) -> list[str]:
    """The versions of the plain week that are asked; the newest only."""
    return [asked.ref for asked in library.published_act_sets if asked.id == "plain-week"]


def test_changing_what_was_published_is_refused(folder):
    folder.change(PLAIN_WEEK, "title", "A plainer week")

    assert folder.problems() == [f"content/{PLAIN_WEEK}: {CHANGED}"]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("acts.0.mine", "My worry heard right out"),
        ("acts.0.id", "heard-out"),
        ("acts.3.form", "emotional"),
    ],
)
def test_no_word_and_no_key_of_what_was_asked_may_change(folder, where, value):
    folder.change(PLAIN_WEEK, where, value)

    assert folder.problems() == [f"content/{PLAIN_WEEK}: {CHANGED}"]


@pytest.mark.parametrize(
    ("where", "value"),
    [("provenance.review", "A. Name, couple therapist"), ("provenance.author", "Them")],
)
def test_it_may_be_looked_over_without_its_words_changing(folder, where, value):
    folder.change(PLAIN_WEEK, where, value)

    assert folder.problems() == []


def test_a_set_may_be_taken_out_of_the_weeks_without_its_words_changing(folder):
    folder.put("acts/week-z/1.toml", {**asking_for(THINGS, "week-z"), "for_any_week": True})
    keep(folder.root)

    folder.change(PLAIN_WEEK, "for_any_week", None)

    assert folder.problems() == []


def test_comments_and_layout_are_nobodys_words(folder):
    backwards = toml(dict(reversed(ACTS.items())))
    folder.write(PLAIN_WEEK, f"# A note.\r\n\r\n{backwards}".encode())

    assert folder.problems() == []


def test_what_was_published_cannot_become_a_draft_again(folder):
    folder.change(PLAIN_WEEK, "status", "draft")

    assert folder.problems()[0] == (
        f"content/{PLAIN_WEEK}: was published, and a draft it cannot become again; "
        "retire it instead"
    )


def test_what_was_published_cannot_be_thrown_away(folder):
    folder.take_away(PLAIN_WEEK)

    assert folder.problems()[0] == (
        "content/library.lock: acts/plain-week@1 was published and is missing; "
        "retire it, but keep its file"
    )


def test_a_published_file_that_is_wrong_is_not_called_missing_besides(folder):
    folder.write(PLAIN_WEEK, b"title = ")

    assert len(folder.problems()) == 1


def test_what_is_retired_is_asked_of_nobody_and_can_still_be_read(folder):
    folder.change(PLAIN_WEEK, "status", "retired")
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2})
    keep(folder.root)

    library = load(folder.root)

    assert versions_asked(library) == ["plain-week@2"]
    assert library.act_sets["plain-week@1"].status is Status.RETIRED
    assert library.act_sets["plain-week@1"].acts[0].mine == "My worry heard out"


def test_once_a_version_is_retired_the_one_before_it_is_asked_again(folder):
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2, "status": "retired"})
    keep(folder.root)

    assert versions_asked(load(folder.root)) == ["plain-week@1"]


def test_the_newest_published_version_is_asked_and_a_draft_of_the_next_is_not(folder):
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2})
    folder.put("acts/plain-week/10.toml", {**ACTS, "version": 10})
    folder.put("acts/plain-week/11.toml", {**ACTS, "version": 11, "status": "draft"})
    keep(folder.root)

    library = load(folder.root)

    assert versions_asked(library) == ["plain-week@10"]
    assert library.act_sets["plain-week@11"].status is Status.DRAFT


# What a line of the lock could hold instead: what is said about it
LINES = [
    ("nonsense", "line 9 is not a name and a digest"),
    ("", "line 9 is not a name and a digest"),
    ("acts/a@1 " + "0" * 63, "line 9 is not a name and a digest"),
    ("acts/a@1 " + "A" * 64, "line 9 is not a name and a digest"),
    ("acts/a@1 " + "0" * 64 + " ", "line 9 is not a name and a digest"),
    ("acts/plain-week@1 " + "0" * 64, "line 9 names acts/plain-week@1 again"),
    ("acts/b@1 " + "0" * 64, "acts/b@1 was published and is missing"),
]


@pytest.mark.parametrize(("line", "why"), LINES)
def test_a_line_of_the_lock_that_is_wrong_is_named(folder, line, why):
    folder.write("library.lock", f"{folder.lock}{line}\n".encode())

    (told,) = folder.problems()

    assert told.startswith(f"content/library.lock: {why}")


def test_a_lock_that_is_not_text_is_named_line_by_line(folder):
    folder.write("library.lock", folder.lock.encode() + b"\xe9\xff\n")

    assert folder.problems() == ["content/library.lock: line 9 is not a name and a digest"]


def test_what_is_published_must_be_locked(folder):
    folder.take_away("library.lock")

    assert folder.problems() == [
        f"content/{place}: is not locked yet; lock it with: interwoven content lock"
        for place in sorted(GOOD)
    ]


def test_locking_adds_lines_and_changes_none(folder):
    before = folder.lock.splitlines()
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2})
    folder.put("acts/plain-week/3.toml", {**ACTS, "version": 3, "status": "draft"})

    assert keep(folder.root) == ["acts/plain-week@2"]

    after = folder.lock.splitlines()
    assert [line for line in after if line in before] == before
    assert [line.split()[0] for line in after if line not in before] == ["acts/plain-week@2"]


def test_locking_what_is_new_leaves_the_line_of_what_was_changed(folder):
    before = folder.lock.splitlines()
    folder.change(WEEKLY, "title", "How close was it?")
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2})

    assert keep(folder.root) == ["acts/plain-week@2"]
    assert set(before) <= set(folder.lock.splitlines())
    assert folder.problems() == [f"content/{WEEKLY}: {CHANGED}"]


def test_locking_again_changes_nothing(folder):
    before = folder.lock

    assert keep(folder.root) == []
    assert folder.lock == before


def test_locking_does_not_hide_a_change_or_a_loss(folder):
    before = folder.lock
    folder.change(PLAIN_WEEK, "title", "A plainer week")
    folder.take_away(ALONE)

    assert keep(folder.root) == []
    assert folder.lock == before
    assert f"content/{PLAIN_WEEK}: {CHANGED}" in folder.problems()


@pytest.mark.parametrize("spoilt", [PLAIN_WEEK, "library.lock"])
def test_nothing_is_locked_while_something_is_wrong(folder, spoilt):
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2})
    folder.write(spoilt, b"title = \n")
    before = folder.lock

    with pytest.raises(BadLibrary) as refused:
        keep(folder.root)

    assert len(refused.value.problems) == 1
    assert folder.lock == before
