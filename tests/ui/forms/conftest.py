"""The window on the forms of a project that has one, kept as version 1."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from screener import create_project
from screener.answers import toml
from tests.screener.conftest import Making
from tests.ui.person import Person as AtWindow

FORM = """
id = "what-was-done"
title = "What was done"
kind = "extraction"

[[lists]]
id = "arms"
title = "Arms"
row = "arm"

[[sections]]
id = "study"
title = "Study"

[[sections.fields]]
id = "design"
type = "choice"
label = "Design"
required = true
role = "design"
options = [{id = "rct", text = "Randomized"}, {id = "pre-post", text = "Pre-post"}]

[[sections.fields]]
id = "how"
type = "text"
label = "How they were randomized"
when = {field = "design", is = ["rct"]}

[[sections.fields]]
id = "enrolled"
type = "integer"
label = "Enrolled"

[[sections]]
id = "each-arm"
title = "Each arm"
per = "arms"

[[sections.fields]]
id = "dose"
type = "text"
label = "Dose"
"""


class Person(AtWindow):
    """The coordinator in the window on the forms."""

    @property
    def editor(self):
        return self.page.editor

    @property
    def form(self):
        """The draft."""
        return self.editor.draft.form

    def kept(self, id_="what-was-done"):
        return self.window.session.project.forms.step(id_).form

    def type(self, text):
        """Type in place of what stands there."""
        self.focus.selectAll()
        self.add(text)

    def add(self, text):
        super().type(text)

    def tab_to(self, name):
        """Go on with Tab until something whose name begins so has the keyboard."""
        self.to(name, begins=True)

    def mark(self, words):
        """Mark a line of the list with the arrow keys."""
        here = self.editor.outline if self.page.editing else self.page.overview.list
        here.setFocus()
        self.press(Qt.Key.Key_Home)
        for _ in range(here.rows.rowCount()):
            if here.current() >= 0 and here.rows.row(here.current()).words == words:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"no line {words}")

    def preview(self):
        """The labels and answers of the preview, once it has followed."""
        view = (self.editor if self.page.editing else self.page.overview).preview
        view.follow()
        return [
            block.question.words for block in view.view._blocks
            if hasattr(block, "question") and not block.isHidden()
        ]  # fmt: skip


@pytest.fixture
def project(tmp_path, request):
    """The path of the project; with True as its parameter the form is open for a study."""
    if getattr(request, "param", False):
        return Making.opened(tmp_path / "review", toml.parse(FORM), records=1)
    path = tmp_path / "project.screener"
    with create_project(path, title="Digital peer support") as review:
        review.forms.keep(toml.parse(FORM))
    return path


@pytest.fixture
def person(window, project, qtbot):
    """The coordinator at the page of forms."""
    return Person.at_page(window, qtbot, project, "forms", "Forms")
