"""The content of protocol and form versions: each kept once, named by its SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from screener.model import ErrorKind, UserError
from screener.store import events
from screener.store.file import File
from screener.store.kinds.body import VERSION, canonical, clean
from screener.store.kinds.content import require_content

What = Literal["protocol", "form"]


def newest_title(file: File) -> str:
    """Return the title of the protocol version that came last, or "" without one."""
    rows = file.rows("SELECT body FROM protocol_version ORDER BY rowid DESC LIMIT 1")
    return str(msgspec.json.decode(rows[0][0]).get("title", "")) if rows else ""


def known_versions(file: File) -> set[str]:
    """Return the names (16 digits) of the protocol and form versions that are here."""
    rows = file.rows("SELECT digest FROM protocol_version UNION SELECT digest FROM form_version")
    return {digest.hex()[:16] for (digest,) in rows}


def keep(file: File, what: What, content: Mapping[str, Any]) -> str:
    """Keep the content of a version, unless it is here, inside the caller's action.

    Returns its digest (64 hexadecimal digits). `UserError` when it could not be read again.
    """
    text = canonical(clean(content))
    try:
        require_content(what, text)
    except ValueError as error:
        raise UserError(
            f"This {what} cannot be kept ({error}); change that and try again."
        ) from error
    digest = events.digest(text)
    file.connection.execute(
        f"INSERT INTO {what}_version SELECT ?, ? "  # noqa: S608 - one of two fixed names
        f"WHERE NOT EXISTS (SELECT 1 FROM {what}_version WHERE digest = ?)",
        (digest, text, digest),
    )
    return digest.hex()


def content(file: File, what: What, digest: str) -> dict[str, Any]:
    """Return the content of the version of that digest; `UserError` when there is none."""
    rows = file.rows(
        f"SELECT body FROM {what}_version WHERE digest = ?",  # noqa: S608 - one of two fixed names
        (bytes.fromhex(digest),),
    )
    if not rows:
        raise UserError(
            f"{file.path.name} lacks a version of its {what}; restore a backup of it, or ask for a "
            "fresh copy."
        )
    try:
        require_content(what, rows[0][0])
    except ValueError as error:
        raise UserError(
            f"The {what} version {digest[:VERSION]} of {file.path.name} is malformed ({error}); "
            "restore a backup of it, or ask for a fresh copy.",
            kind=ErrorKind.DAMAGED,
        ) from error
    return msgspec.json.decode(rows[0][0], type=dict[str, Any])
