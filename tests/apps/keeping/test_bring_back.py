"""Bringing one's own weeks back: whole or not at all, checked as if typed here, and all kept."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from interwoven.apps.checkins.jobs import open_due_evenings
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.keeping import actions
from interwoven.apps.keeping.reading import DoesNotFit, weeks_in
from interwoven.core.opening import Sheet
from interwoven.infra.errors import NotThere
from interwoven.infra.models import AuditEntry
from tests.apps.checkins.two import Two
from tests.apps.couples.people import client_of, make_person, pair
from tests.apps.keeping.story import ANA, BRING, bare, bring, take, taken

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def answers(found: dict[str, Any]) -> list[tuple[str, Any]]:
    """One's own answers in a file, by week."""
    return [(week["week"], week["answers"]) for week in found["weeks"]]


def own_pages(browser, person) -> list[bytes]:
    weeks = CheckIn.objects.filter(author_id=person.pk).order_by("week")
    return [bare(browser.get(f"/weeks/{row.pk}/").content) for row in weeks]


def wrong(browser) -> str:
    page = browser.get(BRING).content.decode()
    return page.split('id="file-wrong"')[1].split("</p>")[0] if 'id="file-wrong"' in page else ""


@pytest.fixture
def cleo(two):
    return make_person("Cleo")


@pytest.fixture
def file(lived: Two) -> dict[str, Any]:
    return taken(lived.ana)


def test_what_is_brought_back_is_what_was_taken_along(file, cleo):
    browser = client_of(cleo)

    response = bring(browser, file)

    assert (response.status_code, response["Location"]) == (303, "/weeks/")
    again = taken(browser)
    assert answers(again) == answers(file)
    assert [one["opened"] for one in again["weeks"]] == [False, False]
    assert [one["chosen"] for one in again["weeks"]] == [[], []]
    assert (again["opened"], again["me"]["name"]) == ([], "Cleo")


def test_ones_own_weeks_are_the_same_bytes_as_before(two):
    """For somebody alone: for one of two, a week names the other."""
    first, second = make_person("Cleo"), make_person("Cleo")
    two.the_month_begins()
    old, new = client_of(first), client_of(second)
    old.post("/me/beliefs/", {"do": "give"})
    marks = {"spiritual_felt": "2", "emotional_felt": "6", "emotional_hoped": "9", "wish": "none"}
    assert old.post("/check-in/", marks)["Location"] == "/check-in/"  # "none" is no act of ours
    old.post("/check-in/", marks | {"wish": "skip", "step": "  a walk \n\n alone e\u0301 "})
    new.post("/me/beliefs/", {"do": "give"})
    bring(new, take(old).content)

    before = own_pages(old, first)
    assert len(before) == 1
    assert own_pages(new, second) == before


def test_what_was_brought_back_never_opens(file, two):
    """Not even the week it is, for two who come together afterwards, unless it is chosen then."""
    a, b = make_person("Ana"), make_person("Bo")
    for person in (a, b):
        bring(client_of(person), file)
    seat, _ = pair(a, b, timezone.now())
    for week in range(4):
        open_due_evenings(timezone.now() + timedelta(days=7 * week))

    assert CheckIn.objects.filter(author_id=a.pk).count() == 2
    assert not Opening.objects.for_seat(seat).exists()


def test_nothing_is_written_over(file, cleo):
    browser = client_of(cleo)
    browser.post("/check-in/", {"emotional_felt": "3"})

    bring(browser, file)

    assert CheckIn.objects.filter(author_id=cleo.pk).count() == 1
    assert "You have answered weeks here already" in browser.get(BRING).content.decode()


def test_sending_it_twice_brings_it_back_once(file, cleo):
    browser, number = client_of(cleo), "7f0f7f3e-5b0e-4c1e-9d55-0d9d8c4f6a11"

    for _ in range(2):
        response = bring(browser, file, submission_id=number)
        assert response["Location"] == "/weeks/"

    assert CheckIn.objects.filter(author_id=cleo.pk).count() == 2


def test_without_a_yes_nothing_is_kept(file, cleo):
    browser = client_of(cleo)
    browser.post("/me/keeping/", {"do": "take_back"})

    bring(browser, file)

    assert not CheckIn.objects.filter(author_id=cleo.pk).exists()
    assert "Nothing is kept at the moment" in browser.get(BRING).content.decode()


def test_answers_about_beliefs_wait_for_a_yes_of_their_own(file, cleo):
    browser = client_of(cleo)
    file["weeks"][1]["answers"]["marks"]["spiritual"] = {"felt": 1, "hoped": 1}

    bring(browser, file)
    assert "what you hold dear" in wrong(browser)
    assert not CheckIn.objects.filter(author_id=cleo.pk).exists()

    browser.post("/me/beliefs/", {"do": "give"})
    bring(browser, file)
    assert answers(taken(browser)) == answers(file)


def test_a_copy_that_does_not_know_an_act_keeps_it_all_the_same(file, cleo):
    file["weeks"][0]["answers"] |= {"acts": "another-copy@3", "wish": "its-own-act", "guess": ""}
    browser = client_of(cleo)

    bring(browser, file)

    assert taken(browser)["weeks"][0]["answers"]["wish"] == "its-own-act"
    assert CheckIn.objects.filter(author_id=cleo.pk).count() == 2
    [first, _] = CheckIn.objects.filter(author_id=cleo.pk).order_by("week")
    assert browser.get(f"/weeks/{first.pk}/").status_code == 200


NOT_OURS = "This isn’t a file to bring back"
NOT_FILES = [
    (b"", NOT_OURS),
    (b"\xff\xfe\x00", NOT_OURS),
    (b"{", NOT_OURS),
    (b"[]", NOT_OURS),
    (b"null", NOT_OURS),
    (b'{"format":"interwoven-export","version":1}', NOT_OURS),
    (b'{"format":"interwoven-export","version":1.0,"weeks":[]}', NOT_OURS),
    (b'{"format":"interwoven-export","version":true,"weeks":[]}', NOT_OURS),
    (b'{"format":"interwoven-export","version":0,"weeks":[]}', NOT_OURS),
    (b'{"format":"interwoven-export","version":1,"weeks":{}}', NOT_OURS),
    (b'{"format":"something else","version":1,"weeks":[]}', NOT_OURS),
    (b'{"format":"interwoven-export","version":2,"weeks":[]}', "A newer version made this file"),
    (b'{"format":"interwoven-export","version":1,"weeks":[]}', "There is no week of yours"),
    (b'{"format":"interwoven-export","version":1,"weeks":[3]}', "week 1 of the file"),
    (b"[" * 100_000, NOT_OURS),
    (b'{"version":' + b"9" * 5_000 + b"}", NOT_OURS),
    (b'{"format":"interwoven-export","version":NaN,"weeks":[]}', NOT_OURS),
    (b"x" * 900_001, "larger than what can be brought back"),
]


@pytest.mark.parametrize(("content", "sentence"), NOT_FILES, ids=range(len(NOT_FILES)))
def test_what_is_no_such_file_is_refused_in_a_sentence_beside_the_field(cleo, content, sentence):
    browser = client_of(cleo)

    response = bring(browser, content)

    assert (response.status_code, response["Location"]) == (303, BRING)
    assert sentence in wrong(browser)
    assert not CheckIn.objects.exists()


WHOLE: dict[str, Any] = {
    "week": "2026-04-05",
    "answers": {
        "marks": {}, "acts": "", "wish": "", "wish_words": "", "guess": "", "guess_words": "",
        "amounts": {}, "step": "",
    },
    "chosen": [], "decided": False, "opened": False,
}  # fmt: skip
MARKED = deepcopy(WHOLE) | {"week": "2026-03-01"}
MARKED["answers"] |= {
    "marks": {"emotional": {"felt": 1, "hoped": 2}}, "amounts": {"emotional": 3}, "step": "a walk",
    "acts": "ordinary-week@1", "wish": "a-job", "guess": "a-walk",
}  # fmt: skip


def test_the_marked_week_that_is_changed_below_fits(cleo):
    browser = client_of(cleo)
    bring(browser, {"format": "interwoven-export", "version": 1, "weeks": [MARKED]})

    assert answers(taken(browser))[0][0] == "2026-03-01"


def change(week: dict[str, Any], path: str, value: object) -> None:
    *way, last = path.split(".")
    for name in way:
        week = week[name]
    week[last] = value


MISFITS = [
    ("week", "2026-02-30"), ("week", "20260405"), ("week", "2026-W14-7"), ("week", 3),
    ("week", "2999-01-01"), ("week", "2026-02-22"), ("week", "2026-03-01\n"),
    ("answers", None), ("answers", []), ("answers.marks", []), ("answers.more", 1),
    ("answers.marks.emotional", {"felt": 11, "hoped": 1}),
    ("answers.marks.emotional", {"felt": -1, "hoped": 1}),
    ("answers.marks.emotional", {"felt": "6", "hoped": 1}),
    ("answers.marks.emotional", {"felt": True, "hoped": 1}),
    ("answers.marks.emotional", {"felt": 6.5, "hoped": 1}),
    ("answers.marks.emotional", {"felt": 10**400, "hoped": 1}),
    ("answers.marks.emotional", {"felt": 6}),
    ("answers.marks.sexual", {"felt": 6, "hoped": 6}),
    ("answers.amounts.emotional", 11), ("answers.amounts.emotional", None),
    ("answers.step", "x" * 501), ("answers.step", "a\x00b"), ("answers.step", "\ud800"),
    ("answers.step", 5), ("answers.acts", "no version"), ("answers.acts", ""),
    ("answers.wish", "../../etc"), ("answers.wish", "x" * 81), ("answers.guess", "<b>"),
    ("chosen", ["everything"]), ("chosen", "wish"), ("decided", "yes"), ("opened", 1),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), MISFITS, ids=str)
def test_one_thing_that_does_not_fit_refuses_the_file_whole(cleo, path, value):
    misfit, fits = deepcopy(MARKED), deepcopy(MARKED) | {"week": "2026-02-22"}
    change(misfit, path, value)
    browser = client_of(cleo)

    bring(browser, {"format": "interwoven-export", "version": 1, "weeks": [fits, misfit]})

    assert "of the file" in wrong(browser)
    assert not CheckIn.objects.filter(author_id=cleo.pk).exists()
    assert not AuditEntry.objects.filter(event="weeks.brought_back").exists()


def test_the_sentence_says_where_and_nothing_of_what_was_there(file, cleo):
    change(file["weeks"][1], "answers.step", ["a secret"])
    browser = client_of(cleo)

    bring(browser, file)

    assert "week 2 of the file, at answers.step" in wrong(browser)
    assert "secret" not in browser.get(BRING).content.decode()


def test_a_field_without_a_file_is_asked_for(cleo):
    browser = client_of(cleo)

    for sent in ({}, {"file": "only words"}):
        assert browser.post(BRING, sent)["Location"] == BRING
        assert "Pick the file first." in wrong(browser)


def test_more_than_the_address_takes_is_refused_before_it_is_read(cleo):
    assert bring(client_of(cleo), b"x" * 1_000_001).status_code == 413


def test_no_other_address_takes_a_file(cleo):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("export.json", b"{}")
    assert client_of(cleo).post("/me/take-along/", {"file": file}).status_code == 400


def test_what_is_sent_lies_in_memory_and_on_no_disk(cleo, monkeypatch):
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert bring(client_of(cleo), b"x" * 890_000).status_code == 303


def test_if_something_breaks_halfway_nothing_is_kept(file, cleo, monkeypatch):
    whole = actions._kept
    written = []

    def breaks(*given):
        written.append(given)
        if len(written) > 1:
            raise NotThere
        return whole(*given)

    monkeypatch.setattr(actions, "_kept", breaks)
    bring(client_of(cleo), file)

    assert len(written) == 2
    assert not CheckIn.objects.filter(author_id=cleo.pk).exists()


def test_bringing_something_back_shows_the_partner_nothing(lived, file):
    CheckIn.objects.filter(author_id=lived.people["Ana"].pk).delete()
    paths = ("/today/", "/map/", "/weeks/", "/me/", "/one-thing/", "/me/shared/")
    before = [bare(lived.bo.get(path).content) for path in paths]

    assert bring(lived.ana, file)["Location"] == "/weeks/"

    assert [bare(lived.bo.get(path).content) for path in paths] == before
    assert ANA.word("kept-step") in take(lived.ana).content.decode()


words = st.text(max_size=40) | st.integers() | st.none() | st.booleans() | st.floats()
anything = st.recursive(
    words, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)


def read(weeks: object, version: object = 1) -> dict[date, Sheet] | str:
    """What was found, or the sentence that says why not."""
    document = {"format": "interwoven-export", "version": version, "weeks": weeks}
    try:
        return weeks_in(json.dumps(document).encode(), latest=date(2026, 5, 1))
    except DoesNotFit as wrong:
        return str(wrong)


@given(weeks=anything, version=st.just(1) | anything)
def test_whatever_is_in_a_file_it_is_read_or_refused_and_never_breaks(weeks, version):
    assert read(weeks, version)


@given(changed=anything, at=st.sampled_from(["week", "answers", "chosen", "decided", "opened"]))
def test_a_week_changed_anywhere_is_read_or_refused_and_never_breaks(changed, at):
    found = read([deepcopy(WHOLE) | {at: changed}])

    assert isinstance(found, str) or type(changed) is type(WHOLE[at])


def test_a_week_that_was_not_changed_is_read():
    assert read([WHOLE]) == {date(2026, 4, 5): Sheet()}
