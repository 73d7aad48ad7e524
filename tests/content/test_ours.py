"""What our own library promises to those who are asked."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from interwoven.content.library import Library, load
from interwoven.content.words import content_words, reading_grade, shared
from interwoven.core.acts import ActKind
from interwoven.core.forms import Form

ROOT = Path(__file__).parents[2] / "content"
FILES = sorted(ROOT.rglob("*.toml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT)


def test_there_is_a_set_for_many_a_week(library):
    assert len(library.published_act_sets) >= 10


def test_a_set_comes_back_in_the_weeks_after_six_others_or_more(library):
    general = [found.id for found in library.published_act_sets if found.for_any_week]

    assert len(general) >= 7


def test_every_form_is_met_in_many_sets(library):
    met = Counter(form for found in library.published_act_sets for form in forms_of(found))

    assert min(met[form] for form in Form) >= 10


def test_every_set_holds_each_kind_once_and_three_forms_or_more(library):
    for found in library.published_act_sets:
        assert sorted(act.kind for act in found.acts) == sorted(ActKind), found.ref
        assert len(forms_of(found)) >= 3, found.ref


def forms_of(found):
    return {act.form for act in found.acts}


def test_no_two_acts_are_much_alike(library):
    acts = [act for found in library.published_act_sets for act in found.acts]

    for one, other in combinations(acts, 2):
        much = shared(content_words(one.mine), content_words(other.mine))
        assert much <= 0.6, f"{one.mine} | {other.mine}"


def test_no_act_is_named_like_another(library):
    acts = [act for found in library.published_act_sets for act in found.acts]

    assert max(Counter(act.id for act in acts).values()) == 1
    assert max(Counter(act.short for act in acts).values()) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_thirteen_year_old_could_read_it(path):
    data = tomllib.loads(path.read_text("utf-8"))

    assert reading_grade(said(data)) <= 8


def said(value: object) -> list[str]:
    """The texts people read: neither ids nor where a file comes from."""
    match value:
        case dict():
            hidden = {"id", "status", "form", "kind", "provenance"}
            return [
                text for key, inner in value.items() if key not in hidden for text in said(inner)
            ]
        case list():
            return [text for inner in value for text in said(inner)]
        case str():
            return [value]
    return []


def test_each_says_its_licence_and_claims_no_look_over_that_did_not_happen(library):
    everything = [
        *library.act_sets.values(),
        *library.instruments.values(),
        *library.question_sets.values(),
    ]

    assert {found.provenance.licence for found in everything} == {"CC-BY-4.0"}
    assert {found.provenance.review for found in everything} == {"not yet reviewed"}
    for found in everything:
        assert "not a validated instrument" in found.provenance.sources[0], found.ref


def test_the_week_asks_about_all_four_forms_in_their_order(library):
    assert [item.id for item in library.weekly.items] == list(Form)


def test_there_are_questions_for_every_kind_of_act(library):
    kinds = {q.kind for found in library.published_question_sets for q in found.questions}

    assert kinds == set(ActKind)
