"""Keys act once, on what was seen, and mean the same on every keyboard and every page."""

import sys
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from screener.model import Changes, Kind, UserError
from ui.session.actions import Where
from ui.session.keys import Keys, meanings
from ui.session.page import Page
from ui.session.preferences import PreferencesFile
from ui.widgets.empty import EmptyPage

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
K = Qt.Key
X11 = pytest.mark.skipif(sys.platform == "win32", reason="codes of X11 and Wayland")


def typed(key, text="", modifiers=NONE, code=0, kind=QEvent.Type.KeyPress, repeat=False):
    return QKeyEvent(kind, key, modifiers, code, 0, 0, text, repeat)


class Asked(Page):
    """A page that notes what its keys did."""

    where = Where.RECORD

    def __init__(self, session):
        super().__init__(session)
        self.did = []
        self.field = QLineEdit(self)
        self.now = 0.0
        self.dispatch.clock = lambda: self.now

    def handlers(self):
        ids = ("include", "exclude", "met", "next-record", "take-back", "leave", "reason-3", "undo")
        return {id_: lambda id_=id_: self.did.append(id_) for id_ in ids}


@pytest.fixture
def page(copy_session, qtbot):
    copy_session.preferences.change(moment=150)
    page = Asked(copy_session)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()
    return page


@pytest.fixture
def tap(page):
    """Press a key at a time in milliseconds, and release it a little later."""

    def tapped(at, key=K.Key_E, text="e", *, repeat=False):
        page.now = at / 1000
        page.keyPressEvent(typed(key, text, repeat=repeat))
        page.now = (at + 5) / 1000
        page.keyReleaseEvent(typed(key, text, kind=QEvent.Type.KeyRelease))
        return page.did

    return tapped


def test_a_repeat_that_qt_marks_decides_nothing(tap):
    assert tap(0) == ["exclude"]
    assert tap(1000, repeat=True) == ["exclude"]


def test_a_press_right_after_the_release_of_its_key_is_a_repeat(tap):
    tap(0)
    assert tap(1000 + 20) == ["exclude", "exclude"]
    assert tap(1000 + 25 + 24) == ["exclude", "exclude"]


def test_the_key_that_brought_this_record_waits_a_moment_and_says_so(page, tap):
    remarks = []
    page.session.remarked.connect(remarks.append)
    tap(0)
    assert tap(140) == ["exclude"]
    assert remarks == ["The key E came too soon; press again"]
    assert tap(200) == ["exclude", "exclude"]


class Recording(Asked):
    """A page on which a decision is recorded, and another record comes."""

    def handlers(self):
        deeds = dict(super().handlers())
        return {**deeds, "exclude": self.record, "include": self.record, "maybe": self.record}

    def record(self):
        self.did.append("recorded")
        self.session.changed.emit(Changes(action="Exclude", kinds=frozenset({Kind.DECISIONS})))


@pytest.fixture
def write(copy_session, qtbot):
    """Type letters on a page that records, so many milliseconds apart; says how many records."""
    copy_session.preferences.change(moment=150)
    page = Recording(copy_session)
    qtbot.addWidget(page)

    def written(text, apart, begun=0):
        for place, letter in enumerate(text):
            page.now = 10 + (begun + apart * place) / 1000
            page.keyPressEvent(typed(K(ord(letter.upper())), letter))
        return page.did.count("recorded")

    return written


@pytest.mark.parametrize("apart", [60, 120, 180])
@pytest.mark.parametrize("word", ["evidence", "review", "included", "mimic"])
def test_a_word_that_is_typed_decides_one_record_at_most(write, word, apart):
    assert write(word, apart) <= 1


def test_after_a_letter_that_means_nothing_a_word_decides_nothing(write):
    assert write("review", 120) == 0
    assert write("e", 0, 120 * 6 + 190) == 1, "after a pause it decides again"


def test_five_decisions_a_second_are_decisions(write):
    assert write("eieiiee", 200) == 7


def test_a_judgement_and_a_verdict_on_the_same_record_may_follow_at_once(write):
    assert write("aaae", 40) == 1


@pytest.mark.parametrize("word", ["ea", "qa", "which seems mad"])
def test_a_word_that_is_typed_judges_nothing(page, word):
    page.handlers = lambda: {
        "exclude": lambda: page.session.changed.emit(
            Changes(action="Exclude", kinds=frozenset({Kind.DECISIONS}))
        ),
        "met": lambda: page.did.append("met"),
    }
    said = []
    page.session.remarked.connect(said.append)
    for place, letter in enumerate(word):
        page.now = 10 + 0.12 * place
        page.keyPressEvent(typed(K(ord(letter.upper())), letter))
    assert page.did == []
    assert "The key A came too soon" in said[-1]
    page.now += 0.2
    page.keyPressEvent(typed(K.Key_A, "a"))
    assert page.did == ["met"], "after a pause it judges again"


def test_another_key_does_not_wait_where_nothing_was_recorded(tap):
    tap(0)
    assert tap(60, K.Key_I, "i") == ["exclude", "include"], "such as the number of a reason"


@pytest.mark.parametrize(
    ("key", "text", "did"),
    [
        (K.Key_A, "a", "met"),
        (K.Key_Down, "", "next-record"),
    ],
)
def test_what_decides_nothing_never_waits(tap, key, text, did):
    tap(0, key, text)
    assert tap(10, key, text) == [did, did]


@pytest.mark.parametrize(
    ("key", "text", "held", "did"),
    [(K.Key_Backspace, "\b", NONE, "take-back"), (K.Key_Z, "", CONTROL, "undo")],
)
def test_one_press_takes_one_thing_back(page, key, text, held, did):
    """Of a key that is held X11 marks a part of the repeats only; the rest follow a release."""
    for at, repeat in ((0, False), (600, True), (660, False), (800, False)):
        page.now = at / 1000
        page.keyPressEvent(typed(key, text, held, repeat=repeat))
        page.now = (at + 20) / 1000
        page.keyReleaseEvent(typed(key, text, held, kind=QEvent.Type.KeyRelease))
        page.now = (at + 21) / 1000
        page.keyPressEvent(typed(key, text, held))
    assert page.did == [did, did, did]  # pressed three times


def test_undo_in_a_field_that_the_page_listens_to_is_the_text_s_own(page, qtbot):
    page.handlers = dict
    page.listen(page.field)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "ab")
    key = typed(K.Key_Z, "", CONTROL)
    assert page.dispatch.action(key) == ""
    page.setFocus()
    assert page.dispatch.action(key) == "undo"


def test_only_moving_goes_on_while_a_key_is_held(tap):
    tap(0, K.Key_Down, "")
    tap(30, K.Key_Down, "", repeat=True)
    tap(60, K.Key_A, "a")
    assert tap(90, K.Key_A, "a", repeat=True) == ["next-record", "next-record", "met"]


def test_with_a_moment_of_0_nobody_waits(page, tap):
    page.session.preferences.change(moment=0)
    tap(0)
    assert tap(6) == ["exclude", "exclude"]


def test_letters_typed_into_a_field_are_letters_and_chords_and_esc_act(page, qtbot):
    page.field.setFocus()
    qtbot.keyClicks(page.field, "eie")
    page.keyPressEvent(typed(K.Key_E, "e"))  # a field that lets a letter through
    assert (page.field.text(), page.did) == ("eie", [])
    page.keyPressEvent(typed(K.Key_Escape, "\x1b"))
    assert page.did == ["leave"]


def test_esc_stops_what_runs_then_dismisses_the_problem_then_leaves(page, qtbot):
    page.session.complain(UserError("The disk is full."))
    task = page.session.run(lambda _, progress: endless(progress), writes=True)
    page.keyPressEvent(typed(K.Key_Escape))
    with qtbot.waitSignal(task.cancelled):
        pass
    assert (page.session.problem.sentence, page.did) == ("The disk is full.", [])
    page.keyPressEvent(typed(K.Key_Escape))
    assert (page.session.problem, page.did) == (None, [])
    page.keyPressEvent(typed(K.Key_Escape))
    assert page.did == ["leave"]


def endless(progress):
    while True:
        progress(0, None, "Working")


def test_an_action_that_the_page_does_not_have_goes_on_to_the_menus(page):
    event = typed(K.Key_F, "\x06", CONTROL)
    page.keyPressEvent(event)
    assert not event.isAccepted()


@pytest.mark.parametrize(
    ("event", "action"),
    [
        pytest.param(typed(K.Key_I, "i"), "include", id="letter"),
        pytest.param(typed(K.Key_I, "I", SHIFT), "include", id="capital"),
        pytest.param(typed(K.Key_I, "\t", CONTROL), "", id="chord"),
        pytest.param(typed(K.Key_3, "3"), "reason-3", id="number"),
        pytest.param(typed(K.Key_3, "3", KEYPAD), "reason-3", id="keypad"),
        pytest.param(typed(K.Key_QuoteDbl, "3", SHIFT), "reason-3", id="french-shifted"),
        pytest.param(typed(K.Key_QuoteDbl, '"', code=12), "reason-3", id="french-plain", marks=X11),
        pytest.param(typed(K.Key_Agrave, "à", code=19), "other-reason", id="french-0", marks=X11),
        pytest.param(typed(K.Key_Exclam, "!", SHIFT, code=10), "", id="shift-1", marks=X11),
        pytest.param(typed(0x428, "ш", code=31), "include", id="russian", marks=X11),
        pytest.param(typed(0x428, "Ш", SHIFT, code=31), "include", id="russian-capital", marks=X11),
        pytest.param(typed(0x3B1, "α", code=38), "met", id="greek", marks=X11),
        pytest.param(typed(0xF1, "ñ", code=47), "", id="a-letter-without-a-place", marks=X11),
        pytest.param(typed(K.Key_Y, "y", code=52), "", id="german-y-is-no-z", marks=X11),
        pytest.param(typed(K.Key_Slash, "/", SHIFT), "search", id="slash-with-shift"),
        pytest.param(typed(K.Key_Backspace, "\b"), "take-back", id="backspace"),
        pytest.param(typed(K.Key_Enter, "\r", KEYPAD), "take-suggestion", id="enter-of-keypad"),
        pytest.param(typed(K.Key_Return, "\r", ALT), "details", id="alt-return"),
        pytest.param(typed(K.Key_Space, " "), "scroll-down", id="space"),
        pytest.param(typed(K.Key_Space, " ", SHIFT), "scroll-up", id="shift-space"),
        pytest.param(typed(K.Key_Shift, "", SHIFT), "", id="shift-alone"),
    ],
)
def test_a_press_means_the_same_on_every_keyboard(qapp, event, action):
    assert Keys(PreferencesFile()).action(event, Where.RECORD) == action


def on_a_mac(key, text="", modifiers=NONE, code=0):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, 1, code, 0, text)


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        (on_a_mac(0x428, "ш", code=34), "I"),
        (on_a_mac(K.Key_Ampersand, "&", code=18), "1"),
        (on_a_mac(K.Key_Agrave, "à", code=29), "0"),
        (on_a_mac(K.Key_Dead_Tilde, "", ALT, code=45), "Alt+N"),
        (on_a_mac(0x153, "œ", ALT, code=12), "Alt+Q"),
        (on_a_mac(K.Key_Z, "z", CONTROL, code=6), "Ctrl+Z"),
    ],
    ids=["russian", "french-1", "french-0", "dead-key", "special-letter", "command"],
)
def test_on_a_mac_a_press_means_the_key_in_its_place(event, meant):
    assert meant in meanings(event, "darwin")


@pytest.mark.parametrize(("sign", "code"), [("P", 35), ("L", 37), ("J", 38), ("K", 40), ("M", 46)])
def test_the_keys_of_a_mac_are_where_its_numbers_say(sign, code):
    assert sign in meanings(on_a_mac(0x428, "ш", code=code), "darwin")


@X11
@pytest.mark.parametrize(
    ("where", "event", "action"),
    [
        (Where.CONSENSUS, typed(0x41A, "К", SHIFT, code=27), "reveal-less"),
        (Where.CONSENSUS, typed(0x41A, "к", code=27), "reveal"),
        (Where.CONSENSUS, typed(K.Key_R, "R", SHIFT), "reveal-less"),
        (Where.CONSENSUS, typed(K.Key_Left), "take-left"),
        (Where.CONSENSUS, typed(K.Key_7, "/", SHIFT), "find-item"),
        (Where.DUPLICATES, typed(0x42B, "ы", code=39), "same"),
        (Where.CHOOSING, typed(0x424, "ф", code=38), "column-A"),
        (Where.SOURCES, typed(K.Key_Delete), "withdraw"),
        (Where.FULL_TEXT, typed(0x41A, "к", code=27), "retrieved"),
    ],
)
def test_every_page_hears_the_same_keys(qapp, where, event, action):
    assert Keys(PreferencesFile()).action(event, where) == action


def test_a_page_reads_once_what_happened_while_it_was_hidden(project_session, qtbot):
    read = []

    class Read(Page):
        """A page that notes what it reads."""

        def refresh(self, changes):
            read.append(changes)

    page = Read(project_session)
    qtbot.addWidget(page)
    records = [r.id for r in project_session.project.sources.records()][:2]
    assert not read
    page.show()
    page.hide()
    project_session.project.duplicates.same(records)
    project_session.project.undo()
    assert len(read) == 1
    page.show()
    assert len(read) == 2
    assert not page.stale


class Writing(Asked):
    """A page one of whose keys opens a field."""

    def handlers(self):
        return {"note": self.field.setFocus, "leave": lambda: self.did.append("leave")}


def test_the_key_that_opens_a_field_does_not_fall_into_it_while_it_is_held(copy_session, qtbot):
    copy_session.preferences.change(moment=150)
    page = Writing(copy_session)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()

    def send(at, kind=QEvent.Type.KeyPress, *, repeat=False):
        page.now = at / 1000
        QApplication.sendEvent(
            page.window().focusWidget(), typed(K.Key_N, "n", kind=kind, repeat=repeat)
        )

    send(0)
    assert page.field.hasFocus()
    send(30, repeat=True)
    send(60, QEvent.Type.KeyRelease)
    send(61)  # X11 does not mark this one
    assert page.field.text() == ""
    send(90, QEvent.Type.KeyRelease)
    send(190)
    send(230)
    assert page.field.text() == "nn"


def test_esc_dismisses_the_question_and_only_its_link_gives_up_what_was_typed(page, give_up):
    page.unsaved = lambda: "Not saved yet."
    for at in range(4):
        page.now = float(at)
        page.keyPressEvent(typed(K.Key_Escape))
        asked = page.session.problem
        assert (asked is not None) is (at % 2 == 0), "Esc asks, and dismisses the question"
    page.keyPressEvent(typed(K.Key_Escape))
    page.dispatch.leave_by_click()
    assert (page.session.problem.sentence, page.did) == ("Not saved yet.", [])
    give_up(page.session)
    assert (page.session.problem, page.did) == (None, ["leave"])


def test_the_question_is_over_once_something_was_saved(page):
    page.unsaved = lambda: "Not saved yet."
    page.keyPressEvent(typed(K.Key_Escape))
    page.session.complain("It cannot be saved like this.")
    page.session.say("Saved")
    assert page.session.problem is None


def test_a_problem_that_asks_for_an_action_comes_back_after_a_refusal(page):
    session = page.session
    session.complain("The disk is full.", ("save-copy", "Save a copy elsewhere…"))
    session.complain("Name at least one person.")
    assert session.problem.sentence == "Name at least one person."
    session.say("Something was done")
    assert session.problem.sentence == "The disk is full."
    session.say("Something else was done")
    assert session.problem.sentence == "The disk is full."
    session.leave_page()
    assert session.problem is None


def test_a_page_that_is_first_shown_while_a_worker_writes_says_that_it_waits(
    project_session, qtbot
):
    page = Page(project_session)
    qtbot.addWidget(page)
    go = Event()
    task = project_session.run(lambda *_: go.wait(), writes=True)
    page.show()
    assert page.findChildren(EmptyPage)
    assert page.stale
    go.set()
    with qtbot.waitSignal(task.ended):
        pass
    assert not page.stale
    assert page._waits is None


def test_a_bounce_of_the_key_that_opened_a_field_does_not_fall_into_it(copy_session, qtbot):
    copy_session.preferences.change(moment=150)
    page = Writing(copy_session)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()
    for at in (0, 100, 149, 151):
        page.now = at / 1000
        QApplication.sendEvent(page.window().focusWidget(), typed(K.Key_N, "n"))
    assert page.field.text() == "n"


def test_a_bounce_of_esc_does_not_dismiss_the_question(page):
    page.unsaved = lambda: "Not saved yet."
    for at in (0, 60, 399):
        page.now = at / 1000
        page.keyPressEvent(typed(K.Key_Escape))
    assert (page.session.problem is not None, page.did) == (True, [])
    page.now = 0.401
    page.keyPressEvent(typed(K.Key_Escape))
    assert (page.session.problem, page.did) == (None, [])


def test_a_record_counts_as_seen_since_it_was_shown_and_not_since_the_one_before_was_saved(
    copy_session, qtbot
):
    copy_session.preferences.change(moment=150)
    page = Recording(copy_session)
    qtbot.addWidget(page)
    record = page.record

    def slowly():
        page.now += 0.02
        page.dispatch.shows()
        page.now += 0.1  # the disk is busy
        record()

    page.record = slowly
    for at, key, text in ((10.0, K.Key_E, "e"), (10.2, K.Key_I, "i"), (10.45, K.Key_M, "m")):
        page.now = at
        page.keyPressEvent(typed(key, text))
    assert page.did == ["recorded"] * 3
