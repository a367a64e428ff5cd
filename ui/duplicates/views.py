"""What the page can show, one at a time: a group, a list, what is chosen, or that nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from screener import Project
from screener.duplicates.found import Linked
from screener.model.words import counted
from ui.duplicates.group_view import GroupView
from ui.duplicates.groups import LINK_WORDS, Mode
from ui.duplicates.lists import Lists
from ui.duplicates.picking import PickView
from ui.duplicates.runs import RunsView
from ui.duplicates.settings import SettingsView
from ui.session.session import Session
from ui.widgets.empty import EmptyPage, Texts
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.words import Column

_FIELDS: tuple[Field[Sequence[str]], ...] = (
    Field(heading="Titles", text=itemgetter(0)),
    Field(heading="Linked as", text=itemgetter(1), colour="quiet", width=340),
    Field(heading="Records", text=itemgetter(2), right=True, colour="quiet", width=120),
)


class LinkedTable(RowTable):
    """One row for each set of linked reports; Enter opens them side by side."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__("Linked reports", parent, finds=True)
        self._project = project
        self._linked: tuple[Linked, ...] = ()
        self._rows: RowsModel[Sequence[str]] = RowsModel(_FIELDS, self)
        self.setModel(self._rows)

    def show_linked(self, linked: Sequence[Linked]) -> None:
        """Show these, unless they are shown; titles are read when they come into sight."""
        if tuple(linked) != self._linked:
            self._linked = tuple(linked)
            self._rows.set_keys([str(place) for place in range(len(linked))], self._fetch)

    def _fetch(self, keys: Sequence[str]) -> list[tuple[str, str, str]]:
        """Return the titles, how the reports belong together, and their numbers."""
        wanted = [self._linked[int(key)] for key in keys]
        uids = dict.fromkeys(uid for linked in wanted for uid in linked.records)
        known = {str(unit.id): unit for unit in self._project.units.load(uids)}
        found = []
        for linked in wanted:
            units = sorted((known[uid] for uid in linked.records), key=lambda unit: unit.number)
            words = LINK_WORDS[linked.kind]
            # Every title is written once: many linked reports share theirs.
            titles = dict.fromkeys(unit.fields.title or "no title" for unit in units)
            numbers = ", ".join(f"{unit.number:,}" for unit in units)
            found.append(("  ·  ".join(titles), f"{words[:1].upper()}{words[1:]}", numbers))
        return found


BY_HAND = "Join records by hand…"
LOOKING = Texts(
    title="Looking for duplicates …",
    sentence="Every record is compared with those that could be the same report.",
)


def to_say(lists: Lists, count: int) -> Texts:
    """Return what comes first, or that nothing is left; `count` is the number of records."""
    if count < 2:
        return Texts(
            title="Nothing to compare yet",
            sentence="Import the files of your searches first; then the records that several of "
            "them found are brought together here.",
            action="Go to Sources",
        )
    if lists.is_due:
        due = lists.due
        new = f"{due:,} certain groups are" if due != 1 else "1 certain group is"
        return Texts(
            title=f"{new} not joined yet" if due else f"{counted(count, 'record')} to compare",
            sentence="What is certain is joined by rule, and can be taken back as one action. "
            "What is doubtful is put before you, group by group. No record is lost.",
            action="Find duplicates",
            second=BY_HAND,
        )
    asked = lists.remaining.count or lists.count(Mode.ANSWERED) or lists.count(Mode.DIFFERENT)
    said = "Every doubtful group is answered." if asked else "No group is doubtful."
    used = f" Settings: {lists.found.settings.name}." if lists.found else ""
    proposed = lists.count(Mode.PROPOSED)
    if proposed:
        were = "was 1 duplicate" if proposed == 1 else f"were {proposed:,} duplicates"
        return Texts(
            title="Nothing left but what reviewers proposed",
            sentence=f"{said} There {were} proposed while screening.",
            action="Look at what was proposed",
            second=BY_HAND,
        )
    return Texts(
        title="Nothing left to answer",
        sentence=f"{said}{used}",
        action="Look at the certain ones" if lists.count(Mode.CERTAIN) else "",
        second=BY_HAND,
    )


class Views(QStackedWidget):
    """Holds the views and knows where the keyboard belongs in each."""

    def __init__(self, session: Session, lists: Lists, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.empty = EmptyPage("Nothing to compare yet", "")
        self.empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.group = GroupView(session.keys)
        self.linked = LinkedTable(session.project)
        self.runs = RunsView(session, lists)
        self.choice = SettingsView()
        self.pick = PickView(session, lists)
        self._linked_list = Column(margins=(20, 8, 20, 0)).add(self.linked).boxed()
        for view in (
            self.empty, self.group, self._linked_list, self.runs, self.choice, self.pick,
        ):  # fmt: skip
            self.addWidget(view)

    @property
    def shows_group(self) -> bool:
        """Whether a group is shown side by side."""
        return self.currentWidget() is self.group

    @property
    def shows_runs(self) -> bool:
        """Whether the runs are shown."""
        return self.currentWidget() is self.runs

    @property
    def is_choosing(self) -> bool:
        """Whether settings or records are being chosen, which nothing may interrupt."""
        return self.currentWidget() in (self.choice, self.pick)

    def show_nothing(self, lists: Lists, *, looking: bool) -> None:
        """Say what comes first, or that nothing is left."""
        count = self._session.project.sources.count()
        words = LOOKING if looking else to_say(lists, count)
        self.empty.set_texts(words.title, words.sentence, action=words.action, second=words.second)
        self.setCurrentWidget(self.empty)

    def show_linked(self, lists: Lists, place: int) -> None:
        """Show the list of linked reports."""
        self.linked.show_linked(lists.linked)
        self.linked.choose(place)
        self.setCurrentWidget(self._linked_list)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is on what is shown."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def focus_first(self) -> None:
        """Put the keyboard on the records, or on what begins."""
        can = self.empty.button.isEnabled() and not self.empty.button.isHidden()
        first: dict[QWidget | None, QWidget] = {
            self.group: self.group.sides,
            self._linked_list: self.linked,
            self.runs: self.runs.table,
            self.choice: self.choice.choice,
            self.pick: self.pick.search,
            self.empty: self.empty.button if can else self.empty,
        }
        first[self.currentWidget()].setFocus()

    def set_can_act(self, *, can: bool) -> None:
        """While something is written, only reading and going to Sources are offered."""
        several = self._session.project.sources.count() > 1
        self.group.set_can_answer(can=can)
        self.runs.set_can_act(can=can)
        self.choice.set_can_act(find=can and several, keep=can)
        self.empty.button.setEnabled(can or (not self._session.busy and not several))
        self.empty.second.setEnabled(can and several)
