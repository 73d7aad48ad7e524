"""One history: slots of time, in each of which things happen in private and before one's eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from interwoven.apps.couples.models import Couple
from tests.privacy import door, pages, private, shared
from tests.privacy.chance import chance
from tests.privacy.filling import Fields
from tests.privacy.harness import Observer, Seen, compare, observing, statements
from tests.privacy.released import agree_on_what_opens
from tests.privacy.world import Stage, World

LATER = (
    timedelta(0), timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=5),
    timedelta(days=1), timedelta(days=3), timedelta(days=5),
)  # fmt: skip
STILL = 0  # the world in which nothing is done in private

Looks = Callable[[World], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Scene:
    """Who looks on at whom, and what each of the two may do."""

    observer: str
    who: str  # does things in private
    private: tuple[private.Step, ...]
    shared: tuple[shared.Step, ...]
    pages: tuple[str, ...]
    looks: Looks = pages.none
    first: shared.Step | None = None
    slots: int = 5


COUPLE = Scene(
    "Bo", "Ana", private.EVERYTHING, shared.EVERYTHING, pages.SEATED,
    looks=pages.with_an_id, first=shared.bo_answers_the_week,
)  # fmt: skip
INVITED = Scene("Jo", "Ivy", door.OF_THE_INVITER, door.AS_INVITED, pages.OF_ONE)
INVITER = Scene("Ivy", "Jo", door.OF_THE_INVITED, door.AS_INVITER, pages.OF_ONE)
OUTSIDE = Scene("Nobody", "Ana", private.EVERYTHING, door.AS_OUTSIDER, pages.OPEN_TO_ANYONE)
SCENES = {"couple": COUPLE, "invited": INVITED, "inviter": INVITER, "outside": OUTSIDE}


class Play:
    """A history in one world, with somebody looking on."""

    def __init__(self, scene: Scene, observer: Observer, seed: int, which: int) -> None:
        self.scene, self.observer, self.world = scene, observer, observer.world
        self.seed, self.which, self.deeds = seed, which, 0
        self.shared = Random(f"{seed} shared")
        self.own = Random(f"{seed} {which}")
        self.world.who = scene.who
        self.world.she_waits = self.shared.random() < 0.4
        self.world.confirms = self.shared.random() < 0.5

    def send(self, path: str, sent: Fields | None = None, **headers: str) -> None:
        self._here(path)
        self.observer.ask(path, sent or {}, **headers)

    def do(self, name: str, path: str, sent: Fields | None = None) -> None:
        self.world.sign_in(name)
        self._here(path)
        self.world.post(name, path, sent)

    def look(self, path: str, called: str = "") -> None:
        self._here(called or path)
        self.observer.ask(path, called=called)

    def run(self) -> list[Seen]:
        for slot in range(self.scene.slots):
            self._in_private()
            self._time_goes_by()
            self._step(slot)(self, self.shared, self.own)
            self.observer.collect()
            self.look(self.shared.choice(self.scene.pages))
        self._in_private()
        self._look_at_everything()
        return self.observer.seen

    def _here(self, what: str) -> None:
        self.deeds += 1
        chance.begin(self.seed, self.deeds, what)

    def _step(self, slot: int) -> shared.Step:
        if slot == 0 and self.scene.first and self.shared.random() < 0.7:
            return self.scene.first
        return self.shared.choice(self.scene.shared)

    def _in_private(self) -> None:
        if self.which == STILL:
            return
        for step in self.own.choices(self.scene.private, k=self.own.randint(0, 3)):
            chance.begin(self.seed, self.which, self.own.random())
            step(self.world, self.own)
            self.observer.collect()

    def _time_goes_by(self) -> None:
        by = self.shared.choice(LATER)
        if self.scene.observer == "Bo":
            self._agree_if_our_evening_comes(by)
        self._here("the clock")
        with statements("default") as asked:
            self.world.later(by)
        self.observer.note("what the clock does", tuple(asked))
        self.observer.collect()

    def _agree_if_our_evening_comes(self, by: timedelta) -> None:
        couple = Couple.objects.get(pk=self.world.seat("Bo").couple)
        if couple.opens_at <= self.world.now + by:
            opened = agree_on_what_opens(self.world, self.shared, self.own)
            self.observer.note("released on our evening", opened)

    def _look_at_everything(self) -> None:
        for path in self.scene.pages:
            self.look(path)
        for called, path in self.scene.looks(self.world):
            self.look(path, called)


def history(stage: Stage, scene: Scene, seed: int, which: int) -> list[Seen]:
    """What the observer gets of this history in this world."""
    with stage.world() as world, observing(world, scene.observer) as observer:
        return Play(scene, observer, seed, which).run()


def same_in_all_worlds(stage: Stage, scene: Scene, seed: int, worlds: int) -> list[Seen]:
    """Play it in the world in which nothing is done in private, and compare others with it.

    Raises `Leak`.
    """
    first = history(stage, scene, seed, STILL)
    for which in range(1, worlds):
        compare(first, history(stage, scene, seed, which))
    return first
