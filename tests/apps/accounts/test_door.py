"""Signing up, in and out, through the pages themselves."""

from __future__ import annotations

import pytest
from django.conf import settings as current
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from interwoven.apps.accounts import queries
from interwoven.apps.accounts.models import Person, Profile
from interwoven.apps.accounts.pages import Called
from interwoven.core.consent import ConsentKind
from interwoven.core.people import Seat
from tests.apps.accounts.door import (
    ANA,
    OTHER_PASSWORD,
    PASSWORD,
    Browser,
    link_in,
    sign_in,
    sign_out,
    sign_up,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

DOORS = ["/sign-up/", "/sign-in/", "/password/forgotten/", "/password/forgotten/sent/"]
DOORS += ["/password/new/done/", "/password/new/nobody-a-b/"]


def seat() -> Seat:
    return Seat(Person.objects.get().pk)


@pytest.mark.parametrize("path", DOORS)
def test_every_door_opens_for_whoever_is_signed_out(path):
    answer = Client().get(path)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<title>Sign in</title>" in answer.content.decode()


def test_whoever_signs_up_is_signed_in_and_led_on(ana):
    assert ana.went == (303, "/exit/about/?next=%2Ftoday%2F")
    assert ana.signed_in


def test_signing_up_keeps_a_name_a_yes_and_an_address_and_nothing_else(ana):
    assert queries.called(seat=seat()) == Called("Ana", "she/her")
    assert queries.consents(seat=seat()) == {ConsentKind.ADULT}
    assert Person.objects.get().email == "ana@home.example"
    assert b"Ana" not in bytes(Profile.objects.get().sealed)


def test_nobody_is_asked_about_their_gender():
    page = Browser().open("/sign-up/").page.lower()

    assert set(Browser().open("/sign-up/").kept) == {
        *("csrfmiddlewaretoken", "name", "pronouns", "email", "password1")
    }
    for word in ("gender", "sex", "male", "husband", "wife", "title"):
        assert word not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("partner", "<strong>Ana</strong> keeps this copy on a computer at home"),
        ("practice", "<strong>Ana</strong>, a practice, keeps this copy."),
        ("unsaid", "Nobody has said yet who keeps this copy."),
    ],
)
def test_who_keeps_this_copy_is_said_before_anything_is_typed(settings, kind, sentence):
    settings.KEEPER, settings.KEEPER_NAME = kind, "Ana"

    page = Browser().open("/sign-up/").page

    assert page.index(sentence) < page.index("<form")


def test_the_ways_out_are_said_before_anything_is_typed():
    page = Browser().open("/sign-up/").page

    assert page.index("You can leave a couple here at any time") < page.index("<form")


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": " "}, "name", "Any name will do. It is how you appear to your partner."),
        ({"name": "\u200b\u200d"}, "name", "Any name will do."),
        ({"name": "n" * 61}, "name", "Up to 60 letters fit."),
        ({"pronouns": "n" * 61}, "pronouns", "Up to 60 letters fit."),
        ({"email": ""}, "email", "An e-mail address is needed here."),
        ({"email": "ana.example"}, "email", "That doesn’t look like an e-mail address."),
        ({"email": "a" * 64 + "@" + "b." * 120 + "example"}, "email", "That is longer than"),
        ({"password1": ""}, "password1", "A password is needed here."),
        ({"password1": "river lane"}, "password1", "Use 12 characters or more."),
        ({"password1": "password1234"}, "password1", "Many people use this one, or nearly."),
        ({"password1": "ana@home.example"}, "password1", "That is your address."),
        ({"password1": "p" * 257}, "password1", "Up to 256 characters fit."),
        ({"adult": ""}, "adult", "This is made for adults."),
        ({"consent": ""}, "consent", "Nothing can be kept without your yes."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(wrong, field, sentence):
    browser = Browser().send("/sign-up/", **ANA | wrong)

    assert browser.answer.status_code == 200
    assert list(browser.beside) == [field]
    assert sentence in browser.beside[field]
    kept = {name: typed for name, typed in (ANA | wrong).items() if typed}
    assert browser.kept == browser.kept | kept | {"password1": ""}
    assert not Person.objects.exists()


def test_an_empty_form_is_asked_for_field_by_field():
    browser = Browser().send("/sign-up/")

    assert list(browser.beside) == ["name", "email", "password1", "adult", "consent"]


def test_an_address_can_be_used_once_however_it_is_written(ana):
    browser = Browser().send("/sign-up/", **ANA | {"email": "ANA@Home.Example"})

    assert "There is an account with this address already." in browser.beside["email"]
    assert Person.objects.count() == 1


def test_of_two_who_take_an_address_at_once_one_is_told(monkeypatch, ana):
    monkeypatch.setattr("interwoven.apps.accounts.forms.SignUp.validate_unique_email", unchecked)

    browser = Browser().send("/sign-up/", **ANA)

    assert "There is an account with this address already." in browser.beside["email"]
    assert Person.objects.count() == Profile.objects.count() == 1


def unchecked(form, address):
    return address


def test_without_a_profile_there_is_no_account_either(monkeypatch):
    def refuse(**_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("interwoven.apps.accounts.forms.actions.introduce", refuse)
    browser = Browser()
    browser.client.raise_request_exception = False

    browser.send("/sign-up/", **ANA)

    assert browser.answer.status_code == 500
    assert not Person.objects.exists()


def test_whoever_signs_in_is_led_on_with_a_new_session(ana):
    sign_out(ana)
    browser = Browser().open("/password/new/nobody-a-b/")
    browser.client.cookies[current.SESSION_COOKIE_NAME] = "planted" * 5

    browser.send("/sign-in/", login="ana@home.example", password=PASSWORD)

    assert browser.went == (303, "/today/")
    assert browser.session not in ("", "planted" * 5)
    assert browser.signed_in


def test_a_session_begun_before_signing_in_is_not_the_one_after(ana, mailoutbox):
    browser = Browser().send("/password/forgotten/", email="ana@home.example")
    browser.open(link_in(mailoutbox[0].body))  # following a link begins a session
    before = browser.session

    browser.send("/sign-in/", login="ana@home.example", password=PASSWORD)

    assert before != ""
    assert browser.session not in ("", before)
    browser.client.cookies[current.SESSION_COOKIE_NAME] = before
    assert not browser.signed_in


def test_capital_letters_and_blanks_around_an_address_do_not_matter(ana):
    assert sign_in(" Ana@HOME.example ").went == (303, "/today/")


@pytest.mark.parametrize(
    ("email", "password"),
    [("ana@home.example", OTHER_PASSWORD), ("nobody@home.example", PASSWORD)],
)
def test_a_wrong_pair_is_told_in_the_same_words_whichever_is_wrong(ana, email, password):
    browser = sign_in(email, password)

    assert browser.answer.status_code == 200
    assert browser.beside == {
        "password": "That address and password don’t belong together. "
        "Please look at both once more."
    }
    assert browser.kept["login"] == email
    assert browser.kept["password"] == ""


def test_an_account_that_is_closed_answers_like_one_that_never_was(ana):
    Person.objects.update(is_active=False)

    assert sign_in("ana@home.example").beside == sign_in("nobody@home.example").beside


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/"])
def test_whoever_is_signed_in_has_no_business_at_the_door(ana, path):
    assert ana.open(path).went == (302, "/today/")


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/", "/sign-out/", "/password/forgotten/"])
def test_no_form_is_taken_without_its_token(path):
    assert Client(enforce_csrf_checks=True).post(path, ANA).status_code == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_door_is_looked_at_or_a_form_is_sent_and_nothing_else(method):
    assert getattr(Client(), method)("/sign-in/").status_code == 405


def test_signing_out_takes_one_press_and_ends_the_session(ana):
    session = ana.session
    assert ana.open("/sign-out/").page.count("<button") == 1
    assert ana.signed_in

    sign_out(ana)

    assert ana.went == (303, "/")
    assert ana.answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert ana.answer.cookies[current.SESSION_COOKIE_NAME]["max-age"] == 0
    ana.client.cookies[current.SESSION_COOKIE_NAME] = session
    assert not ana.signed_in


def test_signing_out_twice_does_no_harm(ana):
    ana.open("/sign-out/")
    again = Browser()
    again.client.cookies = ana.client.cookies.copy()
    again.answer = ana.answer
    ana.resend("/sign-out/")

    assert again.resend("/sign-out/").went == (303, "/")
    assert Browser().open("/sign-out/").went == (302, "/")


def test_a_form_sent_with_a_wish_for_json_is_still_a_page():
    answer = Client().post(
        "/sign-in/", {"password": "typed"}, headers={"Accept": "application/json"}
    )

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"typed" not in answer.content


def test_of_the_library_there_are_these_pages_and_no_other():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert {name for name in names if name.startswith("account")} == {
        "account_signup",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_change_password",
    }


@pytest.mark.parametrize("prefix", ["/", "/accounts/", "/account/"])
def test_none_of_the_library_is_at_its_usual_addresses(ana, prefix):
    from allauth.account.urls import urlpatterns

    for pattern in urlpatterns:
        path = prefix + str(pattern.pattern).lstrip("^").split("(")[0].rstrip("$")
        assert ana.open(path).answer.status_code == 404, path


def test_no_page_of_the_library_is_reached_by_name():
    for name in ("account_email", "account_inactive", "account_reauthenticate"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_two_people_on_one_machine_are_two_sessions(ana, bo):
    assert ana.session != bo.session
    sign_out(ana)

    assert bo.signed_in
    assert not ana.signed_in


def test_words_that_look_like_markup_stay_words():
    browser = sign_up(ANA | {"name": "<b>Ana</b>", "pronouns": "{{ x }}"})
    assert browser.signed_in
    assert queries.called(seat=seat()) == Called("<b>Ana</b>", "{{ x }}")

    browser = Browser().send("/sign-up/", **ANA | {"name": "<script>x</script>", "adult": ""})
    assert "<script>x" not in browser.page
    assert browser.kept["name"] == "<script>x</script>"
