"""What a study is read from, beside its form: the reports, and what was decided on them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Decision, Stage, Study
from screener.model.words import byline
from ui.widgets import tokens
from ui.widgets.chooser import Chooser
from ui.widgets.record import RecordText, RecordView
from ui.widgets.words import Column, Hairline, Surface, Words

_PERCENT = 92
_VERDICTS = {"include": "included it", "maybe": "were not sure of it", "exclude": "excluded it"}


class Beside(Surface):
    """The record of one report of a study, with the reviewer's own decision on its full text."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._project = project
        self.chooser = Chooser(name="Report")
        self.chooser.chosen.connect(self.show_report)
        self._only = Words(colour="quiet")
        self.record = RecordView()
        self.record.set_percent(_PERCENT)
        self._line = Hairline()
        self._decision = Words(step="small", colour="quiet", wrap=True)
        self._note = Words(step="small", colour="quiet", wrap=True)
        Column(self, gap=10, margins=(28, 16, tokens.MARGIN, 16)).add(
            (self.chooser, Qt.AlignmentFlag.AlignLeft),
            self._only,
            (self.record, 1),
            self._line,
            self._decision,
            self._note,
        )

    @property
    def report(self) -> str:
        """The unit of the report that is shown."""
        return self.chooser.current()

    def show_study(self, study: Study | None) -> None:
        """Show the primary report of a study."""
        reports = study.reports if study is not None else ()
        choices = []
        for unit in self._project.units.load(reports):
            primary = study is not None and unit.id == study.primary and len(reports) > 1
            words = f"Report {unit.number:,}" + (", primary" if primary else "")
            choices.append((str(unit.id), words))
        self.chooser.set_choices(choices)
        known = [id_ for id_, _ in choices]
        self.chooser.setVisible(len(choices) > 1)
        self._only.show_text(choices[0][1] if len(choices) == 1 else "")
        if study is not None and study.primary in known:
            self.chooser.choose(study.primary)
        self.show_report(self.chooser.current())

    def show_report(self, unit_id: str) -> None:
        """Show one report."""
        if not unit_id:
            self.record.show_record(RecordText())
            return
        unit = self._project.units.get(unit_id)
        fields = unit.fields
        self.record.show_record(
            RecordText(
                title=unit.title,
                byline=byline(fields),
                abstract=fields.abstract,
                keywords=fields.keywords,
            )
        )
        decision = self._project.screening.decisions.decision(unit_id, Stage.FULL_TEXT)
        self._decision.show_text(_said(decision))
        note = decision.note if decision is not None else ""
        self._note.show_text(f"Your note: {note}" if note else "")
        self._line.setVisible(bool(self._decision.text()))


def _said(decision: Decision | None) -> str:
    verdict = _VERDICTS.get(str(decision.verdict), "") if decision is not None else ""
    if decision is None or not verdict:
        return ""
    day = datetime.fromisoformat(decision.time)
    return f"You {verdict} at full text, {day.day} {day:%B}"
