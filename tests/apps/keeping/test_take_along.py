"""What one takes along: all of one's own, what was opened to one, and nothing else of anybody's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import fastjsonschema
import pytest

from interwoven.apps.checkins.models import Opening
from interwoven.core.people import Seat
from interwoven.infra.crypto.keys import KeyClass
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.models import AuditEntry
from tests.apps.couples.people import PASSWORD, client_of, make_person
from tests.apps.keeping.story import ANA, BO, KEPT, OPENED, TAKE, bare, take, taken

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "export.schema.json").read_text())
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
fits = fastjsonschema.compile(SCHEMA)


def test_the_page_says_what_is_in_it_and_asks_for_the_password(two):
    page = two.ana.get(TAKE).content.decode()

    assert "What Bo kept. That is in no file but theirs." in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize(
    ("kind", "name", "type_"),
    [
        ("json", "export.json", "application/json"),
        ("page", "export.html", "text/html; charset=utf-8"),
        ("", "export.json", "application/json"),
    ],
)
def test_a_file_comes_with_a_name_that_tells_nothing_and_is_not_to_be_stored(
    two, kind, name, type_
):
    response = take(two.ana, kind)

    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == type_
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("password", ["", "not this one", "x" * 9_000, "\x00"])
def test_another_password_gets_a_sentence_and_no_file(two, password):
    response = take(two.ana, password=password)

    assert (response.status_code, response["Location"]) == (303, TAKE)
    assert "That is not your password" in two.ana.get(TAKE).content.decode()
    take(two.ana)
    assert "That is not your password" not in two.ana.get(TAKE).content.decode()


def test_the_partners_password_is_not_ones_own(two):
    two.people["Bo"].set_password("something else altogether")
    two.people["Bo"].save()

    assert take(two.ana, password="something else altogether").status_code == 303
    assert take(two.ana).status_code == 200


def test_the_password_cannot_be_guessed_at_for_long(two):
    for _ in range(10):
        take(two.ana, password="a guess")

    assert take(two.ana).status_code == 303


def test_everything_of_ones_own_is_in_it(lived):
    found = taken(lived.ana)
    april, may = found["weeks"]

    assert found["me"] == {"name": ANA.word("name"), "pronouns": ANA.word("pronouns")}
    assert found["address"] == lived.people["Ana"].email
    assert found["yes"] == [{"to": "adult", "on": "2026-03-11", "taken_back_on": None}]
    assert april["answers"]["marks"] == {
        "emotional": {"felt": 6, "hoped": 9},
        "physical": {"felt": 3, "hoped": 7},
    }
    assert april["answers"]["amounts"] == {"emotional": 1, "physical": 10}
    assert april["chosen"] == ["emotional", "wish", "step", "guesses"]
    assert (april["opened"], may["opened"]) == (True, False)
    assert may["answers"]["step"] == ANA.word("kept-step")
    assert (may["chosen"], may["decided"]) == ([], True)
    assert found["looks_back"] == [
        {
            "about": ANA.word("what"), "outcome": "partly",
            "understood": 2, "accepted": 4, "cared_about": 6,
        }
    ]  # fmt: skip


def test_what_opened_is_in_it_from_both_sides_as_the_map_shows_it(lived):
    [opened] = taken(lived.ana)["opened"]

    assert opened["mine"]["marks"] == {"emotional": {"felt": 6, "hoped": 9}}
    assert opened["theirs"]["marks"] == {"emotional": {"felt": 4, "hoped": 8}}
    assert opened["theirs"]["step"] == BO.word("opened-step")
    assert opened["theirs"]["amounts"] == {"emotional": 0}
    assert opened["theirs"]["wish_words"]
    said = {(one["by"], one["part"], one["reply"] or one["words"]) for one in opened["said"]}
    assert said == {
        ("me", "step", ANA.word("answer")),
        ("them", "step", BO.word("answer")),
        ("me", "wish", "did_not_know"),
        ("them", "wish", "did_not_know"),
    }


def test_what_two_agreed_on_is_in_both_their_files_alike(lived):
    mine, his = taken(lived.ana)["things"], taken(lived.bo)["things"]

    assert [one["state"] for one in mine] == ["finished", "talking"]
    done, other = mine[0], his[0]
    assert (done["mine"], done["theirs"]) == (other["theirs"], other["mine"])
    assert done["agreed"] | {"whose": "them"} == other["agreed"]
    assert (done["my_outcome"], done["their_outcome"]) == ("partly", "done")
    assert (other["my_outcome"], other["their_outcome"]) == ("done", "partly")


@pytest.mark.parametrize("kind", ["json", "page"])
def test_no_word_that_one_kept_is_in_the_others_file_and_every_opened_one_is(lived, kind):
    for browser, other in ((lived.ana, BO), (lived.bo, ANA)):
        text = take(browser, kind).content.decode()

        assert [what for what in KEPT if other.word(what) in text] == []
        there = [what for what in OPENED if other.word(what) in text]
        assert there == [what for what in OPENED if (what, other.who) != ("what", "Bo")]


def test_the_words_that_were_kept_are_in_ones_own_file(lived):
    """So the search above is for words that are somewhere to be found."""
    for browser, me in ((lived.ana, ANA), (lived.bo, BO)):
        assert me.word("kept-step") in take(browser).content.decode()
        assert me.word("kept-step") in take(browser, "page").content.decode()


def test_nothing_that_the_other_keeps_or_does_alone_changes_a_byte_of_it(lived):
    before = [take(lived.bo, kind).content for kind in ("json", "page")]
    lived.ana.post("/check-in/", {"emotional_felt": "10", "step": "other words"})
    lived.ana.post("/check-in/choose/", {"do": "open"})
    lived.ana.post("/me/beliefs/", {"do": "give"})
    lived.ana.post("/together/come-in/")
    take(lived.ana)

    assert [take(lived.bo, kind).content for kind in ("json", "page")] == before


def test_of_what_was_put_away_only_ones_own_words_are_in_it(lived):
    lived.ana.post("/one-thing/say/", {"works": "mine alone", "revision": "99"})
    lived.bo.post("/one-thing/say/", {"works": "his alone", "revision": "99"})
    act = {"what": "his proposal", "whose": "b", "minutes": "5", "day": "2026-05-02"}
    lived.bo.post("/one-thing/propose/", act | {"revision": "99"})
    lived.bo.post("/one-thing/put-away/", {"revision": "99"})

    mine, his = (taken(browser)["things"][-1] for browser in (lived.ana, lived.bo))

    assert mine["state"] == his["state"] == "put_away"
    assert "mine alone" in json.dumps(mine)
    assert "his" not in json.dumps(mine)
    assert (his["mine"]["works"], his["proposed"]["what"]) == ("his alone", "his proposal")
    assert "mine alone" not in json.dumps(his)


def test_no_id_of_anybody_or_anything_is_in_it(lived):
    for kind in ("json", "page"):
        assert UUID.findall(take(lived.ana, kind).content.decode()) == []


def test_it_is_as_its_description_says(lived):
    alone = client_of(make_person("Cleo"))
    for browser in (lived.ana, lived.bo, alone):
        fits(taken(browser))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2}, {"format": "other"}, {"more": 1}, {"weeks": {}}, {"me": None},
        {"made_on": "yesterday"}, {"opened": [{"week": "2026-04-05"}]},
    ],
)  # fmt: skip
def test_the_description_refuses_what_is_otherwise(lived, change):
    with pytest.raises(fastjsonschema.JsonSchemaException):
        fits(taken(lived.ana) | change)


def test_the_page_to_read_needs_nothing_besides_itself(lived):
    page = take(lived.ana, "page").content.decode()

    assert not re.search(r"<script|<link|<img|<iframe|\ssrc=|\shref=|@import|url\(", page)
    assert "default-src 'none'" in page
    assert "<title>A few words</title>" in page


def test_what_people_typed_is_shown_as_words_on_the_page_to_read(two):
    two.the_month_begins()
    two.ana.post("/check-in/", {"step": "<script>alert(1)</script> & 'more'"})

    page = take(two.ana, "page").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#x27;more&#x27;" in page


def test_taking_it_along_writes_nothing(lived):
    def rows() -> tuple[int, int]:
        return AuditEntry.objects.count(), DataKey.objects.count()

    take(lived.ana)
    before, page = rows(), bare(lived.bo.get("/me/").content)
    take(lived.ana)

    assert rows() == before
    assert bare(lived.bo.get("/me/").content) == page


def test_of_a_couple_that_was_left_it_holds_what_had_opened_and_what_was_finished(lived):
    before = taken(lived.ana)
    lived.ana.post("/me/leave/")
    path = f"/map/{Opening.objects.get().pk}/answer/"
    lived.bo.post(path, {"part": "step", "words": "said after she left"})
    lived.bo.post("/one-thing/say/", {"works": "said after she left", "revision": "99"})
    after = taken(lived.ana)

    assert after["partner"] is None
    assert after["opened"][0]["partner"]["name"] == BO.word("name")
    assert after["opened"][0]["theirs"] == before["opened"][0]["theirs"]
    assert after["things"] == before["things"][:1]
    assert after["looks_back"] == before["looks_back"]
    own = [[week["answers"] for week in found["weeks"]] for found in (before, after)]
    assert own[0] == own[1]
    for kind in ("json", "page"):
        assert "said after she left" not in take(lived.ana, kind).content.decode()
    fits(after)


def test_somebody_alone_takes_their_own_along(two):
    person = make_person("Cleo")
    browser = client_of(person)
    browser.post("/check-in/", {"emotional_felt": "3"})
    found = taken(browser)

    assert (found["partner"], found["opened"], found["things"]) == (None, [], [])
    assert found["weeks"][0]["answers"]["marks"] == {"emotional": {"felt": 3, "hoped": None}}
    assert DataKey.objects.filter(subject=Seat(person.pk).person, key_class=KeyClass.PRIVATE)
    assert PASSWORD not in json.dumps(found)
