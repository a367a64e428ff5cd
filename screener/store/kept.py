"""What is derived from a file and kept: derived again only for the subjects that changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock, RLock
from typing import Generic, TypeVar

from screener.model import Changes, Kind
from screener.store.file import File

T = TypeVar("T")

OF_SUBJECTS = frozenset({Kind.DECISIONS, Kind.CONSENSUS, Kind.FULL_TEXT})
"""What an action touches when only the subjects it names are others afterwards."""
OF_NOTHING = frozenset({Kind.NOTES, Kind.PROPOSALS, Kind.MEETING})
"""What changes nothing that is derived: notes, proposals, who is present, how much is shown."""


def kept(file: File, derive: Callable[[File], T]) -> T:
    """Return what follows from a file and changes by no decision; kept as long as it is open.

    It is derived afresh where anything else changed, and inside a transaction, which may yet fail.
    """
    if file.connection.in_transaction:
        return derive(file)
    if derive not in file.kept:
        file.kept[derive] = Kept(file, partial(derive, file), lambda _value, _subjects: None)
    value: T = file.kept[derive].now()
    return value


class Kept(Generic[T]):
    """One derived value of a file, made when it is asked for and followed afterwards.

    `derive` makes it afresh, `again` brings it up to date for some subjects. The window's thread
    and the worker may both ask: one of them derives, the other waits. A change that comes while it
    is being derived is not lost, and nothing half done is kept when deriving fails.
    """

    def __init__(
        self,
        file: File,
        derive: Callable[[], T],
        again: Callable[[T, set[str]], None],
        *,
        ignores: frozenset[Kind] = frozenset(),
    ) -> None:
        """`ignores` has the kinds of changes that are of no matter here, beside `OF_NOTHING`."""
        self._file = file
        self._ignores = OF_NOTHING | ignores
        self._derive = derive
        self._again = again
        self._value: T | None = None
        self._deriving = RLock()
        self._noting = Lock()
        self._changed: set[str] = set()
        self._outdated = True
        file.listeners.append(self._on_changed)

    @property
    def known(self) -> bool:
        """Whether it is kept, so that at most some subjects are derived when it is asked for."""
        return self._value is not None and not self._outdated

    def now(self) -> T:
        """Return the value as the file is now."""
        with self._deriving:
            with self._noting:
                changed, self._changed = self._changed, set()
                outdated, self._outdated = self._outdated, False
            value = None if outdated else self._value
            self._value = None  # until it is whole again
            try:
                if value is None:
                    value = self._derive()
                elif changed:
                    self._again(value, {self._file.unit_of(subject) for subject in changed})
            except BaseException:
                self.forget()
                raise
            self._value = value
            return value

    def forget(self) -> None:
        """Have everything derived afresh at the next question."""
        with self._noting:
            self._outdated = True
            self._changed.clear()

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds <= self._ignores:
            return
        if changes.kinds <= OF_SUBJECTS | self._ignores and changes.units:
            with self._noting:
                self._changed |= changes.units
        else:
            self.forget()


class Looked(Generic[T]):
    """What was looked up for each of a few subjects, until anything is written.

    Nothing is kept while an action runs: what it wrote may never be.
    """

    MOST = 256

    def __init__(self, file: File, look: Callable[[str], T]) -> None:
        self._file = file
        self._look = look
        self._found: dict[str, T] = {}
        file.listeners.append(self._on_changed)

    def _on_changed(self, _: Changes) -> None:
        self._found = {}  # another thread may yet add to the old one what it read before

    def of(self, subject: str) -> T:
        """Return what there is of a subject now."""
        if self._file.connection.in_transaction:
            return self._look(subject)
        found = self._found
        value = found[subject] if subject in found else self._look(subject)
        if len(found) < self.MOST:
            found[subject] = value
        return value
