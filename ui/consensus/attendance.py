"""Who is at the meetings of a file, and who decides in them; asked once, whatever the step."""

from __future__ import annotations

from collections.abc import Iterable

from screener import Project
from screener.model import Mode, Reviewer, UserError, folded_name


class Attendance:
    """The people at the meeting: those who agree, or the arbitrator who decides in their place."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.asked = False
        """Whether it was said since the file was opened."""
        self.arbitrator = ""

    def people(self) -> list[Reviewer]:
        """Return everybody of the review who may be there."""
        return self._project.consensus.people()

    def present(self) -> list[str]:
        """Return who was last said to be there."""
        return self._project.consensus.names_present()

    def set_present(self, names: Iterable[str]) -> None:
        """Record who is there, by name; who is nobody of the review becomes an arbitrator of it.

        `UserError` when nobody is named.
        """
        wanted = [name.strip() for name in names if name.strip()]
        if not wanted:
            raise UserError("Tick at least one person who is present.")
        for name in wanted:
            self._add(name)
        self._project.consensus.present(wanted)
        self.asked, self.arbitrator = True, ""

    def set_arbitrator(self, name: str) -> None:
        """Have a third person decide from now on; who is nobody of the review is added to it.

        `UserError` when nobody is named.
        """
        if not name.strip():
            raise UserError("Choose who decides.")
        self._add(name.strip())
        self.asked, self.arbitrator = True, name.strip()

    def deciding(self) -> tuple[list[str], Mode]:
        """Return who is recorded with what is settled, and how it is settled."""
        if self.arbitrator:
            return [self.arbitrator], Mode.ADJUDICATION
        return self.present(), Mode.DISCUSSION

    def _add(self, name: str) -> None:
        wanted = folded_name(name)
        if all(folded_name(one.name) != wanted for one in self.people()):
            self._project.consensus.add_person(name, arbitrator=True)
