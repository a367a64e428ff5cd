from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from screener.duplicates.found import Link, Linked
from ui.duplicates.groups import LINK_WORDS, Mode, linked_side

KEY = Qt.Key
PREPRINT = (
    "TY  - {kind}\nTI  - Voices of peers in a village clinic\nAU  - Okafor, Ngozi\n"
    "AU  - Brandt, Sofia\nPY  - 2016\nJO  - {journal}\nVL  - {volume}\nSP  - {page}\nER  - \n\n"
)


@pytest.fixture
def linked(session, page, qtbot, tmp_path):
    """The page among linked reports: a preprint and its report."""
    path = tmp_path / "more.ris"
    path.write_text(
        PREPRINT.format(kind="JOUR", journal="medRxiv", volume="", page="")
        + PREPRINT.format(kind="JOUR", journal="Fictional Journal of Care", volume=8, page=77),
        encoding="utf-8",
    )
    session.project.sources.import_file(path, source="CINAHL")
    page.find_duplicates()
    qtbot.waitUntil(lambda: not session.running)
    page.show_at("linked")
    return page


def test_linked_reports_are_listed(linked):
    assert linked.linked.isVisible()
    assert linked.linked.hasFocus()
    model = linked.linked.model()
    texts = [model.data(model.index(0, column)) for column in range(3)]
    assert texts == ["Voices of peers in a village clinic", "A preprint and its report", "8, 9"]


def test_enter_opens_both_side_by_side_and_nothing_can_be_answered(linked, session, qtbot):
    before = session.project.counts()
    qtbot.keyClick(linked.linked, KEY.Key_Return)
    assert [column.number for column in linked.group.side.columns] == [8, 9]
    assert linked.group.sides.hasFocus()
    assert not linked.group.answers.isVisible()
    for key in (KEY.Key_S, KEY.Key_D, KEY.Key_A, KEY.Key_B, KEY.Key_P, KEY.Key_L, KEY.Key_Return):
        qtbot.keyClick(linked.group.sides, key)
    assert session.project.counts() == before
    qtbot.keyClick(linked.group.sides, KEY.Key_Escape)
    assert linked.linked.hasFocus()
    qtbot.keyClick(linked.linked, KEY.Key_Escape)
    assert linked._mode is Mode.ASK


@pytest.mark.parametrize("kind", list(Link))
def test_every_kind_has_words(session, kind):
    uids = tuple(record.id for record in session.project.sources.records())[:2]
    found = Linked(kind=kind, records=uids)
    assert len(LINK_WORDS[kind]) > 20
    assert linked_side(session.project, found).uids == uids


def test_a_report_that_was_found_several_times_is_linked_once(linked, session, qtbot, tmp_path):
    again = tmp_path / "again.ris"
    again.write_text(
        PREPRINT.format(kind="JOUR", journal="Fictional Journal of Care", volume=8, page=77),
        encoding="utf-8",
    )
    session.project.sources.import_file(again, source="PsycINFO")
    linked.find_duplicates()
    qtbot.waitUntil(lambda: not session.running)
    assert len(linked._lists.found.linked) > 1
    linked.show_at("linked")
    assert linked.linked.model().rowCount() == 1
