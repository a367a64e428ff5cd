"""The table of actions: every id once, no clash in any preset, clashes refused with a sentence."""

import ast
from pathlib import Path

import pytest

from screener.model import UserError
from screener.screening.retrieval import Retrieval
from ui.session import actions, presets
from ui.session.actions import (
    ACTIONS,
    BY_ID,
    MENUS,
    Where,
)
from ui.session.presets import PRESETS, check_clashes, keys_in_force


def test_every_id_stands_once_and_every_menu_is_known():
    assert len(BY_ID) == len(ACTIONS)
    assert {a.menu for a in ACTIONS} - {""} == set(MENUS)


@pytest.mark.parametrize("preset", list(PRESETS))
def test_no_preset_has_a_clash(preset):
    check_clashes(keys_in_force(preset))


def test_presets_change_keys_of_the_record_only():
    for changes in PRESETS.values():
        assert all(BY_ID[id_].where is Where.RECORD for id_ in changes)


def test_asreview_gives_i_to_exclude():
    keys = keys_in_force("ASReview")
    assert keys["include"] == ("R",)
    assert keys["exclude"] == ("I",)


def test_one_key_for_two_things_in_one_place_is_refused():
    keys = keys_in_force() | {"note": ("I",)}
    with pytest.raises(UserError, match="I is the key of “Include” already"):
        check_clashes(keys)


def test_a_key_of_the_window_may_not_be_taken_on_a_page():
    with pytest.raises(UserError, match="Ctrl O is the key of “Open…” already"):
        check_clashes(keys_in_force() | {"note": ("Ctrl+O",)})


def test_the_same_letter_may_act_in_two_places():
    assert keys_in_force()["not-met"] == keys_in_force()["same"] == ("S",)


def test_numbers_cannot_be_given_away():
    assert keys_in_force(own={"reason": ("Z",)})["reason"] == tuple("123456789")


def _strings(file):
    """The texts that stand in the code of a file."""
    tree = ast.parse(file.read_text("utf-8"))
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)} - {None}


def test_every_action_is_meant_by_something_in_the_window():
    """An id that no page and no menu asks for is an action that does nothing."""
    ui = Path(actions.__file__).parents[1]
    table = {Path(actions.__file__), Path(presets.__file__)}
    meant = set().union(*(_strings(file) for file in ui.rglob("*.py") if file not in table))
    several = ("stage-", "scheme-", "face-")
    asked = {f"{a.id}-" if a.in_row else a.id for a in ACTIONS if not a.id.startswith(several)}
    assert asked <= meant | set(Retrieval)  # the reports' keys are called as their states


def test_every_action_says_what_it_is_and_where_it_is_listed():
    for action in ACTIONS:
        assert action.name.strip() == action.name != ""
        assert not action.menu or action.where is Where.WINDOW
        assert action.keys or action.menu or action.group


def test_the_keys_of_the_stages_are_the_digits():
    stages = [a for a in ACTIONS if a.id.startswith("stage-")]
    assert [a.keys for a in stages] == [(f"Ctrl+{n}",) for n in range(1, 10)]
    assert all(a.fixed for a in stages)


@pytest.mark.parametrize(
    ("id_", "written"),
    [
        ("include", True),
        ("reason", True),
        ("reason-3", True),
        ("settle-reason-2", True),
        ("note", True),
        ("not-met", True),
        ("type-value", True),
        ("undo", True),
        ("next-record", False),
        ("scroll-down", False),
        ("stage-3", False),
        ("agreement", False),
        ("no-action", False),
        ("", False),
    ],
)
def test_what_changes_the_file_is_known_also_of_one_in_a_row(id_, written):
    assert actions.writes(id_) is written


def test_what_is_said_to_write_is_an_action():
    assert BY_ID.keys() >= actions._WRITING
