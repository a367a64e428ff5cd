"""The form as one column: its sections, quiet fields, and the one that is in focus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from screener.answers.sheet import Cell
from ui.answers.column import Fade, Heading, parts_of
from ui.answers.field import FieldBlock
from ui.answers.shown import ShownForm
from ui.answers.table import TableBlock
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import look_of
from ui.widgets.words import Column, clear

Block = FieldBlock | TableBlock
_BELOW = 64
"""So much of what follows the field in focus is in sight."""


class _Inside(QWidget):
    """What is scrolled; Tab goes from field to field in it."""

    def __init__(self, view: FormView) -> None:
        super().__init__()
        self._view = view

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next field, or the one before, and from the last one out of the form."""
        return self._view.step(forward=forward) or super().focusNextPrevChild(forward)


class FormView(ScrollArea):
    """Shows a form; the field that the keyboard leaves is saved.

    `listens` hands over what takes keys of its own, whenever a field comes into focus.
    """

    listens = Signal(object)

    def __init__(self, model: ShownForm, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = model
        self._inside = _Inside(self)
        self._column = Column(self._inside, gap=0, margins=(0, 0, 0, 24))
        self.setWidget(self._inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Answers")
        self._blocks: list[Block] = []
        self._headings: dict[str, Heading] = {}
        self._built = ""
        self.current: Block | None = None
        """The block in focus."""
        self._study = ""
        self._answered_before = False
        """Whether the field in focus is there because the one before was answered."""
        self._fade = Fade(self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_current)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._on_settled)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    # --- what is shown ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is saved; the form is built anew only for another version of it."""
        if self._built != self._model.form.name:
            self._build()
        sheet = self._model.sheet
        for block in self._blocks:
            block.setVisible(block.asked())
            block.show_saved()
        for id_, heading in self._headings.items():
            heading.show_progress(*sheet.progress(id_), self._rows_of(id_))
            heading.setVisible(any(b.section() == id_ and b.asked() for b in self._blocks))
        asked = self.current is not None and self.current.asked()
        if not (asked and self._model.can_answer):
            self.leave()
        self.setFocusPolicy(
            Qt.FocusPolicy.NoFocus if self._model.can_answer else Qt.FocusPolicy.StrongFocus
        )

    def _rows_of(self, section: str) -> str:
        """Return the words of the rows that every question of a section is asked for, or ""."""
        form, sheet = self._model.form, self._model.sheet
        lists = {q.list for q in form.questions if q.section == section and sheet.asks(q)}
        only = next(iter(lists)) if len(lists) == 1 else ()
        return " and ".join(one.row for id_ in only if (one := form.list_of(id_)) is not None)

    def show_study(self) -> None:
        """Show another study from its first question that is to be answered."""
        self.leave()
        self.refresh()
        self.verticalScrollBar().setValue(0)
        if self._model.can_answer:
            open_ = self._model.open_cells()
            self.go_to(open_[0]) if open_ else self.open(next(self._shown(), None))

    def _build(self) -> None:
        self.leave()
        clear(self._column)
        self._headings = {}
        self._blocks = []
        form = self._model.form
        titles = {one.id: one.title for one in form.sections}
        section = None
        for lists, questions in parts_of(self._model):
            here = questions[0].section if questions else section or ""
            if here != section and here in titles:
                heading = self._headings[here] = Heading(titles[here], self._inside)
                self._column.addWidget(heading)
            section = here
            block: Block
            if lists:
                block = TableBlock(lists, questions, self._model, self._inside)
                self.listens.emit(block.editor)
                for field in block.place.stops():
                    self.listens.emit(field)
            else:
                block = FieldBlock(questions[0], self._model, self._inside)
            block.opened.connect(self._on_opened)
            self._blocks.append(block)
            self._column.addWidget(block)
        self._column.addStretch(1)
        self._built = form.name

    def _shown(self) -> Iterator[Block]:
        for block in self._blocks:
            if block.asked() and (isinstance(block, FieldBlock) or block.can_enter()):
                yield block

    # --- the field in focus ----------------------------------------------------------------------

    def open(self, block: Block | None, *, at_end: bool = False) -> None:
        """Bring a block into focus; the one before is saved and quiet again."""
        if block is None or not self._model.can_answer:
            return
        if block is not self.current:
            self.leave()
            if not block.asked():
                return  # what was saved just now took it away
            self._enter(block, at_end=at_end)
        self.focus_current()
        self._soon.start()

    def look_at(self, question: str) -> None:
        """Show a field as it is answered, and leave the keyboard where it is."""
        self.leave()
        self._settle.start()
        for block in self._blocks:
            if isinstance(block, FieldBlock) and block.question.id == question and block.asked():
                self._enter(block, at_end=False)
            elif isinstance(block, TableBlock) and block.spot_of(question, "") is not None:
                self.ensureWidgetVisible(block)

    def _on_settled(self) -> None:
        """Be as high as what was built anew needs: Qt asked before its tables had their height."""
        self._column.invalidate()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        self._soon.start()

    def _enter(self, block: Block, *, at_end: bool) -> None:
        self.current, self._study = block, self._model.current
        self.touch()
        block.enter(at_end=at_end)
        if isinstance(block, FieldBlock) and block.open_field is not None:
            block.open_field.changed.connect(self.touch)
            block.open_field.answered.connect(self._on_answered)
            for widget in block.open_field.takes_keys():
                self.listens.emit(widget)
        self._soon.start()

    def go_to(self, cell: Cell) -> None:
        """Bring a question into focus, in a row or without."""
        id_, row = cell
        for block in self._blocks:
            if isinstance(block, FieldBlock) and block.question.id == id_:
                self.open(block)
            elif isinstance(block, TableBlock):
                block.show_saved()
                place = block.spot_of(id_, row)
                if place is not None:
                    block.point(place)
                    self.open(block)

    def go_to_question(self, id_: str) -> None:
        """Bring a question into focus; one that is asked for rows in the first cell of it."""
        cells = [cell for cell in self._cells() if cell[0] == id_]
        if cells:
            self.go_to(cells[0])
            return
        for block in self._blocks:  # there is no row yet
            if isinstance(block, TableBlock) and id_ in [one.id for one in block.questions]:
                self.open(block)

    def save(self) -> None:
        """Save what stands in the field in focus."""
        if self.current is not None:
            self._save(self.current)

    def _save(self, block: Block) -> None:
        """Save a block, unless another study is shown meanwhile than it was opened for.

        What is typed after the file was taken away is kept here, for the one that holds it now.
        """
        takes = self._model.can_answer or self._model.session.project.kept is not None
        if takes and self._study == self._model.current:
            block.save()

    def leave(self) -> None:
        """Save the field in focus and have none in focus."""
        block, self.current = self.current, None
        if block is not None:
            self._save(block)
            self._part(block)

    def leave_unsaved(self) -> None:
        """Have no field in focus; what stands in it was taken back, or is saved."""
        block, self.current = self.current, None
        if block is not None:
            self._part(block)

    def _part(self, block: Block) -> None:
        focus = self.window().focusWidget()
        if focus is not None and block.isAncestorOf(focus):
            self.window().setFocus()  # what is hidden hands the keyboard on, to anywhere
        block.leave()

    def focus_current(self) -> None:
        """Put the keyboard on the field in focus."""
        stops = self.current.stops() if self.current is not None else []
        if stops:
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(self.current, FieldBlock) and self.current.open_field is not None:
                self.current.open_field.select()
        elif not self._model.can_answer:
            self.setFocus()

    def touch(self) -> None:
        """Note that something was done in the field in focus: Tab leaves it."""
        self._answered_before = False

    def let_type(self) -> None:
        """Leave what stands in the field in focus as it is: what is typed is added to it."""
        focus = self.window().focusWidget()
        if isinstance(focus, QLineEdit):
            focus.deselect()
            focus.end(False)  # noqa: FBT003 - Qt's

    def remind(self, sentence: str) -> None:
        """Say beside the field in focus what is asked of it."""
        if self.current is not None:
            self.current.remind(sentence)
            self._soon.start()

    def stays(self) -> bool:
        """Save the field in focus; say whether what stands there is no answer.

        Its text is selected then: what is typed next is meant for it, and mends it.
        """
        block = self.current
        if not isinstance(block, FieldBlock) or block.open_field is None:
            return False
        given = block.open_field.given()
        self.save()
        if self.current is not block or not self._model.refusal(block.question, given):
            return False
        block.open_field.select()
        self._soon.start()
        return True

    def go_on(self, *, forward: bool = True) -> None:
        """Go to the next field, or the one before, and from the last one out of the form."""
        self._inside.focusNextPrevChild(forward)

    def step(self, *, forward: bool) -> bool:
        """Go one field on, or back; False at the end of the form.

        An answer of an instrument went on already: the Tab that follows it, as it follows an answer
        of any other form, does not go on once more.
        """
        block = self.current
        if block is None:
            return False
        if forward and self._answered_before:
            self.touch()
            return True
        stops, focus = block.stops(), self.window().focusWidget()
        place = stops.index(focus) if focus in stops else -1
        beside = place + (1 if forward else -1)
        if place >= 0 and 0 <= beside < len(stops):
            stops[beside].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if block.step(forward=forward):
            self._show_current()
            self._soon.start()
            return True
        self.save()
        blocks = list(self._shown())
        at = blocks.index(block) if block in blocks else -1
        at += 1 if forward else -1
        if at < 0 or at >= len(blocks):
            return False
        self.open(blocks[at], at_end=not forward)
        return True

    def step_section(self, *, forward: bool) -> None:
        """Go to the first field of the next section, or of this one or the one before."""
        self.save()
        blocks = list(self._shown())
        firsts = [
            b for n, b in enumerate(blocks) if not n or b.section() != blocks[n - 1].section()
        ]
        if self.current not in blocks:
            return
        at = blocks.index(self.current)
        places = [blocks.index(one) for one in firsts]
        beside = [p for p in places if p > at] if forward else [p for p in places if p < at][::-1]
        if beside:
            self.open(blocks[beside[0]])

    def go_to_open(self) -> bool:
        """Go to the next field that is to be answered, going round; says whether there is one."""
        self.save()
        cells, here = self._model.open_cells(), self.current.cell() if self.current else None
        if not cells:
            return False
        order = {cell: place for place, cell in enumerate(self._cells())}
        cells.sort(key=lambda cell: order.get(cell, len(order)))
        at = order.get(here, -1) if here is not None else -1
        self.go_to(next((cell for cell in cells if order.get(cell, -1) > at), cells[0]))
        return True

    def _cells(self) -> Iterator[Cell]:
        """Yield the questions of the form as Tab comes to them."""
        for block in self._blocks:
            yield from block.cells()

    def _show_current(self) -> None:
        """Scroll until the whole field and a little of what follows is in sight."""
        if self.current is None:
            return
        margin = look_of(self).px(_BELOW)
        top, height = self.current.y(), self.current.height()
        view, bar = self.viewport().height(), self.verticalScrollBar()
        if top + height + margin > bar.value() + view:
            bar.setValue(min(top + height + margin - view, top))
        if top < bar.value():
            bar.setValue(top)
        focus = self.window().focusWidget()
        if isinstance(focus, QLineEdit) and self.current.isAncestorOf(focus):
            self.ensureWidgetVisible(focus)  # a table may be higher than what is seen
        self._fade.place()

    def _on_answered(self) -> None:
        """Go on to the next item of an instrument that is open, once one was answered."""
        if not self._model.appraises or not isinstance(self.current, FieldBlock):
            return
        id_ = self.current.question.id
        self.save()
        order = [question.id for question in self._model.form.questions]
        missing = list(self._model.sheet.missing())
        later = [cell for cell in missing if order.index(cell[0]) > order.index(id_)]
        if missing and not self._model.wrong(id_):
            self.go_to((later or missing)[0])
            self._answered_before = True

    def _on_opened(self) -> None:
        block = self.sender()
        if isinstance(block, FieldBlock | TableBlock):
            self.open(block)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Save a field when the keyboard leaves it; one that it comes to is brought into sight."""
        block = self.current
        if block is None:
            return
        if before is None or not block.isAncestorOf(before):
            if now is not None and block.isAncestorOf(now):
                self._show_current()
            return
        if now is None or not block.isAncestorOf(now):
            self.save()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the fade at the lower edge, and the field in focus in sight."""
        super().resizeEvent(event)
        self._fade.place()
        self._soon.start()
