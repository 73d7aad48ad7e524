"""The ways out hold when nothing else does."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.conf import settings as current

PAGES = ["/help/", "/exit/about/", "/privacy/", "/traces/", "/taken/", "/keeper/"]


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


@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_safety_has_a_title_that_says_nothing(visitor, path):
    page = visitor.get(path).content.decode()

    assert page.split("<title>")[1].split("<")[0] in ("Help", "A few words")


def test_quick_exit_ends_the_session_and_leaves_for_somewhere_dull(visitor, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    store = import_module(settings.SESSION_ENGINE).SessionStore
    session = store()
    session["_auth_user_id"] = "somebody"
    session.save()
    visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    response = visitor.get("/exit/")

    assert (response.status_code, response["Location"]) == (303, settings.EXIT_URL)
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert not store().exists(session.session_key)


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
