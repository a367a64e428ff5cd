from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from screener import open_copy
from screener.model import NO_TAGS, Judgement, Stage, Verdict
from screener.screening.screening import Queue
from ui.screening.model import Asking, State
from ui.screening.page import FullTextScreeningPage, TitleAbstractPage
from ui.session.session import Session

TA = Stage.TITLE_ABSTRACT
KEY = Qt.Key
popup = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no grabs


def title(page):
    return page.model.sheet.fields.title if page.model.sheet else ""


def shown_title(page):
    return page.reading.record.toPlainText().splitlines()[0]


def decision(page, unit):
    return page.model.session.project.screening.decision(unit, TA)


def echo(page):
    return getattr(page, "asked", [""])[-1] or (
        page.session.echo.sentence if page.session.echo else ""
    )


@pytest.mark.parametrize(
    ("key", "verdict", "reason", "words"),
    [
        ("i", Verdict.INCLUDE, "", "Included: “Peer support"),
        ("m", Verdict.MAYBE, "", "Maybe: “Peer support"),
        ("u", Verdict.MAYBE, "", "Maybe: “Peer support"),
        ("e", Verdict.EXCLUDE, "", "Excluded: “Peer support"),
        ("2", Verdict.EXCLUDE, "interventions", "Excluded, 2 Interventions: “Peer support"),
        ("6", Verdict.EXCLUDE, "no-full-report", "Excluded, 6 No full report: “Peer support"),
    ],
)
def test_a_key_decides_and_the_next_record_is_shown(page, press, key, verdict, reason, words):
    unit = page.model.sheet.unit.id
    press(key)
    found = decision(page, unit)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert shown_title(page) == "A telephone reminder service in primary care"
    assert echo(page).startswith(words)
    assert page.reading.record.hasFocus()
    assert page.header.queue.text() == "Pending 5"


class Order(QObject):
    """Notes which widgets are painted, and whatever else is said to it."""

    def __init__(self):
        super().__init__()
        self.noted = []

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            self.noted.append(watched)
        return False


def test_the_next_record_is_painted_before_the_decision_is_written(page, press, qapp):
    record, order = page.reading.record, Order()
    press("a")
    qapp.processEvents()
    decided_when = []
    page.model.session.changed.connect(lambda _: decided_when.append(len(order.noted)))
    record.viewport().installEventFilter(order)
    press("m")
    assert order.noted[: decided_when[0]] == [record.viewport()]
    assert shown_title(page) == title(page)
    assert page.panel.judgements() == {}
    assert page.panel.marked == "participants"


def test_judging_with_one_hand(page, press):
    unit = page.model.sheet.unit.id
    press("a", "a", "d", "a")
    assert page.panel.marked == "study-design"
    assert page.reading.decisions.buttons[Verdict.MAYBE].state == "plain"
    press("a")
    assert page.reading.decisions.buttons[Verdict.MAYBE].state == "suggested"
    press("w", "w", "s")
    assert page.panel.judgements()["comparisons"] == "not-met"
    excluding = page.reading.decisions.buttons[Verdict.EXCLUDE]
    assert excluding.state == "suggested"
    assert "3 Comparisons · Enter" in excluding.accessibleName()
    press(KEY.Key_Return)
    assert decision(page, unit).reason == "comparisons"


def test_the_panel_judges_by_mouse_too(page, qtbot):
    page.panel.judge("met")
    qtbot.waitUntil(lambda: page.model.sheet.judgements == {"participants": Judgement.MET})
    assert page.panel.marked == "interventions"
    page.panel.move_mark(-1)
    page.panel.judge("met")
    qtbot.waitUntil(lambda: page.model.sheet.judgements == {})
    assert page.panel.judgements() == {}


def test_a_reason_of_the_panel_excludes(page):
    unit = page.model.sheet.unit.id
    page.panel.reason_chosen.emit("outcomes")
    assert decision(page, unit).reason == "outcomes"


def test_include_against_a_judgement_asks_in_the_echo_line(page, press):
    press("2")
    unit = page.model.sheet.unit.id
    press("s", "i")
    assert echo(page) == "Participants is not met. I again to include all the same, Esc to think."
    press(KEY.Key_Escape)
    assert echo(page).startswith("Excluded, 2 Interventions")
    press("i", "i")
    assert decision(page, unit).verdict is Verdict.INCLUDE


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_taking_back_and_repeating(page, press, key, modifiers):
    unit = page.model.sheet.unit.id
    press("a", "1")
    press(key, modifiers=modifiers)
    assert page.model.sheet.unit.id == unit
    assert shown_title(page).startswith("Peer support by smartphone")
    assert page.panel.judgements() == {"participants": "met"}
    assert echo(page).startswith("Taken back: Exclude, Participants")
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(KEY.Key_Z, modifiers=control)
    assert decision(page, unit).reason == "participants"
    press(key, modifiers=modifiers)
    assert decision(page, unit) is None


def test_letters_in_the_note_decide_nothing(page, press, qtbot):
    unit = page.model.sheet.unit.id
    press("n")
    field = page.reading.note.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "include? 2 emus")
    assert decision(page, unit) is None
    qtbot.waitUntil(
        lambda: page.model.session.project.screening.notes.note(unit, TA) == "include? 2 emus"
    )
    assert field.hasFocus()
    qtbot.keyClicks(field, ".")
    press(KEY.Key_Escape)
    assert page.reading.record.hasFocus()
    assert page.model.session.project.screening.notes.note(unit, TA) == "include? 2 emus."
    assert not page.reading.note.open
    press("n")
    press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.reading.record.hasFocus()


def test_a_note_being_written_is_kept_when_a_button_is_pressed(page, press, qtbot):
    unit = page.model.sheet.unit.id
    press("n")
    qtbot.keyClicks(page.reading.note.field, "a doubt")
    page.reading.decisions.buttons[Verdict.MAYBE].click()
    found = decision(page, unit)
    assert (found.verdict, found.note) == (Verdict.MAYBE, "a doubt")
    assert not page.reading.note.open


def test_moving_and_the_list_with_the_same_keys(page, press):
    press("j")
    assert title(page).startswith("A telephone")
    press(KEY.Key_Down)
    assert title(page).startswith("Online forum")
    press("k", KEY.Key_Up)
    assert title(page).startswith("Peer support")
    press("v")
    assert page.reading.list.hasFocus()
    unit = page.model.sheet.unit.id
    press("m")
    assert decision(page, unit).verdict is Verdict.MAYBE
    assert page.reading.list.hasFocus()
    assert page.reading.list.rows.rowCount() == 5
    press(KEY.Key_Down)
    assert page.reading.list.currentIndex().row() == 1
    assert shown_title(page).startswith("Online forum")
    press("v")
    assert page.reading.record.hasFocus()


def test_after_a_decision_the_list_reads_only_its_row_again(page, press, qtbot):
    press(KEY.Key_V)
    rows = page.reading.list.rows
    before = [rows.row(place) for place in range(rows.rowCount())]
    with qtbot.assertNotEmitted(rows.modelReset):
        press(KEY.Key_M)
        assert rows.rowCount() == len(before) - 1
        press(KEY.Key_Backspace)
    after = [rows.row(place) for place in range(rows.rowCount())]
    assert after == before
    assert [one is other for one, other in zip(before, after, strict=True)] == [
        False, *[True] * (len(before) - 1)
    ]  # fmt: skip


def test_the_list_model_answers_qt(page, press, qtmodeltester):
    press("m", "2")
    page.show_at(Queue.ALL)
    press("v")
    rows = page.reading.list.rows
    qtmodeltester.check(rows)
    assert rows.index(1, 0).data() == "A telephone reminder service in primary care"
    spoken = rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("2, A telephone reminder service in primary care, exclude, today, ")


def test_search_narrows_and_escape_widens(page, press, qtbot):
    press("/")
    field = page.header.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "portal")
    assert page.model.decided == 0
    press(KEY.Key_Return)
    assert title(page) == "Peer navigators and a web portal"
    assert page.reading.record.hasFocus()
    assert page.header.queue.text() == "Pending 1"
    press(KEY.Key_Escape)
    assert page.header.queue.text() == "Pending 6"


def test_a_search_without_hits_says_so(page, press, qtbot):
    press("/")
    qtbot.keyClicks(page.header.field, "zebra")
    press(KEY.Key_Return)
    assert page._stack.currentWidget() is page.nothing
    assert page.nothing.hasFocus()
    page.nothing.button.click()
    assert title(page).startswith("Peer support")
    assert page.reading.record.hasFocus()


@popup
def test_the_queues_open_with_q(page, press, qapp):
    press("2", "q")
    menu = qapp.activePopupWidget()
    by_words = {a.text(): a for a in menu.actions() if not a.isSeparator()}
    checked = [a.text() for a in by_words["Missing or changed"].menu().actions()]
    assert {*by_words, *checked} == {*Queue, "Missing or changed", "Order: As imported"} - {
        Queue.LABEL
    }
    by_words[Queue.EXCLUDED].trigger()
    menu.close()
    assert page.header.queue.text() == "Excluded by me 1"
    assert page.reading.decisions.buttons[Verdict.EXCLUDE].state == "decided"
    assert "2 Interventions" in page.reading.question.text()


def test_flag_byline_highlights_and_panel(page, press):
    unit = page.model.sheet.unit.id
    press("f")
    assert page.model.session.project.screening.notes.flagged(unit, TA)
    assert page.reading.decisions.flag.text() == "Flagged"
    assert "Okafor N" in page.reading.record.toPlainText()
    press("b")
    assert "Okafor N" not in page.reading.record.toPlainText()
    assert "Authors, journal and year are hidden. B shows them." in (
        page.reading.record.toPlainText()
    )
    press("b")
    assert "are hidden" not in page.reading.record.toPlainText()
    press("h")
    assert not page.reading.record.highlighted
    press("p")
    assert page.panel.isHidden()
    assert page.reading.reasons.isVisible()
    press("p")
    assert page.panel.isVisible()
    assert not page.reading.reasons.isVisible()


@popup
def test_a_selected_word_is_offered_an_element(page, press, qapp):
    record = page.reading.record
    cursor = record.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    cursor.setPosition(0)
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    record.setTextCursor(cursor)
    press("h")
    menu = qapp.activePopupWidget()
    assert menu.actions()[0].text() == "Highlight “Peer” for"
    by_words = {a.text(): a for a in menu.actions()}
    by_words["Outcomes"].trigger()
    menu.close()
    assert page.model.session.project.screening.notes.own_words() == [("outcomes", "Peer")]
    assert record.highlighted
    press("h")
    assert not record.highlighted


def test_details_show_everything_and_escape_leaves(page, press):
    press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.AltModifier)
    text = page.reading.details.toPlainText()
    assert page.model.sheet.unit.id in text
    assert "10.5555/ui.1" in text
    assert NO_TAGS in text
    assert page.reading.details.hasFocus()
    press("i")
    assert page.model.decided == 0
    press(KEY.Key_Escape)
    assert page.reading.record.hasFocus()


def test_other_keys_are_shown_and_obeyed(page, press):
    page.model.session.keys.set_preset("ASReview")
    assert page.reading.decisions.buttons[Verdict.INCLUDE].key == "R"
    unit = page.model.sheet.unit.id
    press("i")
    assert decision(page, unit).verdict is Verdict.EXCLUDE
    press("u")
    assert decision(page, unit) is None
    press("r")
    assert decision(page, unit).verdict is Verdict.INCLUDE


def test_all_decided_close_copy_the_code_and_reopen(page, press, qtbot, qapp):
    press(*"imimim")
    assert page._stack.currentWidget() is page.nothing
    assert page.nothing.button.text() == "Close the stage"
    assert echo(page) == "Included: records 1, 3 and 5  ·  Maybe: records 2, 4 and 6"
    page.nothing.button.click()
    assert page._stack.currentWidget() is page.closed
    page.closed.copy.click()
    assert qapp.clipboard().text() == page.model.code
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.closed.send.click()
    assert wanted.args == ["send"]
    page.closed.look.click()
    assert page.reading.record.isVisible()
    assert page.reading.decisions.buttons[Verdict.INCLUDE].state == "quiet"
    press("e")
    assert decision(page, page.model.sheet.unit.id).verdict is Verdict.INCLUDE
    page.model.looking = False
    page.model.reload()
    page.closed.reopen.click()
    assert page.closed.why.hasFocus()
    qtbot.keyClicks(page.closed.why, "I misread one")
    press(KEY.Key_Return)
    assert page.model.state is State.EMPTY
    assert page.nothing.button.text() == "Close the stage"


def test_an_enter_too_many_closes_nothing_and_taking_back_works_there(page, press):
    press(*"aaaaa", KEY.Key_Return, *"mmmmm", KEY.Key_Return, KEY.Key_Return, KEY.Key_Space)
    assert page.model.state is State.EMPTY
    assert page.model.code == ""
    press(KEY.Key_Backspace)
    assert title(page) == "Exercise groups for students"
    assert page.reading.record.hasFocus()


def test_after_a_decision_by_button_the_record_has_the_focus(page, press):
    button = page.reading.decisions.buttons[Verdict.EXCLUDE]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(KEY.Key_Return)
    assert page.model.decided == 1
    assert page.reading.record.hasFocus()


def test_tab_goes_through_the_page_in_the_order_it_is_read(page, press):
    press("2")
    seen = []
    while not seen or QApplication.focusWidget() is not page.reading.record:
        focused = QApplication.focusWidget()
        seen.append(focused.accessibleName() or type(focused).__name__)
        press(KEY.Key_Tab)
    assert seen[0] == "Record"
    assert seen[1].startswith("Include")
    order = [
        next(i for i, name in enumerate(seen) if name.startswith(start))
        for start in ("Note", "Fold", "Exclude: Participants", "Queue")
    ]
    assert order == sorted(order)


def test_letters_on_a_button_decide_nothing(page, press):
    page.reading.decisions.note.setFocus(Qt.FocusReason.TabFocusReason)
    press("i", "2", "e")
    assert page.model.decided == 0


def test_a_stage_that_is_not_open_says_when_it_will_be(copy_session, qtbot):
    page = FullTextScreeningPage(copy_session)
    qtbot.addWidget(page)
    page.show()
    assert page.model.state is State.NOT_OPEN
    assert page.nothing.accessibleName() is not None
    assert page._stack.currentWidget() is page.nothing
    page.hide()


def test_the_project_points_to_the_copy(project_session, qtbot):
    page = TitleAbstractPage(project_session)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.nothing.button.click()
    assert wanted.args == ["screen"]
    page.hide()


def test_nothing_is_decided_while_a_long_action_writes(page, press, qtbot):
    unit = page.model.sheet.unit.id
    gate = __import__("threading").Event()
    task = page.model.session.run(lambda project, progress: gate.wait(20), writes=True)
    try:
        press("i", "2", "a", "f")
        assert page.reading.decisions.buttons[Verdict.INCLUDE].state == "quiet"
        with qtbot.waitSignal(task.ended):
            gate.set()
    finally:
        gate.set()
    assert decision(page, unit) is None
    assert page.reading.decisions.buttons[Verdict.INCLUDE].state == "plain"
    press("i")
    assert decision(page, unit).verdict is Verdict.INCLUDE


def test_what_was_saved_last_can_be_taken_back_tomorrow(review, qtbot):
    path = review.with_name("a.screener")
    with open_copy(path) as copy:
        unit = copy.screening.queues.queue(TA)[0]
        copy.screening.decide(unit, Verdict.EXCLUDE, stage=TA, reason="outcomes")
    session = Session(open_copy(path))
    page = TitleAbstractPage(session)
    qtbot.addWidget(page)
    page.show()
    title = session.project.units.get(unit).fields.title
    assert echo(page) == f"Saved last: Exclude: Outcomes  ·  “{title}”"
    page.perform("take-back")
    assert page.model.sheet.unit.id == unit
    assert session.project.screening.decision(unit, TA) is None
    page.hide()
    session.close()


def test_a_full_disk_keeps_the_record_and_the_echo(page, press):
    press("a")
    connection = page.model.session.project._file.connection
    (now,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {now}")
    problems = []
    page.model.session.complained.connect(lambda problem: problems.append(problem.sentence))
    for _ in range(200):
        unit, shown, said = page.model.sheet.unit.id, shown_title(page), echo(page)
        before, judged = len(problems), page.panel.judgements()
        press("1")
        if len(problems) > before and decision(page, unit) is None:
            break
        press(KEY.Key_Backspace)
    assert "disk is full" in problems[-1]
    assert (page.model.sheet.unit.id, shown_title(page)) == (unit, shown)
    assert page.panel.judgements() == judged
    assert page.reading.record.hasFocus()
    assert echo(page) == said
    connection.execute(f"PRAGMA max_page_count = {now + 1000}")
    press("1")
    assert decision(page, unit).reason == "participants"
    assert echo(page).startswith("Excluded, 1 Participants")


def test_the_window_may_show_a_record_or_a_queue(page, press):
    press("m")
    page.show_at("4")
    assert title(page) == "Letters from peers: a qualitative study"
    page.show_at("1")
    assert page.model.sheet.decision.verdict is Verdict.MAYBE
    page.show_at("Maybe")
    assert page.header.queue.text() == "Maybe 1"


def test_narrow_pages_fold_the_criteria(page, qtbot):
    page.resize(800, 600)
    assert page.panel.isHidden()
    assert page.reading.reasons.isVisible()
    page.resize(1072, 772)
    assert page.panel.isVisible()


def test_asking_for_the_reason_shows_the_reasons(page, press):
    page.model.asking = Asking.REASON
    page.model.judged.emit()
    assert page.reading.reasons.isVisible()
    assert page.reading.question.text().startswith("Exclude for which reason?")


def test_changes_from_elsewhere_are_read_again(page):
    unit = page.model.sheet.unit.id
    page.session.project.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    assert page.model.decided == 1
    assert page.model.sheet.unit.id != unit


def test_a_hidden_page_reads_when_it_is_shown_again(page):
    page.hide()
    page.session.project.screening.decide(page.model.line.ids[0], Verdict.INCLUDE, stage=TA)
    page.session.project.screening.notes.set_flag(page.model.line.ids[1], TA, on=True)
    assert page.model.decided == 0
    page.show()
    assert page.model.decided == 1
    assert page.model.sheet.flagged


def test_a_page_shown_during_long_work_is_read_when_it_ends(copy_session, qtbot):
    page = TitleAbstractPage(copy_session)
    qtbot.addWidget(page)
    go = Event()
    task = copy_session.run(lambda *_: go.wait(), writes=True)
    page.show()
    assert page.model.sheet is None
    go.set()
    with qtbot.waitSignal(task.ended):
        pass
    assert (page.model.state, page.model.total) == (State.RECORD, 6)
    page.hide()


def test_pages_hear_when_long_work_begins_and_ends(page, qtbot):
    can_decide = []
    page.model.counted.connect(lambda: can_decide.append(page.model.can_decide))
    task = page.session.run(lambda *_: None, writes=True)
    with qtbot.waitSignal(task.ended):
        pass
    assert can_decide == [False, True]


def told_by(window):
    return window.frame.footer.echo.sentence


def test_the_echo_line_names_every_record_since_it_was_painted(window, review, qtbot):
    """Keys that waited for a busy computer come one after the other, with nothing painted."""
    assert window.open(review.with_name("a.screener"))
    window.frame.go("title-abstract")
    window.session.preferences.change(moment=0)
    page = window.frame.page

    def press(*keys):
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key)

    press("e", "i")
    assert told_by(window) == (
        "Excluded: “Peer support by smartphone for adult…”  ·  "
        "Included: “A telephone reminder service in prim…”"
    )
    press("2")
    assert told_by(window) == (
        "Excluded: record 1  ·  Included: record 2  ·  Excluded, 2 Interventions: record 3"
    )
    qtbot.waitUntil(lambda: not page.model._painted.isActive())
    press("m")
    assert told_by(window) == "Maybe: “Letters from peers: a qualitative study”"
    qtbot.waitUntil(lambda: not page.model._painted.isActive())
    press("f", "e", KEY.Key_Backspace)
    assert told_by(window) == "Taken back: Exclude  ·  “Peer navigators and a web portal”"
    press("i", "i", KEY.Key_Backspace)
    assert told_by(window) == (
        "Taken back: Include  ·  “Exercise groups for students”  ·  "
        "Included: “Peer navigators and a web portal”"
    )


def test_words_typed_with_no_field_decide_judge_note_and_flag_nothing(page, press):
    page.session.preferences.change(moment=150)
    said = []
    page.session.remarked.connect(said.append)
    first = page.model.sheet.unit.id
    times = iter(range(10_000))
    page.dispatch.clock = lambda: 10 + next(times) * 0.02
    press(*"which seems nice and for that reason fits")
    assert page.model.decided == 0
    assert page.model.sheet.unit.id == first
    assert dict(page.model.sheet.judgements) == {}
    assert not page.model.sheet.flagged
    assert not page.reading.note.open
    assert not page.reading.labels.open
    assert page.session.echo.sentence.startswith("Taken back: Include")
    assert page.session.echo.sentence in said[-1], "the line still says what became of it"
