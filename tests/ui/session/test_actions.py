"""The table of actions: every id once, no clash in any preset, clashes refused with a sentence."""

import pytest

from screener.model import UserError
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
