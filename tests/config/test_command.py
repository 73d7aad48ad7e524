"""The console command answers in plain words, and its scripts are as they should be."""

import re
import subprocess
from pathlib import Path

import pytest

import interwoven
from interwoven.config import command
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


def test_it_says_its_version(capsys):
    assert command.main(["version"]) == 0
    assert capsys.readouterr().out == f"{interwoven.__version__}\n"


@pytest.mark.parametrize("name", ["start", "serve", "setup", "qr"])
def test_a_mistaken_environment_is_told_in_words_and_nothing_is_begun(
    name, capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PORT", "eight thousand")
    monkeypatch.setenv("TIME_ZONE", "here")

    assert command.main([name]) == 2

    told = capsys.readouterr().err
    assert told.count("\n- ") + told.startswith("- ") == 2
    assert "Traceback" not in told
    assert not (tmp_path / "data").exists()


def test_serving_a_copy_that_was_never_made_says_how_to_make_it(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", str(free_port()))

    assert command.main(["serve"]) == 2
    assert "interwoven setup" in capsys.readouterr().err


def test_a_copy_with_the_demonstration_is_not_made_empty(capsys, monkeypatch, tmp_path):
    (tmp_path / "instance.toml").write_text("demo = true\n")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", str(free_port()))

    assert command.main(["start", "--empty"]) == 2
    assert "already holds the demonstration" in capsys.readouterr().err


def test_the_code_to_scan_says_when_a_phone_could_not_open_it(capsys, monkeypatch):
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    assert command.main(["qr"]) == 0
    assert "Only this machine can open that address" in capsys.readouterr().out

    monkeypatch.setenv("PUBLIC_URL", "https://home.example")
    assert command.main(["qr"]) == 0
    said = capsys.readouterr().out
    assert "https://home.example" in said
    assert "Only this machine" not in said


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_fixed_by_digest_and_name_no_address(name):
    text = (ROOT / name).read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip()]

    assert "://" not in text
    assert not [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]


@pytest.mark.parametrize("name", ["run", "test", ".ci/run", "scripts/lock"])
def test_the_scripts_can_be_run_from_anywhere(name):
    script = ROOT / name

    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text()
    subprocess.run(["bash", "-n", script], check=True)


def test_run_explains_itself_and_refuses_what_it_does_not_know(tmp_path):
    told = subprocess.run([ROOT / "run", "--help"], capture_output=True, text=True, cwd=tmp_path)
    refused = subprocess.run([ROOT / "run", "--all"], capture_output=True, text=True, cwd=tmp_path)

    assert "--reset-demo" in told.stdout
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "There is no --all here" in refused.stderr
