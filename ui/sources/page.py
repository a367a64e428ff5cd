"""Sources: the searches of the review, what each brought in, and bringing in more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        self._stack = stacked(
            self.empty, self.overview, self.importing, self.records, self.record, self.editing,
            self.by_hand, self.proposals,
        )  # fmt: skip
        Column(self, gap=0).add(self.header, self.ask, (self._stack, 1))
        self.empty.acted.connect(self.choose_files)
        self.empty.acted_second.connect(self.add_by_hand)
        detail = self.overview.detail
        for opened in (self.overview.table.opened, detail.records.clicked):
            opened.connect(self._on_records)
        detail.edit.clicked.connect(self._on_edit)
        detail.take_back.clicked.connect(self._on_take_back)
        detail.put_back.clicked.connect(self._on_put_back)
        self.records.opened.connect(self._on_record)
        self.record.left.connect(self._on_record_left)
        self.by_hand.written.connect(self._on_written)
        for left in (
            self.importing.left, self.records.left, self.editing.left, self.by_hand.left,
            self.proposals.left,
        ):  # fmt: skip
            left.connect(self.show_searches)
        for dressed in (
            self.importing.dressed, self.records.dressed, self.record.dressed,
            self.proposals.dressed,
        ):  # fmt: skip
            dressed.connect(self._dress)
        self.dispatch.guard(self.proposals.take, self.proposals.leave)
        self.importing.went_back.connect(self._on_went_back)
        for button in (
            self.importing.cancel, self.importing.mapping.back, self.record.cancel,
            self.editing.cancel, self.by_hand.cancel, self.ask.no,
        ):  # fmt: skip
            button.clicked.connect(self.dispatch.leave)  # a click loses no more than Esc does
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
            "No records yet",
            _EMPTY,
            action="Import…",
            key=keys.first("import"),
            second="Add by hand…",
        )
        self.overview = Overview()
        self.importing = ImportView(self.session)
        self.records = RecordsView(self.session)
        self.record = RecordView(self.session)
        self.editing = EditView(self.session)
        self.by_hand = ByHandView(self.session)
        self.proposals = ProposalsView(self.session)

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
        if shown is self.record and not self.record.correcting:
            found["correct"] = self.record.begin_correction
        elif shown is self.overview:
            found["withdraw"] = self._on_take_back
            if self._proposed:
                found["proposals"] = self.show_proposals
        elif shown is self.proposals:
            found["take-proposal"] = self.proposals.take_it
            found["leave-proposal"] = self.proposals.leave_it
            found["leave"] = self.proposals.left.emit
        elif shown is self.records:
            found["search-records"] = self.focus_search
            found["leave"] = self.records.left.emit
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
        importing = self._stack.currentWidget() is self.importing
        return NOT_SAVED if importing and self.importing.is_begun else self.unsaved()

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
        elif current is self.records:
            self.records.reload()
        elif current is self.record:
            self.record.reload()
            self._corrected = True
        elif current is self.proposals:
            self.proposals.reload()
        self.take_busy()
        self._dress()

    def choose_files(self) -> None:
        """Ask for files and import them."""
        if self._may_import():
            near = self.session.project.path.parent
            self.import_files(
                files.ask_several(self, "Import the files of your searches", near, "")
            )

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
            self.take_busy()
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on what is shown."""
        view = self._stack.currentWidget()
        first = view or self
        if view is self.empty:
            first = self.empty.button
        elif view is self.overview:
            first = self.overview.table
        elif view is self.proposals:
            first = self.proposals.table
        elif view is self.records:
            first = self.records.list
        elif first.isAncestorOf(QApplication.focusWidget() or self):
            return
        first.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard on the search, where there is a list to search."""
        if self._stack.currentWidget() is self.records:
            self.records.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_at(self, batch: str) -> None:
        """Show the records of one import, also for a number of the report that is pressed."""
        found = self.overview.batch(batch)
        if found is not None and self._may_replace():
            self.ask.dismiss()
            self.records.show_batch(found)
            self._show(self.records)
            self.records.list.setFocus()

    def _can_import(self) -> bool:
        importing = self._stack.currentWidget() is self.importing
        return not importing and self.session.project.writable and not self.session.busy

    def _may_import(self) -> bool:
        return self._can_import() and self._may_replace()

    # --- views ----------------------------------------------------------------------------

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        self._dress()

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
        for view in (self.overview, self.record, self.editing, self.proposals):
            view.set_busy(busy)

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
