"""A study of a form: its name, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A study of the list: its name and how far it is."""

    id: str
    name: str
    done: int
    all: int
    begun: bool
    complete: bool
    unread: int = 0
    """In how many fields stands what is no answer."""

    @property
    def words(self) -> str:
        """How far it is, in words."""
        if self.complete:
            return "finished"
        if self.unread and self.done == self.all:
            return f"{self.unread} to mend"
        return f"{self.done} of {self.all}" if self.begun and self.all else "not begun"
