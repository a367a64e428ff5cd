"""What a reference file holds, read and not yet stored; many records wait on disk."""

from __future__ import annotations

import hashlib
import tempfile
import threading
import weakref
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import IO, TYPE_CHECKING, overload

from screener.model import Entry, Search, Skipped
from screener.store import raw, records, room

if TYPE_CHECKING:  # what reads every format is not needed to know what was read
    from screener.sources.reading import Mapping

AT_ONCE = 500
_IN_MEMORY = 8 << 20  # bytes of canonical and of packed raw text; more goes into a temporary file
_DIGEST = hashlib.sha256().digest_size


class Entries(Sequence[Entry]):
    """The records of a file in its order, kept as the texts that an import stores.

    A file of 100,000 records would fill the memory of a laptop; beyond a few megabytes they
    wait in a temporary file without a name, gone with this object. `filled` says how many records
    have each field. `UserError` when there is no room for them.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - see next
        weakref.finalize(self, _close, self._file)
        self._reading = threading.Lock()  # the page shows some while a worker stores all
        self._ends = array("Q", (0,))
        self._lines = array("Q")
        self._digests = bytearray()
        self._remarks: dict[int, tuple[str, ...]] = {}
        self.filled: Counter[str] = Counter()
        names: list[str] = []
        texts: list[bytes] = []
        for entry in entries:  # one by one: what is parsed is used while it is in the cache
            if entry.remarks:
                self._remarks[len(self)] = entry.remarks
            self._lines.append(entry.line)
            fields = records.named(entry.fields)
            names += fields
            packed = raw.pack(entry.raw, fields)
            text = records.encoded(fields, raw.digest(packed))
            self._digests += hashlib.sha256(text).digest()
            texts += text, packed
            if len(texts) >= AT_ONCE:
                self._keep(names, texts)
                names, texts = [], []
        self._keep(names, texts)

    def _keep(self, names: Iterable[str], texts: Sequence[bytes]) -> None:
        self.filled.update(names)
        self._ends.extend(accumulate(map(len, texts), initial=self._ends.pop()))
        self._write(b"".join(texts))

    def _write(self, texts: bytes) -> None:
        try:
            self._file.write(texts)
        except OSError as error:
            raise room.unusable_temporary(error) from error

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(place, slice):
            return tuple(self._entry(n) for n in range(*place.indices(len(self))))
        return self._entry(range(len(self))[place])

    def __iter__(self) -> Iterator[Entry]:
        return (self._entry(place) for place in range(len(self)))

    def stored(self) -> Iterator[tuple[list[bytes], tuple[str, ...], tuple[bytes, ...]]]:
        """Yield of some hundreds at a time the digests, the canonical and the packed raw texts.

        A record whose source gave no tags has b"" for its raw text.
        """
        whole = bytes(self._digests)
        for first in range(0, len(self), AT_ONCE):
            last = min(first + AT_ONCE, len(self))
            places = range(first * _DIGEST, last * _DIGEST, _DIGEST)
            texts, packed = zip(*self._read(first, last), strict=True)
            yield [whole[at : at + _DIGEST] for at in places], texts, packed

    def _entry(self, place: int) -> Entry:
        ((text, packed),) = self._read(place, place + 1)
        return Entry(
            fields=records.from_text(text),
            raw=raw.tags_of(packed, text) if packed else (),
            line=self._lines[place],
            remarks=self._remarks.get(place, ()),
        )

    def _read(self, first: int, last: int) -> Iterator[tuple[str, bytes]]:
        """Yield the canonical and the packed raw text of the records from first to before last."""
        ends = self._ends[2 * first : 2 * last + 1]
        start = ends[0]
        with self._reading:
            self._file.seek(start)
            whole = self._file.read(ends[-1] - start)
        for n in range(0, len(ends) - 1, 2):
            middle = ends[n + 1] - start
            yield whole[ends[n] - start : middle].decode(), whole[middle : ends[n + 2] - start]


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # what a full disk refused is tried again, and nobody needs it
        file.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a reference file holds, read and not yet stored: the import page shows it first.

    `mapping` says how the columns of a table were read, in text or in a workbook.
    """

    file: str
    format: str
    dialect: str
    guess: Search
    digest: str
    entries: Entries
    skipped: tuple[Skipped, ...]
    mapping: Mapping | None = None
