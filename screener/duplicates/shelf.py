"""Prepared records, packed: of many only those are unpacked that are compared at the moment."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import overload

import msgspec

from screener.duplicates.prepared import Prepared, cleaned, prepare
from screener.model import Progress, silent
from screener.units.candidate import Candidate

_STEP = 1000
_KEPT = 512
"""How many stay unpacked, and how many abstracts: a record is compared with several in a row."""
_SAID = attrgetter(*(n for n in Candidate.__slots__ if n not in {"id", "source_order"}))
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Prepared).decode


class Shelf(Sequence[Prepared]):
    """The records of a run in the order of their ids, each made ready for comparison.

    Packed, one takes some hundred bytes instead of as many thousand. Its abstract is not among
    them: it is read from `records` again when a rule asks for it (`abstract`).
    """

    def __init__(self, records: Sequence[Candidate], progress: Progress = silent) -> None:
        ids: list[str] = []
        packed: list[bytes | Prepared] = []
        texts = array("Q")
        for done, record in enumerate(records):
            if done % _STEP == 0:
                progress(done, len(records), "Reading records")
            ids.append(record.id)
            packed.append(_packed(record))
            texts.append(_text(record))
        order = sorted(range(len(ids)), key=ids.__getitem__)
        self.ids = [ids[n] for n in order]
        self.texts = array("Q", (texts[n] for n in order))
        """By position a number that only records with the same fields share."""
        self._packed = [packed[n] for n in order]
        self._order = array("Q", order)
        self._records = records
        self._unpacked: dict[int, Prepared] = {}
        self._abstracts: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Prepared: ...
    @overload
    def __getitem__(self, place: slice) -> list[Prepared]: ...
    def __getitem__(self, place: int | slice) -> Prepared | list[Prepared]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if place not in self._unpacked:
            if len(self._unpacked) >= _KEPT:
                self._unpacked.clear()
            self._unpacked[place] = _unpack(self._packed[place])
        return self._unpacked[place]

    def __iter__(self) -> Iterator[Prepared]:
        return map(_unpack, self._packed)

    def place(self, id_: str) -> int | None:
        """Return the position of a record, None when it is not here."""
        place = bisect_left(self.ids, id_)
        return place if place < len(self) and self.ids[place] == id_ else None

    def whole(self, place: int) -> Candidate:
        """Read a record again, as it was prepared."""
        return cleaned(self._records[self._order[place]])

    def abstract(self, record: Prepared) -> str:
        """Read the abstract of one of these records."""
        if record.id not in self._abstracts:
            if len(self._abstracts) >= _KEPT:
                self._abstracts.clear()
            place = bisect_left(self.ids, record.id)
            self._abstracts[record.id] = self.whole(place).abstract
        return self._abstracts[record.id]

    def abstracts(self) -> Iterator[tuple[int, str]]:
        """Read all of them, each with the position of its record."""
        place = array("Q", bytes(8 * len(self)))
        for at, n in enumerate(self._order):
            place[n] = at
        for n, record in enumerate(self._records):
            yield place[n], cleaned(record).abstract


def _packed(record: Candidate) -> bytes | Prepared:
    ready = msgspec.structs.replace(prepare(record), abstract="")
    try:
        return _encode(ready)
    except UnicodeEncodeError:  # a lone surrogate
        return ready


def _unpack(packed: bytes | Prepared) -> Prepared:
    return _decode(packed) if isinstance(packed, bytes) else packed


def _text(record: Candidate) -> int:
    said = repr(_SAID(record)).encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "little")
