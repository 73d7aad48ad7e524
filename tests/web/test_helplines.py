from __future__ import annotations

import pytest

from interwoven.apps.safety.helplines import COUNTRIES, FILE, BadHelplines, read

LINES = [line for country in COUNTRIES for line in country.lines]
UNVERIFIED = ["116 123", "3114", "1737", "800 911 2000", "0808 802 1414", "0808 80 10 800"]

GOOD = """
[[country]]
code = "xx"
name = "Somewhere"
emergency = "112"
[[country.line]]
kind = "abuse"
name = "A line"
number = "0800 1"
source = "example.org/page"
last_checked = 2026-11-24
"""


def test_no_number_stands_here_that_nobody_has_seen_in_a_source():
    text = FILE.read_text()

    assert not [number for number in UNVERIFIED if number in text]


def test_services_for_women_and_for_men_stand_together_where_both_are_known():
    for country in COUNTRIES:
        men = [line for line in country.abuse if "For men" in line.about]
        women = [line for line in country.abuse if "For women" in line.about]
        assert not men or women, country.name


def test_where_all_lines_are_for_women_the_others_are_told_where_to_turn():
    for country in COUNTRIES:
        only_women = country.abuse and all("For women" in line.about for line in country.abuse)
        assert ("If you are not a woman" in country.note) == bool(only_women), country.name


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_every_line_says_whom_it_is_for_or_when_it_answers(line):
    assert line.about


def test_a_good_file_is_read():
    (country,) = read(GOOD)

    assert country.abuse[0].dial == "08001"


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ('number = "0800 1"', 'number = "call us"'),
        ('number = "0800 1"', ""),
        ('number = "0800 1"', 'number = "0800 1"\nsite = "example.org"'),
        ('source = "example.org/page"', ""),
        ('source = "example.org/page"', 'source = "javascript:alert(1)"'),
        ('source = "example.org/page"', 'source = "https://example.org"'),
        ("last_checked = 2026-11-24", 'last_checked = "lately"'),
        ('kind = "abuse"', 'kind = "advert"'),
        ('code = "xx"', 'code = "xx"\nflag = "red"'),
        ('code = "xx"', 'code = "Somewhere"'),
        ('emergency = "112"', 'emergency = "the police"'),
        ("[[country]]", "[[land]]\n[[country]]"),
    ],
)
def test_a_file_with_one_mistake_is_refused_whole(was, is_now):
    assert was in GOOD

    with pytest.raises(BadHelplines):
        read(GOOD.replace(was, is_now, 1))


def test_a_country_stands_in_the_file_once():
    with pytest.raises(BadHelplines):
        read(GOOD + GOOD)
