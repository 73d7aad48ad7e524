"""A code and a passkey besides the password, at a browser with an authenticator of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.apps.guarding.device import code_of
from tests.journeys.visitor import PASSWORD, Visitor

NOON = datetime(2026, 4, 2, 12, 0, 5, tzinfo=ZoneInfo("UTC"))


def gives_password(visitor: Visitor, button: str) -> None:
    visitor.page.get_by_label("Your password").fill(PASSWORD)
    visitor.press(button)


class Phone:
    """Makes passkeys, keeps them and knows its owner. A page has to be told that it is at hand."""

    def __init__(self) -> None:
        self.passkeys: list[dict[str, object]] = []

    def press(self, visitor: Visitor, button: str) -> None:
        """Press a button that asks the phone, and come to wherever it leads."""
        devtools = visitor.context.new_cdp_session(visitor.page)
        devtools.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        able = {"hasUserVerification": True, "isUserVerified": True}
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind | able})
        for passkey in self.passkeys:
            devtools.send("WebAuthn.addCredential", made | {"credential": passkey})
        devtools.on("WebAuthn.credentialAdded", self._keep)
        visitor.press(button)
        devtools.detach()

    def _keep(self, made: dict) -> None:
        self.passkeys.append(made["credential"])


def goes_to_signing_in(visitor: Visitor, row: str) -> None:
    visitor.turn_to("Me")
    visitor.follow("Signing in")
    visitor.follow(row)


def test_a_code_is_turned_on_used_and_turned_off_again(server, visit):
    server.clock_to(NOON)
    ana, again = visit(), visit()
    address = server.couple()[0]
    ana.sign_in(address)
    goes_to_signing_in(ana, "A code from an app")
    ana.page.get_by_label("Your password").fill("not this one")
    ana.press("Go on")
    expect(ana.page.get_by_text("That is not your password")).to_be_visible()
    gives_password(ana, "Go on")
    secret = ana.page.locator("p.address").inner_text()
    ana.page.get_by_label("The six digits").fill("12")
    ana.press("Turn it on")
    expect(ana.page.get_by_text("That is not the code of this secret")).to_be_visible()
    now = NOON + timedelta(minutes=5)
    server.clock_to(now)
    ana.page.get_by_label("The six digits").fill(code_of(secret, at=now.timestamp()))
    ana.press("Turn it on")
    expect(ana.sees("Keep these somewhere of your own")).to_be_visible()
    recovery = ana.page.locator("main li strong").all_inner_texts()
    assert len(recovery) == 10
    ana.press("I have them")
    expect(ana.page.get_by_text("10 of ten are left")).to_be_visible()

    again.sign_in(address)
    expect(again.sees("One thing more")).to_be_visible()
    again.page.get_by_label("Code").fill("000000")
    again.press("Sign in")
    expect(again.page.get_by_text("That is not a code that is good now")).to_be_visible()
    again.press("Back to the password")
    again.sign_in(address)
    again.page.get_by_label("Code").fill(recovery[0])
    again.press("Sign in")
    assert again.path == "/today/"

    goes_to_signing_in(again, "Recovery codes")
    expect(again.page.get_by_text("9 of ten are left")).to_be_visible()
    again.go("/me/sign-in/codes/")
    gives_password(again, "Turn it off")
    assert again.path == "/me/sign-in/"
    ana.go("/today/")
    assert ana.path == "/sign-in/"
    ana.sign_in(address)
    assert ana.path == "/today/"


def test_a_passkey_is_made_and_signs_in_without_the_password(server, visit):
    server.clock_to(NOON + timedelta(hours=1))
    ana, phone = visit(), Phone()
    ana.sign_in(server.couple()[0])
    goes_to_signing_in(ana, "A passkey")
    ana.tap(ana.page.get_by_text("Also instead of the password", exact=True))
    gives_password(ana, "Go on")
    phone.press(ana, "Make the passkey")
    expect(ana.sees("Keep these somewhere of your own")).to_be_visible()
    ana.press("I have them")
    expect(ana.page.get_by_text("Also instead of the password.")).to_be_visible()

    ana.go("/sign-out/")
    ana.press("Sign out")
    ana.go("/sign-in/?next=/weeks/")
    ana.press("Use a passkey")
    expect(ana.sees("Sign in with a passkey")).to_be_visible()
    phone.press(ana, "Use a passkey")
    assert ana.path == "/weeks/"

    ana.go("/me/sign-in/passkey/remove/")
    ana.tap(ana.page.get_by_text("Made on Thursday 2 April 2026"))
    gives_password(ana, "Remove it")
    expect(ana.page.get_by_text("Off. A device or a key vouches for you.")).to_be_visible()
    ana.go("/sign-out/")
    ana.press("Sign out")
    ana.go("/sign-in/")
    ana.press("Use a passkey")
    phone.press(ana, "Use a passkey")
    expect(ana.page.get_by_text("That passkey opens nothing here")).to_be_visible()


def test_a_passkey_signs_in_after_the_password(server, visit):
    server.clock_to(NOON + timedelta(hours=2))
    ana, phone, address = visit(), Phone(), server.couple()[0]
    ana.sign_in(address)
    goes_to_signing_in(ana, "A passkey")
    ana.tap(ana.page.get_by_text("Only after the password", exact=True))
    gives_password(ana, "Go on")
    phone.press(ana, "Make the passkey")
    ana.press("I have them")
    ana.go("/sign-out/")
    ana.press("Sign out")

    ana.sign_in(address)
    phone.press(ana, "Use a passkey")

    assert ana.path == "/today/"


def test_without_scripts_a_passkey_is_not_offered_and_codes_are(server, visit):
    ana = visit(scripts=False)
    ana.sign_in(server.couple()[0])
    ana.go("/sign-out/")
    ana.press("Sign out")
    ana.go("/sign-in/")
    ana.press("Use a passkey")

    expect(ana.page.get_by_text("This needs a browser that knows passkeys")).to_be_visible()
    expect(ana.page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    ana.follow("Back to sign in")
    assert ana.path == "/sign-in/"


def test_a_passkey_that_is_called_off_can_be_tried_again(server, visit):
    ana = visit()
    ana.go("/sign-in/")
    ana.press("Use a passkey")
    ana.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(Error()) }")
    ana.tap(ana.page.get_by_role("button", name="Use a passkey"))

    expect(ana.page.get_by_text("No passkey came of it.")).to_be_visible()
    ana.look()
