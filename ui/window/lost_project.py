"""Make a project from the reviewers' copies: the coordinator's file is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from screener import merge_into, open_project, summary_of
from screener.model import Progress, Summary, UserError
from ui.session import files
from ui.session.task import begin
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Column, Grid, Row, Words, clear

WHAT_FOR = (
    "When the coordinator’s file is lost and no backup of it is left (File, Backups), the copies "
    "of the reviewers make a project again: the protocol, the records, the duplicates and these "
    "reviewers’ decisions are in them. Choose the newest copy of everybody."
)
MISSING = (
    "Not in it: what the meeting and the arbitrator settled, the records’ tags as their sources "
    "gave them, what was changed in the project after the newest copy was written, and decisions "
    "of whoever’s copy is not given. Should the lost file come back, go on in one of the two."
)


class LostProjectCard(Card):
    """Asks for the copies, the reason and a place; then makes the project and opens it."""

    def __init__(self, window: QWidget, open_file: Callable[[str], object]) -> None:
        super().__init__("Make a project from copies", window)
        self._open_file = open_file
        self._copies: dict[Path, Summary] = {}
        self._placed = self._making = False
        self._list = Column(gap=2)
        self._add = Button("Choose the copies…", does=self._on_add)
        self._why = QLineEdit()
        self._why.setAccessibleName("Reason")
        self._why.setPlaceholderText("For the report: the laptop was stolen")
        self._place = QLineEdit()
        self._place.setAccessibleName("Goes to")
        self._choose = Button("Choose…", does=self._on_choose)
        self._make = Button("Make this the project", kind="filled", does=self.make)
        self._open = Button("Open the project", kind="filled")
        self._open.hide()
        grid = Grid(gap=12, row_gap=12)
        grid.addWidget(Words("Reason", step="small", colour="quiet"), 0, 0)
        grid.addWidget(self._why, 0, 1, 1, 2)
        grid.add_row(Words("Goes to", step="small", colour="quiet"), self._place, self._choose)
        self.body.add(
            Words(WHAT_FOR, step="note", wrap=True),
            self._list,
            Row().add(self._add, 1),
            Words(MISSING, step="note", wrap=True),
            grid,
            self.said,
        )
        self.foot.add(1, self._open, self._make)
        self._why.textChanged.connect(self._on_typed)
        self._place.textEdited.connect(self._on_placed)
        self._on_typed()

    def focus_first(self) -> None:
        """Begin with the copies."""
        self._add.setFocus()

    # --- the copies ------------------------------------------------------------------------------

    def _on_add(self) -> None:
        self.add(files.ask_several(self, "Choose the reviewers’ copies"))

    def add(self, chosen: list[Path]) -> None:
        """Take files onto the list; what is no copy of the same review is refused."""
        self.said.setText("")
        for path in chosen:
            try:
                self._copies[path] = self._require_copy(path)
            except UserError as error:
                self.refuse(error)
        clear(self._list)
        for path, what in self._copies.items():
            self._list.add(Words(f"{path.name}   ·   {what.words}", wrap=True))
        if self._copies and not self._placed:
            title = next(iter(self._copies.values())).title
            folder = next(iter(self._copies)).parent
            place = folder / f"{files.file_name(title)}{files.ENDING}"
            self._place.setText(str(files.free_place(place)))
        self._on_typed()
        self.fit()

    def _require_copy(self, path: Path) -> Summary:
        what = summary_of(path)
        if what.kind != "copy":
            raise UserError(
                f"{path.name} is no reviewer’s copy ({what.whose}); choose the copies, and open a "
                "project as it is."
            )
        if any(one.uuid != what.uuid for one in self._copies.values()):
            raise UserError(f"{path.name} is of another review (“{what.title}”); leave it out.")
        return what

    # --- the project -----------------------------------------------------------------------------

    def _on_choose(self) -> None:
        chosen = files.ask_new(self, "Where the project goes", Path(self._place.text()))
        if chosen is not None:
            self._on_placed()
            self._place.setText(str(chosen))
            self._on_typed()

    def _on_placed(self) -> None:
        self._placed = True
        self._on_typed()

    def _on_typed(self) -> None:
        given = self._why.text().strip() and self._place.text().strip()
        self._make.setEnabled(bool(self._copies and given) and not self._making)

    def make(self) -> None:
        """Make the project from the copies beside the window; the card says what came of it."""
        place, why = Path(self._place.text().strip()), self._why.text().strip()
        given = dict(self._copies)  # others may be chosen meanwhile

        def work(progress: Progress) -> list[str]:
            merge_into(place, *given, progress=progress, as_project=why)
            return _not_given(place, set(given.values()))

        self._making = True
        self._on_typed()
        self.say("Making the project…", "quiet")
        task = begin(work, self)
        task.failed.connect(self._on_refused)
        task.progressed.connect(lambda _done, _total, what: self.say(f"{what}…", "quiet"))
        task.done.connect(lambda absent: self._on_made(place, absent))

    def _on_refused(self, error: UserError) -> None:
        self._making = False
        self.refuse(error)
        self._on_typed()

    def _on_made(self, place: Path, absent: list[str]) -> None:
        if not absent:
            self._on_open(place)
            return
        names = " and ".join(absent)
        self.say(
            f"{place.name} is the project now. Of {names} no copy was given: merge it into the "
            "project when you have it.",
            "text",
        )
        for widget in (self._make, self._add, self._choose):
            widget.hide()
        for line in (self._why, self._place):
            line.setEnabled(False)
        self._open.clicked.connect(lambda: self._on_open(place))
        self._open.show()
        self._open.setFocus()
        self.fit()

    def _on_open(self, place: Path) -> None:
        self.close_card()
        self._open_file(str(place))


def _not_given(place: Path, given: set[Summary]) -> list[str]:
    """Return the names of the reviewers of whom no copy was given."""
    persons = {one.person for one in given}
    with open_project(place, write=False) as project:
        return [one.name for one in project.consensus.reviewers() if one.id not in persons]
