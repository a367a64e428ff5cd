"""Report: the PRISMA 2020 flow diagram from live numbers, and the tables and plots of studies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.model import Changes, Unit
from screener.model.words import counted, short_names
from screener.report.diagram import diagram
from screener.report.report import Counted
from screener.report.saving import save
from ui.report.canvas import Canvas
from ui.report.outcomes import Outcomes
from ui.session import files
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, Page
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.record import RecordText, RecordView
from ui.widgets.rows import Field, RowsModel
from ui.widgets.scroll import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.tables import RowTable
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Words, stacked


class Behind(QWidget):
    """A list of records at the left, the chosen one at the right; Esc goes back."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model: RowsModel[Unit] = RowsModel(
            [
                Field(heading="Record", text=lambda unit: str(unit.number), right=True, width=72),
                Field(heading="Title", text=lambda unit: unit.title, strong=True),
                Field(heading="Year", text=lambda unit: str(unit.fields.year or ""), width=64),
                Field(
                    heading="Found in",
                    text=lambda unit: ", ".join(s.source for s in unit.sources),
                    width=160,
                    colour="quiet",
                ),
            ],
            self,
        )
        self.table = RowTable("Records behind the number", finds=True)
        self.table.setModel(self.model)
        self.record = RecordView()
        Row(self, gap=24, margins=(20, 8, 32, 0)).add((self.table, 3), (self.record, 2))
        self.table.row_changed.connect(self._on_row)

    def show_records(self, uids: Sequence[str]) -> None:
        """Show these records, each as the unit it belongs to."""
        self.model.set_keys(list(uids), self._fetch)
        if uids:
            self.table.choose(0)
            self._on_row(0)
        self.table.setFocus()

    def _fetch(self, uids: Sequence[str]) -> list[Unit]:
        units = self._session.project.units
        found = {u.id: u for u in units.load(dict.fromkeys(units.of_record(x) for x in uids))}
        return [found[units.of_record(uid)] for uid in uids]

    def _on_row(self, number: int) -> None:
        if not 0 <= number < self.model.rowCount():
            return
        unit = self.model.row(number)
        fields = unit.fields
        byline = (short_names(fields.authors, 6), fields.journal, str(fields.year or ""))
        self.record.show_record(
            RecordText(
                title=unit.title,
                byline=tuple(part for part in byline if part),
                abstract=fields.abstract,
                keywords=fields.keywords,
            )
        )


_DIAGRAMS = "SVG picture (*.svg);;PDF (*.pdf);;PNG picture (*.png);;Numbers for R (*.csv)"
_STAGES = ("title_abstract", "retrieval", "full_text")


class ReportPage(Page):
    """Draws the flow of the review; every number opens the records behind it."""

    id = "report"
    title = "Report"
    help = (
        "The PRISMA 2020 flow diagram with the numbers as they stand; each number opens its "
        "records. It is a draft while something is pending. Save the diagram, export the records, "
        "or write the report: methods, results, tables and checklists. Beside it are the tables "
        "and plots of the studies, from what is agreed. The archive (File) is one zip with "
        "everything that was searched, decided and settled, readable without Screener."
    )
    takes_back = frozenset()
    where = Where.REPORT
    derives = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._counted: Counted | None = None
        self._studies = 0
        self.header = PageHeader("Report")
        self.save_button = ActionButton(
            "Save the diagram…", "save-diagram", session.keys, kind="filled", does=self.save_diagram
        )
        self.export_button = ActionButton("Export records…", "export", session.keys, kind="edge")
        self.export_button.chose.connect(session.wanted)
        self.report_button = ActionButton("Report…", "write-report", session.keys, kind="edge")
        self.report_button.chose.connect(session.wanted)
        self.save_other = ActionButton(
            "Save…", "save-diagram", session.keys, kind="filled", does=self.save_shown
        )
        self.views = Segmented(
            [("flow", "Flow diagram"), ("tables", "Tables and plots")], name="Report shows"
        )
        self.back_button = Button("Back", kind="quiet", key="Esc", does=self.show_diagram)
        self.show_open = Button("Show what is open", kind="link", does=self._on_show_open)
        self.remarks = Words("", step="small", colour="quiet", wrap=True)
        self.canvas = Canvas()
        self.behind = Behind(self.session)
        sheet = Column(gap=8, margins=(16, 0, 16, 16)).add(self.canvas, self.remarks, 1)
        self._scroll = ScrollArea(sheet.boxed())
        self._stack = stacked(self._scroll, self.behind)
        Column(self, gap=0).add(self.header, (self._stack, 1))
        follow(self, self._restyle)
        self.views.chosen.connect(self._on_view)
        self.canvas.opened.connect(self.show_behind)
        self.behind.left.connect(self.show_diagram)

    def _restyle(self) -> None:
        self.remarks.setContentsMargins(look_of(self).px(24), 0, 0, 0)

    @cached_property
    def outcomes(self) -> Outcomes:
        """The tables and plots, made when they are first asked for."""
        made = self.made(Outcomes(self.session), self._stack)
        made.chose.connect(self._dress)
        self.listen(made.list)
        return made

    @property
    def _on_tables(self) -> bool:
        return isinstance(self._stack.currentWidget(), Outcomes)

    # --- what others call ----------------------------------------------------------------------

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Count again and draw."""
        del changes
        report = self.session.project.report
        studies = self.session.project.studies
        done = self.session.attempt(lambda: (report.counted(), report.remarks(), studies.count()))
        if done is None:
            return
        self._counted, remarks, self._studies = done.value
        flow = self._counted.flow
        self.canvas.set_drawing(diagram(flow), self._counted.opens)
        self.remarks.show_text("\n".join((*flow.problems, *remarks)))
        if self._on_tables:
            self.outcomes.refresh()
            if not self._studies:
                self.show_diagram()
        self._dress()

    def focus_first(self) -> None:
        """Put the focus on the diagram, or on the list of tables and plots."""
        if self._on_tables:
            self.outcomes.focus_first()
        else:
            self.canvas.setFocus()

    def show_tables(self) -> None:
        """Show the tables and plots of the studies."""
        self.outcomes.refresh()
        self._stack.setCurrentWidget(self.outcomes)
        self._dress()
        self.focus_first()

    def save_shown(self) -> None:
        """Save the table or plot that is shown."""
        self.outcomes.save()

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
        proposed = self.session.project.path.with_name("flow.svg")
        path = files.ask_save(self, "Save the flow diagram", proposed, _DIAGRAMS)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save the diagram, or its numbers for R, to a file."""
        counted = self._counted
        if counted is not None:
            said = f"The flow diagram was saved as {path.name}."
            self.do(lambda: save(counted.flow, path), said)

    # --- slots ---------------------------------------------------------------------------------

    def _on_view(self, view: str) -> None:
        (self.show_tables if view == "tables" else self.show_diagram)()

    def _on_show_open(self) -> None:
        if self._counted is not None:
            records = self._counted.records
            self._show_list(tuple(uid for stage in _STAGES for uid in records("pending", stage)))

    def _show_list(self, uids: tuple[str, ...]) -> None:
        self._stack.setCurrentWidget(self.behind)
        self.behind.show_records(uids)
        self._dress()

    def _dress(self) -> None:
        found, listing = self._counted, self._stack.currentWidget() is self.behind
        self.views.choose("tables" if self._on_tables else "flow")
        views = (self.views,) if self._studies or self._on_tables else ()
        self.header.set_lead(() if listing else views)
        if self._on_tables:
            self.header.set_words(counted(self._studies, "included study", "included studies"))
            self.header.set_actions((self.save_other,))
            return
        draft = found is not None and found.flow.draft
        count = self.behind.model.rowCount()
        self.header.set_words(
            f"{_records(count)} behind the number" if listing else "draft" if draft else "complete"
        )
        some = found is not None and any(found.opens("pending", stage) for stage in _STAGES)
        opens = (self.show_open,) if some else ()
        whole = () if self.session.project.is_copy else (self.report_button,)
        always = (*whole, self.export_button, self.save_button)
        self.header.set_actions((self.back_button,) if listing else (*opens, *always))

    def handlers(self) -> Handlers:
        """Return what the keys of the page do."""
        if self._stack.currentWidget() is self.behind:
            return {"leave": self.show_diagram}
        if self._on_tables:
            several = self.outcomes.several
            return {
                "save-diagram": self.save_shown,
                "show-tables": self.show_diagram,
                **({"choose-form": self.outcomes.forms.open_menu} if several else {}),
                "leave": self._leave_tables,
            }
        tables: Handlers = {"show-tables": self.show_tables} if self._studies else {}
        return {"save-diagram": self.save_diagram, **tables}

    def _leave_tables(self) -> None:
        """Esc: from what is shown to the list, and from the list to the diagram."""
        if self.outcomes.list.hasFocus():
            self.show_diagram()
        else:
            self.outcomes.focus_first()


def _records(count: int) -> str:
    return counted(count, "record")
