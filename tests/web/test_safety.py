"""The ways out hold when nothing else does."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as current
from django.contrib.sessions.backends.base import SessionBase

from interwoven.apps.safety import offline

STATIC = Path(__file__).parents[2] / "src" / "interwoven" / "web" / "static"
WORKER = "/help/worker.js"
PAGES = ["/help/", WORKER, "/exit/about/", "/privacy/", "/traces/", "/taken/", "/keeper/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_safety_asks_no_database_even_of_somebody_signed_in(visitor, path):
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32

    response = visitor.get(path)  # any query here is an error

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_safety_is_there_when_every_database_is_away(visitor, no_database, path):
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32

    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("path", [path for path in PAGES if path != WORKER])
def test_a_page_about_safety_has_a_title_that_says_nothing(visitor, path):
    page = visitor.get(path).content.decode()

    assert page.split("<title>")[1].split("<")[0] in ("Help", "A few words")


@pytest.fixture
def session(settings) -> SessionBase:
    """Somebody's, kept in memory alone."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = "somebody"
    session.save()
    return session


def test_quick_exit_ends_the_session_and_leaves_for_somewhere_dull(visitor, session, settings):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    response = visitor.get("/exit/")

    assert (response.status_code, response["Location"]) == (303, settings.EXIT_URL)
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert not session.exists(session.session_key)


def test_quick_exit_leaves_even_when_every_database_is_away(visitor, no_database, settings):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    response = visitor.get("/exit/")

    assert (response.status_code, response["Location"]) == (303, settings.EXIT_URL)
    assert response.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_quick_exit_asks_no_database_of_somebody_who_is_signed_out(visitor):
    assert visitor.get("/exit/").status_code == 303


@pytest.mark.parametrize("method", ["head", "post"])
def test_only_following_the_link_leaves(visitor, method):
    assert getattr(visitor, method)("/exit/").status_code == 405


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("partner", "Ana", "<strong>Ana</strong> keeps this copy on a computer at home"),
        ("partner", "", "One of the two it is for keeps this copy"),
        ("practice", "Dr Ito", "<strong>Dr Ito</strong>, a practice, keeps this copy."),
        ("other", "Cem", "<strong>Cem</strong> keeps this copy."),
        ("unsaid", "", "Nobody has said yet who keeps this copy."),
        ("other", "<b>", "<strong>&lt;b&gt;</strong>"),
    ],
)
def test_whoever_keeps_the_copy_is_named_first(visitor, settings, kind, name, words):
    settings.KEEPER, settings.KEEPER_NAME = kind, name

    assert words in visitor.get("/keeper/").content.decode()
    assert words in visitor.get("/privacy/").content.decode()


def test_the_privacy_page_admits_what_opening_tells(visitor):
    page = visitor.get("/privacy/").content.decode()

    assert "What opens tells that the other took part" in page


def test_the_privacy_page_says_how_to_get_out(visitor):
    assert "You can leave a couple here at any time" in visitor.get("/privacy/").content.decode()


def test_whoever_is_afraid_is_sent_to_the_lines_before_any_reason_for_a_therapist(visitor):
    page = visitor.get("/help/").content.decode()
    signs = page[page.index('id="h-signs"') :]

    assert signs.index('href="#h-now"') < signs.index("<li>")


def test_help_says_first_that_it_leaves_traces(visitor):
    page = visitor.get("/help/").content.decode()

    assert page.index("This page leaves traces") < page.index("Now, by phone")
    assert page.index("Now, by phone") < page.index("If saying no has a price")
    assert page.count("<li><strong>") == 5


def test_help_comes_small_and_the_same_each_time_where_it_may_be_compressed(visitor):
    page = visitor.get("/help/").content
    small, again = (visitor.get("/help/", headers={"Accept-Encoding": "gzip"}) for _ in range(2))

    assert gzip.decompress(small.content) == page
    assert small.content == again.content
    assert len(small.content) < len(page) / 3


@pytest.fixture
def worker(visitor):
    """What is answered where the script is asked for; written anew each time."""

    def ask() -> str:
        offline.worker.cache_clear()
        return visitor.get(WORKER).content.decode()

    yield ask
    offline.worker.cache_clear()


def holds(worker: str) -> list[str]:
    found = re.search(r"^const HOLDS = (.*);$", worker, re.MULTILINE)
    return json.loads(found[1])


def test_what_is_kept_is_help_and_every_file_it_is_drawn_with(visitor, worker):
    page = visitor.get("/help/").content.decode()
    sheet = (STATIC / "web" / "css" / "interwoven.css").read_text()
    named = set(re.findall(r'"(/static/[^"#]+)', page)) - {"/static/web/manifest.webmanifest"}
    letters = {
        f"/static/web/fonts/{name}" for name in re.findall(r"url\(\.\./fonts/([^)]+)", sheet)
    }

    assert set(holds(worker())) == {"/help/", *named, *letters}


def test_the_script_is_another_as_soon_as_one_number_is(worker, monkeypatch):
    before, again = worker(), worker()
    country, *others = offline.HELP.countries
    changed = (replace(country, emergency="999 9"), *others)
    monkeypatch.setattr(offline, "HELP", replace(offline.HELP, countries=changed))

    assert before == again
    assert worker().split("\n", 1)[0] != before.split("\n", 1)[0]
    assert worker().split("\n", 1)[1] == before.split("\n", 1)[1]


def test_the_script_is_the_same_for_somebody_signed_in(visitor, worker):
    signed_out = worker()
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32

    assert worker() == signed_out


def test_the_script_listens_for_three_things_and_asks_for_its_own_alone(worker):
    text = worker()

    assert re.findall(r'addEventListener\("(\w+)"', text) == ["install", "activate", "fetch"]
    assert re.findall(r"\bfetch\(([^)]*)\)", text) == ["request"]
    assert text.count('credentials: "omit"') == text.count("new Request(") == 1
    assert not re.search(r"importScripts|indexedDB|clients|postMessage|\.put\(|\.add\(", text)


def test_whoever_left_unanswered_is_signed_out_before_the_next_page(visitor, session, settings):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    visitor.cookies["left"] = "1"

    response = visitor.get("/today/?page=2")

    assert (response.status_code, response["Location"]) == (303, "/today/?page=2")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.cookies["left"]["max-age"] == 0
    assert not session.exists(session.session_key)


@pytest.mark.parametrize("path", ["/today/", "/help/", "/nowhere/"])
def test_whoever_left_unanswered_is_answered_while_every_database_is_away(
    visitor, no_database, path
):
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32
    visitor.cookies["left"] = "1"

    response = visitor.get(path)

    assert (response.status_code, response["Location"]) == (303, path)
    assert response.cookies[current.SESSION_COOKIE_NAME]["max-age"] == 0


def test_whoever_left_unanswered_finds_help_while_every_database_is_away(visitor, no_database):
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32
    visitor.cookies["left"] = "1"

    response = visitor.get("/help/")

    assert response["Location"] == "/help/"
    assert response.cookies["left"]["max-age"] == 0  # as any browser takes it, the next is answered
    del visitor.cookies["left"]
    assert visitor.get("/help/").status_code == 200


def test_a_form_of_whoever_left_unanswered_is_not_taken(visitor):
    visitor.cookies["left"] = "1"

    response = visitor.post("/form/", {"a": "b"})

    assert (response.status_code, response["Location"]) == (303, "/")


def test_where_the_cookie_cannot_be_removed_one_redirect_is_all(visitor, no_database):
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32
    visitor.cookies["left"] = "1"
    assert visitor.get("/help/").status_code == 303

    del visitor.cookies[current.SESSION_COOKIE_NAME]
    visitor.cookies["left"] = "1"  # another site of this domain set it, and we cannot take it away
    response = visitor.get("/help/")

    assert (response.status_code, response.cookies["left"]["max-age"]) == (200, 0)


def test_whoever_left_unanswered_and_signed_out_is_a_stranger_to_the_next_page(visitor):
    for name in ("left", "invitation", "note", "round"):
        visitor.cookies[name] = "1"

    response = visitor.get("/carried/")

    assert response.content == b"[]"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies["note"].value == "of this page"
    assert {name: one["max-age"] for name, one in response.cookies.items() if name != "note"} == {
        "left": 0, "invitation": 0, "round": 0
    }  # fmt: skip
    assert response.cookies["round"]["path"] == "/one-round/"


@pytest.fixture
def on_https(settings) -> None:
    """The names of cookies as of a copy that is reached by HTTPS: no other site can set them."""
    for name in ("SESSION", "CSRF", "LEFT"):
        bare = getattr(settings, f"{name}_COOKIE_NAME")
        setattr(settings, f"{name}_COOKIE_NAME", f"__Host-{bare}")
    others = dict(settings.OTHER_COOKIES)
    settings.OTHER_COOKIES = {"__Host-left": others.pop("left"), **others}


def test_over_https_only_a_cookie_counts_that_no_other_site_can_set(
    visitor, on_https, no_database, settings
):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    visitor.cookies["left"] = "1"
    assert visitor.get("/help/").status_code == 200

    visitor.cookies["__Host-left"] = "1"
    response = visitor.get("/help/")

    assert response.status_code == 303
    for name in ("__Host-session", "__Host-csrf", "__Host-left"):
        gone = response.cookies[name]
        assert (gone["max-age"], gone["path"], gone["domain"], gone["secure"]) == (0, "/", "", True)


@pytest.mark.parametrize(("https", "name"), [(False, "left"), (True, "__Host-left")])
def test_the_page_about_traces_names_that_cookie_and_where_it_is_forgotten(
    request, visitor, https, name
):
    if https:
        request.getfixturevalue("on_https")

    page = visitor.get("/traces/").content.decode()

    assert f"called “{name}”. Safari, and any browser on an iPhone or iPad, forgets" in page


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/\\elsewhere.example/"])
def test_whoever_left_unanswered_is_never_led_to_another_site(visitor, no_database, path):
    visitor.cookies[current.SESSION_COOKIE_NAME] = "a" * 32
    visitor.cookies["left"] = "1"

    response = visitor.get("/", PATH_INFO=path)

    assert response["Location"] in ("/", "/%5Celsewhere.example/")
