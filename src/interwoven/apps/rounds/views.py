"""One phone, two people and no account: the round goes along in a cookie and nowhere else.

Every page asks the round whose turn it is, and sends whoever comes at another time to the page of
that turn. So neither Back, nor a reload, nor an address shows one person's pick to the other.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from interwoven.apps.rounds import cookie, forms, pages
from interwoven.apps.rounds.sets import another_set, first_set, question_for, set_of
from interwoven.core.rounds import (
    Alone,
    Round,
    Turn,
    agree,
    answer,
    hand_over,
    leave_it_at_talking,
    look,
    pick_first,
    pick_second,
    turn,
)
from interwoven.web.render import page

get_or_post = require_http_methods(["GET", "POST"])

PAGE_OF = {Turn.FIRST: "start", Turn.COVER: "cover", Turn.SECOND: "second", Turn.BOTH: "look"}


@login_not_required
@get_or_post
def first(request: HttpRequest) -> HttpResponse:
    """The first one picks. Once they have, this page shows nothing of it again."""
    kept = _kept(request)
    game = kept if isinstance(kept, Round) else Round(_acts_of(kept))
    acts = set_of(game.acts)
    if request.method == "POST":
        return _on(pick_first(game, forms.pick(request.POST, acts))) if kept else _to("start")
    if turn(game) is not Turn.FIRST:
        return _to_its_turn(game)
    shown = pages.pick_page(acts, game.first, unfinished=game.unfinished)
    response = page(request, "rounds/first.html", shown)
    return response if kept else _carried(response, game)


@login_not_required
@get_or_post
def cover(request: HttpRequest) -> HttpResponse:
    """Cloth between the two. It is the same page whatever was picked."""
    game = _round(request)
    if game is None or turn(game) is not Turn.COVER:
        return _to_its_turn(game)
    if request.method == "POST":
        return _on(hand_over(game))
    return page(request, "rounds/cover.html", None)


@login_not_required
@get_or_post
def second(request: HttpRequest) -> HttpResponse:
    """The second one picks, and until they have sees nothing of what the first one picked."""
    game = _round(request)
    if game is None or turn(game) is not Turn.SECOND:
        return _to_its_turn(game)
    acts = set_of(game.acts)
    if request.method == "POST":
        return _on(pick_second(game, forms.pick(request.POST, acts)))
    shown = pages.pick_page(acts, game.second, unfinished=game.unfinished)
    return page(request, "rounds/second.html", shown)


@login_not_required
@get_or_post
def look_together(request: HttpRequest) -> HttpResponse:
    """Both picks at once; then one act, who sees to it and a day, or nothing but talk."""
    game = _round(request)
    opened = look(game) if game else None
    if game is None or opened is None:
        return _to_its_turn(game)
    acts = set_of(game.acts)
    if request.method == "POST":
        talked = forms.left_at_talking(request.POST)
        plan = forms.plan(request.POST, acts)
        return _on(leave_it_at_talking(game) if talked else agree(game, plan))
    return page(request, "rounds/look.html", pages.look_page(acts, game, opened))


@login_not_required
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """One of the two answers what the other wished for."""
    game, said = _round(request), forms.reply(request.POST)
    if game is None or said is None or turn(game) is not Turn.BOTH:
        return _to_its_turn(game)
    return _carried(_to("look", part="#picked"), answer(game, *said))


@login_not_required
@require_GET
def agreed(request: HttpRequest) -> HttpResponse:
    """The card the two may keep. Nothing here keeps it for them."""
    game = _round(request)
    opened = look(game) if game else None
    if game is None or opened is None or not game.ended:
        return _to_its_turn(game)
    return page(request, "rounds/agreed.html", pages.card_page(set_of(game.acts), game, opened))


@login_not_required
@get_or_post
def alone(request: HttpRequest) -> HttpResponse:
    """One person's wish and guess. It begins afresh and shows nothing of a round for two."""
    kept = _kept(request)
    game = kept if isinstance(kept, Alone) else Alone(_acts_of(kept))
    acts = set_of(game.acts)
    if request.method == "POST":
        pick = forms.pick(request.POST, acts)
        return _on(Alone(game.acts, pick, unfinished=not pick.whole)) if kept else _to("alone")
    if game.pick.whole:
        return _to("question")
    shown = pages.pick_page(acts, game.pick, unfinished=game.unfinished)
    response = page(request, "rounds/alone.html", shown)
    return response if kept else _carried(response, game)


@login_not_required
@require_GET
def question(request: HttpRequest) -> HttpResponse:
    """One question to ask tonight."""
    game = _kept(request)
    if not isinstance(game, Alone) or not game.pick.whole:
        return _to("alone")
    acts = set_of(game.acts)
    shown = pages.question_page(acts, game.pick, question_for(acts, game.pick))
    return page(request, "rounds/question.html", shown)


@login_not_required
@require_POST
def other_acts(request: HttpRequest) -> HttpResponse:
    """Other acts to pick from, until a pick is made. What was ticked meanwhile is not read."""
    kept = _kept(request)
    fresh = another_set(but=kept.acts) if kept else first_set()
    if forms.for_one(request.POST):
        return _on(Alone(fresh))
    if isinstance(kept, Round) and turn(kept) is not Turn.FIRST:
        return _to_its_turn(kept)
    return _on(Round(fresh))


@login_not_required
@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Let this round go and begin another."""
    return _gone(_to("start"))


@login_not_required
@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """Let this round go."""
    return _gone(HttpResponseRedirect(reverse("front"), status=303))


def _kept(request: HttpRequest) -> cookie.Kept | None:
    return cookie.read(request, now=timezone.now())


def _round(request: HttpRequest) -> Round | None:
    kept = _kept(request)
    return kept if isinstance(kept, Round) else None


def _acts_of(kept: cookie.Kept | None) -> str:
    return kept.acts if kept else first_set()


def _on(kept: cookie.Kept) -> HttpResponse:
    """Carry on with this round, on the page where it now is."""
    if isinstance(kept, Alone):
        return _carried(_to("question" if kept.pick.whole else "alone"), kept)
    return _carried(_to("agreed") if kept.ended else _to_its_turn(kept), kept)


def _to_its_turn(game: Round | None) -> HttpResponse:
    return _to(PAGE_OF[turn(game)] if game else "start")


def _to(name: str, *, part: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse(f"rounds:{name}") + part, status=303)


def _carried(response: HttpResponse, kept: cookie.Kept) -> HttpResponse:
    cookie.write(response, kept, now=timezone.now())
    return response


def _gone(response: HttpResponse) -> HttpResponse:
    cookie.clear(response)
    return response
