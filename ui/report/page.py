"""Report: the PRISMA 2020 flow diagram from live numbers, saving it, exporting records."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from screener.model import Changes, Progress
from screener.project import Project
from screener.report.diagram import diagram
from screener.report.report import Counted
from screener.report.saving import save
from ui.report.behind import Behind
from ui.report.canvas import Canvas
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.page import EVERYTHING, Page
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Words

_DIAGRAMS = "SVG picture (*.svg);;PDF (*.pdf);;PNG picture (*.png);;Numbers for R (*.csv)"
_STAGES = ("title_abstract", "retrieval", "full_text")
_EXPORTS = "CSV table (*.csv);;RIS (*.ris);;JSON (*.json)"


class ReportPage(Page):
    """Draws the flow of the review; every number opens the records behind it."""

    id = "report"
    title = "Report"
    where = Where.REPORT
    derives = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._counted: Counted | None = None
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.header = PageHeader("Report")
        self.save_button = Button("Save the diagram…", kind="filled")
        self.export_button = Button("Export records…")
        self.back_button = Button("Back", kind="quiet", key="Esc")
        self.show_open = Button("Show what is open", kind="link")
        self.remarks = Words("", step="small", colour="quiet", wrap=True)
        self.canvas = Canvas()
        self.behind = Behind(self.session)
        self._sheet = QWidget()
        self._scroll = ScrollArea()
        self._stack = QStackedWidget()

    def _lay_out(self) -> None:
        Column(self._sheet, gap=8, margins=(16, 0, 16, 16)).add(self.canvas, self.remarks, 1)
        self._scroll.setWidget(self._sheet)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.behind)
        Column(self, gap=0).add(self.header, (self._stack, 1))
        follow(self, self._restyle)

    def _connect(self) -> None:
        self.canvas.opened.connect(self.show_behind)
        self.behind.left.connect(self.show_diagram)
        self.back_button.clicked.connect(self.show_diagram)
        self.show_open.clicked.connect(self._on_show_open)
        self.save_button.clicked.connect(self.save_diagram)
        self.export_button.clicked.connect(self.export_records)
        self.take_keys()

    def _restyle(self) -> None:
        self.remarks.setContentsMargins(look_of(self).px(24), 0, 0, 0)

    def take_keys(self) -> None:
        """Show the keys that are in force now."""
        self.save_button.set_key(self.session.keys.first("save-diagram"))

    # --- what others call ----------------------------------------------------------------------

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Count again and draw."""
        del changes
        done = self.session.attempt(self.session.project.report.counted)
        if done is None:
            return
        self._counted = counted = done.value
        flow = counted.flow
        self.canvas.set_drawing(diagram(flow), counted.opens)
        self.remarks.setText("\n".join(flow.problems))
        self.remarks.setVisible(bool(flow.problems))
        self._dress()

    def rail_line(self) -> str:
        """Say in the rail whether it is a draft; nothing while it is not counted anew."""
        if self._counted is None or self.stale:
            return ""
        return "draft" if self._counted.flow.draft else "complete"

    def focus_first(self) -> None:
        """Put the focus on the diagram."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_behind(self, name: str, item: str = "") -> None:
        """Show the records behind a number of the flow."""
        if self._counted is not None:
            self._show_list(self._counted.records(name, item))

    def show_diagram(self) -> None:
        """Go back to the diagram."""
        self._stack.setCurrentWidget(self._scroll)
        self._dress()
        self.focus_first()

    def save_diagram(self) -> None:
        """Ask where and save the diagram; the ending chooses the format."""
        name, chosen = QFileDialog.getSaveFileName(
            self, "Save the flow diagram", self._suggested("flow.svg"), _DIAGRAMS
        )
        if name:
            self.save_to(_with_ending(Path(name), chosen))

    def save_to(self, path: Path) -> None:
        """Save the diagram, or its numbers for R, to a file."""
        counted = self._counted
        if counted is not None:
            said = f"The flow diagram was saved as {path.name}."
            self.do(lambda: save(counted.flow, path), said)

    def export_records(self) -> None:
        """Ask where and write all records with decisions in words."""
        name, chosen = QFileDialog.getSaveFileName(
            self, "Export the records", self._suggested("records.csv"), _EXPORTS
        )
        if name:
            self.export_to(_with_ending(Path(name), chosen))

    def export_to(self, path: Path) -> None:
        """Write all records with decisions in words to a file."""

        def work(project: Project, progress: Progress) -> int:
            return project.report.export(path, progress=progress)

        self.session.start(work, lambda count: self._on_exported(count, path.name))

    # --- slots ---------------------------------------------------------------------------------

    def _on_exported(self, count: int, name: str) -> None:
        self.session.say(f"{_records(count)} written to {name}.")

    def _on_show_open(self) -> None:
        if self._counted is not None:
            records = self._counted.records
            self._show_list(tuple(uid for stage in _STAGES for uid in records("pending", stage)))

    def _show_list(self, uids: tuple[str, ...]) -> None:
        self._stack.setCurrentWidget(self.behind)
        self.behind.show_records(uids)
        self._dress()

    def _dress(self) -> None:
        listing, counted = self._stack.currentWidget() is self.behind, self._counted
        draft = counted is not None and counted.flow.draft
        count = self.behind.model.rowCount()
        self.header.set_words(
            f"{_records(count)} behind the number" if listing else "draft" if draft else "complete"
        )
        some = counted is not None and any(counted.opens("pending", stage) for stage in _STAGES)
        opens = (self.show_open,) if some else ()
        always = (self.export_button, self.save_button)
        self.header.set_actions((self.back_button,) if listing else (*opens, *always))

    def _suggested(self, name: str) -> str:
        return str(self.session.project.path.with_name(name))

    def handlers(self) -> Handlers:
        """Return what the keys of the page do."""
        if self._stack.currentWidget() is self.behind:
            return {"leave": self.show_diagram}
        return {"save-diagram": self.save_diagram}


def _records(count: int) -> str:
    return f"{count:,} record" if count == 1 else f"{count:,} records"


def _with_ending(path: Path, chosen: str) -> Path:
    """Add the ending of the chosen kind of file when the name has none."""
    if path.suffix:
        return path
    return path.with_suffix(chosen.rpartition("*")[2].rstrip(")"))
