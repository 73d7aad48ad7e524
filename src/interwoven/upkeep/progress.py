"""How far it is: a line that moves on a terminal, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

WIDTH = 24
PAUSE = 0.1  # seconds between two looks


class Progress:
    def __init__(self, what: str, total: int = 0, out: TextIO | None = None) -> None:
        self.what, self.total = what, total
        self.out = out or sys.stderr
        self.shown = self.out.isatty()
        self.last = 0.0

    def at(self, done: int) -> None:
        now = time.monotonic()
        if self.shown and now - self.last >= PAUSE:
            self.last = now
            self._show(done)

    def __enter__(self) -> Progress:
        if self.shown:
            self._show(0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self.shown:
            if kind is None:
                self._show(self.total)
            self.out.write("\n")

    def _show(self, done: int) -> None:
        share = min(done / self.total, 1.0) if self.total else 0.0
        bar = ("#" * round(share * WIDTH)).ljust(WIDTH, ".")
        far = f"[{bar}] {share:4.0%}" if self.total else "…"
        self.out.write(f"\r      {self.what:<26} {far}")
        self.out.flush()
