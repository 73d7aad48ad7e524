"""The demonstration: whole or not there, the same on any day, and nobody else's business."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from interwoven.apps.accounts.models import Person
from interwoven.apps.checkins.models import Opening
from interwoven.apps.checkins.opened import Opened
from interwoven.apps.couples.seats import seat_of
from interwoven.demo import loading
from interwoven.infra.crypto.rows import read
from interwoven.infra.keyring.models import DataKey
from tests.apps.couples.people import client_of, make_person, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
A_WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def told(*, reset: bool = False) -> str:
    said = io.StringIO()
    call_command("demo", reset=reset, stdout=said)
    return said.getvalue()


def demo_client(name: str) -> Client:
    return client_of(Person.objects.get(email=loading.ADDRESSES[name]))


def opened_weeks() -> list[tuple[object, Opened]]:
    seat = seat_of(Person.objects.get(email=loading.ADDRESSES["Ana"]))
    rows = Opening.objects.for_seat(seat).order_by("week")
    return [(row.week, read(row, Opened, seat=seat)) for row in rows]


def test_the_three_sign_in_with_the_password_it_prints():
    password = re.search(r"password: (.+)", told())[1]

    for address in loading.ADDRESSES.values():
        browser = Client()
        sent = browser.post("/sign-in/", {"login": address, "password": password})
        assert sent.headers["Location"] == "/today/"
    assert len(password) >= 12


@pytest.mark.parametrize("days", range(7))
@pytest.mark.parametrize("hour", [0, 19, 23])
def test_it_loads_on_any_day_at_any_hour(days, hour):
    with time_machine.travel(A_WEDNESDAY.replace(hour=hour) + timedelta(days=days), tick=False):
        told()

        assert len(opened_weeks()) == 10
        for name, line in (("Ana", "Bo"), ("Bo", "Ana")):
            shown = demo_client(name).get("/today/").content.decode()
            assert f"</svg>{line}</span>" in shown, "Today leads with what the other opened"
        for name in loading.ADDRESSES:
            for path in ("/today/", "/check-in/", "/map/", "/weeks/", "/me/"):
                assert demo_client(name).get(path).status_code == 200


@pytest.mark.parametrize("month", [3, 10])
def test_it_loads_on_the_days_the_clocks_change(month, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    day = {3: 29, 10: 25}[month]
    with time_machine.travel(datetime(2026, month, day, 1, tzinfo=UTC), tick=False):
        told()

        assert len(opened_weeks()) == 10


def test_it_is_the_same_each_time_it_is_loaded():
    with time_machine.travel(A_WEDNESDAY, tick=False):
        told()
        first = opened_weeks()
        told(reset=True)

        assert opened_weeks() == first


def test_one_thing_is_agreed_and_two_are_behind_them():
    with time_machine.travel(A_WEDNESDAY, tick=False):
        told()
        ana = demo_client("Ana")

        assert "Walk to the second bridge" in ana.get("/today/").content.decode()
        earlier = ana.get("/one-thing/earlier/").content.decode()
        assert "Read the same article" in earlier
        assert "Sit on the stairs" in earlier


def test_loading_twice_changes_nothing():
    told()
    before = opened_weeks()

    assert "in it already" in told()
    assert opened_weeks() == before


def test_beginning_anew_touches_nobody_else():
    told()
    dee, eve = make_person("Dee"), make_person("Eve")
    seat, _ = pair(dee, eve, A_WEDNESDAY)
    theirs = {str(dee.pk), str(eve.pk), str(seat.couple)}
    before = rows_of(theirs)

    told(reset=True)

    assert rows_of(theirs) == before
    assert {row.split()[0] for row in before} >= {"Person", "Profile", "Couple", "DataKey"}
    assert Person.objects.count() == 5


def rows_of(ids: set[str]) -> set[str]:
    """Every row anywhere that names one of these people or couples."""
    models = [model for model in apps.get_models() if model._meta.app_label != "contenttypes"]
    rows = ((model.__name__, row) for model in models for row in model.objects.values())
    return {
        f"{name} {sorted(map(str, row.items()))}"
        for name, row in rows
        if ids & {str(value) for value in row.values()}
    }


def test_it_goes_without_leaving_a_row_or_a_key():
    told()
    loading.remove()

    for model in apps.get_models():
        if model._meta.app_label not in {"contenttypes", "auth"}:
            assert not model.objects.exists(), model
    assert not DataKey.objects.exists()


def test_dying_in_the_middle_leaves_nothing(monkeypatch):
    def die(done: int, of: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load("any password will do", now=A_WEDNESDAY, progress=die)

    assert not loading.is_loaded()
    assert not Opening.objects.exists()
