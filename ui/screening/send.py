"""Send my decisions: a copy of the file to pass on, and the closing codes beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from screener.model import Stage, UserError
from screener.model.words import counted
from ui.session import files
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Grid, Words


class SendCard(Card):
    """Says how far the reviewer is, and writes the file that is sent to the coordinator."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("Send my decisions", window, width=640)
        self._session = session
        self._path: Path | None = None
        self._write = Button("Save the file to send…", kind="filled")
        self._code = Button("Copy the closing code", kind="link")
        self._codes: list[str] = []
        self._fill()
        self._code.setVisible(bool(self._codes))
        self._write.clicked.connect(self._on_write)
        self._code.clicked.connect(self._on_code)

    def _fill(self) -> None:
        screening = self._session.project.screening
        grid = Grid(gap=24, row_gap=8)
        still_open = False
        for row, stage in enumerate(s for s in Stage if screening.opened(s)):
            here = screening.progress(stage)
            still_open = still_open or not here.closed
            grid.addWidget(Words(stage.words), row, 0)
            grid.addWidget(Words(f"{here.decided:,} of {here.all:,} decided"), row, 1)
            grid.addWidget(Words(here.code or "not closed", colour="quiet"), row, 2)
            if here.code:
                self._codes.append(f"{stage.words}: {here.code}")
        grid.setColumnStretch(2, 1)
        self.body.addWidget(
            Words(
                "The file holds the protocol, the records and your decisions. Send it to the "
                "coordinator by e-mail, a shared folder or a stick. Tell the closing code in "
                "another way, such as by telephone, before the files are exchanged.",
                step="note",
                wrap=True,
            )
        )
        self.body.addLayout(grid)
        if still_open:
            self.say(
                "While a stage is not closed, a merge shows only numbers of it, no decisions.",
                "quiet",
            )
        self.body.addWidget(self.said)
        self.foot.addWidget(self._code)
        self.foot.addStretch(1)
        self.foot.addWidget(self._write)

    def _on_write(self) -> None:
        path = self._session.project.path
        proposed = files.free_place(path.with_name(f"{path.stem}-to-send{files.ENDING}"))
        chosen = files.ask_save(self, "Save the file to send", proposed)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write the file as it is now, verified."""
        try:
            task = self._session.run(
                lambda project, progress: project.backup(path, progress), writes=False, told=False
            )
        except UserError as error:
            self.say(str(error), "warn")
            return
        self._path = path
        task.done.connect(self._on_written)
        task.failed.connect(self._on_failed)

    def _on_written(self) -> None:
        assert self._path is not None
        size = self._path.stat().st_size / 1_000_000
        records, _ = self._session.project.counts()
        self.say(f"Saved as {self._path} ({counted(records, 'record')}, {size:.1f} MB).", "text")

    def _on_failed(self, error: UserError) -> None:
        self.say(str(error), "warn")

    def _on_code(self) -> None:
        QApplication.clipboard().setText("\n".join(self._codes))
        self.say("The closing code is on the clipboard.", "quiet")
