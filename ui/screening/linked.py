"""What is linked to the report on the screen, at full text: quiet lines, and the way there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.fulltext.linked import LinkedReport
from screener.model import Stage, Unit
from ui.screening import wording
from ui.screening.details import Section, sections
from ui.screening.model import ScreeningModel
from ui.session.linked import Links, linked_line, next_linked

_MOST = 3
"""Lines under the byline; the key goes to the others too."""
_LETTERS = 40
"""Of a title, which is mostly that of the record itself."""


class Linked(QObject):
    """Knows what is linked to the record of a model; at title and abstract nothing is.

    `found` says that it is known now; `other` is what is shown in place of the record.
    """

    found = Signal()

    def __init__(self, model: ScreeningModel, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self._links = Links(model.session, page) if model.stage is Stage.FULL_TEXT else None
        self.other: LinkedReport | None = None
        if self._links is not None:
            self._links.found.connect(self.found)

    def _here(self) -> list[LinkedReport]:
        sheet = self._model.sheet
        return self._links.of(sheet.unit.id) if self._links is not None and sheet else []

    def lines(self, key: str) -> Iterator[str]:
        """Give the quiet lines of the record on the screen; they are looked for when they must."""
        if self._links is not None:
            self._links.want()
        linked = self._here()
        for one in linked[:_MOST]:
            yield f"Linked: {linked_line(one, letters=_LETTERS)}"
        if linked:
            more = len(linked) - _MOST
            yield f"{key} goes there." + (f" {wording.number(more)} more." if more > 0 else "")

    def follow(self) -> LinkedReport | None:
        """Go to the next linked record of this stage, or give one that is not of this stage.

        None where the record itself is next, and where the page has gone there.
        """
        sheet, before = self._model.sheet, self.other
        self.other = None
        if sheet is None:
            return None
        shown = before.unit if before else sheet.unit
        following = next_linked(shown.number, sheet.unit.number, self._here())
        if following is not None and following.unit.id in self._model.line:
            self._model.go_to(following.unit.id)
            return None
        self.other = following
        return following


def linked_sections(project: Project, report: Unit, linked: LinkedReport) -> Iterator[Section]:
    """Give what a linked record is to a report, and everything about it."""
    unit = linked.unit
    yield Section(
        heading=f"Linked to record {wording.number(report.number)}: {linked.words}",
        lines=(("Where it stands", linked.standing), ("Abstract", unit.fields.abstract)),
    )
    yield from sections(project, unit)
