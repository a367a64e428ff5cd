"""Which units a stage is open for; opening, closing and opening it again; what is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection

from screener.model import Changes, Kind, RecordId, Stage, UserError
from screener.screening import retrieval
from screener.store import closing, history, logs, membership
from screener.store.file import File, FileKind
from screener.store.heads import cached, heads, memberships
from screener.store.kinds.project import Joins, Leaves, Open
from screener.units.units import Units


def require_copy(file: File) -> None:
    """Raise `UserError` unless the file is a reviewer's copy."""
    if file.kind is not FileKind.COPY:
        raise UserError("Open your own copy to screen.")


def not_open(units: Units, unit: str, stage: Stage, *, first: bool = False) -> UserError:
    """Return the error that says why a unit cannot be screened at a stage.

    `first` says that full text shows nothing of it before title and abstract are closed for it.
    """
    number = dict(units.all_numbers()).get(unit)
    if number is None:
        return UserError(f"There is no record {unit} in this review; see its list of records.")
    if first:
        return UserError(
            f"Title and abstract comes first: decide record {number} there and close the stage."
        )
    if stage is Stage.FULL_TEXT:
        return UserError(f"Record {number} is not open for full text; a newer copy may open it.")
    return UserError(f"Record {number} is not to be screened; see the list of records.")


Passed = Callable[[], list[str]]
"""Given by the project: the units whose title/abstract outcome lets them on to full text."""


class Stages:
    """The stages of one file, and whether this reviewer has finished them."""

    def __init__(self, file: File, units: Units, passed: Passed) -> None:
        self._file = file
        self._units = units
        self._passed = passed
        self._opened: frozenset[str] | None = None
        self._open: dict[Stage, tuple[RecordId, ...]] = {}
        self._first: frozenset[str] | None = None
        self._since: dict[Stage, frozenset[str]] = {}
        file.listeners.append(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Kind.RECORDS, Kind.DUPLICATES, Kind.STAGES, Kind.REVIEWERS):
            self._opened = self._first = None
            self._open.clear()
        if changes.touches(
            Kind.RECORDS, Kind.DUPLICATES, Kind.STAGES, Kind.REVIEWERS, Kind.FULL_TEXT
        ):
            self._since.clear()

    # --- what is open ------------------------------------------------------------------------

    def opened(self, stage: Stage) -> bool:
        """Say whether the stage is open for any unit."""
        return stage is Stage.TITLE_ABSTRACT or bool(cached(self._file, Open, step=str(stage)))

    def opened_for(self) -> frozenset[str]:
        """Return the units that full text was opened for, whatever became of them since.

        Those of which this copy says only that full text exists are left out: `first`.
        """
        if self._opened is None:
            self._opened = self._read_opened()
        return self._opened

    def _read_opened(self) -> frozenset[str]:
        named = {u for h in heads(self._file, Open, step=Stage.FULL_TEXT) for u in h.body.subjects}
        unit_of = memberships(self._file)
        return frozenset(unit_of.get(u, u) for u in named) - self.first()

    def first(self) -> frozenset[str]:
        """Return the units whose full text this copy does not show: title and abstract come first.

        Which units full text was opened for says what the others decided. So a copy shows of it
        only that it exists, for every unit that its reviewer is asked at title and abstract and
        has not closed there. Nothing in the project, before full text is opened, and for a
        reviewer who does not take part in title and abstract.
        """
        first = self._first
        if first is None:
            copy = self._file.kind is FileKind.COPY and self.opened(Stage.FULL_TEXT)
            self._first = first = self._read_first() if copy else frozenset()
        return first

    def waits(self, stage: Stage) -> bool:
        """Say whether a stage is open but shows nothing yet: title and abstract come first."""
        return stage is Stage.FULL_TEXT and bool(self.first()) and not self.opened_for()

    def _read_first(self) -> frozenset[str]:
        file, step, me = self._file, str(Stage.TITLE_ABSTRACT), self._file.reviewer
        at = logs.project_events(file)
        joined = [h for h in heads(file, Joins, step=step) if h.body.reviewer == me]
        if not joined or any(h.body.reviewer == me for h in heads(file, Leaves, step=step)):
            return frozenset()
        after = min(at[h.event] if h.body.subjects == "opened-after" else 0 for h in joined)
        closed = closing.closed(file, step, me, history.closings(file, step).get(me, ()), at)
        imports = closing.imports(file, at)
        if max(imports.values(), default=0) <= max(after, closed.reach):
            return frozenset()
        unit_of = memberships(file)
        opened: dict[str, int] = {}  # a record that was removed opened its unit all the same
        for record, batch in membership.imported(file):
            unit, place = unit_of.get(record, record), imports.get(batch, 0)
            opened[unit] = min(place, opened.get(unit, place))
        return frozenset(
            unit
            for unit, place in opened.items()
            if place > after and not closed.covers(unit, place)
        )

    def open_units(self, stage: Stage) -> list[RecordId]:
        """Return the units the stage is open for, in the order of their numbers.

        Title and abstract are open for every unit that is present; full text for those that an
        `open` event of the project named.
        """
        if stage not in self._open:
            present = self._units.ids()
            if stage is Stage.FULL_TEXT:
                named = self.opened_for()
                present = [u for u in present if u in named]
            self._open[stage] = tuple(present)
        return list(self._open[stage])

    def not_retrieved(self, only: Collection[str] | None = None) -> set[str]:
        """Return the units (all, or of those named) whose report could not be obtained."""
        return retrieval.not_retrieved(self._file, only)

    def to_screen(self, stage: Stage) -> list[RecordId]:
        """Return the units a reviewer screens at a stage: open, and at full text retrieved."""
        units = self.open_units(stage)
        if stage is Stage.FULL_TEXT:
            gone = self.not_retrieved()
            units = [u for u in units if u not in gone]
        return units

    def open(self, stage: Stage) -> int:
        """Open full text for the units that passed; returns how many were added.

        Units it is open for stay open. New copies carry it. `UserError` when nothing passed.
        """
        if self._file.kind is FileKind.COPY:
            raise UserError(
                "This is a reviewer's copy; only the coordinator's project can do this."
            )
        if stage is not Stage.FULL_TEXT:
            raise UserError("Title and abstract are open from the start; only full text is opened.")
        passed = self._passed()
        already = set(self.open_units(stage))
        added = [u for u in passed if u not in already]
        if not added:
            raise UserError(
                "Nothing new has passed title and abstract; settle its discrepancies first."
                if not already
                else "Full text is open already for everything that passed."
            )
        with self._file.action("Open full text") as action:
            action.append(Open(subjects=tuple(added)), step=str(stage))
        return len(added)

    # --- finished or not ---------------------------------------------------------------------

    def closed(self, stage: Stage) -> bool:
        """Say whether this reviewer has closed the stage, and nothing was opened since."""
        return self._file.closed(stage, self._file.reviewer) and not self.since(stage)

    def since(self, stage: Stage) -> frozenset[str]:
        """Return the units of a closed stage that were opened since: they are still to screen.

        They are decided without opening the stage again, and closed in their turn.
        """
        if stage not in self._since:
            self._since[stage] = closing.since(self._file, stage, self.to_screen(stage))
        return self._since[stage]

    def code(self, stage: Stage) -> str:
        """Return the last closing code of a stage that is not opened again, else ""."""
        return closing.code(self._file, stage)

    def close(self, stage: Stage) -> str:
        """Say that this reviewer has finished the stage; returns the closing code.

        The code is passed on before the files are exchanged: it proves later that nothing was
        changed afterwards. What was opened since a close is closed by another one.
        """
        require_copy(self._file)
        if not self.to_screen(stage) and not self.closed(stage):
            raise UserError(
                f"{stage.words} holds nothing to screen yet; there is nothing to close."
            )
        return closing.close(self._file, stage, stage.words, since=bool(self.since(stage)))

    def reopen(self, stage: Stage, why: str) -> None:
        """Open a closed stage again, with the reason; the first close stays in the history."""
        require_copy(self._file)
        closing.reopen(self._file, stage, stage.words, why)
