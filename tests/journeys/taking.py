"""A week that opened, and what somebody saves of it."""

from __future__ import annotations

from playwright.sync_api import Download

from tests.journeys.server import Server
from tests.journeys.visitor import PASSWORD, Visitor
from tests.journeys.weeks import OUR_EVENING, answer

STEP_OF_ANA, STEP_OF_BO = "Tea on the step, phones indoors", "One walk without the pram"
TO_BRING_BACK = "Save a file to bring back"


def saved(visitor: Visitor, button: str, password: str = PASSWORD) -> Download:
    visitor.saves.add("/me/take-along/")
    visitor.page.get_by_label("Your password").fill(password)
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("button", name=button).click()
    return coming.value


def week_opened(server: Server, ana: Visitor, bo: Visitor) -> None:
    answer(ana, step=STEP_OF_ANA)
    ana.press("Open with Bo")
    answer(bo, step=STEP_OF_BO)
    bo.press("Open with Ana")
    for visitor in (ana, bo):
        visitor.turn_to("Check in")  # a page that does not turn by itself when the evening comes
    server.clock_to(OUR_EVENING)
