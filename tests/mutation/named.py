"""Plausible faults by name, each as a patch of one text that stands once in its file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault: in which file, which text becomes which, and what a person would see of it."""

    file: str
    before: str
    after: str
    why: str

    def planted(self, root: Path) -> str:
        """Return the file's text with the fault, "" when its place is not there exactly once."""
        path = root / self.file
        text = path.read_text("utf-8") if path.exists() else ""
        return text.replace(self.before, self.after) if text.count(self.before) == 1 else ""


FAULTS: tuple[Fault, ...] = ()
