"""How two people come together: one signs up and invites, the other answers."""

from __future__ import annotations

from tests.journeys.visitor import PASSWORD, Visitor


def sign_up(visitor: Visitor, name: str, pronouns: str = "") -> None:
    """Fill in the page that makes an account, read what stays on the device, and go on."""
    page = visitor.page
    page.get_by_label("What should you be called here?").fill(name)
    page.get_by_label("Pronouns, if you like").fill(pronouns)
    page.get_by_label("E-mail address").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    visitor.tap(page.get_by_label("I am 18 or older."))
    visitor.tap(page.get_by_label("Keep the answers I give here"))
    visitor.press("Begin")
    visitor.follow("Go on")


def invite(visitor: Visitor) -> tuple[str, str]:
    """Make an invitation. The link to hand over, and the digits to say aloud."""
    visitor.turn_to("Together")
    visitor.press("Make an invitation")
    link = visitor.section("The link").locator("p").first.inner_text()
    digits = visitor.section("The six digits").locator(".code").inner_text()
    return link, digits
