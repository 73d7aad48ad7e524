"""Checking and locking from the command line, with nothing set up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from interwoven.content.__main__ import main
from tests.content.folder import ACTS, PLAIN_WEEK, Folder

SOURCE = Path(__file__).parents[2] / "src"


def content(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run it as somebody would who has the source and cattrs, and nothing else."""
    return subprocess.run(
        [sys.executable, "-m", "interwoven.content", *map(str, arguments)],
        env={"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_good_folder_is_all_well(folder):
    done = content("check", folder.root)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Sets of acts: 6, of questions: 1, check-ins: 1. All well.\n"


def test_a_bad_folder_is_told_every_mistake_and_counted(folder):
    folder.change(PLAIN_WEEK, "title", "Her week!")

    done = content("check", folder.root)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"content/{PLAIN_WEEK}: has an exclamation mark @ $.title",
        f"content/{PLAIN_WEEK}: says “her”; write it for anybody @ $.title",
        "2 to mend.",
    ]


def test_a_folder_may_be_named_from_where_one_stands(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder.root)

    assert main(["check", "."]) == 0


def test_our_own_library_is_checked_if_no_folder_is_named(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("All well.\n")


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path, capsys):
    nowhere = tmp_path / "nowhere"

    assert main(["check", str(nowhere)]) == 1
    assert capsys.readouterr().err == f"{nowhere}: there is no such folder\n1 to mend.\n"


@pytest.mark.parametrize("arguments", [[], ["mend"], ["check", "a", "b"]])
def test_a_command_it_does_not_know_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage: interwoven content" in capsys.readouterr().err


def test_locking_says_what_it_locked(folder: Folder, capsys):
    folder.put("acts/plain-week/2.toml", {**ACTS, "version": 2})

    assert main(["lock", str(folder.root)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "locked acts/plain-week@2"
    assert main(["check", str(folder.root)]) == 0


def test_locking_is_refused_while_something_is_wrong(folder: Folder, capsys):
    folder.write(PLAIN_WEEK, b"title = \n")

    assert main(["lock", str(folder.root)]) == 1
    assert "1 to mend." in capsys.readouterr().err


def test_locking_a_changed_file_still_says_that_it_changed(folder: Folder, capsys):
    folder.change(PLAIN_WEEK, "title", "A plainer week")

    assert main(["lock", str(folder.root)]) == 1
    assert "has changed since it was published" in capsys.readouterr().err
