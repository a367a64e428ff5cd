"""The files of one import: which were read, what is said about each, which are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from screener import Project
from screener.model import Batch, Progress, Search, UserError
from screener.model.words import counted
from screener.sources.parsed import Parsed
from screener.sources.tables import Table
from ui.sources import columns, wording


@dataclass(slots=True, kw_only=True)
class ImportFile:
    """One file on its way in. `refused` is the sentence that says why it cannot come.

    A `table` is there when a person can say what its columns hold; `unsure` is how it was read
    while nobody said it.
    """

    name: str
    path: Path | None = None
    parsed: Parsed | None = None
    table: Table | None = None
    unsure: columns.FileRead | None = None
    search: Search | None = None
    refused: str = ""
    stored: Batch | None = None

    @property
    def wanted(self) -> bool:
        """Whether it is read, described and not left out."""
        return self.parsed is not None and self.search is not None and not self.refused


@dataclass(slots=True)
class Queue:
    """The files of one import, one shown at a time; nothing is stored before the last.

    Those that are refused are passed over.
    """

    files: list[ImportFile] = field(default_factory=list)
    place: int = -1

    @property
    def current(self) -> ImportFile:
        """The file that is shown."""
        return self.files[self.place]

    @property
    def is_last(self) -> bool:
        """Whether no file comes after the one that is shown."""
        return self._after() is None

    def go_on(self) -> bool:
        """Turn to the next file; False when there is none."""
        after = self._after()
        if after is None:
            return False
        self.place = after
        return True

    def go_back(self) -> bool:
        """Turn to the last file before this one that is not refused; False when there is none."""
        before = [n for n in range(self.place) if not self.files[n].refused]
        if before:
            self.place = before[-1]
        return bool(before)

    def _after(self) -> int | None:
        later = range(self.place + 1, len(self.files))
        return next((n for n in later if not self.files[n].refused), None)

    def count(self) -> tuple[int, int]:
        """Return which of the files that are shown this is, and how many these are."""
        shown = [n for n, one in enumerate(self.files) if not one.refused or n == self.place]
        return shown.index(self.place) + 1, len(shown)

    def wanted(self) -> list[ImportFile]:
        """Return the files to store."""
        return [one for one in self.files if one.wanted]

    def left_out(self) -> list[ImportFile]:
        """Return the files that are refused."""
        return [one for one in self.files if one.refused]


def read_all(
    files: Sequence[ImportFile], kept: columns.Kept, progress: Progress
) -> list[columns.FileRead | str]:
    """Read files, each to its records or to the sentence that says why there are none."""
    wanted = [one for one in files if one.path is not None]
    return [
        _read(one, kept, _of_files(progress, number, len(wanted)))
        for number, one in enumerate(wanted)
    ]


def _read(one: ImportFile, kept: columns.Kept, progress: Progress) -> columns.FileRead | str:
    assert one.path is not None
    if one.path.is_dir():
        return f"“{one.name}” is a folder; choose the files in it."
    try:
        progress(0, None, "")
        return columns.read_file(one.path, kept, progress)
    except UserError as error:
        return str(error) if one.name in str(error) else f"{one.name}: {error}"


def _of_files(progress: Progress, number: int, files: int) -> Progress:
    """Count records of one file, how many nobody knows, and of several the files."""

    def told(done: int, total: int | None, _: str) -> None:
        if files > 1:
            progress(number, files, "Reading files")
        else:  # while its bytes are looked at there is a total, and no record is read
            progress(0 if total else done, None, "Reading records")

    return told


def take_in(files: Sequence[ImportFile], read: Sequence[columns.FileRead | str]) -> None:
    """Take what `read_all` returned for these files."""
    for one, found in zip((f for f in files if f.path is not None), read, strict=True):
        if isinstance(found, str):
            one.refused = found
        else:
            one.parsed, one.table = found.parsed, found.table
            one.unsure = None if found.sure else found


def refuse_known(project: Project, files: Sequence[ImportFile]) -> None:
    """Leave out what is in the review already, and what stands twice among the files."""
    seen: set[str] = set()
    for one in files:
        if one.parsed is None or one.refused:
            continue
        one.refused = known(project, one.parsed)
        if one.parsed.digest in seen:
            one.refused = "It is the same as a file before it."
        seen.add(one.parsed.digest)


def known(project: Project, parsed: Parsed) -> str:
    """Say that this very file is in the review already, or nothing."""
    before = project.sources.imported_before(parsed.digest)
    if before is None:
        return ""
    records = counted(before.parsed, "record")
    when = wording.day(before.imported[:10])
    return (
        f"This file was imported already, on {when} as {before.search.source} ({records}). Take "
        "that import back first to read it again."
    )


def store_all(project: Project, progress: Progress, wanted: Sequence[ImportFile]) -> int:
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
