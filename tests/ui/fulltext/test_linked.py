"""What is linked to a report is told under it, and one key goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from screener import create_project
from ui.fulltext.detail import LinkedLines

KEY = Qt.Key
TITLE = "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial"
RECORDS = (
    (TITLE, "Invented Journal of Psychiatry"),
    (TITLE, "medRxiv"),
    (f"Erratum: {TITLE}", "Invented Journal of Psychiatry"),
    ("Tidal mills of the southern coast", "Unwritten Mills"),
)


@pytest.fixture
def path(tmp_path):
    """A project with a report, its preprint, an erratum and another report; nothing decided."""
    text = "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Brandvik, Maren\nPY  - 2018\nT2  - {journal}\n"
        f"SP  - {n}\nER  - \n\n"
        for n, (title, journal) in enumerate(RECORDS, 1)
    )
    (tmp_path / "pubmed.ris").write_text(text, encoding="utf-8")
    with create_project(tmp_path / "new.screener", title="New") as project:
        project.sources.import_file(tmp_path / "pubmed.ris", source="PubMed")
        for name in ("maya", "jonas"):
            project.consensus.write_copy(name.capitalize(), tmp_path / f"{name}.screener")
    return tmp_path / "new.screener"


@pytest.fixture
def page(screen, make_page, qtbot):
    """The page with report, preprint and the other report sought; the erratum was excluded."""
    screen({0, 1, 3}, {0, 1, 3})
    page = make_page()
    page.empty.button.click()
    page.focus_first()
    qtbot.waitUntil(lambda: page.session.project.fulltext.linked.known)
    qtbot.waitUntil(page.detail.linked.isVisible)
    qtbot.waitUntil(lambda: page.can_act and not page.stale and page.session.project.derived)
    return page


def lines(page):
    return [words.text() for words in page.detail.linked.lines if words.isVisible()]


def titles(page):
    """The texts of the detail that are shown, without what is linked."""
    found = (page.detail._standing, page.detail._title)
    return [words.text() for words in found if words.isVisible()]


def press(page, qtbot, key=KEY.Key_L):
    qtbot.keyClick(page.table, key)


def test_what_is_linked_is_told_when_it_is_known(page):
    assert page.table.current() == 0
    out = "excluded at title and abstract"
    assert lines(page) == [
        f"a preprint of it  ·  2  ·  2018  ·  its full text: sought  ·  {TITLE}",
        f"a correction of it  ·  3  ·  2018  ·  {out}  ·  Erratum: {TITLE}",
    ]
    assert page.detail.linked.go.key == "L"


def test_where_nothing_is_linked_nothing_is_said(page):
    page.table.choose(2)
    assert not page.detail.linked.isVisible()


def test_the_key_goes_round(page, qtbot):
    press(page, qtbot)
    assert page.table.current() == 1
    assert titles(page) == [TITLE]
    press(page, qtbot)  # the erratum is not sought: it is shown in the place of the preprint
    assert page.table.current() == 1
    assert titles(page) == [
        "3, linked to 2: a correction of it  ·  excluded at title and abstract",
        f"Erratum: {TITLE}",
    ]
    press(page, qtbot)
    assert page.table.current() == 0
    assert titles(page) == [TITLE]


def test_nothing_is_said_of_a_record_that_is_not_sought(page, qtbot):
    press(page, qtbot)
    press(page, qtbot)
    assert not any(button.isEnabled() for button in page.deciding.buttons.values())
    before = page.session.project.counts()
    press(page, qtbot, KEY.Key_R)
    assert page.session.project.counts() == before
    press(page, qtbot, KEY.Key_Escape)
    assert titles(page) == [TITLE]
    press(page, qtbot, KEY.Key_R)
    assert page.session.project.counts() != before


def test_the_key_finds_a_report_that_is_filtered_out(page, qtbot):
    page.table.choose(1)
    press(page, qtbot, KEY.Key_R)
    qtbot.waitUntil(lambda: not page.stale)
    page.which.choose("retrieved")
    page._on_filter()
    assert [report.unit.number for report in page._shown] == [2]
    press(page, qtbot)  # the erratum
    press(page, qtbot)
    assert page.chosen().unit.number == 1
    assert page.which.current() == "all"


def test_where_it_stands_follows_what_is_stored(page, qtbot):
    page.table.choose(1)
    press(page, qtbot, KEY.Key_R)
    page.table.choose(0)
    assert "its full text: retrieved" in lines(page)[0]


def test_without_links_the_key_does_nothing(page, qtbot):
    page.table.choose(2)
    press(page, qtbot)
    assert (page.table.current(), titles(page)) == (2, ["Tidal mills of the southern coast"])


def test_many_are_counted(page, qtbot):
    found = page.session.project.fulltext.linked.of(page.chosen().unit.id)
    view = LinkedLines(page.session.keys)
    qtbot.addWidget(view)
    view.show_linked(found * 3)
    assert sum(not words.isHidden() for words in view.lines) == 4
    assert (view.more.text(), view.more.isHidden()) == ("and 2 more", False)
    view.show_linked(found)
    assert view.more.isHidden()
