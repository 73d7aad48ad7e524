"""What is released to Bo, by the true rule alone; and how all worlds are made to agree on it.

Three events release something of Ana's:

- Our evening, or opening together: what `core.opening.opens` gives for what the two of them
  answered, chose and agreed to be asked about, and nothing else.
- Both being in the room: then each sees that the other is.
- Both having looked back: then each sees how it went for the other; never the marks.

Before each of these, Ana does in every world what makes the released values equal: she offers the
same values of the same parts among those that Bo offers, or none of those; she is in the room, or
is not; she looked back with the same outcome. Everything else goes on differing: whether she wrote
at all, what she wrote in parts that Bo does not open, which of those she chose, her guesses at
what does not open, her marks, and when she did any of it. `opening_now` then asserts the agreement.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from random import Random

from interwoven.apps.accounts.queries import consents
from interwoven.apps.agreements.models import AgreementState, LookBack
from interwoven.apps.checkins import actions
from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.models import Arrival, CheckIn, Opening
from interwoven.apps.checkins.queries import this_week
from interwoven.apps.couples.queries import us
from interwoven.core.agreement import Outcome
from interwoven.core.consent import forms_allowed
from interwoven.core.forms import Form
from interwoven.core.opening import FORM_PARTS, Chosen, Part, Sheet, opens, parts_in_view
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotNow, NotThere
from tests.privacy import filling
from tests.privacy.world import World, agreement_of, committed

NOTHING = (Sheet(), Sheet())


def in_room(world: World, name: str) -> bool:
    return Arrival.objects.filter(person_id=world.person(name), until__gt=world.now).exists()


def both_looked_back_if_she_does(world: World) -> bool:
    agreement = agreement_of(world, "Bo")
    return LookBack.objects.filter(agreement=agreement, author_id=world.person("Bo")).exists()


def may_look_back(world: World) -> bool:
    row = agreement_of(world, "Bo")
    if row is None or row.state != AgreementState.AGREED or row.review_on is None:
        return False
    return row.review_on <= world.now.date()


def opening_now(world: World) -> tuple[Sheet, Sheet]:
    """What would open of this week if it opened now."""
    week = this_week(seat=world.seat("Bo"), now=world.now)
    if Opening.objects.for_seat(world.seat("Bo")).filter(week=week.name).exists():
        return NOTHING
    return opens(offered(world, "Ana"), offered(world, "Bo"))


def offered(world: World, name: str) -> Chosen:
    """What somebody offers to open: chosen, looked at together, and agreed to be asked about."""
    seat = world.seat(name)
    week = this_week(seat=seat, now=world.now)
    row = CheckIn.objects.filter(author_id=seat.person, week=week.name).first()
    kept = read(row, Kept, seat=seat) if row else Kept()
    asked = forms_allowed(consents(seat=seat))
    unasked = {part for part, form in FORM_PARTS.items() if form not in asked}
    strand = us(seat=seat).settled.strand
    view = parts_in_view(Form(strand) if strand else None)
    return Chosen(kept.sheet, kept.parts & view - unasked)


def agree_on_what_opens(world: World, shared: Random, own: Random) -> tuple[Sheet, Sheet]:
    """Let Ana offer the same in every world, among what Bo offers, and otherwise what she likes."""
    his = offered(world, "Bo").offered() - {Part.GUESSES}
    something = shared.random() < 0.6
    public = {part for part in sorted(his) if shared.random() < 0.7}
    guesses = shared.random() < 0.5
    fixed = filling.answers(world, "Bo", shared, tuple(Part))
    week = this_week(seat=world.seat("Bo"), now=world.now)
    if Opening.objects.for_seat(world.seat("Bo")).filter(week=week.name).exists():
        return NOTHING
    if something and public:
        _offer(world, own, his, public, fixed, guesses=guesses)
    elif opening_now(world) != NOTHING:
        kept_back = filling.chosen_parts(own, set(Part) - his)
        _choose(world, kept_back)
    return opening_now(world)


def _offer(
    world: World,
    own: Random,
    his: frozenset[Part],
    public: set[Part],
    fixed: filling.Fields,
    *,
    guesses: bool,
) -> None:
    """Ana answers anew and chooses: what is public as fixed, and the rest by her own chance."""
    world.sign_in("Ana")
    world.post("Ana", "/me/keeping/", {"do": "give"})
    if Part.SPIRITUAL in public:
        world.post("Ana", "/me/beliefs/", {"do": "give"})
    sent = filling.answers(world, "Ana", own)
    for name in {*sent, *fixed}:
        if _is_public(name, public, guesses=guesses):
            sent.pop(name, None)
            sent |= {name: fixed[name]} if name in fixed else {}
    world.post("Ana", "/check-in/", sent)
    chosen = set(filling.chosen_parts(own, set(Part) - his - {Part.GUESSES}))
    chosen |= {part.value for part in public} | ({Part.GUESSES.value} if guesses else set())
    _choose(world, chosen)


def _choose(world: World, parts: Collection[str]) -> None:
    """As on the page about it, which may be closed to her in some worlds for what she did alone."""
    seat = world.seat("Ana")
    week = this_week(seat=seat, now=world.now)
    with suppress(NotThere, NotNow), committed():
        actions.choose(by=seat, week=week.name, parts=frozenset(map(Part, parts)), now=world.now)


def _is_public(name: str, public: set[Part], *, guesses: bool) -> bool:
    """Whether this field of the check-in opens, or may say something about what does."""
    part, _, kind = name.partition("_")
    if kind in ("felt", "hoped") or name in ("wish", "step"):
        return part in public
    if kind == "amount":
        return guesses and part in public
    return name == "guess" and guesses and Part.WISH in public


def agree_on_who_is_in_the_room(world: World, shared: Random) -> None:
    """Before Bo comes in, Ana is in, or is not."""
    world.sign_in("Ana")
    if shared.random() < 0.6:
        world.post("Ana", "/together/come-in/")
    elif in_room(world, "Ana"):
        world.post("Ana", "/together/leave/")


def agree_on_how_it_went(world: World, shared: Random, own: Random) -> None:
    """Before Bo looks back, Ana has, with one outcome and any marks."""
    outcome = shared.choice(list(Outcome)).value
    if may_look_back(world):
        world.sign_in("Ana")
        world.post("Ana", "/one-thing/look-back/", filling.look_back(own, outcome))
