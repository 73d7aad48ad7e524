"""What an inviter and an invited person can learn of each other: a name, and who joined."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interwoven.apps.accounts import actions as accounts
from interwoven.apps.couples import actions
from interwoven.apps.couples.models import Couple
from interwoven.apps.couples.seats import seat_of
from interwoven.core.consent import ConsentKind
from interwoven.infra import drafts
from tests.apps.couples.browser import Browser, seen
from tests.apps.couples.people import client_of, invited, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PAGES = ["/invitation/", "/invitation/answer/", "/invitation/no/", "/invite/", "/me/"]


def every_row() -> dict[str, list[tuple[object, ...]]]:
    """Everything the databases hold, as they hold it."""
    found = {}
    for alias in ("default", "keyring"):
        connection = connections[alias]
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[f"{alias}.{table}"] = sorted(map(_raw, cursor.fetchall()), key=repr)
    return found


def _raw(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)


def nothing(person, now):
    pass


def rename(person, now):
    actions.rename(by=seat_of(person), name="Somebody Else", pronouns="they/them", now=now)


def say_yes_to_beliefs(person, now):
    accounts.consent(by=seat_of(person), kind=ConsentKind.BELIEFS, now=now)


def take_keeping_back(person, now):
    accounts.withdraw(by=seat_of(person), kind=ConsentKind.ADULT, now=now)


def leave_a_form_half_done(person, now):
    drafts.keep(seat=seat_of(person), form="called", values={"name": "X"}, errors={}, now=now)


def take_back(person, now):
    actions.take_back(by=seat_of(person), now=now)


def make_another(person, now):
    actions.invite(by=seat_of(person), now=now)


PRIVATE = [nothing, rename, say_yes_to_beliefs, take_keeping_back, leave_a_form_half_done]


@pytest.mark.parametrize("did", PRIVATE[1:])
def test_before_an_answer_the_invited_person_sees_one_page_whatever_the_inviter_does(
    ana, bo, now, did
):
    token, _ = invited(ana, now)
    bos, visitor = client_of(bo), Client()
    for browser in (bos, visitor):
        browser.get(f"/i/{token}/")
    before = [seen(bos, path) for path in PAGES] + [seen(visitor, path) for path in PAGES]
    did(ana, now)

    after = [seen(bos, path) for path in PAGES] + [seen(visitor, path) for path in PAGES]
    assert after == before


@pytest.mark.parametrize("did", [*PRIVATE[1:], take_back, make_another])
def test_after_an_answer_they_see_one_page_even_when_it_was_not_them(ana, bo, now, did):
    token, code = invited(ana, now)
    bos = Browser(bo)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    bos.send("/invitation/answer/", code=code)
    paths = [*PAGES, f"/i/{token}/"]
    before = [seen(bos.client, path) for path in paths]
    did(ana, now)

    assert [seen(bos.client, path) for path in paths] == before


def test_the_inviter_sees_the_same_whether_it_was_declined_looked_at_or_never_opened(ana, bo, now):
    token, _ = invited(ana, now)
    anas = client_of(ana)
    paths = ["/invite/", "/me/"]
    never_opened, rows = [seen(anas, path) for path in paths], every_row()

    visitor = Browser()
    visitor.go(f"/i/{token}/")
    assert [seen(anas, path) for path in paths] == never_opened
    visitor.send("/invitation/no/")

    assert "That’s fine" in visitor.text
    assert "Ana Marković isn’t told." in visitor.text
    assert [seen(anas, path) for path in paths] == never_opened
    assert every_row() == rows


def test_a_no_of_somebody_signed_in_changes_no_row_either(ana, bo, now):
    token, _ = invited(ana, now)
    bos = Browser(bo)
    bos.go(f"/i/{token}/")
    rows = every_row()
    bos.send("/invitation/no/")

    assert every_row() == rows
    bos.go("/invitation/")
    assert "not open any more" in bos.text


def test_after_a_no_the_browser_soon_has_forgotten_the_name_too(ana, now, clock):
    token, _ = invited(ana, now)
    visitor = Browser()
    visitor.go(f"/i/{token}/")
    visitor.send("/invitation/no/")
    assert not visitor.client.cookies["invitation"].value

    clock.shift(timedelta(minutes=6))
    visitor.go("/invitation/no/")
    assert "Ana" not in visitor.text
    assert "Whoever sent it isn’t told." in visitor.text


def test_a_no_can_be_thought_over_while_the_link_is_good(ana, now):
    token, _ = invited(ana, now)
    visitor = Browser()
    visitor.go(f"/i/{token}/")
    visitor.send("/invitation/no/")

    assert visitor.go(f"/i/{token}/") == "/invitation/"


def test_the_databases_hold_neither_link_nor_digits_nor_names(ana, bo, now, monkeypatch):
    monkeypatch.setattr(actions.tokens, "new_code", lambda: "said aloud, once")
    token, code = invited(ana, now)
    actions.answer(by=seat_of(bo), token=token, code=code, now=now)
    secrets = [token, code, "Ana Marković", "Markovi", "Bo Lindqvist", "Lindqvist", "she/her"]

    for rows in (every_row(), (actions.confirm(by=seat_of(ana), now=now), every_row())[1]):
        held = repr(rows)
        assert "ana@example.org" in held  # the search does find what is there in plain
        for secret in secrets:
            assert secret not in held
            assert repr(secret.encode())[2:-1] not in held


def test_what_one_of_the_two_does_alone_changes_nothing_on_the_pages_of_the_other(ana, bo, now):
    pair(ana, bo, now)
    bos = client_of(bo)
    before = seen(bos, "/me/")
    with CaptureQueriesContext(connections["default"]) as asked_before:
        bos.get("/me/")
    for did in (say_yes_to_beliefs, take_keeping_back, leave_a_form_half_done):
        did(ana, now)

    with CaptureQueriesContext(connections["default"]) as asked_after:
        assert seen(bos, "/me/") == before
    assert _shapes(asked_after) == _shapes(asked_before)


def test_the_same_test_sees_a_change_that_is_meant_for_the_other(ana, bo, now):
    """A positive control: a new name shows on the pages of both."""
    pair(ana, bo, now)
    before = seen(client_of(bo), "/me/")
    rename(ana, now)

    assert seen(client_of(bo), "/me/") != before


@pytest.mark.parametrize("path", ["/invite/confirm/", "/invite/take-back/", "/me/beliefs/"])
def test_doors_that_only_take_forms_are_shut_to_everybody_alike(ana, bo, now, path):
    alone = client_of(ana).get(path)
    pair(ana, bo, now)
    paired = client_of(ana).get(path)

    assert (alone.status_code, alone.content) == (405, b"")
    assert (paired.status_code, paired.content) == (405, b"")


def test_an_absent_address_and_a_foreign_couple_look_the_same(ana, bo, cleo, now):
    pair(ana, bo, now)
    couple = Couple.objects.get()
    absent = client_of(cleo).get("/couples/none/")
    foreign = client_of(cleo).get(f"/couples/{couple.pk}/")

    assert (absent.status_code, absent.content) == (404, foreign.content)


def _shapes(asked: CaptureQueriesContext) -> list[str]:
    """Statements without the ids of sessions, which differ by browser and not by what was done."""
    return [query["sql"] for query in asked.captured_queries if "infra_session" not in query["sql"]]
