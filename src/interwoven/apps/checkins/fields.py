"""The fields of the check-in, made from the instrument, the week's acts and what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from interwoven.apps.checkins.forms import SKIP
from interwoven.apps.checkins.pages import DYES, Field, FormFields
from interwoven.core.acts import ActSet
from interwoven.core.forms import Form
from interwoven.core.instruments import Instrument
from interwoven.web.pages import Option

NONE_OF_THESE = Option(SKIP, "None of these")


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in a form's fields, and what is wrong with them."""

    values: Mapping[str, str]
    errors: Mapping[str, str]

    def field(self, name: str) -> Field:
        return Field(name, self.values.get(name, ""), self.errors.get(name, ""))


def form_fields(
    asked: Instrument, shown: Collection[Form], typed: Typed, *, amounts: bool
) -> Iterator[FormFields]:
    for item in asked.items:
        if item.id in shown:
            yield FormFields(
                form=item.id,
                dye=DYES[item.id],
                name=item.name,
                meaning=item.meaning,
                felt_ask=item.felt_ask,
                hoped_ask=item.hoped_ask,
                low=item.low_label,
                high=item.high_label,
                felt=typed.field(f"{item.id}_felt"),
                hoped=typed.field(f"{item.id}_hoped"),
                amount=typed.field(f"{item.id}_amount") if amounts else None,
            )


def act_options(acts: ActSet, *, mine: bool) -> tuple[Option, ...]:
    """The six acts, worded as a wish of one's own or as a guess at the other's."""
    six = tuple(Option(act.id, act.mine if mine else act.theirs) for act in acts.acts)
    return (*six, NONE_OF_THESE)


def labels(asked: Instrument) -> Iterator[tuple[str, str]]:
    """Every field of the form, and what to call it."""
    for item in asked.items:
        yield f"{item.id}_felt", f"{item.name}: {item.felt_ask.lower()}"
        yield f"{item.id}_hoped", f"{item.name}: {item.hoped_ask.lower()}"
        yield f"{item.id}_amount", f"{item.name}: your guess"
    yield from (("wish", asked.wish_ask), ("guess", asked.guess_ask), ("step", asked.step_ask))


def said(value: str, acts: ActSet) -> str:
    """A field's value as its author would read it."""
    named = {act.id: act.mine for act in acts.acts}
    return "nothing" if value in ("", SKIP) else named.get(value, value)
