"""Several actions that a person does as one: all or none, one notice, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from screener.model import Changes, Kind
from screener.store.file import File


@contextmanager
def together(file: File, name: str) -> Iterator[None]:
    """Have every action inside be one of this name; each reads what those before it wrote."""
    try:
        with file.transaction(), file.part(name) as whole:
            file.whole_action = whole
            try:
                yield
            finally:
                file.whole_action = None
    except BaseException:
        file.notify(Changes(action="", kinds=frozenset(Kind)))  # what was read may never have been
        raise
    file.notify(whole.changes)
