"""What a drive may hold after the power failed, out of a recording of a program's system calls.

What was written since a file was last synced is there or not, sector by sector; where a file had
grown, the missing sectors hold zeros or anything. A cut that was not synced may be undone. Names
that were given or taken since their folder was synced may be undone, the last first. The drive
keeps what it says it has synced.
"""

from __future__ import annotations

import random
import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = struct.Struct("<cQqI")
SECTOR = 512


@dataclass
class Call:
    """One call that was recorded, and whether it changed something on the drive."""

    op: str
    inode: int
    offset: int
    data: bytes


@dataclass
class _File:
    synced: bytes = b""
    waiting: list[Call] = field(default_factory=list)


def read(path: Path) -> list[Call]:
    """Return the calls of a recording in their order."""
    whole, at, found = path.read_bytes(), 0, []
    while at < len(whole):
        op, inode, offset, length = _HEAD.unpack_from(whole, at)
        at += _HEAD.size
        found.append(Call(op.decode(), inode, offset, whole[at : at + length]))
        at += length
    return found


def acknowledged(calls: list[Call]) -> list[str]:
    """Return what the program had acknowledged by then."""
    return [call.data.decode() for call in calls if call.op == "A"]


class Drive:
    """The files of a folder when the power failed after some calls."""

    def __init__(self, before: Path, inodes: dict[int, Path], calls: list[Call]) -> None:
        """Take the files as they were, their numbers, and the calls until the power failed."""
        self._files = {n: _File((before / p).read_bytes()) for n, p in inodes.items()}
        self._names = {str(path): number for number, path in inodes.items()}
        self._moves: list[Call] = []
        self._kept = 0
        for call in calls:
            self._follow(call)

    def _follow(self, call: Call) -> None:
        if call.op in "WT":
            self._files.setdefault(call.inode, _File()).waiting.append(call)
        elif call.op == "S" and call.inode in self._files:
            one = self._files[call.inode]
            one.synced, one.waiting = _with_all(one), []
        elif call.op == "D":
            self._kept = len(self._moves)
        elif call.op == "C":
            self._files[call.inode] = _File()
        if call.op in "CURL":
            self._moves.append(call)

    def whole(self, root: Path) -> dict[str, bytes]:
        """Return the files with their content, as every call of this program left them."""
        names = self._named(len(self._moves), root)
        return {name: _with_all(self._files[number]) for name, number in names.items()}

    def _named(self, moves: int, root: Path) -> dict[str, int]:
        names = dict(self._names)
        for call in self._moves[:moves]:
            first, _, second = call.data.decode().partition("\0")
            number = call.inode if call.op == "C" else names.get(_inside(first, root))
            if call.op in "UR":
                names.pop(_inside(first, root), None)
            if call.op != "U" and number is not None:
                names[_inside(second or first, root)] = number
        return names

    def write(self, rng: random.Random, folder: Path, root: Path) -> None:
        """Write into a folder what may be on the drive; `root` is where the calls were made."""
        names = self._named(rng.randint(self._kept, len(self._moves)), root)
        luck = rng.choice((0.0, 0.5, 0.5, 1.0))
        shutil.rmtree(folder, ignore_errors=True)
        for name, number in names.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_surviving(self._files[number], rng, luck))


def _inside(path: str, root: Path) -> str:
    return str(Path(path).relative_to(root))


def _with_all(file: _File) -> bytes:
    whole = bytearray(file.synced)
    for call in file.waiting:
        _apply(whole, call)
    return bytes(whole)


def _apply(whole: bytearray, call: Call) -> None:
    if call.op == "T":
        del whole[call.offset :]
    end = call.offset + len(call.data)
    whole.extend(bytes(max(0, end - len(whole))))
    whole[call.offset : end] = call.data


def _surviving(file: _File, rng: random.Random, luck: float) -> bytes:
    whole = bytearray(file.synced)
    for call in file.waiting:
        if call.op == "T":
            if rng.random() < luck:
                _apply(whole, call)
            continue
        grown = call.offset + len(call.data) - len(whole)
        if grown > 0 and rng.random() < luck:  # the length was kept, whatever of the content was
            whole.extend(rng.choice((bytes(grown), rng.randbytes(grown))))
        for start in range(0, len(call.data), SECTOR):
            place = call.offset + start
            # A write begins anywhere in a sector, and a sector is there or not.
            if place < len(whole) and rng.random() < luck:
                part = call.data[start : start + SECTOR][: len(whole) - place]
                whole[place : place + len(part)] = part
    return bytes(whole)
