"""Open all that is in a copy, and say how much there is.

DATA_DIR=… python -m tests.upkeep.asking
"""

from __future__ import annotations

import json
import sys

from interwoven.config.steps import start_django

start_django()

from interwoven.apps.accounts.models import Person  # noqa: E402 - Django first
from interwoven.apps.checkins.kept import Kept  # noqa: E402
from interwoven.apps.checkins.models import CheckIn  # noqa: E402
from interwoven.apps.couples.models import Membership  # noqa: E402
from interwoven.infra.crypto import keys  # noqa: E402
from interwoven.infra.crypto.rows import unseal_value  # noqa: E402
from interwoven.infra.models import Session  # noqa: E402
from interwoven.upkeep import trial  # noqa: E402


def main() -> None:
    opened = trial.open_everything()
    kept = [(row.opened, unseal_value(row, Kept)) for row in CheckIn.objects.all()]
    found = {
        "keys": opened.keys,
        "rows": opened.rows,
        "key files": keys.counted(),
        "chosen": sum(each.decided for over, each in kept if not over),
        "steps": sorted({each.sheet.step for _, each in kept}),
        "sessions": Session.objects.count(),
        "seated": Membership.objects.filter(ended_on=None).count(),
        "people": sorted(Person.objects.filter(is_active=True).values_list("email", flat=True)),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
