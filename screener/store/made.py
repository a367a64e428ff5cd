"""What a file says of itself when it was made by merging: that it was, and of whose files."""

from __future__ import annotations

from screener.store.file import MADE_BY_MERGING, File


def keep(file: File, given: frozenset[str]) -> None:
    """Note inside the caller's transaction that a file is made by merging, of whose files (ids)."""
    for key, value in (("made", MADE_BY_MERGING), ("given", " ".join(sorted(given)))):
        file.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def forget(file: File) -> None:
    """Make a file made by merging a project like any other, inside the caller's transaction."""
    file.connection.execute("DELETE FROM meta WHERE key IN ('made', 'given')")
