"""What a start costs, what a running copy needs, and the way from a clone to the first page."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from statistics import median

from bench.client import Browser
from bench.copies import Copy
from bench.figures import Figure
from bench.servers import ROOT, Failed, free_port, plain_environment, product, serving

CLONE_PATIENCE = 300.0  # seconds


def cold(copy: Copy, times: int) -> Figure:
    """Processor time from `interwoven serve` to its first answer, after one start not counted."""
    spent, waited = [], []
    for _ in range(times + 1):
        began = time.perf_counter()
        with serving("a cold start", product(copy.folder)) as server:
            spent.append(server.cpu())
            waited.append(time.perf_counter() - began)
    beside = f"median of {times}, user and system; {1000 * median(waited[1:]):.0f} ms on the clock"
    return Figure("Start of a ready copy", 1000 * median(spent[1:]), "ms CPU", 900, beside=beside)


def packages() -> Figure:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    count = sum("==" in line and line[:1].isalpha() for line in lines)
    return Figure("Packages in requirements.txt", count, "", 35)


def from_clone(scratch: Path) -> Figure:
    """Clone the last commit, ./run it, and wait for its first pages. Needs the registry."""
    folder, port = scratch / "clone", free_port()
    told = plain_environment(PORT=str(port))
    told.pop("PYTHONPATH", None)
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    with (scratch / "clone.log").open("wb") as said:
        process = subprocess.Popen(
            ["./run"], cwd=folder, env=told, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for_pages(process, port, began, scratch / "clone.log")
        took = time.perf_counter() - began
    finally:
        _end_group(process)
    beside = "git clone of the last commit, ./run with the demonstration; pip's cache as it was"
    return Figure("From clone to first page", took, "s", 45, beside=beside)


def _wait_for_pages(process: subprocess.Popen[bytes], port: int, began: float, log: Path) -> None:
    while time.perf_counter() - began < CLONE_PATIENCE:
        if process.poll() is not None:
            raise Failed(f"./run ended: {log.read_text(errors='replace')[-2000:]}")
        try:
            if all(Browser(port, {}).get(path).status == 200 for path in ("/healthz", "/sign-in/")):
                return
        except OSError:
            time.sleep(0.05)
    raise Failed(f"./run gave no page in {CLONE_PATIENCE:.0f} s")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End ./run and whatever it started."""
    for ask in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, ask)
            process.wait(15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
