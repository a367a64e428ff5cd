"""The editor of a form: left its parts, in the middle what is said of one, right how it looks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from screener.answers import editing
from screener.answers.form import Form
from screener.model import UserError
from ui.forms import words
from ui.forms.controls import stops
from ui.forms.draft import WHOLE, Draft, Spot, spots
from ui.forms.field_panel import FieldPanel
from ui.forms.lines import Line, MarkedLines
from ui.forms.panels import FormPanel, ListPanel, Panel, SectionPanel
from ui.forms.preview import Preview
from ui.session.dispatch import Handlers
from ui.session.keys import ActionButton
from ui.session.session import Session
from ui.widgets.keycap import key_words
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import Sized, follow, look_of
from ui.widgets.words import Column, Hairline, Row, Surface, Words, stacked
from ui.widgets.wrapped import Wrapped

_OUTLINE, _ALONE = 264, 880
"""The width of the parts; where the page is narrower, the preview takes the middle's place."""
_ACTS = (
    ("Field", "add-field"),
    ("Section", "add-section"),
    ("List", "add-list"),
    ("Earlier", "part-earlier"),
    ("Later", "part-later"),
    ("Remove", "remove-part"),
    ("Preview", "form-preview"),
)


class EditorView(Surface):
    """Edits one form; what is typed is a draft until it is saved as a version."""

    asked = Signal(str)
    """The action of a button."""
    listens = Signal(object)
    """A field that has keys of its own, so that the page takes its keys first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self.draft: Draft | None = None
        self._previewed = False
        self.outline = MarkedLines("Parts of the form")
        self.panels: dict[str, Panel] = {
            "form": FormPanel(), "section": SectionPanel(), "field": FieldPanel(),
            "list": ListPanel(),
        }  # fmt: skip
        self.preview = Preview(session)
        self._stack = stacked(*(self._sheet(panel) for panel in self.panels.values()))
        self.why = QLineEdit(placeholderText="What changed, and why, in one sentence")
        self.why.setAccessibleName("What changed, and why")
        self.acts = {id_: ActionButton(text, id_, session.keys) for text, id_ in _ACTS}
        self._build()
        self.outline.marked.connect(self._on_marked)
        self.outline.opened.connect(self.focus_panel)
        for button in self.acts.values():
            button.chose.connect(self.asked)
        follow(self, self._fold)

    def _sheet(self, panel: Panel) -> QWidget:
        sheet = Surface("page")
        Row(sheet, gap=0, margins=(24, 20, 24, 24)).add((panel, 1))
        panel_column = Column(gap=0).add(sheet, 1).boxed()
        return ScrollArea(panel_column)

    def _build(self) -> None:
        self._why_row = (
            Row(gap=12, margins=(24, 10, 24, 0))
            .add(Words("Change", step="small", colour="quiet"), (self.why, 1))
            .boxed()
        )
        bar = Surface("page", lined=True)
        wrapped = Wrapped(gap=24)
        wrapped.set_widgets(list(self.acts.values()))
        Column(bar, gap=8).add(
            self._why_row,
            Row(gap=0, margins=(24, 8, 20, 8)).add((wrapped, 1)).boxed(),
        )
        left = Column(gap=0, margins=(0, 12, 0, 0)).add((self.outline, 1)).boxed()
        Sized(left, width=_OUTLINE)
        self._lines = (Hairline(vertical=True), Hairline(vertical=True))
        row = Row(gap=0).add(
            left, self._lines[0], (self._stack, 1), self._lines[1], (self.preview, 1)
        )
        Column(self, gap=0).add((row.boxed(), 1), bar)

    # --- what is edited --------------------------------------------------------------------------

    def begin(self, form: Form, kept: Form | None, taken: set[str], began: Form) -> None:
        """Edit a form; `began` is what it is compared with, to say whether anything changed."""
        self.draft = Draft(form, kept, taken)
        self.draft.begin(began)
        self.draft.changed.connect(self.show_draft)
        self.draft.edited.connect(lambda: self._session.say(""))
        self.why.clear()
        self._why_row.setVisible(kept is not None and self._opened(kept.id))
        self.show_draft()

    def _opened(self, form: str) -> bool:
        return bool(self._session.project.forms.step(form).subjects())

    @property
    def asks_why(self) -> bool:
        """Whether a change has to be explained: somebody may have answered the form already."""
        return not self._why_row.isHidden()

    @property
    def changed(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.draft is not None and (self.draft.different or bool(self.why.text().strip()))

    def show_draft(self) -> None:
        """Show the form as it is now."""
        draft = self.draft
        if draft is None:
            return
        self.outline.show_lines([self._line(spot) for spot in spots(draft.form)], draft.spot)
        panel = self.panels[draft.spot.part]
        self._stack.setCurrentIndex(list(self.panels).index(draft.spot.part))
        panel.show_draft(draft)
        part, kept = draft.spot.part, draft.fixed()
        remove = self.acts["remove-part"]
        gone = draft.question is not None and draft.question.retired
        word = ("Ask again" if gone else "Retire") if kept and part == "field" else "Remove"
        remove.setText(word)
        remove.setEnabled(part != "form" and (part == "field" or not kept))
        for id_ in ("part-earlier", "part-later"):
            self.acts[id_].setEnabled(part != "form")
        for one in (*stops(panel), self.why):
            if isinstance(one, _TYPED):
                self.listens.emit(one)
        here = editing.fields_of(draft.form, draft.spot.id) if part == "section" else ()
        field = draft.question or next(iter(here), None)
        self.preview.show_form(draft.form, field.id if field else "")

    def _line(self, spot: Spot) -> Line:
        assert self.draft is not None
        form, (part, id_) = self.draft.form, spot
        if part == "form":
            return _titled(spot, form.title, "The form, no title yet")
        if part == "section":
            section = next(one for one in form.sections if one.id == id_)
            return _titled(spot, section.title, "Section, no title yet")
        if part == "list":
            found = form.list_of(id_)
            title = found.title if found and found.title else "No title yet"
            return Line(key=spot, words=title, below="list")
        question = form.question(id_)
        assert question is not None
        below = words.field_below(question)
        return Line(
            key=spot, words=words.field_words(question), below=below, quiet=question.retired,
            deep=True,
        )  # fmt: skip

    def _order(self) -> list[QWidget]:
        """Return where Tab goes: the parts, what is said of the marked one, what can be done."""
        part = self.draft.spot.part if self.draft is not None else "form"
        every = [self.outline, *stops(self.panels[part]), self.why, *self.acts.values()]
        return [one for one in every if one.isVisible() and one.isEnabled()]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on in this order, which Qt does not know: options come and go."""
        order, focus = self._order(), self.window().focusWidget()
        place = order.index(focus) if focus in order else -1
        beside = place + (1 if forward else -1)
        if place < 0 or not 0 <= beside < len(order):
            return super().focusNextPrevChild(forward)
        reasons = Qt.FocusReason
        order[beside].setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
        self._keep_in_sight(order[beside])
        return True

    def _keep_in_sight(self, field: QWidget) -> None:
        """Scroll to what has the keyboard, as Qt does only where it moves the keyboard itself."""
        sheet = self._stack.currentWidget()
        if isinstance(sheet, ScrollArea) and sheet.isAncestorOf(field):
            inside = sheet.widget()
            if inside is not None and (lines := inside.layout()) is not None:
                lines.activate()  # the fields of a part that was just added
            sheet.ensureWidgetVisible(field)

    def last_in_order(self) -> QWidget:
        """Return what Tab comes to last."""
        return self.acts["form-preview"]

    def whole(self) -> Form:
        """Return the form as it can be kept; `UserError` says what is missing, and it is marked."""
        draft = self.draft
        assert draft is not None
        for (spot, _), (_, wrong) in draft.typed.items():
            draft.mark(spot)
            raise UserError(f"{wrong.rstrip('.')}; mend it, or leave it blank.")
        for part, id_, wrong in editing.lacks(draft.form):
            draft.mark(Spot(part, id_))
            self.focus_panel()
            raise UserError(wrong)
        editing.require_whole(draft.form)
        return draft.form

    # --- the keyboard ----------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Begin with the title of a new form, else with the parts."""
        if self.draft is not None and self.draft.kept is None and self.draft.spot == WHOLE:
            self.focus_panel()
        else:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_panel(self) -> None:
        """Go to what is said of the part that is marked."""
        if self.draft is not None:
            if self._stack.isHidden():
                self.toggle_preview()
            first = self.panels[self.draft.spot.part].first
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep_in_sight(first)

    @property
    def inside(self) -> bool:
        """Whether the keyboard is in what is said of a part, or in the preview."""
        return self.preview.has_keyboard or self._stack.isAncestorOf(self.window().focusWidget())

    def back(self) -> bool:
        """Go back to the parts from what is said of one; says whether the keyboard was there."""
        inside = self.inside
        if inside:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        return inside

    def _on_marked(self) -> None:
        spot = self.outline.key()
        if self.draft is not None and isinstance(spot, Spot):
            self.draft.mark(spot)

    # --- gestures --------------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Return what the keys do."""
        return {
            "add-field": self.add_field,
            "add-section": self.add_section,
            "add-list": self.add_list,
            "part-earlier": lambda: self.shift(-1),
            "part-later": lambda: self.shift(1),
            "remove-part": self.remove,
            "form-preview": self.toggle_preview,
            "undo": self.undo,
            "redo": self.redo,
        }

    def add_field(self) -> None:
        """Add a field below the marked one, to the marked section, or for the marked rows."""
        draft = self.draft
        if draft is None:
            return
        form, (part, id_) = draft.form, draft.spot
        question = draft.question
        section = question.section if question else id_ if part == "section" else ""
        if not section and form.sections and question is None:
            section = form.sections[-1].id
        after = id_ if question else ""

        def change(form: Form) -> tuple[Form, Spot]:
            of_rows = part == "list" and editing.with_field_of_rows(form, id_)
            new, at = of_rows or editing.with_field(form, section, after)
            return new, Spot("field", at)

        draft.do(change)
        if part == "list":
            self._session.remarked.emit(f"This field is asked for each {form.list_words(id_)}")
        self.focus_panel()

    def add_section(self) -> None:
        """Add a section below the one that is marked."""
        draft = self.draft
        if draft is None:
            return
        part, id_ = draft.spot
        here = draft.question.section if draft.question else id_ if part == "section" else None
        here = "" if part == "list" else here

        def change(form: Form) -> tuple[Form, Spot]:
            new, at = editing.with_section(form, here)
            return new, Spot("section", at)

        draft.do(change)
        self.focus_panel()

    def add_list(self) -> None:
        """Add a list of what a study has several of, below the one that is marked."""
        draft = self.draft
        if draft is None:
            return
        here = draft.spot.id if draft.spot.part == "list" else None

        def change(form: Form) -> tuple[Form, Spot]:
            new, at = editing.with_list(form, here)
            return new, Spot("list", at)

        draft.do(change)
        self.focus_panel()

    def shift(self, by: int) -> None:
        """Move what is marked earlier or later."""
        draft = self.draft
        if draft is not None and draft.spot != WHOLE:
            spot, kept = draft.spot, draft.kept
            wrong = draft.do(lambda form: (editing.moved(form, kept, spot.id, by), spot))
            if wrong:
                self._session.remarked.emit(wrong)

    def remove(self) -> None:
        """Remove what is marked; a field of an earlier version is retired, or asked again."""
        draft = self.draft
        if draft is None or not self.acts["remove-part"].isEnabled():
            return
        spot, kept = draft.spot, draft.kept
        if draft.question is not None and draft.fixed():
            draft.do(lambda form: (editing.retired(form, spot.id), spot))
            return
        order = spots(draft.form)
        before = order[max(0, order.index(spot) - 1)]
        wrong = draft.do(lambda form: (editing.without(form, kept, spot.id), before))
        if wrong:
            self._session.complain(wrong)
        else:
            key = key_words(self._session.keys.first("undo"))
            self._session.remarked.emit(f"Removed; {key} puts it back")

    def undo(self) -> None:
        """Undo the last act, or what is being typed."""
        self._go_back(redo=False)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._go_back(redo=True)

    def _go_back(self, *, redo: bool) -> None:
        focus = self.window().focusWidget()
        if focus is self.why or (self.preview.has_keyboard and isinstance(focus, _TYPED)):
            assert isinstance(focus, _TYPED)
            (focus.redo if redo else focus.undo)()
        elif self.draft is not None:
            (self.draft.redo if redo else self.draft.undo)()

    def toggle_preview(self) -> None:
        """Show the preview in place of the middle, or the middle again, where there is no room."""
        self._previewed = not self._previewed
        self._fold()
        if not self._stack.isHidden():
            self.focus_panel()

    def _fold(self) -> None:
        roomy = self.width() >= look_of(self).px(_ALONE)
        self.preview.setVisible(roomy or self._previewed)
        self._stack.setVisible(roomy or not self._previewed)
        self._lines[1].setVisible(roomy)
        self.acts["form-preview"].setVisible(not roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the preview where there is no room for it."""
        super().resizeEvent(event)
        self._fold()


def _titled(spot: Spot, title: str, none: str) -> Line:
    return Line(key=spot, words=title or none, step="strong", quiet=not title)


_TYPED = (QLineEdit, QPlainTextEdit)
