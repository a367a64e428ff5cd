"""The files of one import: which were read, what is said about each, which are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from screener import Project
from screener.model import Batch, Progress, Search
from screener.sources.parsed import Parsed
from screener.sources.tables import Table


@dataclass(slots=True, kw_only=True)
class Incoming:
    """One file on its way in. `refused` is the sentence that says why it cannot come.

    A `table` is there when a person can say what its columns hold.
    """

    name: str
    path: Path | None = None
    parsed: Parsed | None = None
    table: Table | None = None
    search: Search | None = None
    refused: str = ""
    stored: Batch | None = None

    @property
    def wanted(self) -> bool:
        """Whether it is read, described and not left out."""
        return self.parsed is not None and self.search is not None and not self.refused


@dataclass(slots=True)
class Queue:
    """The files of one import, one shown at a time; nothing is stored before the last."""

    files: list[Incoming] = field(default_factory=list)
    place: int = 0

    @property
    def current(self) -> Incoming:
        """The file that is shown."""
        return self.files[self.place]

    @property
    def is_last(self) -> bool:
        """Whether no file comes after the one that is shown."""
        return self.place == len(self.files) - 1

    def go_on(self) -> bool:
        """Turn to the next file; False when there is none."""
        if self.is_last:
            return False
        self.place += 1
        return True

    def wanted(self) -> list[Incoming]:
        """Return the files to store."""
        return [one for one in self.files if one.wanted]

    def same_file_before(self, digest: str) -> bool:
        """Say whether an earlier file of this import is the same."""
        before = self.files[: self.place]
        return any(o.parsed is not None and o.parsed.digest == digest for o in before)


def store_all(project: Project, progress: Progress, wanted: Sequence[Incoming]) -> int:
    """Store files in one action, each as an import of its own; return how many records."""
    ready = [
        (one, (one.parsed, one.search))
        for one in wanted
        if one.parsed is not None and one.search is not None
    ]
    batches = project.sources.store_many([pair for _, pair in ready], progress)
    for (one, _), batch in zip(ready, batches, strict=True):
        one.stored = batch
    return sum(batch.parsed for batch in batches)
