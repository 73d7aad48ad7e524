"""A whole journey of seven people, in which everything is typed that can be typed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import urlsplit

from tests.apps.guarding import device
from tests.journeys.server import Server
from tests.privacy.letters import Letters
from tests.privacy.pages import LAST, OF_ONE, OPEN_TO_ANYONE, SEATED
from tests.privacy.typing_in import Person, Told

A_MONTH_BEFORE = datetime(2026, 2, 25, 18, tzinfo=UTC)  # both in a week that asks
BEGAN = datetime(2026, 4, 1, 18, tzinfo=UTC)  # the monthly questions
EVENING = datetime(2026, 4, 5, 19, 0, 10, tzinfo=UTC)
OUT = ("/sign-out/", *LAST)
DO_SIGN_IN = tuple(path for path in OPEN_TO_ANYONE if path not in OUT)


def whole_journey(server: Server, letters: Letters) -> Told:
    told = Told()
    ana, bo, cleo, dan, eve, flo = (
        Person(server, name, told) for name in ("Ana", "Bo", "Cleo", "Dan", "Eve", "Flo")
    )
    _a_week_for_herself(ana)
    server.clock_to(BEGAN)
    ana.sign_in()
    bo.sign_up()
    told.secrets |= _become_two(ana, bo)
    for person in (ana, bo):
        _a_week(person)
    _what_goes_wrong(ana)
    server.clock_to(EVENING)
    for person in (ana, bo):
        _answer(person)
    _one_thing(ana, bo)
    _take_along_and_bring_back(ana, cleo)
    assert bo.word("step") in ana.see("/map/"), "the journey did not come as far as the map"
    assert ana.word("wish") in bo.see("/one-thing/")
    ana.walk(SEATED)
    _a_lock(cleo)
    told.secrets |= _codes(server, dan)
    told.secrets |= _another_address_and_password(eve, letters)
    flo.walk(DO_SIGN_IN)
    told.secrets |= {f"{cookie.name} of Bo": cookie.value or "" for cookie in bo.jar}
    return told


def _a_week_for_herself(ana: Person) -> None:
    ana.sign_up()
    ana.send("/check-in/", "/check-in/", emotional_felt="3", step=ana.word("keptstep"))
    assert ana.word("keptstep") in ana.see("/weeks/now/")


def _become_two(ana: Person, bo: Person) -> dict[str, str]:
    shown = ana.send("/invite/", "/invite/").split("<main")[1]
    code = re.sub(r"\D", "", re.search(r"\b\d{3}\D{0,3}\d{3}\b", re.sub("<[^>]+>", "", shown))[0])
    token = re.search(r"/i/([\w-]{40,})/", shown)[1]
    bo.see(f"/i/{token}/")
    bo.send("/invitation/answer/", "/invitation/answer/", code=bo.word("code"))
    bo.send("/invitation/answer/", "/invitation/answer/", code=code)
    found = re.search(r'name="invitation" value="([^"]+)"', ana.see("/invite/"))
    ana.send("/invite/", "/invite/confirm/", **({"invitation": found[1]} if found else {}))
    return {"token": token}


def _a_week(person: Person) -> None:
    marks = {"emotional_felt": "6", "emotional_hoped": "8", "physical_felt": "5"}
    person.send("/check-in/", "/check-in/", **marks, step=f"{person.word('step')} on Sunday")
    person.send("/check-in/choose/", "/check-in/choose/", do="open")


def _what_goes_wrong(ana: Person) -> None:
    """Addresses, questions and forms that are no good, and passwords that are not hers."""
    for path in (f"/{ana.word('address')}/", f"/i/{ana.word('link')}/"):
        with suppress(HTTPError):
            ana.see(path)
    ana.see(f"/weeks/?before={ana.word('question')}")
    ana.send("/check-in/", "/check-in/", step=ana.word("toolong") * 40)
    ana.send("/together/", "/together/come-in/")
    ana.send("/together/", "/together/here-too/", password=ana.word("guess"))
    times = {"time": ana.word("time"), "zone": ana.word("zone")}
    ana.send("/settle/", "/settle/", day="1", **times)
    ana.send("/me/", "/me/", name="", pronouns=ana.word("draft"))
    ana.send("/me/", "/me/", name=ana.word("longname") * 9, pronouns="")
    for page in ("/me/erase/", "/me/take-along/"):
        ana.send(page, page, password=ana.word("guess"))


def _answer(person: Person) -> None:
    path = re.search(r'action="(/map/[0-9a-f-]+/answer/)"', person.see("/map/"))[1]
    words = f"{person.word('answer')}, and more"
    person.send("/map/", path, part="step", reply="words", words=words)


def _one_thing(ana: Person, bo: Person) -> None:
    ana.send("/one-thing/", "/one-thing/", strand="emotional")
    for person in (ana, bo):
        texts = {"works": person.word("works"), "wish": person.word("wish")}
        person.send("/one-thing/", "/one-thing/say/", **texts)
    day = (EVENING + timedelta(days=2)).date().isoformat()
    act = {"what": ana.word("what"), "whose": "b", "day": day, "minutes": "30"}
    wrong = {"day": ana.word("day"), "minutes": ana.word("minutes")}
    ana.send("/one-thing/", "/one-thing/propose/", **act | wrong)
    ana.send("/one-thing/", "/one-thing/propose/", **act)
    bo.send("/one-thing/", "/one-thing/agree/")
    bo.send("/one-thing/", "/one-thing/move/", day=bo.word("otherday"))


def _take_along_and_bring_back(ana: Person, cleo: Person) -> None:
    """A file of all that is Ana's goes out; one of Cleo's comes in, and one that is wrong."""
    cleo.sign_up()
    taken = taken_along(ana, "json")
    assert ana.word("step") in taken, "the file was not taken along"
    brought = taken.replace(ana.word("step"), cleo.word("broughtstep"))
    cleo.bring('{"format":"' + cleo.word("wrongfile"))
    cleo.bring(brought)
    assert "My answers" in cleo.see("/weeks/"), "the file was not brought back"
    cleo.walk(OF_ONE)


def taken_along(person: Person, kind: str) -> str:
    """The file of all that is theirs: to bring back, or a page to read."""
    fields = {"password": person.password, "as": kind}
    return person.send("/me/take-along/", "/me/take-along/", **fields)


def _a_lock(cleo: Person) -> None:
    """A private lock, and what was tried in its place."""
    set_to = {"do": "set", "lock": cleo.word("lock"), "password": cleo.password}
    assert "Your lock is on" in cleo.send("/me/lock/", "/me/lock/", **set_to)
    cleo.sign_out()
    cleo.sign_in()  # as the lock is open still where it was set
    sent = {"lock": cleo.word("lockguess"), "next": "/weeks/now/"}
    assert "That doesn’t open it" in cleo.send("/me/unlock/", "/me/unlock/", **sent)


def _codes(server: Server, dan: Person) -> dict[str, str]:
    """What an app and a sheet of paper hold from now on, and no database in plain."""
    dan.sign_up()
    later = EVENING + timedelta(hours=1)
    server.clock_to(later)
    recovery = _passkey(dan)
    shown = dan.send(device.CODES, device.CODES, do="begin", password=dan.password)
    secret = device.secret_on(shown).replace(" ", "")
    dan.send(device.CODES, device.CODES, do="confirm", code=dan.word("code"))
    code = device.code_of(secret, at=later.timestamp())
    assert "Off" not in dan.send(device.CODES, device.CODES, do="confirm", code=code)
    for page in (device.REMOVE, device.RECOVERY):
        dan.send(page, page, which="1", password=dan.word("guess"))
    dan.sign_out()
    dan.sign_in()
    dan.send(device.AFTER_PASSWORD, device.AFTER_PASSWORD, code=dan.word("doorcode"))
    return {"secret of the app": secret, "recovery code": recovery}


def _passkey(dan: Person) -> str:
    """Make one. The first of the recovery codes that come with it."""
    begun = {"do": "begin", "kind": "after", "password": dan.password}
    asked = device.asked_on(dan.send(device.PASSKEY, device.PASSKEY, **begun))
    made = device.Device().makes(asked, origin=dan.server.address)
    shown = dan.send(device.PASSKEY, device.PASSKEY, do="keep", credential=made)
    return device.recovery_codes_on(shown)[0].replace(" ", "")


def _another_address_and_password(eve: Person, letters: Letters) -> dict[str, str]:
    """Every way to another address and password, and every way it goes wrong."""
    eve.sign_up()
    to = "/me/address/"
    eve.send(to, to, email=eve.address("refused"), password=eve.word("guess"))
    eve.send(to, to, email=eve.signs_in_by("moved"), password=eve.password)
    wrong = {"oldpassword": eve.word("oldguess"), "password1": eve.word("fresh")}
    eve.send("/password/another/", "/password/another/", **wrong)
    changed = {"oldpassword": eve.password, "password1": f"{eve.word('changed')} four words"}
    eve.send("/password/another/", "/password/another/", **changed)
    eve.sign_out()
    for address in (eve.address("unknown"), eve.signs_in_by("moved")):
        eve.send("/password/forgotten/", "/password/forgotten/", email=address)
    key = _follow(eve, letters)
    eve.send(eve.at, eve.at, password1=f"{eve.word('reset')} four words")
    mistyped = {"login": eve.address("mistyped"), "password": eve.word("doorguess")}
    eve.send("/sign-in/", "/sign-in/", **mistyped)
    eve.sign_in("moved", f"{eve.word('reset')} four words")
    assert eve.at == "/today/"
    return {"key of the letter": key}


def _follow(eve: Person, letters: Letters) -> str:
    """Follow the link of the letter. What is secret of it."""
    letter = letters.next()
    told = f"{letter['Subject']} {letter.get_content()}"
    assert not [word for word in eve.told.nowhere.values() if word in told]
    path = urlsplit(re.search(r"http\S+", letter.get_content())[0].rstrip(".")).path
    eve.see(path)
    return path.strip("/").rpartition("/")[2]
