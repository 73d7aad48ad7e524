"""Who may make an account: shown, and said, by whoever keeps a copy."""

from __future__ import annotations


def test_it_says_who_may_make_an_account_and_not_how_many_there_are(copy):
    said = copy.does("users")

    assert said == "Who may make an account: anybody who finds this copy (open).\n"


def test_what_is_said_is_kept_beside_the_other_settings_and_said_again(copy):
    settings = copy.folder / "instance.toml"
    settings.write_text('keeper = "partner"\n')

    assert "from the next start" in copy.does("users", "invited")
    copy.does("users", "closed")

    assert settings.read_text() == 'keeper = "partner"\nsign_up = "closed"\n'
    assert "nobody (closed)" in copy.does("users")
