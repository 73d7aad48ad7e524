"""Check the content, or lock what is newly published: python -m interwoven.content check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from interwoven.content.library import BadLibrary, check, keep, load

OURS = Path(__file__).resolve().parents[3] / "content"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="interwoven content", description=__doc__)
    parser.add_argument("what", choices=["check", "lock"])
    parser.add_argument("root", nargs="?", type=Path, default=OURS, help="a folder of content")
    chosen = parser.parse_args(arguments)
    root = chosen.root.absolute()
    return _lock(root) if chosen.what == "lock" else _check(root)


def _check(root: Path) -> int:
    problems = check(root)
    if problems:
        return _say(problems)
    found = load(root)
    print(
        f"Sets of acts: {len(found.act_sets)}, of questions: {len(found.question_sets)}, "
        f"check-ins: {len(found.instruments)}. All well."
    )
    return 0


def _lock(root: Path) -> int:
    try:
        added = keep(root)
    except BadLibrary as error:
        return _say(error.problems)
    for name in added:
        print(f"locked {name}")
    return _check(root)


def _say(problems: Sequence[str]) -> int:
    print("\n".join(problems), file=sys.stderr)
    print(f"{len(problems)} to mend.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
