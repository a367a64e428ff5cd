"""What a file keeps in its table `own`, read as what it should be: nonsense is as if not there.

It is nobody else's business and in no hash, so any program may have written it; no decision hangs
on it.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from screener.store.file import File

T = TypeVar("T")


def read(file: File, key: str, kind: type[T]) -> T | None:
    """Return a value kept as JSON, or None where there is none, or none of that kind."""
    kept = file.own(key)
    if not kept:
        return None
    try:
        return msgspec.json.decode(kept.encode("utf-8", "replace"), type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
