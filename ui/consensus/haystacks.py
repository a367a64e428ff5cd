"""What the search of the meeting looks through: the records of its subjects."""

from __future__ import annotations

from collections.abc import Collection

from screener import Project
from screener.model.searching import folded, words_of


class Haystacks:
    """The words of records, read when they are searched first."""

    def __init__(self, project: Project, step: str) -> None:
        self._project = project
        self._step = step
        self._known: dict[str, str] = {}

    def clear(self) -> None:
        """Read everything anew."""
        self._known.clear()

    def found(self, subjects: Collection[str], search: str) -> set[str]:
        """Return those of the subjects whose name or record has every word searched for."""
        step = self._project.consensus.at(self._step).step
        shown = step.shown(subjects)
        new = (unit for unit in shown.values() if unit not in self._known)
        for unit in self._project.units.load(new):
            f = unit.fields
            year = str(f.year or "")
            parts = (str(unit.number), f.title, *f.authors, f.journal, year, f.abstract)
            self._known[unit.id] = folded("\n".join(parts))
        words = words_of(search)
        found = set()
        for subject, id_ in shown.items():
            hay = f"{self._known.get(id_, '')}\n{folded(step.name_of(subject))}"
            if all(word in hay for word in words):
                found.add(subject)
        return found
