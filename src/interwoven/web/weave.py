"""The weave: a couple's own weeks, drawn as a four-strand braid.

A picture, not a measure. Each strand is one form of intimacy, twisted from two plies, one for each
partner. A ply is as thick as what its owner felt that week; plies touch and are never merged,
averaged or compared. Strands cross only in a week that both opened; in any other they run side by
side, thin, with no sign of who. Weeks to come are undyed thread. The caller passes opened answers
only. At most nine weeks are drawn, in under 8 kB.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Felt: TypeAlias = tuple[int | None, int | None, int | None, int | None]
Plies: TypeAlias = tuple[float, float]  # half the width of each, in pixels

FORMS = ("emo", "phy", "int", "spi")
MOST = 9  # weeks drawn
STEP, GAP, TOP = 72, 42, 44  # pixels: a week, between lanes, above the first
HEIGHT = TOP * 2 + GAP * 3
THIN = 1.1  # half a ply that says nothing
SIDES = ((0, -1), (1, 1))  # the two plies, and the side of the strand each begins on


class WovenWeek(NamedTuple):
    """What each of two people felt, 0 to 10: emotional, physical, intellectual, spiritual."""

    a: Felt
    b: Felt


@dataclass(slots=True, eq=False)
class Strand:
    """One form of intimacy on its way: where it runs now, how thick, and which ply is uppermost."""

    form: int
    lane: int
    plies: Plies = (THIN, THIN)
    turn: int = 1  # 1: the first partner's ply is uppermost; -1: the second's

    def spun(self, week: WovenWeek | None) -> Plies:
        """How thick its plies are at the end of this week."""
        return (_half(week.a[self.form]), _half(week.b[self.form])) if week else (THIN, THIN)


@dataclass(slots=True)
class Cloth:
    """What is drawn so far, a path for every dye and layer.

    Layers lie from back to front: the lower strand's two plies, then the upper strand's two.
    """

    lead: int
    strands: list[Strand] = field(
        default_factory=lambda: [Strand(form=lane, lane=lane) for lane in range(len(FORMS))]
    )
    layers: tuple[dict[str, str], ...] = field(default_factory=lambda: ({}, {}, {}, {}))
    halos: dict[int, str] = field(default_factory=dict)
    undyed: str = ""
    weeks: int = 0
    crossings: int = 0

    @property
    def x(self) -> int:
        return STEP * (self.lead + self.weeks)

    def put(self, layer: int, strand: Strand, ply: int, path: str) -> None:
        name = f"{FORMS[strand.form]}{'ab'[ply]}"
        self.layers[layer][name] = self.layers[layer].get(name, "") + path


def draw(
    weeks: Sequence[WovenWeek | None],
    *,
    ahead: int,
    ident: str = "weave",
    lead: int = 1,
    title: str = "Your weave",
    reader: Hashable = None,
) -> SafeString:
    """Draw the last weeks, oldest first, and `ahead` weeks of thread after them.

    `None` is a week that was not opened by both, for whatever reason. `ident` is unique on its
    page; `lead` is how many weeks wide the threads run in. What was drawn stays in memory, for each
    `reader` apart: a page must not be quicker because somebody else saw the same weave first.
    """
    return _drawn(tuple(weeks[-MOST:]), ahead, ident, lead, title, reader)


@lru_cache(maxsize=256)  # a couple's weave changes once a week, and is asked for every day
def _drawn(
    shown: tuple[WovenWeek | None, ...],
    ahead: int,
    ident: str,
    lead: int,
    title: str,
    reader: Hashable,
) -> SafeString:
    cloth = Cloth(lead)
    if shown and lead:
        _run_in(cloth)
    for week in shown:
        _weave(cloth, week)
    for strand in cloth.strands:
        _run_out(cloth, strand, ahead)
    return _svg(cloth, width=cloth.x + STEP * ahead, ident=ident, title=title)


def _run_in(cloth: Cloth) -> None:
    """Before the first week: two thin threads for each form, from a little wider apart."""
    for strand in cloth.strands:
        y = _y(strand.lane)
        for ply, side in SIDES:
            far = y + (strand.lane - 1.5) * 9 + side * 5
            near = y + side * THIN
            path = _ply(0, (far - 1, near - 1), (far + 1, near + 1), STEP * cloth.lead)
            cloth.put(0, strand, ply, path)


def _weave(cloth: Cloth, week: WovenWeek | None) -> None:
    """One week further: crossed if it was opened by both, side by side if it was not."""
    order, over = _crossed(cloth) if week else (cloth.strands, set())
    for strand in cloth.strands:
        _stretch(
            cloth,
            strand,
            lane=order.index(strand),
            spun=strand.spun(week),
            over=strand.form in over,
        )
    for lane, strand in enumerate(order):
        strand.lane, strand.plies, strand.turn = lane, strand.spun(week), -strand.turn
    cloth.strands = order
    cloth.weeks += 1
    cloth.crossings += bool(week)


def _crossed(cloth: Cloth) -> tuple[list[Strand], set[int]]:
    """The strands as they lie after crossing, and the forms that passed over another."""
    order = list(cloth.strands)
    over = set()
    for pair, lane in enumerate(range(cloth.crossings % 2, 3, 2)):
        order[lane], order[lane + 1] = order[lane + 1], order[lane]
        over.add(cloth.strands[lane + (cloth.crossings + pair) % 2].form)
    return order, over


def _stretch(cloth: Cloth, strand: Strand, *, lane: int, spun: Plies, over: bool) -> None:
    """One strand over one week: its two plies change sides once, and just touch."""
    here, there = _y(strand.lane), _y(lane)
    if over:
        _halo(cloth, round((sum(strand.plies) + sum(spun)) * 0.75 + 7), here, there)
    for ply, sign in SIDES:
        side = sign * strand.turn
        start, end = here + side * strand.plies[1 - ply], there - side * spun[1 - ply]
        front = side < 0 if there >= here else side > 0  # what travels furthest lies in front
        thick, thin = strand.plies[ply], spun[ply]
        path = _ply(cloth.x, (start - thick, end - thin), (start + thick, end + thin))
        cloth.put((2 if over else 0) + front, strand, ply, path)


def _halo(cloth: Cloth, width: int, here: int, there: int) -> None:
    """A gap in the strand beneath, along the middle three fifths of the one above."""
    skip = 0.2
    fall = 6 * skip * (1 - skip) * (there - here) * skip
    start = here + (there - here) * _ease(skip)
    drop = (there - here) * (_ease(1 - skip) - _ease(skip))
    run = STEP * skip
    curve = _nums(run, fall, run * 2, drop - fall, run * 3, drop)
    path = f"M{_nums(cloth.x + run, start)}c{curve}"
    cloth.halos[width] = cloth.halos.get(width, "") + path


def _run_out(cloth: Cloth, strand: Strand, ahead: int) -> None:
    """After the last week: dyed for a week and a half more, undyed from there."""
    run = STEP * 3 // 2
    lean = strand.lane - 1.5
    for ply, side in SIDES:
        thick = strand.plies[ply]
        here = round(_y(strand.lane) + side * strand.turn * strand.plies[1 - ply])
        rest = round(_y(strand.lane) + side * 4 + lean * 3)
        if cloth.weeks:
            taper = f"{_curve(run, rest - here + thick)}{_curve(-run, here + thick - rest)}z"
            cloth.put(1, strand, ply, f"M{_nums(cloth.x, here - thick)}{taper}")
        cloth.undyed += f"M{_nums(cloth.x, here)}{_curve(run, rest - here)}"
        cloth.undyed += _waves(side, lean * 2, steps=max(1, round((ahead * STEP - run) / 54)))


def _waves(side: int, lean: float, *, steps: int) -> str:
    first = f"q{_nums(27, side * 3, 54, lean)}"
    return first + "".join(f"t{_nums(54, lean + (side if n % 2 else -side))}" for n in range(steps))


def _svg(cloth: Cloth, *, width: int, ident: str, title: str) -> SafeString:
    warp = "".join(f"M{x + STEP // 2} 4v{HEIGHT - 8}" for x in range(0, width, STEP))
    return format_html(
        '<svg class="weave" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" '
        'preserveAspectRatio="xMidYMid slice"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
        '<path class="warp" d="{}"/><path class="undyed" d="{}"/>{}{}{}</svg>',
        *(width, HEIGHT, ident, ident, ident, title, ident, _said(cloth), warp, cloth.undyed),
        _paths(cloth.layers[:2]),
        format_html_join("", '<path class="halo" stroke-width="{}" d="{}"/>', cloth.halos.items()),
        _paths(cloth.layers[2:]),
    )


def _paths(layers: Sequence[dict[str, str]]) -> SafeString:
    found = (path for layer in layers for path in layer.items())
    return format_html_join("", '<path class="{}" d="{}"/>', found)


def _said(cloth: Cloth) -> str:
    """The same in words, for whoever does not see it."""
    if not cloth.weeks:
        return (
            "Four undyed threads, side by side. "
            "The first week you both open will be their first crossing."
        )
    weeks = "one week" if cloth.weeks == 1 else f"{cloth.weeks} weeks"
    crossed = "the week" if cloth.crossings == 1 else f"each of the {cloth.crossings} weeks"
    return (
        f"Four strands, one for each form of intimacy, over {weeks}. "
        f"They cross in {crossed} you both opened. Each strand is twisted from one "
        "partner’s thread and the other’s; the threads ahead are undyed. "
        "This is a picture, not a measure."
    )


def _y(lane: int) -> int:
    return TOP + lane * GAP


def _half(felt: int | None) -> float:
    return THIN if felt is None else 1.6 + felt * 0.54


def _ease(t: float) -> float:
    return t * t * (3 - 2 * t)


def _nums(*values: float) -> str:
    """Whole numbers, with a blank only where two would run together."""
    return " ".join(map(str, map(round, values))).replace(" -", "-")


def _curve(x: float, y: float) -> str:
    """To (x, y) from here, level at both ends."""
    return f"c{_nums(x / 3, 0, 2 * x / 3, y, x, y)}"


def _ply(x: int, top: Plies, low: Plies, wide: int = STEP) -> str:
    """One stretch of one ply: along its upper edge, down, and back along its lower edge."""
    start, end, under, rest = (round(value) for value in (*top, *low))
    begin = f"M{_nums(x, start)}"
    if start == end and under == rest:
        return f"{begin}h{wide}v{max(1, rest - end)}h-{wide}z"
    return f"{begin}{_curve(wide, end - start)}v{rest - end}{_curve(-wide, under - rest)}z"
