"""What is shown turns no line around: names of files and people may hold signs that would."""

from PySide6.QtCore import Qt

from ui.widgets.button import Button
from ui.widgets.rows import Field, RowsModel
from ui.widgets.words import ElidedWords, Words

BAD = "review\u202e\u2066.pdf\u2028x"
GOOD = "review.pdf x"


def test_words_buttons_and_rows_show_no_sign_that_turns(qtbot):
    for made in (Words(BAD), ElidedWords(BAD), Button(BAD)):
        qtbot.addWidget(made)
        assert made.text() == GOOD
        made.setText(f"{BAD}!")
        assert made.text() == f"{GOOD}!"
    rows = RowsModel((Field(heading="", text=str),))
    rows.set_rows([BAD])
    assert rows.index(0, 0).data() == GOOD
    assert rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == GOOD


def test_words_of_several_lines_keep_their_lines(qtbot):
    words = Words("one\r\ntwo\u202e", wrap=True)
    qtbot.addWidget(words)
    assert words.text() == "one\ntwo"
