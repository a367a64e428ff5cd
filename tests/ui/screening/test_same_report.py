"""Proposing a duplicate while screening: by keys, in place of the buttons, nothing joined."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy, open_project
from screener.model import Protocol, Stage, Verdict
from ui.screening.model import State
from ui.session.session import Session

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
KEY = Qt.Key
ONE = "Peer support by smartphone for adults with schizophrenia, part I"
RECORDS = (
    (ONE, "Okafor, Nina", "2017"),
    ("A telephone reminder service in primary care", "Brandt, S", "2016"),
    (f"{ONE}I", "Okafor, N", "2018"),
    ("Peer support by smart phone in adults with schizophrenia", "Lindholm, T", "2017"),
    ("<blink>Letters</blink> & peers", "Velasquez, R", "2019"),
)


@pytest.fixture
def review(tmp_path):
    """A project with five records, three of them alike, and Maya's copy."""
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\nAB  - Invented.\nER  - \n\n"
        for title, author, year in RECORDS
    )
    (tmp_path / "r.ris").write_text(text, encoding="utf-8")
    path = tmp_path / "project.screener"
    protocol = Protocol(title="Peers", reviewers_per_record=1)
    with create_project(path, title="Peers", protocol=protocol) as project:
        project.sources.import_file(tmp_path / "r.ris", source="PubMed")
        project.consensus.write_copy("Maya", tmp_path / "a.screener")
    return path


@pytest.fixture
def criteria_page(page, review, make_page):
    """The page of a newer copy, whose protocol has two criteria."""
    with open_project(review) as project:
        project.protocol.add_criterion("participants", include="Adults")
        project.protocol.add_criterion("outcomes", include="Any")
        project.consensus.write_copy("Maya", review.with_name("newer.screener"))
    session = Session(open_copy(review.with_name("newer.screener")))
    yield make_page(session)
    session.close()


def panel(page):
    return page.reading.same


def numbers(page):
    rows = panel(page).rows
    return [int(rows.index(place, 0).data()) for place in range(rows.rowCount())]


def proposed(page):
    project, unit = page.model.session.project, page.model.sheet.unit.id
    found = project.screening.proposals.proposed_duplicate(unit, page.model.stage)
    return project.units.get(found).number if found else 0


def lines(page):
    return page.reading.record.toPlainText()


def test_the_likeliest_record_is_proposed_with_two_keys(page, press):
    press("=")
    assert panel(page).field.hasFocus()
    assert numbers(page) == [3, 4]
    assert not page.reading.decisions.isVisible()
    press(KEY.Key_Return)
    assert proposed(page) == 3
    assert page.session.echo.sentence == f"Proposed as the same report as record 3: “{ONE}”"
    wanted = f"You proposed this as the same report as record 3, “{ONE}I”. = changes it"
    assert wanted in lines(page)
    assert page.reading.decisions.isVisible()
    assert page.reading.record.hasFocus()
    assert page.reading.decisions.flag.text() == "Flagged"


def test_another_one_is_found_by_number_title_and_author_and_marked_with_arrows(page, press, qtbot):
    press("=")
    for text, found in (("5", [5]), ("reminder prim", [2]), ("lindholm", [4]), ("support", [3, 4])):
        panel(page).field.clear()
        qtbot.keyClicks(panel(page).field, text)
        assert numbers(page) == found, text
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_PageDown)
    assert panel(page).field.hasFocus()
    assert page.model.decided == 0
    press(KEY.Key_Enter)
    assert proposed(page) == 4


def test_escape_leaves_and_nothing_is_recorded(page, press, qtbot):
    before = page.model.session.project.counts()
    press("=")
    qtbot.keyClicks(panel(page).field, "zebra")
    assert numbers(page) == []
    press(KEY.Key_Return)
    assert panel(page).open
    press(KEY.Key_Escape)
    assert page.reading.record.hasFocus()
    assert page.reading.decisions.isVisible()
    assert page.model.session.project.counts() == before


@pytest.mark.parametrize("again", [("=", KEY.Key_Return), (KEY.Key_Backspace,), ("f",)])
def test_three_ways_to_take_it_back(page, press, again):
    press("=", KEY.Key_Return)
    assert proposed(page) == 3
    press(*again)
    assert proposed(page) == 0
    assert "You proposed" not in lines(page)
    assert page.reading.decisions.flag.text() == "Flag"
    assert page.reading.record.hasFocus()


def test_the_proposed_record_stands_first_and_another_one_replaces_it(page, press, qtbot):
    press("=")
    qtbot.keyClicks(panel(page).field, "5")
    press(KEY.Key_Return, "=")
    assert numbers(page) == [5, 3, 4]
    assert panel(page).take.text() == "Take the proposal back"
    press(KEY.Key_Down)
    assert panel(page).take.text() == "Propose"
    press(KEY.Key_Return)
    assert proposed(page) == 3


def test_judgements_begun_stay(criteria_page, qtbot):
    """What is judged is kept a moment later; a proposal meanwhile does not lose it."""
    for key in ("a", "s", "=", "2", KEY.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert proposed(criteria_page) == 2
    assert criteria_page.panel.judgements() == {"participants": "met", "outcomes": "not-met"}


def test_by_mouse(page, qtbot):
    page.reading.decisions.duplicate.click()
    panel(page).table.choose(1)
    panel(page).take.click()
    assert proposed(page) == 4
    page.reading.decisions.duplicate.click()
    panel(page).leave.click()
    assert not panel(page).open


def test_records_are_shown_as_plain_text(page, press, qtbot):
    press("=")
    qtbot.keyClicks(panel(page).field, "5")
    shown = [w for w in panel(page).findChildren(type(panel(page)._full)) if "<blink>" in w.text()]
    assert shown
    assert all(w.textFormat() is Qt.TextFormat.PlainText for w in shown)


def test_the_next_record_puts_the_buttons_back(page, press):
    press("=")
    page.reading.record.setFocus()
    press("j")
    assert not panel(page).open
    assert page.reading.decisions.isVisible()
    press("=", KEY.Key_Tab)
    page.reading.record.setFocus()
    press(KEY.Key_Escape)
    assert not panel(page).open


def test_the_field_stays_where_it_is_while_one_types(page, press, qtbot, qapp):
    press("=")
    qapp.processEvents()
    places = {panel(page).field.mapTo(page, panel(page).field.rect().topLeft()).y()}
    for letter in "peers":
        qtbot.keyClicks(panel(page).field, letter)
        qapp.processEvents()
        places.add(panel(page).field.mapTo(page, panel(page).field.rect().topLeft()).y())
    assert len(places) == 1


def test_a_closed_stage_takes_none(page, press):
    for unit in list(page.model.line.ids):
        page.model.session.project.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    page.model.close_stage()
    page.model.look()
    page.focus_first()
    press("=")
    assert not panel(page).open


def test_at_full_text_too(review, make_page, qtbot):
    path = review.with_name("a.screener")
    with open_copy(path) as mine:
        for unit in mine.screening.queues.queue(TA):
            mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        mine.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(path)
        project.screening.open(FT)
        project.consensus.write_copy("Maya", review.with_name("newer.screener"))
    session = Session(open_copy(review.with_name("newer.screener")))
    page = make_page(session, FT)
    assert page.model.state is State.RECORD
    for key in ("=", KEY.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert proposed(page) == 3
    proposals = session.project.screening.proposals
    assert proposals.proposed_duplicate(page.model.sheet.unit.id, TA) == ""
    assert "You proposed this as the same report as record 3" in lines(page)
    page.hide()
    session.close()
