"""Twelve weeks of Ana and Bo, and two of Cem: what each answered, chose to open and said.

They are invented. Everything is told by how long ago it was, so that it always ends this week.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from interwoven.core.acts import ActKind
from interwoven.core.agreement import Outcome, Whose
from interwoven.core.forms import Form
from interwoven.core.opening import Part
from interwoven.core.responding import Reply

Marks = tuple[int | None, int | None]  # felt, hoped

ALL = frozenset(Part)
NO_PART: frozenset[Part] = frozenset()
E, P, I, S = Form.EMOTIONAL, Form.PHYSICAL, Form.INTELLECTUAL, Form.SPIRITUAL  # noqa: E741


@dataclass(frozen=True)
class Entry:
    """One person's week: marks in the order of `Form`, a wish, a guess, and what they open."""

    marks: tuple[Marks, Marks, Marks, Marks]
    wish: ActKind | None = None
    guess: ActKind | None = None
    opens: frozenset[Part] = ALL
    amounts: tuple[int, int, int, int] | None = None  # used in a week that asks for them
    step: str = ""

    def ratings(self) -> dict[Form, Marks]:
        return dict(zip(Form, self.marks, strict=True))


@dataclass(frozen=True)
class Week:
    """One week of two people, and what each answered to the other's lines once it had opened."""

    ana: Entry | None
    bo: Entry | None
    ana_answers: dict[Part, Reply | str] = field(default_factory=dict)
    bo_answers: dict[Part, Reply | str] = field(default_factory=dict)


@dataclass(frozen=True)
class OneThing:
    """Something the two took on: begun so many weeks ago, and how it went for each."""

    weeks_ago: int
    strand: Form
    ana: tuple[str, str]  # what works, and a wish
    bo: tuple[str, str]
    what: str
    whose: Whose
    minutes: int
    outcomes: tuple[Outcome, Outcome] | None = None
    day_after: timedelta = timedelta(days=3)


K = ActKind
WEEKS = (  # the oldest first
    Week(
        Entry(((5, 7), (6, 6), (4, 6), (5, 5)), K.LISTENING, K.TOUCH, amounts=(7, 8, 6, 5),
              step="Ten minutes after the dishes, before anyone picks up a screen."),
        Entry(((6, 7), (5, 7), (5, 5), (4, 5)), K.TIME, K.HELP, amounts=(6, 6, 5, 5),
              step="Ask me about the band once a week. I never start it myself."),
        {Part.WISH: Reply.TELL_ME_MORE, Part.STEP: "I thought you were tired of being asked."},
        {Part.WISH: Reply.DID_NOT_KNOW, Part.EMOTIONAL: Reply.TELL_ME_MORE},
    ),
    Week(
        Entry(((6, 7), (6, 5), (5, 6), (5, 6)), K.LISTENING, K.TIME),
        Entry(((6, 7), (5, 7), (6, 6), (4, 4)), K.TIME, K.HELP),
        {Part.PHYSICAL: Reply.THANK_YOU},
        {Part.PHYSICAL: "A little less is fine. I would rather know than guess."},
    ),
    Week(
        Entry(((6, 7), (7, 5), (6, 6), (5, 5)), K.QUIET, K.TIME),
        Entry(((7, 7), (6, 7), (6, 7), (5, 5)), K.TOUCH, K.LISTENING),
        {Part.WISH: Reply.THANK_YOU},
        {Part.WISH: Reply.DID_NOT_KNOW},
    ),
    Week(
        Entry(((5, 8), (5, 6), (3, 6), (4, 5)), K.HELP, K.QUIET, opens=NO_PART),
        Entry(((4, 7), (4, 6), (3, 5), (3, 4)), K.QUIET, K.HELP),
    ),
    Week(
        Entry(((3, 7), (4, 4), (2, 5), (4, 4)), K.HELP, K.QUIET, amounts=(6, 5, 4, 4),
              step="Put the calendars side by side on Monday, with tea."),
        Entry(((3, 6), (3, 6), (3, 5), (3, 4)), K.QUIET, K.HELP, amounts=(7, 6, 5, 5),
              step="Tell me when it is a bad one before I come through the door."),
        {Part.EMOTIONAL: "It was a hard week, and not about you.", Part.STEP: Reply.THANK_YOU},
        {Part.EMOTIONAL: Reply.THANK_YOU, Part.STEP: Reply.TELL_ME_MORE},
    ),
    Week(None, Entry(((3, 6), (4, 6), (3, 5), (3, 3)), K.TOUCH, K.HELP)),
    Week(
        Entry(((4, 7), (5, 5), (4, 5), (4, 4)), K.LISTENING, K.TOUCH,
              opens=frozenset({Part.EMOTIONAL, Part.WISH, Part.GUESSES})),
        Entry(((5, 7), (5, 7), (4, 5), (4, 4)), K.TOUCH, K.LISTENING),
        {Part.WISH: Reply.THANK_YOU},
        {Part.WISH: "I guessed, and I am glad it landed."},
    ),
    Week(
        Entry(((5, 7), (6, 6), (None, None), (5, 5)), K.TIME, K.IDEAS),
        Entry(((6, 7), (6, 6), (6, 7), (5, 6)), K.IDEAS, K.TIME),
        {Part.SPIRITUAL: Reply.TELL_ME_MORE},
        {Part.PHYSICAL: Reply.THANK_YOU},
    ),
    Week(
        Entry(((6, 8), (6, 5), (6, 7), (5, 5)), K.LISTENING, K.TIME, amounts=(8, 7, 7, 5),
              step="On Sundays, a walk to the second bridge. The first one is too near."),
        Entry(((7, 8), (6, 7), (7, 7), (5, 5)), K.TIME, K.LISTENING, amounts=(8, 5, 7, 5),
              step="Tell me when you are tired. I guess wrong and then I keep away."),
        {Part.WISH: Reply.THANK_YOU, Part.STEP: Reply.DID_NOT_KNOW},
        {Part.STEP: Reply.THANK_YOU},
    ),
    Week(
        Entry(((7, 8), (7, 6), (6, 7), (6, 6)), K.TOUCH, K.TIME),
        Entry(((7, 8), (6, 8), (7, 7), (5, 6)), K.TIME, K.HELP,
              opens=frozenset({Part.PHYSICAL, Part.WISH, Part.GUESSES})),
        {Part.PHYSICAL: "Let us talk about this one, on the walk."},
        {},
    ),
    Week(
        Entry(((7, 8), (7, 6), (7, 8), (6, 6)), K.IDEAS, K.QUIET),
        Entry(((8, 8), (6, 7), (7, 8), (6, 6)), K.QUIET, K.IDEAS),
        {Part.INTELLECTUAL: Reply.THANK_YOU, Part.WISH: Reply.THANK_YOU},
        {Part.PHYSICAL: Reply.TELL_ME_MORE, Part.WISH: Reply.THANK_YOU},
    ),
    Week(
        Entry(((6, 8), (7, 6), (7, 8), (6, 6)), K.LISTENING, K.TOUCH, amounts=(8, 7, 8, 6),
              step="Ten minutes on the stairs when you come in. No news, only us."),
        Entry(((8, 8), (5, 7), (7, 8), (5, 6)), K.TIME, K.HELP, amounts=(7, 7, 8, 6),
              step="Say no to me sooner. I can bear it better than the wondering."),
        {},
        {Part.EMOTIONAL: Reply.TELL_ME_MORE, Part.WISH: Reply.DID_NOT_KNOW},
    ),
)  # fmt: skip
THIS_WEEK = Week(
    None,
    Entry(((7, 8), (6, 7), (6, 7), (6, 6)), K.TIME, K.LISTENING, amounts=(8, 6, 7, 6),
          step="Leave one evening with nothing in it at all."),
)  # fmt: skip
CEM = (
    Entry(((4, 6), (5, 6), (6, 6), (3, 5)), K.LISTENING),
    Entry(((5, 6), (5, 5), (6, 7), (4, 5)), K.TIME),
)
THINGS = (
    OneThing(
        weeks_ago=8, strand=E,
        ana=("You ask again when I say “fine”.", "That the first ten minutes home are ours."),
        bo=("You tell me how it ended, always.", "To hear about your day before the news."),
        what="Sit on the stairs for ten minutes when the second one comes in",
        whose=Whose.BOTH, minutes=10, outcomes=(Outcome.PARTLY, Outcome.DONE),
    ),
    OneThing(
        weeks_ago=4, strand=I,
        ana=("We still laugh at the same headlines.", "One talk a week that settles nothing."),
        bo=("You remember what I was reading.", "To be asked what I think before what we need."),
        what="Read the same article and argue about it over soup",
        whose=Whose.B, minutes=45, outcomes=(Outcome.DONE, Outcome.NOT),
    ),
    OneThing(
        weeks_ago=0, strand=P,
        ana=("A hand on my back in the queue.", "Closeness that is not on its way anywhere."),
        bo=("You lean on me when a film gets bad.", "To know when a hug is welcome."),
        what="Walk to the second bridge with phones at home, and hold hands if we like",
        whose=Whose.A, minutes=60,
    ),
)  # fmt: skip
WORDS = (
    "acorn almond amber anchor apple apron arrow aspen autumn badger baker bamboo barley basil "
    "basket beacon bench berry birch biscuit blanket bottle bramble bread breeze bridge bucket "
    "butter button cabin candle canvas caper carrot castle cedar cellar chalk cherry chess cider "
    "cinder clover cobalt cocoa copper coral cotton cricket crumb cushion daisy damson dapple "
    "dawn denim dove drizzle duckling dune elder ember fable falcon fennel fern fiddle finch flask "
    "flint forest foxglove garden garlic ginger granite gravel guitar hammock harbour hazel hedge "
    "heron honey indigo ivory jasmine jigsaw juniper kettle lantern larch lavender lemon lentil "
    "lilac linen lobster maple marble meadow melon mitten mosaic mustard nettle nutmeg oat olive "
    "orchard otter paddle pebble pepper pickle pigeon pillow plum pocket poppy quilt raisin "
    "raven ribbon robin saddle saffron sorrel sparrow spruce teapot thimble thistle timber tulip "
    "velvet violet walnut willow"
).split()
