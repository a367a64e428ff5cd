"""What the first bytes of a Screener file are: by them one is known, whatever its name."""

from __future__ import annotations

APPLICATION_ID = 0x5343524E  # "SCRN"
SQLITE_MAGIC = b"SQLite format 3\x00"
LENGTH = 100
"""How many bytes the header of a SQLite file has."""


def is_signed(head: bytes) -> bool:
    """Whether these are the first bytes of a Screener file."""
    return (
        len(head) >= LENGTH and head.startswith(SQLITE_MAGIC) and number(head, 68) == APPLICATION_ID
    )


def number(head: bytes, place: int) -> int:
    """Return the number that the header holds at a place."""
    return int.from_bytes(head[place : place + 4], "big")
