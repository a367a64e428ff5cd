"""Preferences: kept in one small file; a broken one never stops the program."""

import json

import pytest

from ui.application import build
from ui.session.preferences import Preferences, PreferencesFile


@pytest.fixture(autouse=True)
def nothing_chosen(home):
    """A computer on which nothing was chosen yet."""
    (home / "preferences.json").unlink()


def test_choices_are_kept_over_a_restart(home, qtbot):
    file = PreferencesFile()
    tables = {"ab12": {"0": ("title",)}}
    choices = {"scale": 150, "keys": {"note": ("Y",)}, "begun": ("a",), "tables": tables}
    with qtbot.waitSignal(file.changed):
        file.change(scheme="dark", **choices)
    again = PreferencesFile().current
    assert again == Preferences(scheme="dark", **choices)


def test_the_same_choice_is_not_written_again(home, qtbot):
    file = PreferencesFile()
    with qtbot.assertNotEmitted(file.changed):
        file.change(scheme="system")
    assert not (home / "preferences.json").exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"scale": "big", "keys": 3, "begun": 4, "tables": {"a": 1}}']
)
def test_a_broken_file_gives_the_usual_choices(home, text, qapp):
    (home / "preferences.json").write_text(text, encoding="utf-8")
    assert PreferencesFile().current == Preferences()


def test_what_a_newer_program_added_is_passed_over(home, qapp):
    kept = {"scheme": "light", "sound": "loud"}
    (home / "preferences.json").write_text(json.dumps(kept), encoding="utf-8")
    assert PreferencesFile().current == Preferences(scheme="light")


def test_a_folder_that_cannot_be_written_only_forgets(home, qapp, caplog):
    (home / "preferences.json").mkdir()
    file = PreferencesFile()
    file.change(scheme="dark")
    assert file.current.scheme == "dark"
    assert "could not be written" in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"scale": 1000000000000000000000000000000}',
        '{"geometry": "zz\\ud800", "scheme": "x", "reading": "\\ud800"}',
        '{"preset": "zz", "keys": {"include": ["\\ud800", "Ctrl+"], "zz": [[1]]}}',
    ],
)
def test_nonsense_stops_no_window(home, qapp, text):
    """It came to Qt as it was, and the program ended before its first window."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "preferences.json").write_text(text, encoding="utf-8")
    window = build(qapp)
    window.show()
    window.close()
    window.deleteLater()
