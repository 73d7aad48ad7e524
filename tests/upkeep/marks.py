"""What marks stand in a copy's ledger.

DATA_DIR=… python -m tests.upkeep.marks
"""

from __future__ import annotations

import json
import sys

from interwoven.config.steps import start_django

start_django()

from interwoven.infra import ledger  # noqa: E402 - Django first

if __name__ == "__main__":
    json.dump(sorted(ledger.noted()), sys.stdout)
