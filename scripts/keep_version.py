"""Keep the data of this version, so that every later one is tried on it.

    .venv/bin/python scripts/keep_version.py [NAME]

Say it once for each version, before that is published, and commit the new folder of
tests/upgrades/versions/. From then on neither that folder nor the migrations that made it change.
As long as a version is not published, its folder may be removed and made anew.
"""

import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]


def main(name: str) -> None:
    import interwoven
    from tests.upgrades import kept

    name = name or interwoven.__version__
    with tempfile.TemporaryDirectory() as scratch:
        version = kept.keep(name, Path(scratch))
    size = sum(path.stat().st_size for path in version.folder.iterdir())
    print(f"{version.folder}: {size:,} bytes, {len(version.manifest['doors'])} people")


if __name__ == "__main__":
    if len(sys.argv) > 2 or sys.argv[1:2] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main(sys.argv[1] if sys.argv[1:] else "")
