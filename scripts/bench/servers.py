"""Processes under measurement: started on a free port of this machine, watched, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Browser
from interwoven.config.variables import NAMES

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds for a server to come up
LAST_WORDS = 2_000  # letters of a failed process's output worth showing


class Failed(Exception):
    """A process under measurement did not do what it was started for."""


@dataclass
class Server:
    name: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def browser(self, cookies: Mapping[str, str] | None = None) -> Browser:
        return Browser(self.port, dict(cookies or {}))

    def cpu(self) -> float:
        """Seconds of processor time, user and system, of this process and its threads so far."""
        if sys.platform == "linux":  # the clock of another process, to the nanosecond
            return time.clock_gettime((~self.process.pid << 3) | 2)
        told = subprocess.check_output(["ps", "-o", "cputime=", "-p", str(self.process.pid)])
        *hours, minutes, seconds = told.decode().strip().split(":")
        return sum(map(float, hours)) * 3600 + float(minutes) * 60 + float(seconds)

    def memory(self) -> float:
        """Resident memory in MB of 10^6 bytes; shared pages count in full."""
        told = subprocess.check_output(["ps", "-o", "rss=", "-p", str(self.process.pid)])
        return int(told) * 1024 / 1e6

    def wait_until_up(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise Failed(f"{self.name} ended: {tail(self.log)}")
            try:
                if self.browser().get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.005)
        raise Failed(f"{self.name} did not answer in {PATIENCE:.0f} s: {tail(self.log)}")


def plain_environment(**more: str) -> dict[str, str]:
    """Ours without the reader's own settings of the product, and with these."""
    ours = {k: v for k, v in os.environ.items() if k.removesuffix("_FILE") not in NAMES}
    ours.pop("DJANGO_SETTINGS_MODULE", None)
    return ours | more


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def product(folder: Path) -> Mapping[str, str]:
    return plain_environment(DATA_DIR=str(folder))


@contextmanager
def serving(name: str, environment: Mapping[str, str], *command: str) -> Iterator[Server]:
    """A server on a free port, up when this begins and gone when it ends."""
    port, log = free_port(), Path(environment["DATA_DIR"]) / f"server-{time.monotonic_ns()}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *(command or ("interwoven.config.command", "serve"))],
            env={**environment, "PORT": str(port)},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    server = Server(name, port, process, log)
    try:
        server.wait_until_up()
        yield server
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, and after ten seconds stop it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def told(
    environment: Mapping[str, str], module: str, *arguments: str, given: str | None = None
) -> str:
    """What a Python process of its own prints. Raises `Failed` with its last words."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=dict(environment),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        out, wrong = process.communicate(given)
    finally:
        if process.poll() is None:
            end(process)  # type: ignore[arg-type]
    if process.returncode != 0:
        raise Failed(f"{module} {' '.join(arguments)}: {wrong[-LAST_WORDS:]}")
    return out


def tail(log: Path) -> str:
    return log.read_text(errors="replace")[-LAST_WORDS:].strip()
