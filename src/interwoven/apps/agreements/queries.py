"""Reading the one thing two people are at, and the ones before it.

Every statement here depends on what both may see and on this seat's own rows alone. Another
person's look back is never asked for, not even whether there is one.
"""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.agreements import showing
from interwoven.apps.agreements.days import day_in
from interwoven.apps.agreements.forms import MOVE, PROPOSE, REVIEW, SAY, START
from interwoven.apps.agreements.models import CURRENT, Agreement, AgreementState, LookBack
from interwoven.apps.agreements.pages import EarlierPage, OneThingPage, Shared, Stage, Standing
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Us
from interwoven.core.agreement import Review, Talk
from interwoven.core.forms import Form
from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere

ON_A_PAGE = 10
LONGEST_NUMBER = 4  # digits


def one_thing(
    *, seat: Seat, suggested: str, changed: bool, reread: bool, now: datetime
) -> OneThingPage:
    """The page, wherever these two are with it."""
    us = couples.us(seat=seat)
    drafted = drafts.take_each(seat=seat, forms=(SAY, PROPOSE, START, MOVE, REVIEW), now=now)
    say, propose, start, move, review = drafted
    row = Agreement.objects.newest(seat).first()
    talk = read(row, Talk, seat=seat) if row else None
    if row is None or talk is None or row.state not in CURRENT:
        page = OneThingPage(
            us.partner.name,
            Stage.START,
            changed=changed,
            away=showing.put_away(us, talk, row.revision) if row and talk else None,
            leftover=showing.typed(say, propose),
        )
        start = drafts.Draft({"strand": _strand(suggested)}, start.errors)
        return showing.start(page, us, _last(seat), start)
    page = OneThingPage(us.partner.name, Stage.TALKING, row.revision, talk.strand, changed=changed)
    today = day_in(us.settled.evening, now)
    if row.state == AgreementState.TALKING:
        return showing.talking(page, us, talk, say, propose, today)
    page = showing.agreed(page, us, talk, showing.typed(say, propose))
    if not row.to_review(today):
        return showing.move(page, us, talk, move, today)
    return showing.review(page, _own(row, seat), review, reread=reread)


def earlier(*, seat: Seat, number: str) -> EarlierPage:
    """Some of the ones both looked back at, newest first. Raises `NotThere` past the last."""
    us = couples.us(seat=seat)
    page = int(number) if _is_number(number) else 1
    start = (page - 1) * ON_A_PAGE
    rows = list(Agreement.objects.finished(seat)[start : start + ON_A_PAGE + 1])
    if not rows and page > 1:
        raise NotThere
    return EarlierPage(
        finished=tuple(
            showing.finished(us, read(row, Talk, seat=seat)) for row in rows[:ON_A_PAGE]
        ),
        newer=page - 1 if page > 1 else None,
        older=page + 1 if len(rows) > ON_A_PAGE else None,
    )


def shared(*, seat: Seat) -> Shared | None:
    """What both see of the one thing they are at now; nothing if they are at none."""
    row = Agreement.objects.current(seat).first()
    if row is None:
        return None
    return showing.shared(couples.us(seat=seat), read(row, Talk, seat=seat), row.revision)


def standing(*, seat: Seat, us: Us, now: datetime) -> Standing | None:
    """The one thing, for Today: one statement, and another when it is time to look back."""
    row = Agreement.objects.current(seat).first()
    if row is None:
        return None
    talk, today = read(row, Talk, seat=seat), day_in(us.settled.evening, now)
    agreed = row.state == AgreementState.AGREED
    review = agreed and row.to_review(today)
    act = talk.stands if agreed else talk.act
    return Standing(
        state="review" if review else "agreed" if agreed else "talking",
        what=act.what if act else "",
        whose=act.whose if act else None,
        day=act.day if act else None,
        mine=act is not None and act.whose.includes(seat.place),
        my_look_back_given=review and _own(row, seat) is not None,
        another_day=talk.another_day(today) if talk.may_agree(us.place, today) else None,
    )


def _last(seat: Seat) -> Talk | None:
    row = Agreement.objects.finished(seat).first()
    return read(row, Talk, seat=seat) if row else None


def _strand(suggested: str) -> str:
    """The strand an address suggests; anything that is not one is not read."""
    return suggested if suggested in {form.value for form in Form} else ""


def _own(row: Agreement, seat: Seat) -> Review | None:
    own = LookBack.objects.filter(
        couple_id=row.couple_id, agreement_id=row.pk, author_id=seat.person
    ).first()
    return read(own, Review, seat=seat) if own else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text) > 0
