"""The meeting in the window: everything by keys, nothing settled before Enter, all of it undone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from screener.consensus.reveal import Level
from screener.model import DiscrepancyKind, Outcome, Stage
from ui.consensus.meeting import Filter
from ui.consensus.page import ConsensusPage
from ui.consensus.painter import id_of
from ui.widgets.card import lies_over

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
K = Qt.Key
OF_FORMS = (DiscrepancyKind.ROW, DiscrepancyKind.VALUE, DiscrepancyKind.RATING)


@pytest.fixture
def meeting(page):
    return page.meeting


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def settle(qtbot, key, why="Peers took part"):
    """Settle the item that is shown."""
    press(qtbot, key)
    write(qtbot, why)
    press(qtbot, K.Key_Return)


def words(widget):
    return " | ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


def consensus(session, at, stage=TA):
    return session.project.consensus.agreed(stage).get(at.subject, [])


def test_the_first_item_is_open_and_the_record_has_the_keyboard(page, meeting):
    assert page.current() is meeting
    assert meeting.item.record.hasFocus()
    assert meeting.item.heading.text() == "Conflict 1 of 5"
    assert meeting.item.words.text() == "they differ on Comparisons"


def test_a_letter_marks_and_enter_settles_and_opens_the_next(page, meeting, session, qtbot):
    first, second = meeting.meeting.order()[:2]
    press(qtbot, K.Key_I)
    assert meeting.item.bar.because.hasFocus()
    assert "chosen, not settled yet" in meeting.item.bar.buttons["settle-include"].accessibleName()
    assert consensus(session, first) == []
    write(qtbot, "A group of the year before")
    assert consensus(session, first) == []
    press(qtbot, K.Key_Return)
    (agreed,) = consensus(session, first)
    assert (agreed.value, agreed.why) == (Outcome.INCLUDE, "A group of the year before")
    assert agreed.by == ("Maya Lindqvist", "Jonas Roth")
    assert meeting.shown() == second
    assert meeting.item.record.hasFocus()
    assert page.session.echo.sentence.startswith("Settled, include: “Moderated online forum")


def test_a_number_excludes_with_its_reason(page, meeting, session, qtbot):
    unit = meeting.shown()
    settle(qtbot, K.Key_3, "No concurrent control")
    (agreed,) = consensus(session, unit)
    assert (agreed.value, agreed.reason) == (Outcome.EXCLUDE, "comparisons")


def test_a_reason_beyond_the_tenth_is_chosen_by_its_button(merged, session_on, show):
    session = session_on(merged)
    protocol = session.project.protocol.current
    more = tuple((f"reason-{n}", f"Reason {n}") for n in range(5))
    session.project.protocol.set(
        replace(protocol, further_reasons=(*protocol.further_reasons, *more)), why="Read on"
    )
    page = show(ConsensusPage(session))
    bar = page.meeting.item.bar
    assert bar.buttons["settle-reason-0"].key == "0"
    assert bar.buttons["settle-reason-11"].key == ""
    bar.buttons["settle-reason-11"].click()
    assert page.meeting.item.choice.reason == session.project.protocol.current.reasons[10].id


def test_the_arrows_take_one_reviewers_decision_with_its_reason(page, meeting, session, qtbot):
    first, second = meeting.meeting.order()[:2]
    settle(qtbot, K.Key_Right)
    settle(qtbot, K.Key_Left)
    assert (consensus(session, first)[0].value, consensus(session, first)[0].reason) == (
        Outcome.EXCLUDE,
        "comparisons",
    )
    assert (consensus(session, second)[0].value, consensus(session, second)[0].reason) == (
        Outcome.EXCLUDE,
        "study-design",
    )


def test_needs_full_text_is_an_include_with_its_phrase(page, meeting, session, qtbot):
    unit = meeting.shown()
    press(qtbot, K.Key_G)
    press(qtbot, K.Key_Return)
    (agreed,) = consensus(session, unit)
    assert (agreed.value, agreed.why) == (Outcome.INCLUDE, "needs full text")


def test_enter_without_a_word_why_settles_nothing(page, meeting, session, qtbot):
    unit = meeting.shown()
    press(qtbot, K.Key_I)
    with qtbot.waitSignal(session.complained) as told:
        press(qtbot, K.Key_Return)
    assert told.args[0].sentence.startswith("Say why")
    assert consensus(session, unit) == []
    assert meeting.shown() == unit


def test_escape_takes_the_mark_away_and_keeps_what_was_typed(page, meeting, qtbot):
    assert not page.kept_only_here()
    press(qtbot, K.Key_I)
    write(qtbot, "Pee")
    press(qtbot, K.Key_Escape)
    assert meeting.item.choice is None
    assert meeting.item.bar.because.text() == "Pee"
    assert meeting.item.record.hasFocus()
    assert page.kept_only_here()
    meeting.show_other(1)
    assert page.kept_only_here()
    meeting.show_other(-1)
    assert meeting.item.bar.because.text() == "Pee"
    meeting.item.bar.because.clear()
    assert not page.kept_only_here()


def test_letters_typed_into_because_decide_nothing(page, meeting, session, qtbot):
    press(qtbot, K.Key_I)
    write(qtbot, "e r o l j 3")
    assert meeting.item.bar.because.text() == "e r o l j 3"
    assert meeting.item.choice.value == Outcome.INCLUDE
    assert meeting.meeting.level is Level.EVERYTHING


def test_enter_settles_with_what_was_typed_and_down_with_a_phrase_used_before(
    page, meeting, session, qtbot
):
    settle(qtbot, K.Key_I, "A group of the year before is a comparison")
    because = meeting.item.bar.because
    unit = meeting.shown()
    press(qtbot, K.Key_I)
    write(qtbot, "a gr")
    assert because.phrases.list.isVisible()
    press(qtbot, K.Key_Return)
    assert consensus(session, unit)[0].why == "a gr"
    assert not because.phrases.list.isVisible()
    unit = meeting.shown()
    press(qtbot, K.Key_I)
    write(qtbot, "a group")
    press(qtbot, K.Key_Down)
    assert because.text() == "A group of the year before is a comparison"
    press(qtbot, K.Key_Return)
    assert consensus(session, unit)[0].why == "A group of the year before is a comparison"


def test_a_choice_brings_its_own_reason_and_not_the_one_of_the_item_before(
    page, meeting, session, qtbot
):
    settle(qtbot, K.Key_I, "interviews only")
    unit = meeting.shown()
    press(qtbot, K.Key_G)
    shown = meeting.item.bar.because.text()
    press(qtbot, K.Key_Return)
    assert consensus(session, unit)[0].why == shown != "interviews only"


def test_down_offers_the_phrases_used_before(page, meeting, qtbot):
    settle(qtbot, K.Key_I, "Peers")
    press(qtbot, K.Key_E)
    press(qtbot, K.Key_Down)
    assert meeting.item.bar.because.text() == "Peers"


def test_take_back_brings_the_item_back(page, meeting, session, qtbot):
    unit, title = meeting.shown(), meeting.item.found.unit.title
    settle(qtbot, K.Key_I)
    assert meeting.shown() != unit
    press(qtbot, K.Key_Backspace)
    assert consensus(session, unit) == []
    assert meeting.shown() == unit
    assert page.session.echo.sentence == f"Taken back: Settle, include  ·  “{title}”"


def test_later_goes_on_and_around(page, meeting, qtbot):
    order, said = meeting.meeting.order(), []
    page.session.remarked.connect(said.append)
    for count, unit in enumerate([*order[1:], order[0]], 1):
        press(qtbot, K.Key_L)
        assert meeting.shown() == unit
        assert len(said) == count


def test_up_down_j_and_k_move(page, meeting, qtbot):
    order = meeting.meeting.order()
    for key, at in ((K.Key_Down, 1), (K.Key_J, 2), (K.Key_Up, 1), (K.Key_K, 0), (K.Key_K, 0)):
        press(qtbot, key)
        assert meeting.shown() == order[at]


def test_the_list_moves_over_headings_and_enter_goes_to_the_item(page, meeting, qtbot):
    meeting.list.setFocus()
    for unit in meeting.meeting.order()[1:]:
        press(qtbot, K.Key_Down)
        assert meeting.shown() == unit
    press(qtbot, K.Key_Return)
    assert meeting.item.record.hasFocus()


def test_letters_act_while_the_list_has_the_keyboard(page, meeting, qtbot):
    meeting.list.setFocus()
    press(qtbot, K.Key_E)
    assert meeting.item.choice.value == Outcome.EXCLUDE


def test_r_shows_more_and_shift_r_less_and_what_was_seen_last_is_recorded(
    page, meeting, session, qtbot
):
    before = session.project.counts()[1]
    for level in (2, 1, 0, 0):
        press(qtbot, K.Key_R, Qt.KeyboardModifier.ShiftModifier)
        assert meeting.meeting.level == level
        assert meeting.item.segments.current() == str(level)
    for level in (1, 2):
        press(qtbot, K.Key_R)
        assert meeting.meeting.level == level
    assert session.project.counts()[1] == before
    page.hide()
    assert session.project.consensus.revealed() == 2
    page.show()
    assert meeting.meeting.level == 2


@pytest.mark.parametrize("level", [Level.RECORD, Level.DECISIONS])
def test_below_names_no_widget_tells_a_name_or_an_element(page, meeting, qtbot, level):
    meeting.item.level_chosen.emit(int(level))
    for unit in meeting.meeting.order():
        meeting.show_item(unit)
        said = words(meeting.item.comparison) + meeting.item.words.text()
        spoken = [
            meeting.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            for row in range(meeting.list.model().rowCount())
        ]
        for secret in ("Maya", "Jonas", "Comparisons", "Study design", "No concurrent"):
            assert secret not in said
            assert secret not in " ".join(spoken)
        assert len({p.element for p in meeting.item.record._painted}) > 1


def test_level_0_has_no_comparison_and_no_kinds(page, meeting, qtbot):
    meeting.item.level_chosen.emit(0)
    assert not meeting.item.comparison.isVisible()
    assert meeting.item.heading.text() == "Record 1 of 8"
    press(qtbot, K.Key_Left)
    assert meeting.item.choice is None


def test_only_the_highlights_of_the_dispute_are_shown(page, meeting, qtbot):
    assert {p.element for p in meeting.item.record._painted} == {"comparisons"}
    press(qtbot, K.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert {p.element for p in meeting.item.record._painted} >= {"comparisons", "interventions"}


def test_the_comparison_shows_both_decisions_in_full(page, meeting):
    shown = words(meeting.item.comparison)
    for part in ("Maya Lindqvist", "Jonas Roth", "Include", "Exclude", "met", "not met",
                 "3\u00a0Comparisons", "No concurrent control.", "version 1"):  # fmt: skip
        assert part in shown
    named = [w.accessibleName() for w in meeting.item.comparison.findChildren(QLabel)]
    assert "Jonas Roth, note: No concurrent control." in named


def test_search_narrows_the_list(page, meeting, qtbot):
    press(qtbot, K.Key_Slash)
    write(qtbot, "wellness")
    assert [meeting.meeting.item(u).unit.number for u in meeting.meeting.order()] == [9]
    press(qtbot, K.Key_Return)
    assert meeting.list.hasFocus()
    press(qtbot, K.Key_Slash)
    press(qtbot, K.Key_Escape)
    assert len(meeting.meeting.order()) == 8


def test_every_row_has_its_own_height_whatever_is_listed(page, meeting, qtbot):
    def heights():
        header, model = meeting.list.verticalHeader(), meeting.list.model()
        rows = range(model.rowCount())
        sizes = [(model.item(row) is not None, header.sectionSize(row)) for row in rows]
        return dict(sizes), len(set(sizes))

    before, kinds = heights()
    assert kinds == 2
    assert before[True] > before[False]
    for shown in ("All", "To settle"):
        meeting.header.filter.taken.emit(Filter(shown), None)
        press(qtbot, K.Key_Slash)
        write(qtbot, "wellness")
        assert heights() == (before, 2)
        press(qtbot, K.Key_Escape)
        assert heights() == (before, 2)


def test_settled_items_are_shown_with_their_outcome_by_the_filter(page, meeting, qtbot):
    unit = meeting.shown()
    settle(qtbot, K.Key_3, "No concurrent control")
    meeting.header.filter.taken.emit(Filter.SETTLED, None)
    assert meeting.meeting.order() == [unit]
    shown = words(meeting.item.comparison)
    assert "Settled" in shown
    assert "No concurrent control" in shown
    assert "Include" in shown
    model = meeting.list.model()
    assert "settled: exclude" in model.row(model.rowCount() - 1).spoken


def test_the_projector_hides_the_list_and_grows_the_record(page, meeting, qtbot):
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(page.dressed):
        press(qtbot, K.Key_P, control)
    assert page.alone
    assert not meeting.list.isVisible()
    press(qtbot, K.Key_E)
    assert meeting.item.choice.value == Outcome.EXCLUDE
    press(qtbot, K.Key_Escape)
    with qtbot.waitSignal(page.dressed):
        press(qtbot, K.Key_Escape)
    assert not page.alone
    assert meeting.list.isVisible()


def test_many_conflicts_are_settled_without_the_mouse(
    tmp_path, planted_review, planted_screen, session_on, show, qtbot
):
    titles = [f"Invented title {i}" for i in range(60)]
    path = planted_review(tmp_path, titles)
    planted_screen(tmp_path / "a.screener", [("include", "", {})] * 60)
    planted_screen(tmp_path / "b.screener", [("exclude", "outcomes", {})] * 60)
    session = session_on(path)
    session.project.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
    page = show(ConsensusPage(session))
    settle(qtbot, K.Key_I, "Peers")
    for at in range(59):
        press(qtbot, K.Key_Right if at % 2 else K.Key_Left)
        write(qtbot, "P")
        press(qtbot, K.Key_Down)
        press(qtbot, K.Key_Return)
    assert page.meeting.meeting.settled == 60
    agreed = session.project.consensus.agreed(TA)
    assert {c.why for found in agreed.values() for c in found} == {"Peers"}
    assert page.meeting.done.isVisible()


def test_the_keyboard_stays_on_the_page_when_all_is_settled(page, meeting, session, qtbot):
    for _ in range(8):
        last = meeting.shown()
        settle(qtbot, K.Key_I)
    assert meeting.done.hasFocus()
    press(qtbot, K.Key_Return)
    assert consensus(session, last), "Enter took nothing back"
    press(qtbot, K.Key_Backspace)
    assert not consensus(session, last)


def test_all_settled_offers_full_text_and_then_newer_copies(page, meeting, session, qtbot):
    for _ in range(8):
        settle(qtbot, K.Key_I)
    assert meeting.done.button.text() == "Open full text"
    press(qtbot, K.Key_Return)
    assert not session.project.screening.opened(FT), "it was one more Enter for the last item"
    press(qtbot, K.Key_Tab)
    press(qtbot, K.Key_Return)
    assert session.project.screening.opened(FT)
    assert meeting.done.button.text() == "Write newer copies…"
    assert meeting.header.steps.isVisible()
    with qtbot.waitSignal(page.session.wanted) as told:
        press(qtbot, K.Key_Tab)
        press(qtbot, K.Key_Return)
    assert told.args == ["add-reviewer"]


@pytest.fixture
def at_full_text(full_text, session_on, show):
    page = show(ConsensusPage(session_on(full_text)))
    page.show_step(FT)
    return page


def test_at_full_text_the_number_of_the_reason_is_typed_before_why(at_full_text, qtbot):
    session, meeting = at_full_text.session, at_full_text.meeting
    unit, asked = meeting.shown(), []
    session.asked.connect(asked.append)
    press(qtbot, K.Key_E)
    assert asked[-1].startswith("Press the number of the reason")
    assert meeting.item.bar.because.hasFocus(), "as at title and abstract"
    press(qtbot, K.Key_4)
    assert asked[-1] == "", "the number has answered it"
    write(qtbot, "4 of the outcomes were not measured")
    press(qtbot, K.Key_Return)
    (agreed,) = consensus(session, unit, FT)
    assert (agreed.value, agreed.reason) == (Outcome.EXCLUDE, "outcomes")
    assert agreed.why == "4 of the outcomes were not measured"


def test_at_full_text_letters_typed_after_e_are_why_and_do_nothing_else(at_full_text, qtbot):
    session, meeting = at_full_text.session, at_full_text.meeting
    unit, level = meeting.shown(), meeting.meeting.level
    press(qtbot, K.Key_E)
    write(qtbot, "trained peers only, no other")
    press(qtbot, K.Key_Return)
    assert consensus(session, unit, FT) == []
    assert meeting.item.bar.because.text() == "trained peers only, no other"
    write(qtbot, "trolpka/")
    assert (meeting.meeting.level, meeting.shown()) == (level, unit)
    assert QApplication.activePopupWidget() is None
    assert not lies_over(at_full_text.window())
    press(qtbot, K.Key_4)
    assert meeting.item.bar.because.text() == "trained peers only, no other"
    press(qtbot, K.Key_Return)
    (agreed,) = consensus(session, unit, FT)
    assert (agreed.reason, agreed.why) == ("outcomes", "trained peers only, no other")


def test_at_full_text_the_first_reason_of_the_protocol_is_marked(
    full_text, session_on, show, qtbot
):
    session = session_on(full_text)
    page = show(ConsensusPage(session))
    page.show_step(FT)
    meeting = page.meeting
    meeting.show_item(meeting.meeting.order()[-1])
    assert meeting.meeting.item(meeting.shown()).kind is DiscrepancyKind.REASON
    assert meeting.item.choice.reason == "participants"
    unit = meeting.shown()
    press(qtbot, K.Key_Return)
    assert consensus(session, unit, FT) == []
    write(qtbot, "Students")
    press(qtbot, K.Key_Return)
    assert consensus(session, unit, FT)[0].reason == "participants"


def test_at_full_text_what_cannot_be_judged_awaits(full_text, session_on, show, qtbot):
    session = session_on(full_text)
    page = show(ConsensusPage(session))
    page.show_step(FT)
    unit = page.meeting.shown()
    settle(qtbot, K.Key_G, "The authors were asked")
    assert consensus(session, unit, FT)[0].value == Outcome.AWAITING


def test_a_reopened_item_says_so_over_the_comparison(every_kind, session_on, show, qtbot):
    page = show(ConsensusPage(session_on(every_kind)))
    meeting = page.meeting
    found = [meeting.meeting.item(u) for u in meeting.meeting.order()]
    meeting.show_item(next(id_of(d) for d in found if d.kind is DiscrepancyKind.REOPENED))
    assert "Jonas Roth changed include to exclude on" in words(meeting.item.comparison)


@pytest.mark.parametrize("kind", [kind for kind in DiscrepancyKind if kind not in OF_FORMS])
def test_every_kind_can_be_settled(request, session_on, show, qtbot, kind):
    at_full_text = kind is DiscrepancyKind.REASON
    path = request.getfixturevalue("full_text" if at_full_text else "every_kind")
    session = session_on(path)
    page = show(ConsensusPage(session))
    stage = FT if at_full_text else TA
    page.show_step(stage)
    meeting = page.meeting
    found = [meeting.meeting.item(u) for u in meeting.meeting.order()]
    at = next(id_of(d) for d in found if d.kind is kind)
    meeting.show_item(at)
    settle(qtbot, K.Key_1, "Settled once and for all")
    if session.project.consensus.state(at.subject, stage).open:  # what overturns is asked
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Return)
    assert session.project.consensus.state(at.subject, stage).open is False


def test_what_another_page_changes_is_shown(page, meeting, session):
    at = meeting.meeting.order()[2]
    session.project.consensus.resolve(
        at.subject, "include", step=TA, why="Peers", by=["Maya Lindqvist"]
    )
    assert at not in meeting.meeting.order()
    assert meeting.list.model().row_of(at) == -1


def test_a_level_chosen_elsewhere_is_followed(page, meeting, session):
    assert "MAYA LINDQVIST" in words(meeting.item.comparison).upper()
    session.project.consensus.reveal(int(Level.DECISIONS))
    assert meeting.meeting.level is Level.DECISIONS
    assert "MAYA LINDQVIST" not in words(meeting.item.comparison).upper()
    assert meeting.item.segments.current() == "1"


def test_a_person_added_elsewhere_leaves_what_is_typed(page, meeting, session, qtbot):
    press(qtbot, K.Key_I)
    write(qtbot, "Peers")
    session.project.consensus.add_person("Ida Berg", arbitrator=True)
    assert meeting.item.bar.because.text() == "Peers"
    assert meeting.item.choice.value == Outcome.INCLUDE


def test_presses_of_enter_that_a_held_key_makes_settle_nothing(page, meeting, qtbot):
    page.dispatch.clock = lambda: 1.0
    page.session.preferences.change(moment=150)
    times = iter(range(1000))
    page.dispatch.clock = lambda: 10 + next(times) * 0.005
    press(qtbot, K.Key_I)
    write(qtbot, "Peers took part")
    meeting.item.focus_shown()
    for _ in range(3):  # from the record to *Because*, and no further
        press(qtbot, K.Key_Return)
    assert meeting.item.bar.because.hasFocus()
    assert meeting.meeting.settled == 0
    page.dispatch.clock = lambda: 100.0
    press(qtbot, K.Key_Return)
    assert meeting.meeting.settled == 1


def test_what_is_typed_stays_with_its_item_and_down_replaces_none_of_it(page, meeting, qtbot):
    because = meeting.item.bar.because
    first = meeting.shown()
    qtbot.keyClick(meeting.item.record, K.Key_I)
    because.phrases.offer(["A phrase of before"])
    qtbot.keyClicks(because, "half")
    qtbot.keyClick(because, K.Key_Down)
    assert because.text() == "half"
    meeting.show_other(1)
    assert (meeting.shown() != first, because.text()) == (True, "")
    meeting.show_other(-1)
    assert (meeting.shown(), because.text()) == (first, "half")


def test_the_enter_that_ends_the_search_only_ends_it(page, meeting, qtbot):
    meeting.find_items()
    qtbot.keyClicks(meeting.search, "peers")
    press(qtbot, K.Key_Return)
    assert meeting.list.hasFocus()
    press(qtbot, K.Key_Return)  # the next one goes on, to the item
    assert meeting.item.record.hasFocus()


def test_the_end_of_full_text_offers_the_report(at_full_text, qtbot):
    session, meeting = at_full_text.session, at_full_text.meeting
    for found in session.project.consensus.discrepancies(FT):
        session.project.consensus.resolve(
            found.unit.id, "include", step=FT, why="Read", by=["Maya Lindqvist", "Jonas Roth"]
        )
    at_full_text.show_step(FT)
    assert meeting.item.found is None
    with qtbot.waitSignal(session.wanted) as told:
        meeting.done.button.click()
    assert told.args == ["report"]


def test_once_full_text_is_assessed_nobody_needs_a_newer_copy(at_full_text):
    at_full_text.show_step(TA)
    done = at_full_text.meeting.done
    assert at_full_text.meeting.item.found is None
    assert done.button.text() == "Open what passed since"
