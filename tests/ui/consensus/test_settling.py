"""The bar an item is settled in: what it offers, marks, folds, and which key each button shows."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ui.consensus.painter import Choice, Offer, numbered
from ui.consensus.settling import SettleBar
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile
from ui.widgets.theme import Theme, look_of

INCLUDE = Offer(
    action="settle-include", words="Include", choice=Choice(value="include"), verdict="include"
)
EXCLUDE = Offer(
    action="settle-exclude", words="Exclude", choice=Choice(value="exclude"), verdict="exclude"
)
DOUBT = Offer(action="needs-full-text", words="Needs full text", choice=Choice(phrase="needs it"))
REASONS = tuple(
    numbered(number, f"Reason {number}", Choice(reason=str(number)), within="settle-exclude")
    for number in (1, 2, 10, 11)
)
VERDICTS = (INCLUDE, EXCLUDE, DOUBT, *REASONS)
OPTIONS = tuple(numbered(n, f"Option {n}", Choice(value=str(n))) for n in (1, 2))


@pytest.fixture
def keys(qapp):
    return Keys(PreferencesFile())


@pytest.fixture
def bar(keys, qtbot):
    bar = SettleBar(keys)
    bar.resize(1200, bar.height())
    qtbot.addWidget(bar)
    bar.show()
    bar.show_offers(VERDICTS, "")
    return bar


def shown(bar):
    """The ids of all buttons that are in sight."""
    every = {**bar.buttons, "arbitrator": bar.arbitrator, "item-later": bar.later}
    return {id_ for id_, button in every.items() if button.isVisibleTo(bar)}


HIGH = {"settle-include", "settle-exclude", "needs-full-text", "arbitrator", "item-later"}
LOW = {one.action for one in REASONS}


def test_every_button_shows_the_key_that_presses_it(bar, keys):
    for offer in (INCLUDE, EXCLUDE, DOUBT):
        assert bar.buttons[offer.action].key == keys.first(offer.action) != ""
    assert [bar.buttons[one.action].key for one in REASONS] == ["1", "2", "0", ""]
    assert bar.arbitrator.key == keys.first("arbitrator") != ""
    assert bar.later.key == keys.first("item-later") != ""
    assert bar.settle.key == "Return"


def test_keys_that_are_changed_stand_on_the_buttons_and_the_digits_stay(bar, keys):
    keys.remap("settle-include", "Y")
    keys.remap("item-later", "Z")
    bar.take_keys()
    assert bar.buttons["settle-include"].key == "Y"
    assert bar.later.key == "Z"
    assert [bar.buttons[one.action].key for one in REASONS] == ["1", "2", "0", ""]


def test_only_numbered_buttons_are_low(bar):
    high = {bar.buttons[o.action].sizeHint().height() for o in (INCLUDE, EXCLUDE)}
    low = {bar.buttons[one.action].sizeHint().height() for one in REASONS}
    assert max(low) < min(high)
    assert max(low) < bar.buttons["needs-full-text"].sizeHint().height()


def test_a_press_says_which_action_it_is_and_settle_that_it_is_settled(bar, qtbot):
    bar.show_choice(EXCLUDE.choice, {"settle-exclude"})
    pressed = []
    bar.pressed.connect(pressed.append)
    for button in (*bar.buttons.values(), bar.arbitrator, bar.later):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [*bar.buttons, "arbitrator", "item-later"]
    with qtbot.waitSignal(bar.settled):
        QTest.mouseClick(bar.settle, Qt.MouseButton.LeftButton)


def test_nothing_can_be_settled_before_something_is_chosen(bar):
    assert not bar.settle.isEnabled()
    bar.show_choice(INCLUDE.choice, {"settle-include"})
    assert bar.settle.isEnabled()
    bar.show_choice(None, ())
    assert not bar.settle.isEnabled()


def test_what_is_chosen_is_seen_and_heard(bar):
    bar.show_choice(REASONS[0].choice, {"settle-exclude", "settle-reason-1"})
    assert {a: b.state for a, b in bar.buttons.items() if hasattr(b, "state")} == {
        "settle-include": "plain",
        "settle-exclude": "decided",
    }
    assert "not settled yet" in bar.buttons["settle-exclude"].accessibleName()
    assert "not settled yet" not in bar.buttons["settle-include"].accessibleName()
    described = {a: b.accessibleDescription() for a, b in bar.buttons.items()}
    assert {a for a, words in described.items() if words} == {"settle-reason-1"}
    bar.show_choice(DOUBT.choice, {"needs-full-text"})
    assert bar.buttons["settle-exclude"].state == "plain"
    described = {a: b.accessibleDescription() for a, b in bar.buttons.items()}
    assert {a for a, words in described.items() if words} == {"needs-full-text"}


def test_reasons_are_shown_once_what_they_belong_to_is_chosen(bar):
    assert shown(bar) == HIGH
    bar.show_choice(INCLUDE.choice, {"settle-include"})
    assert shown(bar) == HIGH
    bar.show_choice(EXCLUDE.choice, {"settle-exclude"})
    assert shown(bar) == HIGH | LOW
    bar.show_choice(REASONS[1].choice, {"settle-exclude", "settle-reason-2"})
    assert shown(bar) == HIGH | LOW
    bar.show_choice(None, ())
    assert shown(bar) == HIGH


def test_options_that_belong_to_nothing_are_always_shown(bar):
    bar.show_offers(OPTIONS, "weeks")
    assert shown(bar) == {"settle-reason-1", "settle-reason-2", "arbitrator", "item-later"}


def test_a_low_page_keeps_the_verdicts_and_the_reasons_until_one_is_chosen(bar):
    bar.set_short(True)
    assert shown(bar) == {"settle-include", "settle-exclude"}
    bar.show_choice(EXCLUDE.choice, {"settle-exclude"})
    assert shown(bar) == LOW, "the reasons take the place of the verdicts"
    bar.show_choice(REASONS[0].choice, {"settle-exclude", "settle-reason-1"})
    assert shown(bar) == {"settle-include", "settle-exclude"}
    bar.set_short(False)
    assert shown(bar) == HIGH | LOW


def test_other_offers_on_a_low_page_are_as_short(bar):
    bar.set_short(True)
    bar.show_offers((INCLUDE, DOUBT), "")
    assert shown(bar) == {"settle-include"}


def test_the_arbitrator_is_offered_while_no_third_person_decides(bar):
    bar.set_third(third=True)
    assert shown(bar) == HIGH - {"arbitrator"}
    bar.set_short(True)
    bar.set_third(third=False)
    assert "arbitrator" not in shown(bar)
    bar.set_short(False)
    assert shown(bar) == HIGH


def test_the_same_offers_keep_their_buttons_and_others_replace_them(bar):
    before = dict(bar.buttons)
    bar.show_offers(tuple(VERDICTS), "")
    assert bar.buttons == before
    bar.show_offers(OPTIONS, "")
    assert all(button.isHidden() for button in before.values())
    assert list(bar.buttons) == [one.action for one in OPTIONS]
    assert not bar.later.isHidden()


def test_a_value_is_typed_only_where_one_is_asked_for(bar):
    assert not bar.types
    assert not bar.value.isVisible()
    bar.show_offers(OPTIONS, "Weeks of treatment")
    assert bar.types
    assert not bar.value.isVisible()  # not before it is asked for
    bar.begin_typing()
    assert bar.value.isVisible()
    assert bar.value.placeholderText() == "Weeks of treatment"
    bar.value.setText("12")
    bar.show_offers(OPTIONS, "Dose")
    assert bar.value.text() == ""
    bar.show_offers(VERDICTS, "")
    assert not bar.types


def test_the_verdicts_stand_at_the_left_and_the_ways_out_at_the_right(bar):
    def left(button):
        return button.mapTo(bar, QPoint()).x()

    near = [left(bar.buttons[one.action]) for one in (INCLUDE, EXCLUDE)]
    far = [left(b) for b in (bar.buttons["needs-full-text"], bar.arbitrator, bar.later)]
    assert near == sorted(near)
    assert far == sorted(far)
    assert max(near) < bar.width() / 2 < min(far)


def test_the_fields_are_written_in_the_note_and_grow_with_the_text(bar):
    look = look_of(bar)
    before = bar.because.minimumHeight()
    assert bar.because.font() == bar.value.font() == look.font("note")
    look.set_theme(Theme(scale=200))
    assert bar.because.font() == bar.value.font() == look.font("note")
    assert bar.because.minimumHeight() == bar.value.minimumHeight() == 2 * before


# --- because -------------------------------------------------------------------------------------


@pytest.fixture
def because(bar, qtbot):
    bar.because.phrases.offer(["Peers took part", "Usual care"])
    bar.window().activateWindow()
    bar.focus_because()
    qtbot.waitUntil(bar.because.hasFocus)
    return bar.because


def test_down_and_up_go_round_the_phrases(because):
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(because, key)
        seen.append(because.text())
    assert seen == ["Peers took part", "Usual care", "Peers took part", "Usual care"]
    assert because.selectedText() == "Usual care"


def test_up_begins_with_the_first_phrase_too_and_new_phrases_begin_anew(because):
    QTest.keyClick(because, Qt.Key.Key_Up)
    assert because.text() == "Peers took part"
    because.clear()
    because.phrases.offer(["Other", "Last"])
    QTest.keyClick(because, Qt.Key.Key_Down)
    assert because.text() == "Other"


def test_no_phrase_takes_the_place_of_what_was_typed(because):
    QTest.keyClicks(because, "zebra")
    QTest.keyClick(because, Qt.Key.Key_Down)
    assert because.text() == "zebra"


@pytest.mark.parametrize("modifier", ["none", "keypad", "shift"])
def test_the_keypad_goes_through_the_phrases_and_chords_do_not(because, modifier):
    modifiers = {
        "none": Qt.KeyboardModifier.NoModifier,
        "keypad": Qt.KeyboardModifier.KeypadModifier,
        "shift": Qt.KeyboardModifier.ShiftModifier,
    }
    QTest.keyClick(because, Qt.Key.Key_Down, modifiers[modifier])
    assert because.text() == ("" if modifier == "shift" else "Peers took part")


def test_without_phrases_the_arrows_do_nothing(because):
    because.phrases.offer([])
    QTest.keyClick(because, Qt.Key.Key_Down)
    assert because.text() == ""


def test_a_digit_is_a_reason_only_while_one_is_asked_for_and_nothing_is_written(because):
    numbers = []
    because.numbered.connect(numbers.append)
    QTest.keyClick(because, "3")
    assert (because.text(), numbers) == ("3", [])
    because.clear()
    because.set_numbers(asked=True)
    QTest.keyClick(because, "3")
    assert (because.text(), numbers) == ("", [3])
    QTest.keyClicks(because, "a3")
    assert (because.text(), numbers) == ("a3", [3])
    because.clear()
    because.set_numbers(asked=False)
    QTest.keyClick(because, "3")
    assert (because.text(), numbers) == ("3", [3])


def test_it_is_heard_what_is_typed_where(bar):
    named = [w.accessibleName() for w in (bar.because, bar.value)]
    assert all(named)
    assert len(set(named)) == 2
