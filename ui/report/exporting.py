"""What is exported: which records, by which stage, in which format; and where it is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model import Progress, Stage, UserError
from screener.model.words import counted
from screener.project import Project
from screener.report.listing import WHATEVER_THE_STAGE, Which
from ui.session import files
from ui.session.session import AT_ONCE, Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.fields import ChoiceField
from ui.widgets.words import Row, Words

FORMATS = {
    ".csv": "CSV table",
    ".xlsx": "Excel workbook, with the codebook",
    ".ris": "RIS",
    ".bib": "BibTeX",
    ".xml": "EndNote XML",
    ".csl.json": "CSL-JSON",
    ".json": "JSON",
}
"""The ending of a file for each format, and its words."""
_WHICH = {
    Which.ALL: "All records",
    Which.INCLUDED: "Included",
    Which.EXCLUDED: "Excluded",
    Which.PENDING: "Without an outcome yet",
    Which.TO_SETTLE: "To settle at the meeting",
    Which.REMOVED: "Removed before screening",
}
_NAMES = {Which.ALL: "records", Which.REMOVED: "removed"}
"""What a file is called that holds the same at every stage."""
_OWN = _WHICH | {Which.PENDING: "Not decided yet"}
"""What a reviewer's copy offers, by its own decisions."""


class ExportCard(Card):
    """Asks what is exported and then where to; the codebook can be had alone."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("Export records", window, width=640)
        self._session = session
        opened = [stage for stage in Stage if session.project.screening.opened(stage)]
        self._build(opened or [Stage.TITLE_ABSTRACT])
        self.which.changed.connect(self._on_chosen)
        self.stage.changed.connect(self._on_chosen)
        self._on_chosen()

    def _build(self, opened: list[Stage]) -> None:
        mine = self._session.project.is_copy
        words = _OWN if mine else _WHICH
        offered = [(str(w), words[w]) for w in Which if not (mine and w is Which.TO_SETTLE)]
        stages = [(str(stage), stage.words) for stage in opened]
        self.which = ChoiceField("Records", offered)
        self.stage = ChoiceField("At the stage", stages, chosen=str(opened[-1]))
        if len(stages) < 2:
            self.stage.hide()
        self.format = ChoiceField("Format", list(FORMATS.items()))
        self.act = Button("Choose where…", kind="filled", key="Enter", does=self.ask)
        self.codebook = Button("The codebook alone…", kind="link", does=self.ask_codebook)
        about = (
            "Each record with its fields, who found it, and what was decided on it in words, at "
            "every stage. The codebook says what each column means."
        )
        fields = Row(gap=16).add((self.which, 1), (self.stage, 1))
        self.body.add(Words(about, step="note", wrap=True), fields, self.format, self.said)
        self.foot.add(self.codebook, 1, self.act)

    def focus_first(self) -> None:
        """Begin with what is exported."""
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[Which, Stage]:
        """Return which records are chosen, and by which stage."""
        return Which(self.which.choice()), Stage(self.stage.choice())

    def _on_chosen(self) -> None:
        """Say how many they are; of a large review that is known when they are written."""
        which, stage = self.chosen()
        project = self._session.project
        self.stage.setEnabled(which not in WHATEVER_THE_STAGE)
        self.act.setEnabled(True)
        self.say("", "quiet")
        if project.units.count() > AT_ONCE or self._session.busy:
            return
        try:
            count = project.report.exports().count(which, stage)
        except UserError as error:
            self.refuse(error)
            self.act.setEnabled(False)
        else:
            self.say(f"{counted(count, 'record')}.", "quiet")

    def ask(self) -> None:
        """Ask where the records go, and write them."""
        if not self.act.isEnabled():
            return
        which, stage = self.chosen()
        ending = self.format.choice()
        what = _NAMES.get(which, f"{which}-{stage}")
        path = self._ask_place(f"{what}{ending}", f"{FORMATS[ending]} (*{ending})")
        if path is not None:
            export_to(self._session, path, which, stage)

    def ask_codebook(self) -> None:
        """Ask where the codebook goes, and write it."""
        path = self._ask_place("codebook.csv", "CSV table (*.csv)")
        if path is not None:
            self._session.start(
                lambda project, _: project.report.save_codebook(path),
                lambda _: self._session.say(f"The codebook was written to {path}."),
                writes=False,
            )

    def _ask_place(self, name: str, kind: str) -> Path | None:
        """Ask for a file beside the project, or where the person was last; then go away."""
        project = self._session.project.path
        path = files.ask_save(self, "Export", project.with_name(f"{project.stem}-{name}"), kind)
        if path is not None:
            self.close_card()
        return path

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter from every field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.ask()
            event.accept()
        else:
            super().keyPressEvent(event)


def export_to(
    session: Session,
    path: Path,
    which: Which = Which.ALL,
    stage: Stage = Stage.TITLE_ABSTRACT,
) -> None:
    """Write records with the worker, which can be stopped; say how many, and where they are."""

    def work(project: Project, progress: Progress) -> int:
        return project.report.export(path, which=which, stage=stage, progress=progress)

    session.start(work, partial(_say_written, session, path), writes=False)


def _say_written(session: Session, path: Path, count: int) -> None:
    session.say(f"{counted(count, 'record')} written to {path}.")
