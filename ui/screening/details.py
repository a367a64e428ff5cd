"""Everything about a record: ids, sources, members of its group, the raw tags, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from screener import Project
from screener.fulltext.linked import LinkedReport
from screener.model import NO_TAGS, Fields, Record, Stage, Unit
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.session.linked import Links, linked_line, next_linked
from ui.widgets.record import show_document
from ui.widgets.theme import Look, follow, look_of

NAMES = {"doi": "DOI", "pmid": "PubMed id", "pmcid": "PMC id", "issn": "ISSN", "isbn": "ISBN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the lines below it, each a name and a value."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def sections(project: Project, unit: Unit) -> Iterator[Section]:
    """Give what is known of a unit: itself, then each of its records as its source gave it."""
    yield Section(
        heading=f"Record {unit.number}",
        lines=(
            ("Id", unit.id),
            ("Version", unit.version[:16]),
            ("Sources", ", ".join(dict.fromkeys(s.source for s in unit.sources))),
            ("Records", ", ".join(map(str, unit.members))),
        ),
    )
    names = {s.batch: s.source for s in unit.sources}
    without = False
    for uid in unit.records:
        record = project.sources.record(uid)
        source = names.get(record.batch, "")
        heading = f"Record {record.number}" + (f", {source}" if source else "")
        yield Section(heading=heading, lines=tuple(_values(record)))
        tags = project.sources.source_tags(uid)
        if tags is None:
            without = True
        elif tags:
            yield Section(heading=f"Tags of record {record.number}", lines=tags)
    if without:
        yield Section(heading="Tags", lines=(("", NO_TAGS),))


def _values(record: Record) -> Iterator[tuple[str, str]]:
    for field in fields(Fields):
        value = getattr(record.fields, field.name)
        if value and field.name != "abstract":
            words = "; ".join(value) if isinstance(value, tuple) else str(value)
            name = NAMES.get(field.name, field.name.replace("_", " ").capitalize())
            yield name, words + (" (corrected)" if field.name in record.corrected else "")


class DetailsView(QTextEdit):
    """Shows the sections to read and to copy; `left` says that the record is wanted again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            readOnly=True,
            tabChangesFocus=True,
            cursorWidth=0,
            textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard,
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sections: tuple[Section, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Everything about the record")
        follow(self, self._write)

    def show_sections(self, found: Iterator[Section]) -> None:
        """Show these sections from the top."""
        self._sections = tuple(found)
        self._write()

    def _write(self) -> None:
        look = look_of(self)
        document = QTextDocument()
        document.setDocumentMargin(0)
        cursor = QTextCursor(document)
        for place, section in enumerate(self._sections):
            _write_heading(cursor, section.heading, look, first=place == 0)
            _write_lines(cursor, section.lines, look)
        show_document(self, document)


def _format(look: Look, step: str, colour: str) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFont(look.font(step))
    found.setForeground(look.colour(colour))
    return found


def _write_heading(cursor: QTextCursor, words: str, look: Look, *, first: bool) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(0 if first else look.px(20))
    block.setBottomMargin(look.px(4))
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    cursor.insertText(words, _format(look, "strong", "text"))


def _write_lines(cursor: QTextCursor, lines: tuple[tuple[str, str], ...], look: Look) -> None:
    shown = [(name, value) for name, value in lines if value]
    if not shown:
        return
    table = QTextTableFormat()
    table.setBorder(0)
    table.setCellPadding(look.px(2))
    table.setColumnWidthConstraints(
        [
            QTextLength(QTextLength.Type.FixedLength, look.px(128)),
            QTextLength(QTextLength.Type.PercentageLength, 100),
        ]
    )
    made = cursor.insertTable(len(shown), 2, table)
    for row, (name, value) in enumerate(shown):
        made.cellAt(row, 0).firstCursorPosition().insertText(name, _format(look, "small", "quiet"))
        made.cellAt(row, 1).firstCursorPosition().insertText(value, _format(look, "small", "text"))
    cursor.movePosition(QTextCursor.MoveOperation.End)


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
