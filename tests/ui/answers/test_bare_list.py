"""A list that asks nothing of its rows: one column, under the title of the list."""

import pytest
from PySide6.QtCore import Qt

from screener.answers.form import Form, FormList, Section
from screener.model import Question
from tests.screener.conftest import Making

K = Qt.Key
FORM = Form(
    id="extraction",
    title="Costs and people",
    lists=(FormList(id="staff", title="Staff"),),
    sections=(Section(id="one", title="Costs"),),
    questions=(Question(id="country", words="Country", type="text", section="one"),),
)


@pytest.fixture
def copy(tmp_path, home):
    copy = tmp_path / "maya.screener"
    Making.opened(tmp_path, FORM, records=1, copy=copy)
    return copy


def test_it_has_one_column_and_its_title_and_nothing_to_the_side(person):
    person.to("The next row")
    (block,) = [one for one in person.page.view._blocks if hasattr(one, "grid")]
    assert block.headings == ["Staff"]
    assert [column for column, _, _ in block.grid.edges()] == [0]
    assert block.grid.hidden_columns() == 0
    assert block._more.isHidden()
    person.type("Nurse")
    person.press(K.Key_Return)
    assert [line[0].key for line in block.lines] == ["Nurse"]
