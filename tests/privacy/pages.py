"""What each observer looks at. A new page is added here, or a test fails.

Every address without an argument is looked at by Bo, whether it is made for GET or not. Addresses
with an argument are looked at with an id of his couple's, with one of Ana's own, and with none.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from interwoven.apps.checkins.models import CheckIn
from tests.privacy.world import World, opening_of

NO_ID = UUID("6d0dbe1e-6f0a-4b4c-9f0f-2f9a3a4f0d11")  # of nothing

SEATED = (
    "/today/", "/check-in/", "/check-in/choose/", "/check-in/parts/", "/map/", "/weeks/",
    "/weeks/now/", "/together/", "/together/nothing/", "/settle/", "/me/", "/one-thing/",
    "/one-thing/earlier/", "/invite/", "/invitation/answer/", "/password/another/",
    "/me/take-along/", "/me/bring-back/", "/me/what-they-see/", "/me/shared/", "/me/leave/",
    "/me/left/", "/me/erase/", "/me/lock/", "/me/unlock/", "/me/address/", "/me/sign-in/",
    "/me/sign-in/codes/", "/me/sign-in/recovery/", "/me/sign-in/passkey/",
    "/me/sign-in/passkey/remove/",
)  # fmt: skip
FORMS_ONLY = (
    "/me/unlock/forgotten/",
    "/check-in/keep/", "/check-in/beliefs/", "/check-in/as-kept/", "/together/come-in/",
    "/together/leave/", "/together/here-too/", "/together/open/", "/settle/agree/",
    "/settle/drop/", "/one-thing/say/", "/one-thing/propose/", "/one-thing/agree/",
    "/one-thing/decline/", "/one-thing/move/", "/one-thing/look-back/", "/one-thing/put-away/",
    "/one-thing/take-up/", "/invite/confirm/", "/invite/take-back/", "/me/beliefs/",
    "/me/keeping/", "/me/shared/end/", "/me/shared/end-others/",
)  # fmt: skip
OPEN_TO_ANYONE = (
    "/", "/healthz", "/help/", "/help/worker.js", "/privacy/", "/traces/", "/taken/", "/keeper/",
    "/exit/about/", "/sign-up/",
    "/sign-in/", "/sign-out/", "/password/forgotten/", "/password/forgotten/sent/",
    "/sign-in/code/", "/sign-in/passkey/", "/password/new/done/", "/invitation/",
    "/invitation/no/", "/one-round/", "/one-round/cover/",
    "/one-round/second/", "/one-round/look/", "/one-round/agreed/", "/one-round/alone/",
    "/one-round/alone/question/",
)  # fmt: skip
ROUND_FORMS_ONLY = (
    "/one-round/reply/", "/one-round/other/", "/one-round/again/", "/one-round/let-go/",
)  # fmt: skip
LAST = ("/exit/",)  # ends the session
OF_ONE = (
    "/me/lock/", "/me/unlock/",
    "/today/", "/check-in/", "/map/", "/weeks/", "/weeks/now/", "/me/", "/invite/",
    "/invitation/", "/invitation/answer/", "/invitation/no/", "/me/take-along/",
    "/me/bring-back/", "/me/shared/", "/me/left/", "/me/erase/", "/me/sign-in/",
)  # fmt: skip


def none(world: World) -> Iterator[tuple[str, str]]:
    yield from ()


def with_an_id(world: World) -> Iterator[tuple[str, str]]:
    """What to call an address with an id in it, and the address."""
    yield "/map/{ours}/", f"/map/{opening_of(world, 'Bo')}/"
    yield "/map/{another couple's}/", f"/map/{opening_of(world, 'Dee')}/"
    yield "/map/{nothing}/", f"/map/{NO_ID}/"
    for name in ("Bo", "Ana"):
        rows = CheckIn.objects.filter(author_id=world.person(name)).order_by("-week")
        latest = rows.values_list("pk", flat=True).first()
        yield f"/weeks/{{{name}'s latest}}/", f"/weeks/{latest or NO_ID}/"
    yield "/weeks/?before=", "/weeks/?before=2026-04-05"
    yield "/one-thing/?strand=", "/one-thing/?strand=physical&changed"
    yield "/me/what-they-see/?before=", "/me/what-they-see/?before=2026-03-30"
    yield "/one-thing/earlier/?page=2", "/one-thing/earlier/?page=2"
    yield "/i/{nobody's}/", "/i/a-link-of-nobody/"
