"""What a file says of itself: which review, whose file, how much is in it.

It is read as far as it can be, because it is asked for when a file is damaged too; so nothing of
it is believed beyond what is shown, and an id becomes part of a path only when it is one.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.model import Summary, UserError
from screener.store import computer, journals, paths
from screener.store.file import FileKind
from screener.store.membership import COUNT_PRESENT, COUNT_PRESENT_UNITS
from screener.store.opening import private_copy
from screener.store.temporary import private_folder

if TYPE_CHECKING:
    from screener.store.file import File

_PIECE = 1 << 20
_LONGEST = 64
_IN_BYTES = re.compile(rb"project([0-9a-f]{32})")
_KIND_IN_BYTES = re.compile(rb"kind(project|copy|arbitrator)(?![a-z-])")
"""How the rows of `meta` lie on the drive: key and value one after the other."""


def of_open(file: File) -> Summary:
    """Return what an open file is."""
    return _read(file.connection)


def of_path(path: Path, known: Collection[str] = ()) -> Summary:
    """Return what a file that is not open in this process is, be it damaged.

    Where SQLite cannot read it, one of the `known` reviews is looked for in its bytes. `UserError`
    when it is the open project or no ordinary file.
    """
    paths.require_file(path)
    found = Summary()
    with suppress(sqlite3.Error, UserError), connected(path) as connection:
        found = _read(connection)
    return found if found.uuid or not known else _looked_for(path, known)


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that is not open in this process to be read, whatever is wrong with it.

    Nothing is made beside it, and what another file left there is not read: see `journals`.
    """
    with ExitStack() as stack:
        place = path
        if journals.may_be_logged(path):
            place = stack.enter_context(private_folder()) / "copy"
            private_copy(path, place)
        where = paths.uri(place, "ro")
        connection = stack.enter_context(closing(sqlite3.connect(where, uri=True, timeout=0.3)))
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection


def _read(connection: sqlite3.Connection) -> Summary:
    meta = {key: _first(connection, _META, (key,)) for key in ("project", "kind", "reviewer")}
    uuid, person, kind = (str(meta[key] or "") for key in ("project", "reviewer", "kind"))
    known = bool(computer.ID.fullmatch(uuid))
    named = _first(connection, _NAME, (person,)) if person else None
    return Summary(
        uuid=uuid if known else "",
        kind=kind if known and kind in set(FileKind) else "",
        person=person,
        reviewer=_text(named, "body", "name"),
        title=_text(_first(connection, _TITLE), "title"),
        records=_number(_first(connection, COUNT_PRESENT)),
        units=_number(_first(connection, COUNT_PRESENT_UNITS)),
        decisions=_number(_first(connection, _STANDING, ("decision",))),
        answers=_number(_first(connection, _STANDING, ("answer",))),
    )


_META = "SELECT value FROM meta WHERE key = ?"
_TITLE = "SELECT body FROM protocol_version ORDER BY rowid DESC LIMIT 1"
_STANDING = "SELECT count(*) FROM current WHERE kind = ? AND value <> 0"
_NAME = (
    "SELECT e.body FROM current c JOIN event e ON e.id = c.event "
    "WHERE c.kind = 'reviewer' AND c.step = '' AND c.subject = ?"
)


def _first(connection: sqlite3.Connection, query: str, values: tuple[str, ...] = ()) -> object:
    """Return the first value of a query, or None where the file cannot be read."""
    try:
        row = connection.execute(query, values).fetchone()
    except (sqlite3.Error, UnicodeDecodeError):  # SQLite's own message quotes the damaged bytes
        return None
    return row[0] if row else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _text(body: object, *keys: str) -> str:
    """Return a text inside a JSON text, on one line; "" where there is none."""
    found: Any = None
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        found = json.loads(str(body))
        for key in keys:
            found = found[key]
    return " ".join(found.split()) if isinstance(found, str) else ""


def _looked_for(path: Path, known: Collection[str]) -> Summary:
    """Return which of the known reviews the bytes of a file name, and its kind."""
    uuid, kind, before = "", "", b""
    with paths.open_for_reading(path) as handle, suppress(UserError):
        while piece := handle.read(_PIECE):
            text = before + piece
            uuid = uuid or next(
                (id_ for m in _IN_BYTES.finditer(text) if (id_ := m[1].decode()) in known), ""
            )
            named = _KIND_IN_BYTES.search(text)
            kind = kind or (named[1].decode() if named else "")
            if uuid and kind:
                break
            before = text[-_LONGEST:]
    return Summary(uuid=uuid, kind=kind if uuid else "")
