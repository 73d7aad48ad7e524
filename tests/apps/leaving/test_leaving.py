"""Leaving: at once, alone, quietly; and what is whose afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from interwoven.apps.checkins.jobs import open_due_evenings
from interwoven.apps.checkins.models import Arrival, CheckIn, Opening
from interwoven.apps.couples import actions as couples
from interwoven.apps.couples.models import Couple, Membership, Parting
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import actions, lasting, partings
from interwoven.core.people import Seat
from interwoven.infra import ledger
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere
from tests.apps.checkins.two import OUR_EVENING, WEDNESDAY, answer, text
from tests.apps.couples.people import client_of, make_person, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def leave(browser: Client):
    return browser.post("/me/leave/")


@pytest.fixture
def opened(two):
    """A week has opened, with an answer to it."""
    answer(two.ana)
    answer(two.bo, emotional_felt="8")
    two.our_evening_comes()
    two.opening = Opening.objects.get()
    sent = {"part": "emotional", "words": "Come and tell me"}
    two.bo.post(f"/map/{two.opening.pk}/answer/", sent)
    return two


def test_the_page_says_first_what_leaving_does_and_that_it_may_be_noticed(two):
    shown = text(two.ana, "/me/leave/")

    assert "It may be noticed" in shown
    assert "Bo isn’t asked, and isn’t told." in shown
    assert 'href="/help/"' in shown.split("<main")[1].split("</main>")[0]
    assert Membership.objects.filter(ended_on=None).count() == 2  # looking did nothing


def test_leaving_takes_one_press_and_nobody_elses(two):
    answered = leave(two.ana)

    assert answered.headers["Location"] == "/me/left/"
    assert answered.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "On your own" in text(two.ana, "/me/left/")
    assert "Here on your own." in text(two.ana, "/me/")
    assert two.ana.get("/together/").status_code == 404


def test_leaving_again_from_another_tab_does_nothing_more(two):
    leave(two.ana)
    epochs = list(Couple.objects.values_list("key_epoch"))

    assert leave(two.ana).status_code == 404
    assert list(Couple.objects.values_list("key_epoch")) == epochs


def test_every_other_browser_of_hers_is_signed_out_and_none_of_his(two):
    elsewhere = client_of(two.people["Ana"])
    leave(two.ana)

    assert elsewhere.get("/today/").status_code == 302
    assert two.ana.get("/today/").status_code == 200
    assert two.bo.get("/today/").status_code == 200


def test_what_was_to_open_does_not(two):
    answer(two.ana)
    answer(two.bo)
    leave(two.ana)

    two.our_evening_comes()

    assert not Opening.objects.exists()
    assert "What you both open comes here" in text(two.bo, "/map/")


def test_what_was_to_open_to_one_does_not_open_to_the_next(two):
    answer(two.ana)
    leave(two.ana)
    cleo = make_person("Cleo")
    pair(two.people["Ana"], cleo, WEDNESDAY)
    answer(client_of(cleo))

    open_due_evenings(OUR_EVENING + timedelta(minutes=1))

    assert not Opening.objects.exists()
    assert "6" in text(two.ana, "/check-in/")  # she still has what she wrote


def test_nobody_is_in_the_room_who_has_left(two):
    for browser in (two.ana, two.bo):
        browser.post("/together/come-in/")
    leave(two.ana)

    assert two.bo.post("/together/open/").headers["Location"] == "/together/"
    assert not Arrival.objects.filter(person=two.people["Ana"]).exists()


def test_her_password_on_his_phone_brings_nobody_in(two):
    from tests.apps.couples.people import PASSWORD

    leave(two.ana)
    two.bo.post("/together/come-in/")

    two.bo.post("/together/here-too/", {"password": PASSWORD})

    assert "You are in" in text(two.bo, "/together/")
    assert not Arrival.objects.filter(person=two.people["Ana"]).exists()


def test_what_had_opened_stays_with_both(opened):
    leave(opened.ana)
    path = f"/map/{opened.opening.pk}/"

    hers, his = text(opened.ana, path), text(opened.bo, path)
    for shown in (hers, his):
        assert "Ana: felt 6, hoped for 8" in shown
        assert "Bo: felt 8, hoped for 8" in shown
        assert "Come and tell me" in shown
    assert "Tell me more" not in hers  # there is nothing to answer with any more
    assert "Tell me more" in his
    assert path in text(opened.ana, "/weeks/")


def test_what_he_writes_afterwards_never_reaches_her(opened):
    leave(opened.ana)
    path = f"/map/{opened.opening.pk}/"

    sent = {"part": "physical", "words": "Said to an empty room"}
    opened.bo.post(f"{path}answer/", sent)
    opened.bo.post("/me/", {"name": "Bo the Second", "pronouns": ""})

    assert "Said to an empty room" in text(opened.bo, path)
    hers = text(opened.ana, path)
    assert "Said to an empty room" not in hers
    assert "Bo the Second" not in hers
    assert "Come and tell me" in hers


def test_the_seat_that_was_left_opens_nothing_of_the_next_epoch(opened):
    from interwoven.apps.couples.pages import Settled

    left = opened.seat("Ana")
    leave(opened.ana)
    opened.bo.post("/settle/", {"day": "4", "time": "20:00", "zone": "UTC", "strand": "all"})
    couple = Couple.objects.get()

    assert (left.epoch, couple.epoch) == (1, 2)
    with pytest.raises(NotThere):
        read(couple, Settled, seat=left)
    assert read(couple, Settled, seat=opened.seat("Bo")).proposed


def test_pairing_anew_revives_nothing(opened):
    leave(opened.ana)
    leave(opened.bo)
    pair(opened.people["Ana"], opened.people["Bo"], OUR_EVENING)

    assert "What you both open comes here" in text(opened.ana, "/map/")
    assert Couple.objects.count() == 2
    assert Couple.objects.filter(ended_on=None).count() == 1


def test_her_own_weeks_stay_hers(opened):
    mine = CheckIn.objects.get(author=opened.people["Ana"]).pk
    leave(opened.ana)

    assert opened.ana.get(f"/weeks/{mine}/").status_code == 200
    assert opened.bo.get(f"/weeks/{mine}/").status_code == 404


def test_nobody_else_reads_what_stayed_with_her(opened):
    leave(opened.ana)
    stranger = client_of(make_person("Cleo"))

    foreign = stranger.get(f"/map/{opened.opening.pk}/")
    absent = stranger.get("/map/6d0dbe1e-6f0a-4b4c-9f0f-2f9a3a4f0d11/")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


def test_if_one_part_of_leaving_fails_none_of_it_happened(two, monkeypatch):
    answer(two.ana)

    def refuse(session):
        raise RuntimeError

    monkeypatch.setattr("interwoven.infra.sessions.end_others", refuse)
    with pytest.raises(RuntimeError):
        leave(two.ana)

    assert Membership.objects.filter(ended_on=None).count() == 2
    assert Couple.objects.get().key_epoch == 1
    two.bo.post("/check-in/", {"emotional_felt": "4", "emotional_hoped": "4"})
    two.bo.post("/check-in/choose/", {"do": "open"})
    two.our_evening_comes()
    assert Opening.objects.exists()  # what she had chosen stood


def test_a_person_without_a_partner_has_nobody_to_leave():
    cem = make_person("Cem")

    assert client_of(cem).get("/me/leave/").status_code == 404
    with pytest.raises(NotThere):
        couples.leave(by=Seat(cem.pk), now=WEDNESDAY)
    assert actions.leave.__dict__["audit_event"] == "person.left"


def test_whoever_is_one_of_two_is_told_to_leave_before_another_invitation(two):
    from tests.apps.couples.people import invited

    leave(two.ana)
    token, code = invited(two.people["Ana"], WEDNESDAY)
    two.bo.get(f"/i/{token}/")

    assert "You are one of two here already" in text(two.bo, "/invitation/answer/")
    two.bo.post("/invitation/answer/", {"code": code})
    assert Membership.objects.filter(ended_on=None).count() == 1

    leave(two.bo)
    two.bo.post("/invitation/answer/", {"code": code})
    assert "Now Ana says whether it is you" in text(two.bo, "/invitation/answer/")


def test_who_left_leaves_again_when_a_backup_brings_the_couple_back(
    two, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        two.ana.post("/me/leave/")
    Parting.objects.all().delete()
    Membership.objects.update(ended_on=None)  # as in a backup from before

    assert lasting.go_on(OUR_EVENING) == 0

    assert not seat_of(two.people["Ana"]).paired
    assert seat_of(two.people["Bo"]).paired


def test_a_halt_before_it_was_noted_is_made_up_for_at_the_next_start(two):
    two.ana.post("/me/leave/")  # in a test nothing is committed, so nothing is noted
    assert not ledger.noted()

    lasting.go_on(OUR_EVENING)

    assert len(ledger.noted()) == 1
    Membership.objects.update(ended_on=None)
    assert lasting.go_on(OUR_EVENING) == 0
    assert not seat_of(two.people["Ana"]).paired


def test_where_the_ledger_cannot_be_written_leaving_goes_on_and_is_noted_later(
    two, settings, tmp_path, django_capture_on_commit_callbacks
):
    (tmp_path / ledger.NAME).mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        assert leave(two.ana).headers["Location"] == "/me/left/"
    (tmp_path / ledger.NAME).rmdir()

    lasting.go_on(OUR_EVENING)

    assert len(ledger.noted()) == 1


def test_one_who_cannot_be_taken_out_holds_up_nobody_else(two, monkeypatch):
    for browser in (two.ana, two.bo):
        leave(browser)
    partings.catch_up()
    Membership.objects.update(ended_on=None)
    Parting.objects.all().delete()
    leave_again = actions.leave_again

    def fail_for_ana(*, by, now):
        if by.person == two.people["Ana"].pk:
            raise OperationalError
        leave_again(by=by, now=now)

    monkeypatch.setattr(actions, "leave_again", fail_for_ana)

    assert lasting.make_good(ledger.noted(), OUR_EVENING) == 1
    assert seat_of(two.people["Ana"]).paired
    assert not seat_of(two.people["Bo"]).paired


def test_who_pairs_anew_with_the_same_one_is_not_parted_again(two):
    two.ana.post("/me/leave/")
    two.bo.post("/me/leave/")
    lasting.go_on(OUR_EVENING)
    pair(two.people["Ana"], two.people["Bo"], OUR_EVENING)

    assert lasting.go_on(OUR_EVENING) == 0
    assert seat_of(two.people["Ana"]).paired
