"""Which record is on the screen: the queue of one stage, and what is counted about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from screener.model import Changes, Judgement, Protocol, Stage, Unit
from screener.screening.screening import PARTED, Ordering, Part, Queue
from ui.screening import wording
from ui.screening.line import Line
from ui.screening.sheet import Sheet, Sheets
from ui.session.session import Done, Session

Result = TypeVar("Result")
PAUSE = 400  # milliseconds without a judgement before those begun are kept


class State(Enum):
    """What the page has to show."""

    RECORD = auto()
    EMPTY = auto()
    CLOSED = auto()
    NOT_OPEN = auto()
    NOT_A_COPY = auto()


class Asking(Enum):
    """What the page waits for before it records a decision."""

    NOTHING = auto()
    REASON = auto()
    CONFIRMATION = auto()
    SEVERAL = auto()
    BROWSER = auto()


class QueueModel(QObject):
    """One reviewer at one stage: which record is next, and which are left."""

    shown = Signal()
    """Another record, or none, is to be painted at once; the file is written after that."""
    judged = Signal()
    """Something about the record on the screen changed: judgements, mark, note, flag, question."""
    counted = Signal()
    """Counts, the queue or the state of the stage changed."""

    def __init__(self, session: Session, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.stage = stage
        self.queue = Queue.PENDING
        self.part = self._part_words = ""
        self.search = ""
        self.sheet: Sheet | None = None
        self.several: tuple[str, ...] = ()
        self.marked = 0
        self.asking = Asking.NOTHING
        self.state = State.EMPTY
        self.line = Line()
        self.looking = False
        self.since: frozenset[str] = frozenset()
        """The records that came after the stage was closed."""
        self._code = ""
        self._every: list[str] = []
        self._decided: set[str] = set()
        self._today: set[str] = set()
        self._begun: dict[str, Mapping[str, Judgement]] = {}
        self.unsaved: dict[str, str] = {}
        """Notes, by unit, that were typed and could not be saved."""
        self._ahead: dict[str, Sheet] = {}
        self._acting = False
        self._touched: frozenset[str] = frozenset()
        self._unlisted: set[str] | None = None
        self._kept = ""
        self._active = False
        self._sheets = Sheets(session.project, stage)
        self._later = _timer(self, 0, self._on_idle)
        self._drafting = _timer(self, PAUSE, self.keep_begun)
        self._untold: list[tuple[str, Unit]] = []
        self._painted = _timer(self, 0, self._untold.clear)

    # --- what there is -----------------------------------------------------------------------

    @property
    def protocol(self) -> Protocol:
        """The protocol in force."""
        return self._sheets.protocol

    @property
    def read_only(self) -> bool:
        """Whether nothing can be recorded now."""
        return self.session.busy or self.shut or not self.session.project.writable

    @property
    def shut(self) -> bool:
        """Whether the record on the screen is closed: all of a closed stage but what came since."""
        since = self.sheet is not None and self.sheet.unit.id in self.since
        return self.state is State.CLOSED or (self.looking and not since)

    @property
    def left(self) -> int:
        """How many records that came after the stage was closed are not decided."""
        return len(self.since - self._decided)

    @property
    def can_decide(self) -> bool:
        """Whether a record is on the screen and may be decided."""
        return self.sheet is not None and self.state is State.RECORD and not self.read_only

    def is_decided(self, unit: str) -> bool:
        """Say whether a unit is decided at this stage."""
        return unit in self._decided

    @property
    def decided(self) -> int:
        """Units decided at this stage."""
        return len(self._decided)

    @property
    def total(self) -> int:
        """Units at this stage."""
        return len(self._every)

    @property
    def today(self) -> int:
        """Units decided today."""
        return len(self._today)

    @property
    def code(self) -> str:
        """The closing code of a closed stage, else ""."""
        return self._code

    def to_list_again(self) -> set[str] | None:
        """Return the units that changed since this was asked last; None for all of them."""
        found, self._unlisted = self._unlisted, set()
        return found

    # --- going through the queue ----------------------------------------------------------------

    def set_active(self, active: bool) -> None:
        """Say whether the page is on the screen; one that is not reads nothing."""
        self._active = active
        if not active:
            self._later.stop()
            self.keep_begun()
            self.keep_position()

    def reload(self) -> None:
        """Read the whole stage again and stay on the record where that is possible."""
        project, screening = self.session.project, self.session.project.screening
        queues = screening.queues
        here = self.line.current or screening.notes.position(self.stage)
        self._ahead.clear()
        self._unlisted = None
        self._sheets = Sheets(project, self.stage)
        self._code = screening.stages.code(self.stage) if project.is_copy else ""
        self._every = list(queues.in_order(queues.queue(self.stage, Queue.ALL)))
        pending: frozenset[str] = frozenset(queues.queue(self.stage, Queue.PENDING))
        self._decided = set(self._every).difference(pending)
        self._today = queues.decided_on(self.stage, date.today()) & self._decided  # noqa: DTZ011
        self.since = screening.stages.since(self.stage) if project.is_copy else frozenset()
        plain = self.queue is Queue.PENDING and not self.search
        if self.since:  # what was closed undecided cannot be decided
            pending = self.since.intersection(pending)
        self._line_of([u for u in self._every if u in pending] if plain else self._queue_ids())
        self.line.find(here)
        self._settle_state()
        self._show(self._read(self.line.current))
        self.counted.emit()

    def _queue_ids(self) -> list[str]:
        queues = self.session.project.screening.queues
        found = queues.queue(self.stage, self.queue, self.search, self.part)
        if self.queue is Queue.PENDING and self.since:
            found = [unit for unit in found if unit in self.since]
        if self.queue in PARTED:
            words = (part.words for part in self.parts(self.queue) if part.id == self.part)
            self._part_words = next(words, self._part_words)
        return list(found if self.queue is Queue.LAST else queues.in_order(found))

    def _line_of(self, ids: list[str]) -> None:
        """Go through these; the last decisions have an order of their own."""
        own = self.queue is Queue.LAST
        inside = frozenset(ids) if own else ()
        every = [*ids, *(u for u in self._every if u not in inside)] if own else self._every
        self.line = Line(ids, every)

    def _settle_state(self) -> None:
        project = self.session.project
        if self.queue is Queue.PENDING and self.since and not (self.left or self.search):
            self.looking = False  # what came since is decided: the closing page comes
        if not project.is_copy:
            self.state = State.NOT_A_COPY
        elif not self._every and not project.screening.opened(self.stage):
            self.state = State.NOT_OPEN
        elif self._code and not self.looking:
            self.state = State.CLOSED
        else:
            self.state = State.RECORD if self.line.current else State.EMPTY
        self.looking = self.looking and bool(self._code)

    @property
    def queue_name(self) -> str:
        """The queue that is gone through, in words."""
        if self.queue not in PARTED:
            return str(self.queue)
        return f"{self.queue.removeprefix('By ').capitalize()}: {self._part_words}"

    def parts(self, queue: Queue) -> list[Part]:
        """Return the parts of a queue in which there is anything."""
        return self.session.project.screening.queues.parts(self.stage, queue)

    @property
    def ordering(self) -> Ordering:
        """The order in which the records are gone through."""
        return self.session.project.screening.queues.ordering

    def choose(self, queue: Queue, search: str = "", part: str = "") -> None:
        """Go through another queue, or a part of it, narrowed to the records that hold a text."""
        if self.session.busy:
            return
        self.queue, self.search, self.part = queue, search.strip(), part
        if self.search or queue in PARTED:
            asked, found = (queue, self.search, part), self._queue_ids
            self.session.look(lambda _: found(), partial(self._on_found, asked))
        else:
            self._go_through(self._queue_ids())

    def _on_found(self, asked: tuple[Queue, str, str], ids: list[str]) -> None:
        if asked == (self.queue, self.search, self.part):  # nothing else was asked for meanwhile
            self._go_through(ids)

    def _go_through(self, ids: list[str]) -> None:
        here = self.line.current
        self._line_of(ids)
        if self.queue is not Queue.LAST:  # which begins with the latest
            self.line.find(here)
        self._settle_state()
        self._show(self._read(self.line.current))
        self.counted.emit()

    def look(self) -> None:
        """Look through the records of a stage that is closed."""
        self.looking = True
        self.choose(Queue.ALL)

    def go_on(self) -> None:
        """Go through what came after the stage was closed."""
        self.looking = True
        self.choose(Queue.PENDING)

    def look_no_more(self) -> bool:
        """Go back to the closing page; says whether the records of a closed stage were shown."""
        looked, self.looking = self.looking, False
        if looked:
            self.search = ""
            self._settle_state()
            self.counted.emit()
        return looked

    def step(self, by: int) -> None:
        """Go to the next record (1) or the one before (-1)."""
        if self.state is State.RECORD and not self.session.busy and self.line.step(by):
            self._show(self._read(self.line.current))
            self._later.start()

    def show_at(self, place: int) -> None:
        """Go to the record at a place of the queue."""
        self.step(place - self.line.at)

    def go_to(self, named: str) -> None:
        """Go to a record by its number or id; it joins the queue when it is not in it."""
        found = self.session.attempt(lambda: self.session.project.units.find(named))
        if found is not None and found.value in self.line:
            self.line.go_to(found.value)
            self._settle_state()
            self._show(self._read(found.value))
            self.counted.emit()

    def _read(self, unit: str) -> Sheet | None:
        if not unit:
            return None
        if unit in self._begun:
            self.keep_begun()
        ready = self._ahead.pop(unit, None)
        sheet = ready or self._sheets.read(unit, decided=unit in self._decided)
        begun = self._begun.get(unit)  # it could not be saved
        return sheet if sheet is None or begun is None else replace(sheet, judgements=begun)

    def _show(self, sheet: Sheet | None) -> None:
        self.sheet = sheet
        self.several = ()
        self.marked = 0
        self.asking = Asking.NOTHING
        self.shown.emit()

    def _ask(self, asking: Asking) -> None:
        self.asking = asking
        self.judged.emit()

    def keep_begun(self) -> None:
        """Keep judgements begun and not decided yet; written after a pause, not at each key."""
        self._drafting.stop()
        if self._begun and self.session.busy:
            self._drafting.start()
            return
        begun, self._begun = self._begun, {}
        keep = self.session.project.screening.notes.keep_draft
        for unit, judgements in begun.items():
            self._ahead.pop(unit, None)
            if self._write(partial(keep, unit, self.stage, judgements)) is None:
                self._begun.setdefault(unit, judgements)

    def keep_position(self) -> None:
        """Remember the record on the screen for tomorrow; looking on writes nothing."""
        unit = self.line.current
        if unit and unit != self._kept and not self.read_only:
            self._kept = unit
            keep = self.session.project.screening.notes.keep_position
            self._write(partial(keep, self.stage, unit))

    # --- writing and hearing ------------------------------------------------------------------

    def _write(self, action: Callable[[], Result]) -> Done[Result] | None:
        """Do something of our own; what it changes is known here and read again by nobody."""
        with self._ours():
            return self.session.attempt(action)

    @contextmanager
    def _ours(self) -> Iterator[None]:
        """Know what is changed meanwhile as changed by this page."""
        self._acting = True
        self._touched = frozenset()
        try:
            yield
        finally:
            self._acting = False

    def _tell(self, words: str, unit: Unit, *, sign: str = "met", saved: str = "") -> None:
        """Say what was recorded on a unit, and on every other since the window was last painted.

        Keys that waited for a busy computer are done one after the other, before anything is
        painted; a line that named the last alone would hide the others.
        """
        self._untold[:] = [one for one in self._untold if one[1].id != unit.id]
        self._untold.append((words, unit))
        self._painted.start()
        told = wording.together(self._untold)
        self.session.say(told, sign=sign, saved=saved, can_take_back=True)

    def took(self, changes: Changes) -> bool:
        """Say whether a change is our own; what it touched is remembered."""
        if self._acting:
            self._touched = changes.units
            if self._unlisted is not None:
                self._unlisted |= changes.units
        return self._acting

    def _on_idle(self) -> None:
        """Read the record that follows while the reviewer reads this one."""
        if self.session.busy or not self._active or self.line.at + 1 >= len(self.line):
            return
        unit = self.line.ids[self.line.at + 1]
        if unit not in self._ahead:
            self._ahead.clear()
            sheet = self._sheets.read(unit, decided=unit in self._decided)
            if sheet is not None:
                self._ahead[unit] = sheet


def _timer(parent: QObject, interval: int, work: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(work)
    return timer
