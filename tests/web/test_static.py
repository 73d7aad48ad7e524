"""What every first visit carries home."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "src" / "interwoven" / "web" / "static" / "web"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
SHEET = (STATIC / "css" / "interwoven.css").read_text()


def carried(path: Path) -> int:
    body = path.read_bytes()
    return len(body) if path.suffix == ".woff2" else len(gzip.compress(body))


def test_the_furniture_weighs_less_than_fifty_kilobytes():
    files = [*STATIC.glob("*.svg"), *STATIC.glob("css/*"), *SCRIPTS, *STATIC.glob("fonts/*.woff2")]

    assert sum(map(carried, files)) < 50_000


def test_the_scripts_stay_short_enough_to_read_in_one_sitting():
    assert sum(len(script.read_text().splitlines()) for script in SCRIPTS) < 250


LEFT = "document.cookie = LEFT;"  # in exit.js alone, and the same for everyone


def test_no_script_turns_text_into_markup_or_keeps_anything():
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    kept = r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\."

    for script in SCRIPTS:
        text = script.read_text().replace(LEFT, "", 1 if script.name == "exit.js" else 0)
        assert not re.search(f"{dangerous}|{kept}|sendBeacon", text), script.name


def test_the_one_policy_for_scripts_gives_one_address_whatever_it_is_asked():
    text = (STATIC / "js" / "exit.js").read_text()

    assert sum(script.read_text().count("createPolicy") for script in SCRIPTS) == 1
    assert "{ createScriptURL: () => KEEPER }" in text
    assert 'const KEEPER = "/help/worker.js";' in text


def test_no_script_and_no_sheet_names_another_host():
    for text in (SHEET, *(script.read_text() for script in SCRIPTS)):
        assert not re.search(r"https?://|url\(\s*['\"]?//", text)


def test_every_colour_is_named_once_for_day_and_night():
    after_tokens = SHEET.split("@layer base", 1)[1]
    outside = set(re.findall(r"#[0-9a-f]{3,6}\b", after_tokens))

    assert outside <= {"#fff", "#000", "#bbb"}  # paper, and the code a camera reads


def test_the_icon_on_a_home_screen_says_nothing():
    manifest = json.loads((STATIC / "manifest.webmanifest").read_text())

    assert (manifest["name"], manifest["short_name"]) == ("A few words", "Words")


def test_the_licences_travel_with_the_letters_and_the_icons():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "fonts" / "OFL.txt").read_text()
    assert "MIT License" in (STATIC / "icons.LICENSE.txt").read_text()
