"""What stands in fields and is no answer: it does not parse, or is being typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from screener.answers.sheet import Cell
from ui.answers.given import Given

Keep = Callable[[str, Mapping[Cell, Mapping[str, str]]], object]
"""Writes what is kept of a study to the file; None when it could not."""
Unwritten = dict[tuple[str, Cell], Given | None]
"""What stands in fields of studies otherwise than the file keeps it, None where nothing does."""


class Drafts:
    """Of each study the fields whose text is no answer, with what is wrong; kept in the file.

    What an answer took the place of is remembered: taking the answer back brings it back.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep_in_file = keep
        self._typed: dict[str, dict[Cell, Given]] = {}
        self._wrong: dict[tuple[str, Cell], str] = {}
        self._begun: dict[tuple[str, Cell], Given] = {}
        self._replaced: dict[tuple[str, Cell], tuple[Given, Given, str]] = {}
        self._aside: dict[tuple[str, Cell], tuple[Given, str]] = {}
        """What was typed into rows that are gone, with what was wrong with it."""
        self._written: dict[str, dict[Cell, Given]] = {}
        """What the file keeps of each study."""

    def knows(self, study: str) -> bool:
        """Say whether what is kept of a study was read."""
        return study in self._typed

    def load(self, study: str, kept: Mapping[Cell, Given], wrong: Mapping[Cell, str]) -> None:
        """Take what the file keeps of a study."""
        self._typed[study], self._written[study] = dict(kept), dict(kept)
        self._wrong |= {(study, cell): sentence for cell, sentence in wrong.items()}

    def given(self, study: str, cell: Cell) -> Given | None:
        """Return what stands in a field and is no answer, None where nothing does."""
        return self._typed.get(study, {}).get(cell)

    def wrong(self, study: str, cell: Cell) -> str:
        """Return what is wrong with it, "" where nothing stands."""
        return self._wrong.get((study, cell), "")

    def wrong_cells(self, study: str) -> list[Cell]:
        """Return the fields of a study in which what stands is no answer."""
        return [cell for id_, cell in self._wrong if id_ == study]

    def unwritten(self) -> Unwritten:
        """Return what is nowhere but here, and what the file still keeps and is gone here."""
        found: Unwritten = {}
        for study in {**self._typed, **self._written}:
            now, before = self._now(study), self._written.get(study, {})
            other = (cell for cell in {**now, **before} if now.get(cell) != before.get(cell))
            found |= {(study, cell): now.get(cell) for cell in other}
        return found

    def keep(
        self, study: str, cell: Cell, given: Given | None, wrong: str = "", *, written: bool = True
    ) -> bool:
        """Keep what is no answer, or forget it; says whether anything is otherwise.

        What cannot be `written` stays in memory.
        """
        typed, begun = self._typed.setdefault(study, {}), self._begun.pop((study, cell), None)
        if begun is None and given == typed.get(cell) and wrong == self.wrong(study, cell):
            return False
        self._wrong.pop((study, cell), None)
        if given is None:
            typed.pop(cell, None)
        else:
            typed[cell], self._wrong[study, cell] = given, wrong
        if written:
            self.write(study)
        return True

    def begin(self, study: str, cell: Cell, given: Given) -> None:
        """Keep in the file what is being typed; here stands what stood there before, until then."""
        if self._begun.get((study, cell)) != given:
            self._begun[study, cell] = given
            self.write(study)

    def give_up(self, study: str, cell: Cell) -> None:
        """Forget what was being typed: what stood there before stands there again."""
        if self._begun.pop((study, cell), None) is not None:
            self.write(study)

    def follow(self, study: str, *, gone: Callable[[Cell], bool], anew: bool) -> bool:
        """Put aside what was typed into rows that are `gone`, and bring it back with them.

        Rows that were added `anew` are others, whatever they are called. Says whether what the file
        keeps is otherwise; `write` keeps it.
        """
        typed, before = self._typed.setdefault(study, {}), {*self._cells(study)}
        for cell in filter(gone, before):
            self._begun.pop((study, cell), None)
            wrong = self._wrong.pop((study, cell), "")
            if (given := typed.pop(cell, None)) is not None:
                self._aside[study, cell] = given, wrong
        back = [cell for id_, cell in self._aside if id_ == study and not gone(cell)]
        for cell in back:
            given, wrong = self._aside.pop((study, cell))
            if not anew:
                typed[cell], self._wrong[study, cell] = given, wrong
        return {*self._cells(study)} != before

    def _cells(self, study: str) -> list[Cell]:
        return [*self._typed.get(study, {}), *(cell for id_, cell in self._begun if id_ == study)]

    def _now(self, study: str) -> dict[Cell, Given]:
        begun = {cell: given for (id_, cell), given in self._begun.items() if id_ == study}
        return {**self._typed.get(study, {}), **begun}

    def write(self, study: str) -> None:
        """Keep in the file what was typed about a study."""
        kept = self._now(study)
        done = self._keep_in_file(study, {cell: given.kept() for cell, given in kept.items()})
        if done is not None:
            self._written[study] = kept

    def replace(self, study: str, cell: Cell, before: Given) -> None:
        """Forget a draft whose place an answer took; `before` is the answer before that one."""
        draft, wrong = self.given(study, cell), self.wrong(study, cell)
        if draft is not None and wrong:
            self._replaced[study, cell] = before, draft, wrong
        self.keep(study, cell, None)

    def bring_back(self, study: str, cell: Cell, saved: Given) -> None:
        """Bring back what an answer took the place of once that is taken back; forget it again."""
        kept = self._replaced.get((study, cell))
        if kept is not None:
            before, draft, wrong = kept
            back = saved == before
            self.keep(study, cell, draft if back else None, wrong if back else "")
