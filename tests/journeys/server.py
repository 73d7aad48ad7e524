"""A copy of the product for one module of journeys, with data and a clock of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from interwoven.config.variables import NAMES
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
EXIT_URL = "https://elsewhere.example/weather"
STOPPED_WITHIN = 20  # seconds


class Server:
    """Starts with a folder of its own, and is told what time it is."""

    def __init__(self, folder: Path, start: datetime, **settings: str) -> None:
        self.couples = 0
        port = free_port()
        self.environment = _environment(folder / "data", port, start) | settings
        self.address = f"http://localhost:{port}"
        self.log = folder / "log.txt"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.serving"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._expect("ready")

    def clock_to(self, when: datetime) -> None:
        """Move the clock, and do what is due by then."""
        self._order(do="move", to=when.isoformat())

    def couple(self) -> tuple[str, str]:
        """Another Ana and another Bo, who have accounts and are paired. Their addresses."""
        self.couples += 1
        addresses = f"ana{self.couples}@example.org", f"bo{self.couples}@example.org"
        self._order(do="couple", addresses=addresses)
        return addresses

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=STOPPED_WITHIN)

    def _order(self, **order: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        self._expect("done")

    def _expect(self, word: str) -> None:
        assert self.process.stdout
        said = self.process.stdout.readline().strip()
        assert said == word, f"The server said {said!r}, not {word!r}.\n{self.log.read_text()}"


def _environment(data_dir: Path, port: int, start: datetime) -> dict[str, str]:
    """Nothing of the surroundings counts but the database they name, and that only as a server."""
    given = os.environ.get("DATABASE_URL", "")
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    if given.startswith("postgres"):
        clean["DATABASE_URL"] = _fresh_database(given)
    return clean | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "START": start.isoformat(),
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        "EXIT_URL": EXIT_URL,
        "KEEPER": "partner",
        "KEEPER_NAME": "Ana",
    }


def _fresh_database(given: str) -> str:
    import psycopg

    name = f"journey_{uuid4().hex[:8]}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(given)._replace(path=f"/{name}").geturl()
