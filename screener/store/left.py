"""How each file was left on this computer, by its path: an older one in its place is noticed.

A synchronised folder or a restored backup puts an older version, or a file of somebody else, under
the name of one that was worked in. What says how it was left lies in the user's own folder.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from screener.model import UserError
from screener.store import computer, windows

ENDING = ".screener"
"""Files of another name are on their way to one of this, or a person's own affair."""
_MOST = 500
_UNUSABLE = (OSError, UserError, sqlite3.Error)
"""A file whose state could not be noted is not missed; the file itself is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How a file was left: whose it is, the last event of each log, how many, when, where kept."""

    path: str
    uuid: str
    kind: str
    person: str
    ends: dict[str, str]
    events: int
    time: str
    kept: str = ""
    """Where all it held is, since another program took it away."""

    def is_of(self, uuid: str, kind: str, person: str) -> bool:
        """Say whether it was this file of this review."""
        return (self.uuid, self.kind, self.person) == (uuid, kind, person)

    def behind(self, connection: sqlite3.Connection) -> bool:
        """Say whether a file is without anything that this one had."""
        try:
            return self.is_not_all_in(connection)
        except sqlite3.Error:
            return False  # it is damaged, and that is said

    def is_not_all_in(self, connection: sqlite3.Connection) -> bool:
        """Say the same; `sqlite3.Error` when the file cannot be read."""
        query = "SELECT 1 FROM event WHERE id = ?"
        ends = map(bytes.fromhex, self.ends.values())
        return any(connection.execute(query, (end,)).fetchone() is None for end in ends)


def read(path: Path, connection: sqlite3.Connection) -> Left:
    """Return how a file is now."""
    execute = connection.execute
    meta = dict(execute("SELECT key, value FROM meta"))
    ends = execute("SELECT log, max(seq), hex(id) FROM event GROUP BY log").fetchall()
    (events,) = execute("SELECT count(*) FROM event").fetchone()
    last = execute("SELECT body FROM event ORDER BY rowid DESC LIMIT 1").fetchone()
    time = ""
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        time = str(json.loads(last[0])["time"])
    return Left(
        path=str(path.resolve()),
        uuid=str(meta.get("project", "")),
        kind=str(meta.get("kind", "")),
        person=str(meta.get("reviewer", "")),
        ends={log: end for log, _, end in ends if isinstance(log, str)},  # not in a damaged file
        events=events,
        time=time,
    )


def note(path: Path, connection: sqlite3.Connection, kept: Path | None = None) -> None:
    """Remember how a file is left; and where all it held is `kept`, when it was taken away."""
    if path.suffix != ENDING:
        return
    with suppress(*_UNUSABLE):
        found = asdict(read(path, connection)) | {"kept": str(kept or "")}
        place = _place(path)
        place.parent.mkdir(mode=computer.PRIVATE, exist_ok=True)
        computer.keep_text(place, json.dumps(found))
        noted = list(place.parent.iterdir())
        if len(noted) > _MOST:
            min(noted, key=lambda each: each.stat().st_mtime).unlink()


def note_kept(path: Path, kept: Path | None) -> None:
    """Remember that all a file held is kept in another one, which nobody has open yet."""
    if kept is not None:
        with suppress(sqlite3.Error), closing(sqlite3.connect(kept)) as connection:
            note(path, connection, kept)


def of(path: Path) -> Left | None:
    """Return how the file at a path was left, or None where this computer left none there."""
    with suppress(*_UNUSABLE):
        return _parsed(_place(path))
    return None


def forget(path: Path) -> None:
    """Forget how the file at a path was left: the program itself puts a new one there."""
    with suppress(*_UNUSABLE):
        windows.remove(_place(path))


def last_of(uuid: str, kind: str, person: str) -> Path | None:
    """Return where a file of a review was left last, in a folder that is still there, or None."""
    newest: tuple[float, Path] | None = None
    with suppress(*_UNUSABLE):
        for place in (computer.home() / "left").glob("*.json"):
            found = _parsed(place)
            if found is None or not found.is_of(uuid, kind, person):
                continue
            time, path = place.stat().st_mtime, Path(found.path)
            if path.parent.is_dir() and (newest is None or time > newest[0]):
                newest = time, path
    return newest[1] if newest is not None else None


def _parsed(place: Path) -> Left | None:
    try:
        found = Left(**json.loads(computer.read_text(place)))
        ends = [bytes.fromhex(end) for end in found.ends.values()]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return found if len(ends) == len(found.ends) else None


def _place(path: Path) -> Path:
    name = str(path.resolve()).encode("utf-8", "surrogatepass")
    return computer.home() / "left" / f"{sha256(name).hexdigest()[:32]}.json"
