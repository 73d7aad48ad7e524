"""Whatever is sent to whichever address, by whomever: an answer below 500, and the next page works.

Values are drawn by Hypothesis: words in many alphabets, control characters, halves of characters,
numbers past every limit, dates, ids of others, and fields that no form has.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.privacy.addresses import every_address
from tests.privacy.pages import NO_ID
from tests.privacy.world import Stage, opening_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SENDERS = ("Ana", "Ivy", "Nobody")
NAMES = """
week revision window emotional_felt physical_hoped spiritual_felt wish guess step
emotional_amount do part reply words day time zone strand works what whose minutes outcome
understood name pronouns password code invitation submission_id as file session login email
password1 next mine theirs plan answer no-such-field
""".split()
VALUES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.characters(codec=None), max_size=20).map(
        lambda text: text.encode("utf-8", "replace").decode()
    ),
    st.integers(-(10**30), 10**30).map(str),
    st.dates().map(str),
    st.uuids().map(str),
    st.sampled_from(
        ["", "skip", "open", "parts", "keep", "emotional", "a", "both", "done", "give", "10", "-1",
         "0", "2026-02-30", "25:61", "Europe/Dublin", "../../etc/passwd", "\x00", "\u202e",
         "x" * 3000]
    ),
)  # fmt: skip
FORMS = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(VALUES, st.lists(VALUES, max_size=3)), max_size=8
)


def every_path(stage: Stage) -> list[str]:
    with stage.world() as world:
        opening = str(opening_of(world, "Ana"))
    found = []
    for address in every_address():
        if address.plain:
            found.append(address.path)
            continue
        head, _, tail = address.route.partition("<")
        for value in (opening, str(NO_ID)):
            found.append(f"/{head}{value}{tail.partition('>')[2].partition('<')[0]}")
    return [path for path in found if "<" not in path]


@pytest.mark.parametrize("name", SENDERS)
def test_no_form_filled_in_by_chance_breaks_anything(stage: Stage, name):
    paths = every_path(stage)
    assert len(paths) > 60

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(paths), FORMS)
    def send(path: str, form: dict[str, object]) -> None:
        with stage.world() as world:
            world.ask(name, "post", path, form)  # raises for 500 and above
            world.ask(name, "get", "/today/")
            world.ask(name, "get", path)

    send()


@pytest.mark.parametrize("name", SENDERS)
def test_no_address_with_a_question_by_chance_breaks_anything(stage: Stage, name):
    paths = every_path(stage)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(paths),
        st.dictionaries(st.sampled_from(["before", "page", "next", "strand"]), VALUES),
    )
    def ask(path: str, question: dict[str, str]) -> None:
        with stage.world() as world:
            world.ask(name, "get", path, dict(question))

    ask()
