"""The reading side of the page: list, record, note, reasons, buttons, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from screener.model.words import byline, counted
from screener.screening.notes import where_found
from ui.screening import wording
from ui.screening.decisions import DecisionRow
from ui.screening.details import DetailsView, Linked, Section, linked_sections, sections
from ui.screening.labels import LabelArea
from ui.screening.model import Asking, ScreeningModel
from ui.screening.note import NoteArea
from ui.screening.queue_list import QueueList
from ui.screening.same_report import SameReport
from ui.screening.sheet import Highlights, Sheet
from ui.widgets import tokens
from ui.widgets.criteria import ReasonLines
from ui.widgets.keycap import key_words
from ui.widgets.record import RecordText, RecordView
from ui.widgets.scroll import FittingScroll
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Hairline, Row, Words, stacked

_LOW = 440
"""Pages lower than this show the reasons only when one is asked for, and less around things."""


class Reading(QWidget):
    """Shows the record of a model and everything under it; never changes anything itself."""

    def __init__(self, model: ScreeningModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._folded = False
        self._byline = True
        self._highlights = Highlights()
        self._keys = model.session.keys
        self.record = RecordView()
        self.details = DetailsView()
        self._linked = Linked(self._model, self)
        self.list = QueueList(self._model)
        self.note = NoteArea()
        self.labels = LabelArea()
        self.question = Words(step="small", colour="quiet", wrap=True)
        self.reasons = ReasonLines()
        self._asked = FittingScroll(Column(gap=12).add(self.question, self.reasons).boxed())
        self.decisions = DecisionRow()
        self.same = SameReport(self._model)
        self._list_line = Hairline()
        self._stack = stacked(self.record, self.details)
        self.upper = Row(gap=0).add((self._stack, 1))
        """The record, and the criteria beside it where the whole page is too narrow for them."""
        self._below = QWidget()
        self._own = FittingScroll(Column(gap=12).add(self.note, self.labels).boxed())
        self.show_list(shown=False)
        self._below_column = Column(self._below, gap=12).add(
            self._own, self._asked, self.decisions, self.same
        )
        self._inner = Column().add((self.upper, 1), self._below)
        Column(self, gap=0).add(self.list, self._list_line, (self._inner, 1))
        self._below.installEventFilter(self)
        self.record.column_moved.connect(self._align)
        self._linked.found.connect(self._on_linked)
        follow(self, self._align)

    # --- what is shown ---------------------------------------------------------------------------

    def set_folded(self, *, folded: bool) -> None:
        """Show the reasons over the buttons while the criteria are folded."""
        self._folded = folded
        self._show_question()

    def set_reasons(self) -> None:
        """Take the reasons of the protocol in force."""
        self.reasons.set_reasons(self._model.protocol.reasons)

    def show_sheet(self) -> None:
        """Show the record of the model from its top."""
        sheet = self._model.sheet
        if sheet is None:
            return
        self.close_same()
        self.show_the_record()
        self._highlights = sheet.highlights
        self._show_record(sheet)
        self._show_note(sheet)
        self.labels.show_labels(sheet.unit.id, sheet.labels)
        self.show_judged()
        if not self.list.isHidden():
            self.list.show_place()

    def _show_record(self, sheet: Sheet) -> None:
        self.record.show_record(
            self._text(sheet), title=sheet.highlights.title, abstract=sheet.highlights.abstract
        )
        search = self._model.search
        self.record.set_found(
            title=where_found(sheet.fields.title, search),
            abstract=where_found(sheet.fields.abstract, search),
        )

    def _text(self, sheet: Sheet) -> RecordText:
        return RecordText(
            title=sheet.unit.title,
            byline=byline(sheet.fields) if self._byline else (self._hidden(),),
            quiet=tuple(self._quiet_lines(sheet)),
            abstract=sheet.fields.abstract,
            keywords=sheet.fields.keywords,
            no_abstract=self._no_abstract(sheet),
        )

    def _hidden(self) -> str:
        """Return what stands where authors, journal and year are hidden: one key does it."""
        key = key_words(self._keys.first("byline"))
        return wording.HIDDEN + (f" {key} shows them." if key else "")

    def _no_abstract(self, sheet: Sheet) -> str:
        proposed = any(one.field == "abstract" for one in sheet.corrections)
        key = "" if proposed else self._key_to_propose()
        return f"{wording.NO_ABSTRACT} {key} proposes one." if key else wording.NO_ABSTRACT

    def _key_to_propose(self) -> str:
        can = self._model.session.project.writable
        return key_words(self._keys.first("propose")) if can else ""

    def _quiet_lines(self, sheet: Sheet) -> Iterator[str]:
        if sheet.remark:
            yield sheet.remark
        if sheet.proposed is not None:
            key = self._keys.first("duplicate") if self._model.can_decide else ""
            yield wording.proposal(sheet.proposed, key_words(key))
        if sheet.corrections:
            yield wording.corrections(sheet.corrections, self._key_to_propose())
        yield from self._linked.lines(key_words(self._keys.first("linked-record")))

    def show_judged(self) -> None:
        """Show what changed about the record on the screen."""
        self.decisions.show_model(self._model)
        self._show_question()

    def show_note(self) -> None:
        """Show note and labels as they are kept, unless they are being written."""
        sheet = self._model.sheet
        if sheet is not None:
            self.note.set_saved(sheet.unit.id, saved=sheet.unit.id not in self._model.unsaved)
            if not self.note.open:
                self._show_note(sheet)
            if not self.labels.open:
                self.labels.show_labels(sheet.unit.id, sheet.labels)

    def _show_note(self, sheet: Sheet) -> None:
        unit = sheet.unit.id
        self.note.show_note(unit, self._model.note, saved=unit not in self._model.unsaved)

    def show_highlights(self) -> None:
        """Take the highlights of the record on the screen again."""
        sheet = self._model.sheet
        if sheet is not None and sheet.highlights is not self._highlights:
            found = self._highlights = sheet.highlights
            self.record.set_highlights(title=found.title, abstract=found.abstract)

    def _show_question(self) -> None:
        words = self._question_words()
        self.question.setText(words)
        asking = self._model.asking is Asking.REASON
        self.question.set_look(colour="text" if asking else "quiet")
        open_, low = self.same.open, self._low()
        self.decisions.setVisible(not open_ and not (asking and low))
        self._own.setVisible(not (open_ and low))
        self.question.setVisible(bool(words) and not open_)
        folded = self._folded and not low and self._model.can_decide
        self.reasons.setVisible((asking or folded) and not open_)
        self._asked.setHidden(self.question.isHidden() and self.reasons.isHidden())

    def _question_words(self) -> str:
        model, sheet = self._model, self._model.sheet
        if self.detailed:
            return "Esc goes back to the record."
        if model.asking is Asking.REASON:
            note, again = (key_words(self._keys.first(a)) for a in ("note", "exclude"))
            return (
                f"Exclude for which reason? Press its number; for another write it as the note "
                f"({note}), then press {again} and 0. Nothing is saved yet; Esc goes back."
            )
        if model.several:
            return (
                f"{counted(len(model.several), 'record is', 'records are')} chosen. A decision is "
                "asked about once and made on all of them; Esc lets them go."
            )
        if sheet is None or sheet.decision is None:
            return ""
        keys = ", ".join(self._keys.first(a) for a in ("include", "maybe", "exclude"))
        return wording.own_decision(
            sheet.decision,
            model.protocol,
            rejudged=sheet.rejudged,
            keys=keys if model.can_decide else "",
        )

    def open_same(self) -> None:
        """Look for the other record of the same report, in place of the buttons."""
        self.note.close_field()
        self.same.open_panel()
        self._show_question()

    def close_same(self) -> None:
        """Put the buttons back, and the keyboard where it was before."""
        if self.same.open:
            here = QApplication.focusWidget()
            if here is not None and self.same.isAncestorOf(here):
                (self.record if self.list.isHidden() else self.list).setFocus()
            self.same.hide()
            self._show_question()

    def toggle_byline(self) -> None:
        """Hide or show authors, journal and year."""
        self._byline = not self._byline
        if self._model.sheet is not None:
            self.show_sheet()

    def show_list(self, *, shown: bool) -> None:
        """Show or fold the list of the queue."""
        self.list.setVisible(shown)
        self._list_line.setVisible(shown)
        if shown:
            self._share_height()
            self.list.refresh()

    def show_details(self) -> None:
        """Show everything about the record in its place."""
        sheet = self._model.sheet
        if sheet is not None:
            self._show_instead(sections(self._model.session.project, sheet.unit))

    def show_linked(self) -> None:
        """Go to the next record linked to this one; one of another stage is shown in its place."""
        linked, sheet = self._linked.follow(), self._model.sheet
        if linked is None or sheet is None:
            self.show_the_record()
        else:
            project = self._model.session.project
            self._show_instead(linked_sections(project, sheet.unit, linked))

    def _show_instead(self, found: Iterator[Section]) -> None:
        self.details.show_sections(found)
        self._stack.setCurrentWidget(self.details)
        self._show_question()
        self.details.setFocus()

    def _on_linked(self) -> None:
        """Show the record again where it is, now that it is known what is linked to it."""
        sheet, bar = self._model.sheet, self.record.verticalScrollBar()
        if sheet is not None:
            place = bar.value()
            self._show_record(sheet)
            bar.setValue(place)

    @property
    def detailed(self) -> bool:
        """Whether the details are shown in place of the record."""
        return self._stack.currentWidget() is self.details

    def show_the_record(self) -> None:
        """Show the record in its place again."""
        self._linked.other = None
        if self.detailed:
            self._stack.setCurrentWidget(self.record)
            self._show_question()
            self.record.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard on the record, or on what is used in its place."""
        first: QWidget = self.details if self.detailed else self.record
        if not self.list.isHidden():
            first = self.list
        (self.same.field if self.same.open else first).setFocus()

    # --- where things stand ----------------------------------------------------------------------

    def _give_room(self) -> None:
        """Leave as much of a low page to the record as can be."""
        px, low = look_of(self).px, self._low()
        above, around = (8, 8) if low else (24, tokens.GAP_OUT)
        self._inner.setContentsMargins(px(tokens.MARGIN), px(above), px(16), px(around))
        self._inner.setSpacing(px(around))
        self.decisions.set_low(low=low)

    def _low(self) -> bool:
        return self.height() < look_of(self).px(_LOW)

    def _align(self) -> None:
        """Let everything below begin and end where the column of text does."""
        self._stack.setMinimumHeight(look_of(self).px(40))
        self._give_room()
        left, width = self.record.column()
        room = self._stack.width() if self.upper.count() == 1 else left + width
        self._below_column.setContentsMargins(left, 0, max(0, room - left - width), 0)

    def _share_height(self) -> None:
        """Let the list give way to the note and the buttons where the window is low."""
        if not self.list.isHidden():
            around = self._inner.contentsMargins()
            below = self._below.sizeHint().height() + self._stack.minimumHeight()
            gaps = around.top() + around.bottom() + self._inner.spacing()
            self.list.set_room(self.height() - below - gaps)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that what stands below the record wants another height."""
        if watched is self._below and event.type() is QEvent.Type.LayoutRequest:
            self._share_height()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask again what there is room for."""
        super().resizeEvent(event)
        self._align()
        self._share_height()
        self.same.set_room(self.height())
        self._show_question()
