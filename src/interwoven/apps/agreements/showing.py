"""Lays a talk out for the one of the two who looks at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import dateformat

from interwoven.apps.agreements.forms import ELSEWHERE, SKIP
from interwoven.apps.agreements.pages import (
    OUTCOMES,
    ActShown,
    Clash,
    Column,
    Finished,
    MoveForm,
    OneThingPage,
    ProposeForm,
    PutAway,
    ReviewForm,
    SayForm,
    Shared,
    Stage,
    Talking,
)
from interwoven.apps.couples.pages import Us
from interwoven.core.agreement import Act, Outcome, Review, Said, Talk, Whose
from interwoven.core.people import Place
from interwoven.infra.drafts import NOTHING, Draft
from interwoven.web.pages import Option


def start(page: OneThingPage, us: Us, last: Talk | None, start: Draft) -> OneThingPage:
    """The page of two who are at nothing now; what they last looked back at is on it."""
    return replace(page, last=finished(us, last) if last else None, start=start)


def put_away(us: Us, talk: Talk, revision: int) -> PutAway | None:
    """What to take up again, for the one who put it away; nothing for the other."""
    return PutAway(talk.strand, revision) if talk.put_away_by is us.place else None


def talking(
    page: OneThingPage, us: Us, talk: Talk, say: Draft, propose: Draft, today: date
) -> OneThingPage:
    """The page while the two talk it over."""
    mine = us.place
    return replace(
        page,
        columns=_columns(us, talk),
        talking=Talking(
            said_something=talk.words_of(mine).anything,
            say=_say_form(talk.words_of(mine), say),
            propose=_propose_form(us, talk.act, propose),
            act=_act(us, talk.act) if talk.act else None,
            proposed_by_me=talk.proposed_by is mine,
            may_agree=talk.may_agree(mine, today),
            day_gone=talk.day_gone(today),
            declined=talk.declined,
        ),
    )


def agreed(page: OneThingPage, us: Us, talk: Talk, leftover: tuple[str, ...]) -> OneThingPage:
    """The page once an act stands."""
    shown = _act(us, talk.stands) if talk.stands else None
    columns = _columns(us, talk) if talk.said else ()
    return replace(page, stage=Stage.AGREED, columns=columns, agreed=shown, leftover=leftover)


def move(page: OneThingPage, us: Us, talk: Talk, draft: Draft, today: date) -> OneThingPage:
    """The same page as long as its day may still be moved."""
    form = MoveForm(
        draft,
        proposed=talk.another_day(today),
        mine=talk.proposed_by is us.place,
        unfinished=draft != NOTHING,
    )
    return replace(page, move=form)


def review(page: OneThingPage, own: Review | None, draft: Draft, *, reread: bool) -> OneThingPage:
    """The page from the day on which each looks back for themselves."""
    if own is not None and not reread:
        form = ReviewForm(Draft(errors=draft.errors), given=True, unseen=True)
        return replace(page, stage=Stage.REVIEW, review=form)
    kept = Draft(_values_of_review(own) if own else {}, draft.errors)
    form = ReviewForm(draft if draft.values else kept, given=own is not None)
    return replace(page, stage=Stage.REVIEW, review=form)


def shared(us: Us, talk: Talk, revision: int) -> Shared:
    """What both see of it, whichever of the two looks."""
    proposed = talk.act if talk.act != talk.stands else None
    return Shared(
        strand=talk.strand,
        columns=_columns(us, talk),
        agreed=_act(us, talk.stands) if talk.stands else None,
        proposed=_act(us, proposed) if proposed else None,
        proposed_by=talk.proposed_by if proposed else None,
        revision=revision,
    )


def finished(us: Us, talk: Talk) -> Finished:
    act = talk.stands
    assert act is not None  # nothing closes without one
    named = _names(us)
    said = {option.value: option.label for option in OUTCOMES}
    return Finished(
        strand=talk.strand,
        what=act.what,
        day=act.day,
        how=tuple((named[place], said[talk.outcomes[place]]) for place in Place),
        partly=Outcome.PARTLY in talk.outcomes.values(),
    )


def typed(say: Draft, propose: Draft) -> tuple[str, ...]:
    """What somebody typed into forms that are not on the page any more."""
    texts = (say.values.get("works"), say.values.get("wish"), propose.values.get("what"))
    return tuple(text for text in texts if text)


def _columns(us: Us, talk: Talk) -> tuple[Column, ...]:
    return tuple(Column(place, _names(us)[place], talk.words_of(place)) for place in Place)


def _names(us: Us) -> dict[Place, str]:
    return {us.place: "You", us.place.other: us.partner.name}


def _say_form(kept: Said, draft: Draft) -> SayForm:
    values = {"works": kept.works, "wish": kept.wish}
    if draft == NOTHING:
        return SayForm(Draft(values))
    if ELSEWHERE not in draft.errors:
        return SayForm(draft, unfinished=True)
    clashes = {name: _clash(values[name], draft.values.get(name, "")) for name in values}
    return SayForm(draft, clashes["works"], clashes["wish"], unfinished=True)


def _propose_form(us: Us, kept: Act | None, draft: Draft) -> ProposeForm:
    whose = (
        Option(us.place.value, "You"),
        Option(us.place.other.value, us.partner.name),
        Option(Whose.BOTH, "Both of you"),
    )
    values = _values_of_act(kept) if kept else {}
    if draft == NOTHING:
        return ProposeForm(Draft(values), whose)
    labels = {option.value: option.label for option in whose}
    clash = None
    if ELSEWHERE in draft.errors and kept:
        clash = _clash(_in_lines(values, labels), _in_lines(draft.values, labels))
    return ProposeForm(draft, whose, clash, unfinished=True)


def _clash(kept: str, other: str) -> Clash | None:
    return Clash(kept, other) if kept != other else None


def _in_lines(values: dict[str, str], labels: dict[str, str]) -> str:
    get = values.get  # only what was read as an act comes here
    who = labels.get(get("whose", ""), "")
    day = dateformat.format(date.fromisoformat(get("day", "").strip()), "l j F")
    lines = (get("what", ""), who, day, f"{get('minutes', '')} minutes")
    return "\n".join(line for line in lines if line)


def _values_of_act(act: Act) -> dict[str, str]:
    return {
        "what": act.what,
        "whose": act.whose.value,
        "day": act.day.isoformat(),
        "minutes": str(act.minutes),
    }


def _values_of_review(own: Review) -> dict[str, str]:
    pulse = own.pulse
    marks = {
        "understood": pulse.understood,
        "accepted": pulse.accepted,
        "cared_about": pulse.cared_about,
    }
    shown = {name: SKIP if mark is None else str(mark) for name, mark in marks.items()}
    return {"outcome": own.outcome.value} | shown


def _act(us: Us, act: Act) -> ActShown:
    return ActShown(act.what, _who(us, act.whose), act.day, act.minutes, act.review_on())


def _who(us: Us, whose: Whose) -> str:
    if whose is Whose.BOTH:
        return "You both see to it"
    return "You see to it" if whose.includes(us.place) else f"{us.partner.name} sees to it"
