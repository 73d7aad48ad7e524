"""Who may open what: every address, every kind of person, seen and sent. Held against access.txt.

Nobody is signed out; Ana and Bo are a couple with a week opened and a thing to look back on; Dee is
of another couple; Ivy is alone and has an invitation out; Jo is alone and followed its link.
An address that is not in the table fails, and so does one that is in it and gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.client import ClientHandler

from interwoven.apps.checkins.models import CheckIn, Opening
from tests.privacy.addresses import every_address
from tests.privacy.browser import Browser
from tests.privacy.pages import NO_ID
from tests.privacy.world import WEEK, Stage, World

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TABLE = Path(__file__).with_name("access.txt")
ACTORS = ("Nobody", "Ana", "Bo", "Dee", "Ivy", "Jo")
WIDTH = 76  # of the first column
OF_ANA = "ana’s"


def paths(world: World) -> Iterator[tuple[str, str]]:
    """Every address as it stands in the table, and one to ask for: Ana's own where there is an id,
    her couple's opening, and one of nothing."""
    for address in every_address():
        if address.plain:
            yield address.path, address.path
            continue
        if "opening_id" in address.route:
            ours = Opening.objects.for_seat(world.seat("Ana")).latest("week").pk
        elif "checkin_id" in address.route:
            ours = CheckIn.objects.filter(author_id=world.person("Ana")).latest("week").pk
        else:
            yield address.path, "/password/new/x-y-z/" if "uidb36" in address.route else "/i/none/"
            continue
        head, _, tail = address.route.partition("<")
        yield f"{address.path} {OF_ANA}", f"/{head}{ours}{tail.partition('>')[2]}"
        yield f"{address.path} nothing’s", f"/{head}{NO_ID}{tail.partition('>')[2]}"


def said(stage: Stage, method: str) -> dict[str, list[int]]:
    """What each gets, each in a world of its own."""
    with stage.world() as world:
        asked = dict(paths(world))
    table: dict[str, list[int]] = {name: [] for name in asked}
    for actor in ACTORS:
        for name, path in asked.items():
            with stage.world() as world:
                table[name].append(world.ask(actor, method, path).status_code)
    return table


def written(seen: dict[str, list[int]], sent: dict[str, list[int]]) -> str:
    """The table, an address a line."""
    lines = [f"{'':{WIDTH}}seen: {' '.join(ACTORS)}   sent: the same"]
    for name in sorted(seen):
        codes = "  ".join(" ".join(map(str, table[name])) for table in (seen, sent))
        lines.append(f"{name:{WIDTH}}{codes}")
    return "\n".join(lines) + "\n"


def test_everybody_gets_what_the_table_says_and_no_more(stage):
    table = written(said(stage, "get"), said(stage, "post"))

    assert table.splitlines() == TABLE.read_text(encoding="utf-8").splitlines()


def rows() -> list[tuple[str, list[int], list[int]]]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        codes = [int(code) for code in line[WIDTH:].split()]
        found.append((line[:WIDTH].strip(), codes[: len(ACTORS)], codes[len(ACTORS) :]))
    return found


def test_no_door_of_anybody_elses_opens_or_shuts_for_what_ana_does_alone(stage):
    """She keeps a week and chooses, is in the room, looks back, and takes a consent back."""
    seen = {name: codes for name, codes, _ in rows()}
    doors = {}
    for actor in ACTORS:
        with stage.world() as world:
            world.post("Ana", "/check-in/", WEEK)
            world.post("Ana", "/check-in/choose/", {"do": "open"})
            world.post("Ana", "/together/come-in/")
            world.post("Ana", "/one-thing/look-back/", {"outcome": "done", "revision": "99"})
            world.post("Ana", "/me/keeping/", {"do": "take_back"})
            for name, path in sorted(paths(world), key=lambda pair: pair[1] == "/exit/"):
                if OF_ANA not in name or actor != "Ana":
                    doors[name, actor] = world.ask(actor, "get", path).status_code
    changed = {
        (name, actor)
        for (name, actor), code in doors.items()
        if code != seen[name][ACTORS.index(actor)]
    }

    assert changed == {("/check-in/choose/", "Ana"), ("/check-in/parts/", "Ana")}


def test_the_table_itself_lets_nobody_in_who_is_signed_out():
    """Read by a machine once more: a private page sends whoever is signed out to the door."""
    seated = {address.path for address in every_address() if address.seated and not address.open}
    checked = 0
    for name, seen, sent in rows():
        if name.split(" ")[0] in seated:
            checked += 1
            assert seen[0] in {302, 405}, name
            assert sent[0] in {302, 405}, name
    assert checked > 30


def test_the_table_itself_keeps_what_is_anas_to_ana():
    own = [row for row in rows() if "checkin_id" in row[0] and OF_ANA in row[0]]
    ours = [row for row in rows() if "<uuid:opening_id>/ " in row[0] and OF_ANA in row[0]]

    assert [codes for _, codes, _ in own] == [[302, 200, 404, 404, 404, 404]]
    assert [codes for _, codes, _ in ours] == [[302, 200, 200, 404, 404, 404]]


def test_what_is_foreign_looks_like_what_is_not_there(stage):
    with stage.world() as world:
        asked = [(name, path) for name, path in paths(world) if "’s" in name]
    foreign = {name.removesuffix(f" {OF_ANA}"): path for name, path in asked if OF_ANA in name}
    nothing = {name.removesuffix(" nothing’s"): path for name, path in asked if OF_ANA not in name}
    assert foreign.keys() == nothing.keys()
    for actor in ("Dee", "Ivy", "Jo"):
        for name in foreign:
            for method in ("get", "post"):
                with stage.world() as world:
                    one = world.ask(actor, method, foreign[name])
                with stage.world() as world:
                    other = world.ask(actor, method, nothing[name])
                same = [(a.status_code, a.content, dict(a.headers)) for a in (one, other)]
                assert same[0] == same[1], (actor, method, name)


def test_nothing_is_changed_by_a_form_without_its_token(stage):
    """Every address, as another site would send a form to it for somebody who is signed in."""
    handler = ClientHandler(enforce_csrf_checks=True)
    handler.load_middleware()
    with stage.world() as world:
        for name, path in paths(world):
            browser = Browser(handler, stage.cookies["Ana"])
            assert browser.post(path, {}).status_code == 403, name


def test_nothing_is_taken_from_another_site(stage):
    for site in ("cross-site", "same-site"):
        for path in ("/check-in/", "/together/come-in/", "/one-thing/", "/settle/agree/"):
            with stage.world() as world:
                browser = world.browsers["Ana"]
                headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
                assert browser.post(path, {}, headers=headers).status_code == 403
