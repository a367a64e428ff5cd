"""The records of a project as the finder reads them: all in turn, and then one by one again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from screener.duplicates.answers import candidate_of
from screener.store import membership, records
from screener.store.file import File
from screener.units.candidate import Candidate


class Stored(Sequence[Candidate]):
    """The records that are present, each read from the file when it is asked for.

    Which these are is settled when this is made; the finder looks again when that has changed.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self._uids = sorted(membership.present_records(file))
        self._corrected = records.latest_versions(file)

    def __len__(self) -> int:
        return len(self._uids)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> list[Candidate]: ...
    def __getitem__(self, place: int | slice) -> Candidate | list[Candidate]:
        if isinstance(place, slice):
            return list(self._read(self._uids[place]))
        return next(self._read([self._uids[place]]))

    def __iter__(self) -> Iterator[Candidate]:
        return self._read(self._uids)

    def _read(self, uids: Sequence[str]) -> Iterator[Candidate]:
        return map(candidate_of, records.load(self._file, uids, self._corrected))
