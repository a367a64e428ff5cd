"""Sources: the searches of the review, what each brought in, and bringing in more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from screener.model import Changes, Kind
from screener.model.words import counted
from screener.sources.parsed import Parsed
from ui.session import files
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, NOT_SAVED, Page
from ui.session.session import Session
from ui.sources import wording
from ui.sources.by_hand import ByHandView
from ui.sources.form import EditView
from ui.sources.importing import ImportView
from ui.sources.overview import Overview
from ui.sources.proposals import ProposalsView
from ui.sources.record import RecordView
from ui.sources.records import RecordsView
from ui.sources.view import AskBar, View
from ui.widgets.button import Button
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, stacked

_EMPTY = (
    "Bring the files that PubMed, Embase, Web of Science, CENTRAL, CINAHL or PsycINFO gave you. "
    "Drop them here, or choose them."
)


class SourcesPage(Page):
    """Shows the searches and their records, and brings in files."""

    id = "sources"
    title = "Sources"
    help = (
        "Each search is one import: the file a database gave, with its name, date and "
        "strategy. Files of many kinds are recognised by their content. A search can be taken "
        "back as long as nobody has decided on its records, and withdrawn with a reason after "
        "that. Corrections of records that reviewers propose are taken or left here."
    )
    where = Where.SOURCES
    takes_back = frozenset({Kind.RECORDS, Kind.PROPOSALS})
    reads = frozenset({Kind.RECORDS, Kind.PROPOSALS})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._asked = ""
        self._corrected = False  # a record, since its list was read
        self._proposed = 0
        self._build()
        self._stack = stacked(self.empty, self.overview)
        Column(self, gap=0).add(self.header, self.ask, (self._stack, 1))
        self.empty.acted.connect(self.choose_files)
        self.empty.acted_second.connect(self.add_by_hand)
        detail = self.overview.detail
        for opened in (self.overview.table.opened, detail.records.clicked):
            opened.connect(self._on_records)
        detail.edit.clicked.connect(self._on_edit)
        detail.take_back.clicked.connect(self._on_take_back)
        detail.put_back.clicked.connect(self._on_put_back)
        self.ask.no.clicked.connect(self.dispatch.leave_by_click)
        self.ask.answered.connect(self._on_why)
        self.ask.left.connect(self._on_asked_left)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.header = PageHeader("Sources")
        self.ask = AskBar()
        keys = self.session.keys
        self.import_button = ActionButton(
            "Import…", "import", keys, kind="filled", does=self.choose_files
        )
        self.proposed = ActionButton("", "proposals", keys, kind="link", does=self.show_proposals)
        self.by_hand_button = Button("Add by hand…", does=self.add_by_hand)
        self.empty = EmptyPage(
            "No records yet", _EMPTY, action="Import…", key=keys.first("import"),
            second="Add by hand…",
        )  # fmt: skip
        self.overview = Overview()

    # --- the other views, made when they are shown first ------------------------------------
    @cached_property
    def importing(self) -> ImportView:
        """What files hold, before and while it is stored."""
        view = ImportView(self.session)
        view.left.connect(self.show_searches)
        view.dressed.connect(self._dress)
        view.went_back.connect(self._on_went_back)
        for button in (view.cancel, view.mapping.back):
            button.clicked.connect(self.dispatch.leave_by_click)
        return self.made(view, self._stack)

    @cached_property
    def records(self) -> RecordsView:
        """The records of one import."""
        view = RecordsView(self.session)
        view.opened.connect(self._on_record)
        view.left.connect(self.show_searches)
        view.dressed.connect(self._dress)
        return self.made(view, self._stack)

    @cached_property
    def record(self) -> RecordView:
        """One record, read or corrected."""
        view = RecordView(self.session)
        view.left.connect(self._on_record_left)
        view.dressed.connect(self._dress)
        view.cancel.clicked.connect(self.dispatch.leave_by_click)
        return self.made(view, self._stack)

    @cached_property
    def editing(self) -> EditView:
        """What is said about one import."""
        view = EditView(self.session)
        view.left.connect(self.show_searches)
        view.cancel.clicked.connect(self.dispatch.leave_by_click)
        return self.made(view, self._stack)

    @cached_property
    def by_hand(self) -> ByHandView:
        """A record that is pasted or written."""
        view = ByHandView(self.session)
        view.written.connect(self._on_written)
        view.left.connect(self.show_searches)
        view.cancel.clicked.connect(self.dispatch.leave_by_click)
        return self.made(view, self._stack)

    @cached_property
    def proposals(self) -> ProposalsView:
        """The corrections that reviewers propose."""
        view = ProposalsView(self.session)
        view.left.connect(self.show_searches)
        view.dressed.connect(self._dress)
        self.dispatch.guard(view.take, view.leave)
        return self.made(view, self._stack)

    # --- what others call -----------------------------------------------------------------

    def take_keys(self) -> None:
        """Show the keys that are in force now."""
        self.empty.button.set_key(self.session.keys.first("import"))

    def handlers(self) -> Handlers:
        """Return what the keys of the page do."""
        shown = self._stack.currentWidget()
        found: dict[str, Callable[[], object]] = {
            "import": self.choose_files,
            "find": self.focus_search,
        }
        if isinstance(shown, RecordView) and not shown.correcting:
            found["correct"] = shown.begin_correction
        elif shown is self.overview:
            found["withdraw"] = self._on_take_back
            if self._proposed:
                found["proposals"] = self.show_proposals
        elif isinstance(shown, ProposalsView):
            found["take-proposal"] = shown.take_it
            found["leave-proposal"] = shown.leave_it
            found["leave"] = shown.left.emit
        elif isinstance(shown, RecordsView):
            found["search-records"] = self.focus_search
            found["leave"] = shown.left.emit
        if not self.ask.isHidden():
            found["leave"] = self.ask.dismiss
        elif isinstance(shown, View | RecordView):
            found["leave"] = shown.leave
        return found

    def unsaved(self) -> str:
        """Return a sentence about what was typed on the view that is shown, or ""."""
        shown = self._stack.currentWidget()
        typed = isinstance(shown, View | RecordView) and shown.unsaved()
        return NOT_SAVED if typed or self.ask.unsaved() else ""

    def kept_only_here(self) -> str:
        """Return a sentence about what closing the file would lose, or ""."""
        shown = self._stack.currentWidget()
        begins = isinstance(shown, ImportView) and shown.is_begun
        return NOT_SAVED if begins else self.unsaved()

    def _may_replace(self) -> bool:
        """Say whether another view may take the place of what is shown; it asks when not."""
        sentence = self.kept_only_here()
        if sentence:
            self.session.complain(sentence)
        return not sentence

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read the searches again."""
        del changes
        batches = sorted(self.session.project.sources.batches(), key=lambda b: b.imported)
        self.overview.set_batches(batches)
        self._words = wording.summed(batches)
        self._proposed = len(self.session.project.sources.proposals.open())
        current = self._stack.currentWidget()
        if current in (self.empty, self.overview):
            self._stack.setCurrentWidget(self.overview if batches else self.empty)
        elif isinstance(current, RecordsView | RecordView | ProposalsView):
            current.reload()
            self._corrected |= isinstance(current, RecordView)
        self.take_busy()
        self._dress()

    def choose_files(self) -> None:
        """Ask for files and import them."""
        if self._may_import():
            near, title = self.session.project.path.parent, "Import the files of your searches"
            self.import_files(files.ask_several(self, title, near, ""))

    def import_files(self, paths: Sequence[Path]) -> None:
        """Show what these files hold, one after the other, before anything is stored."""
        if paths and self._may_import():
            self.ask.dismiss()
            self._show(self.importing)
            self.importing.begin(paths)

    def add_by_hand(self) -> None:
        """Ask for a record to be pasted or written."""
        if self._may_import():
            self.ask.dismiss()
            self._show(self.by_hand)
            self.by_hand.begin()

    def show_searches(self) -> None:
        """Go back to the table of searches."""
        self._show(self.overview if self.overview.batches else self.empty)
        self.focus_first()

    def show_proposals(self) -> None:
        """Show the corrections that reviewers propose."""
        if self._may_replace():
            self.ask.dismiss()
            self.proposals.reload()
            self._show(self.proposals)
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on what is shown."""
        view = self._stack.currentWidget()
        first = view or self
        if view is self.empty:
            first = self.empty.button
        elif view is self.overview:
            first = self.overview.table
        elif isinstance(view, ProposalsView):
            first = view.table
        elif isinstance(view, RecordsView):
            first = view.list
        elif first.isAncestorOf(QApplication.focusWidget() or self):
            return
        first.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard on the search, where there is a list to search."""
        shown = self._stack.currentWidget()
        if isinstance(shown, RecordsView):
            shown.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_at(self, batch: str) -> None:
        """Show the records of one import, also for a number of the report that is pressed."""
        found = self.overview.batch(batch)
        if found is not None and self._may_replace():
            self.ask.dismiss()
            self.records.show_batch(found)
            self._show(self.records)
            self.records.list.setFocus()

    def _can_import(self) -> bool:
        shown = self._stack.currentWidget()
        return self.can_act and not (isinstance(shown, ImportView) and shown.is_busy)

    def _may_import(self) -> bool:
        return self._can_import() and self._may_replace()

    # --- views ----------------------------------------------------------------------------

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        self.take_busy()
        self._dress()
        self.dressed.emit()

    def _dress(self) -> None:
        view = self._stack.currentWidget()
        if view in (self.empty, self.overview):
            shown = view is self.overview
            self.proposed.setText(counted(self._proposed, "proposed correction"))
            proposed = (self.proposed,) if self._proposed else ()
            actions = (*proposed, self.by_hand_button, self.import_button) if shown else ()
            self.header.dress("Sources", self._words if shown else "", actions=actions)
        elif isinstance(
            view, ImportView | RecordsView | RecordView | EditView | ByHandView | ProposalsView
        ):
            view.dress(self.header)

    # --- slots ----------------------------------------------------------------------------

    def take_busy(self) -> None:
        """Let nothing be changed while something is written."""
        busy = self.session.busy or not self.session.project.writable
        for button in (
            self.import_button, self.by_hand_button, self.empty.button, self.empty.second,
            self.ask.yes,
        ):  # fmt: skip
            button.setEnabled(not busy)
        shown = self._stack.currentWidget()
        if isinstance(shown, Overview | RecordView | EditView | ProposalsView):
            shown.set_busy(busy)

    def _on_records(self) -> None:
        chosen = self.overview.chosen()
        if chosen is not None:
            self.show_at(chosen.id)

    def _on_edit(self) -> None:
        found = self.overview.chosen()
        if found is not None:
            self._show(self.editing)
            self.editing.show_batch(found)
            self._dress()

    def _on_take_back(self) -> None:
        found = self.overview.chosen()
        if found is None or found.withdrawn or self.session.busy:
            return
        self._asked = found.id
        records = counted(found.parsed, "record")
        self.ask.ask(
            f"Take the import from {found.search.source} ({records}) out of the review?",
            "Take it back", "why; the report names it",
        )  # fmt: skip

    def _on_why(self, why: str) -> None:
        project, batch = self.session.project, self._asked
        if self.do(lambda: project.sources.withdraw(batch, why)):
            self.ask.dismiss()
            self._say(batch, "Taken back: the import from")

    def _on_put_back(self) -> None:
        project, found = self.session.project, self.overview.chosen()
        if found is not None and self.do(lambda: project.sources.put_back(found.id)):
            self._say(found.id, "Put back: the import from")

    def _say(self, batch: str, words: str) -> None:
        found = self.overview.batch(batch)
        if found is not None:
            self.session.say(f"{words} {found.search.source}", can_take_back=True)

    def _on_asked_left(self) -> None:
        if self._stack.currentWidget() is self.overview:
            self.overview.table.setFocus()

    def _on_record(self, id_: str) -> None:
        self.record.show_record(id_)
        self._show(self.record)

    def _on_record_left(self) -> None:
        self._show(self.records)
        self.records.list.setFocus()
        if self._corrected:
            self._corrected = False
            self.records.reload()

    def _on_went_back(self) -> None:
        self._show(self.by_hand)
        self.by_hand.form.fields["title"].setFocus()

    def _on_written(self, parsed: Parsed) -> None:
        self._show(self.importing)
        self.importing.begin_parsed(parsed)

    # --- Qt -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged here."""
        if _paths(event.mimeData()) and self._can_import():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files that are dropped."""
        event.acceptProposedAction()
        self.import_files(_paths(event.mimeData()))


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
