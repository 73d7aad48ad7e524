from __future__ import annotations

import pytest
from django.template import engines
from django.template.loader import render_to_string

from interwoven.web.drawing import dumbbell
from interwoven.web.pages import Option

ACTS = (Option("walk", "A walk with no errands in it"), Option("hug", "A long hug", "at the door"))


def component(which: str, /, **gets: object) -> str:
    return render_to_string(f"web/components/{which}.html", gets)


def written(text: str, **gets: object) -> str:
    return engines["django"].from_string(text).render(gets)


def test_the_base_needs_neither_a_database_nor_anybody_signed_in():
    page = render_to_string("web/base.html")

    assert "<title>A few words</title>" in page
    assert page.count("data-exit") == 2
    assert 'class="places"' not in page


@pytest.mark.parametrize(("paired", "map_name"), [("?yes", "Our map"), ("", "My map")])
def test_a_signed_in_page_has_five_places(visitor, paired, map_name):
    page = visitor.get(f"/today/{paired}").content.decode()

    assert map_name in page
    assert page.count('aria-current="page"') == 1


def test_nothing_is_chosen_beforehand_on_a_scale():
    scale = component("scale", name="emo_felt", legend="How it felt", about="Emotional")

    assert scale.count('type="radio"') == 12
    assert " checked" not in scale


@pytest.mark.parametrize("value", [0, 7, 10, "7", "skip"])
def test_a_scale_shows_the_one_answer_that_was_given(value):
    scale = component("scale", name="emo_felt", legend="How it felt", value=value)

    assert scale.count(" checked") == 1
    assert f'value="{value}"' in scale.split(" checked")[0].rsplit("<input", 1)[1]


def test_an_error_stands_beside_its_field_and_is_read_out_with_it():
    field = component("field", name="called", label="Name", hint="Seen by Bo.", error="Write one.")

    assert 'aria-invalid="true" aria-describedby="called-wrong called-hint"' in field
    assert field.index('id="called-wrong"') < field.index("<input")


@pytest.mark.parametrize("kind", ["text", "textarea"])
def test_words_from_outside_stay_words(kind):
    hostile = '"></textarea><script>alert(1)</script>'

    field = component("field", name="n", label=hostile, type=kind, value=hostile)

    assert "<script" not in field


def test_two_people_differ_by_shape_and_not_by_colour_alone():
    assert "<circle" in component("person", place="a", name="Ana")
    assert "<path" in component("person", place="b", name="Bo")


@pytest.mark.parametrize(
    ("felt", "hoped", "words"),
    [
        (6, 8, "Ana: felt 6, hoped for 8"),
        (6, None, "Ana: felt 6"),
        (None, 0, "Ana: hoped for 0"),
        (None, None, "Ana: nothing said"),
    ],
)
def test_a_dumbbell_says_what_it_shows(felt, hoped, words):
    assert f'aria-label="{words}"' in dumbbell("a", "Ana", felt, hoped)


def test_a_name_cannot_leave_the_drawing():
    assert "<b>" not in dumbbell("a", '"><b>', 1, 2)


def test_only_the_current_step_is_marked_and_the_ones_before_are_done():
    steps = component("knots", label="One round", steps=["One", "Two", "Three"], current=2)

    assert steps.count('class="done"') == 1
    assert '<li aria-current="step"><span>Two</span>' in steps


def test_a_response_given_is_the_one_that_is_pressed():
    hidden = [("a", "1")]

    form = component("reply", action="/x/", about="Answer Bo", given="thank_you", hidden=hidden)

    assert 'value="thank_you" aria-pressed="true"' in form
    assert form.count("aria-pressed") == 1
    assert '<input type="hidden" name="a" value="1" autocomplete="off">' in form


def test_acts_are_offered_in_their_order_with_none_taken():
    acts = component("acts", name="mine", legend="Which?", options=ACTS)

    assert acts.index("walk") < acts.index("hug")
    assert " checked" not in acts


def test_who_can_see_this_is_always_in_words():
    assert "Only you" in component("who")
    assert "You and Bo" in component("who", partner="Bo")
    assert "You and &lt;b&gt;" in component("who", partner="<b>")


def test_three_ways_to_go_on_are_three_equal_buttons():
    choices = component("choices", options=(Option("open", "Open"), Option("keep", "Keep mine")))

    assert choices.count('class="btn quiet" name="do"') == 2


def test_an_icon_is_never_read_out():
    assert 'aria-hidden="true"' in written('{% icon "check" %}')
