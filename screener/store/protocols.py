"""The content of protocol and form versions: each kept once, named by its SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from screener.model import UserError
from screener.store import events
from screener.store.file import File
from screener.store.kinds.body import canonical, clean

_Table = Literal["protocol_version", "form_version"]


def keep_protocol(file: File, content: Mapping[str, Any]) -> str:
    """Keep the content of a protocol version, unless it is here, inside the caller's action.

    Returns its digest (64 hexadecimal digits).
    """
    return _keep(file, "protocol_version", content)


def keep_form(file: File, content: Mapping[str, Any]) -> str:
    """Keep the content of a form version, as `keep_protocol` does, and return its digest."""
    return _keep(file, "form_version", content)


def protocol_content(file: File, digest: str) -> dict[str, Any]:
    """Return the content of the protocol version of that digest; `UserError` when it is missing."""
    return _content(file, "protocol_version", digest, "protocol")


def form_content(file: File, digest: str) -> dict[str, Any]:
    """Return the content of the form version of that digest; `UserError` when it is missing."""
    return _content(file, "form_version", digest, "form")


def newest_title(file: File) -> str:
    """Return the title of the protocol version that came last, or "" without one."""
    rows = file.rows("SELECT body FROM protocol_version ORDER BY rowid DESC LIMIT 1")
    return str(msgspec.json.decode(rows[0][0]).get("title", "")) if rows else ""


def known_versions(file: File) -> set[str]:
    """Return the names (16 digits) of the protocol and form versions that are here."""
    rows = file.rows("SELECT digest FROM protocol_version UNION SELECT digest FROM form_version")
    return {digest.hex()[:16] for (digest,) in rows}


def _keep(file: File, table: _Table, content: Mapping[str, Any]) -> str:
    text = canonical(clean(content))
    digest = events.digest(text)
    file.connection.execute(
        f"INSERT INTO {table} SELECT ?, ? "  # noqa: S608 - one of two fixed names
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE digest = ?)",
        (digest, text, digest),
    )
    return digest.hex()


def _content(file: File, table: _Table, digest: str, what: str) -> dict[str, Any]:
    rows = file.rows(
        f"SELECT body FROM {table} WHERE digest = ?",  # noqa: S608 - one of two fixed names
        (bytes.fromhex(digest),),
    )
    if not rows:
        raise UserError(
            f"{file.path.name} lacks a version of its {what}; restore a backup of it, or ask for a "
            "fresh copy."
        )
    found: dict[str, Any] = msgspec.json.decode(rows[0][0])
    return found
