"""A file of another tool: which tool it is of, the decisions it holds, and one person's of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.model import Entry, Progress, Stage, UserError, Verdict, silent
from screener.model.words import first_of, listed
from screener.screening.elsewhere import abstrackr, asreview, covidence, rayyan
from screener.screening.elsewhere.given import Given
from screener.sources import reading
from screener.store import paths

_COVIDENCE = "Covidence"
DIALECTS = {
    "Rayyan": rayyan.read,
    "ASReview": asreview.read,
    "Abstrackr": abstrackr.read,
    _COVIDENCE: covidence.read,
}
"""By tool, what reads the decisions of a stage, undecided records left out, or gives None."""
_TOOLS = "Rayyan, ASReview, Covidence or Abstrackr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The records of another tool's export, read once; `skipped` lines hold no record."""

    file: str
    entries: tuple[Entry, ...]
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The decisions an export holds at one stage; `tool` is "" for a list decided alike."""

    exported: Exported
    tool: str
    given: tuple[Given, ...]

    @property
    def people(self) -> Mapping[str, int]:
        """How many decisions each person made; "" where the file names nobody."""
        found: dict[str, tuple[str, int]] = {}
        for one in self.given:
            name, count = found.get(_folded(one.person), (one.person, 0))
            found[_folded(one.person)] = name, count + 1
        return dict(found.values())

    def person(self, own: str, named: str = "") -> str:
        """Return whose decisions are meant: those of `named`, else of `own`, else of nobody."""
        file = self.exported.file
        people = {_folded(name): name for name in self.people if name}
        wanted = named or own
        if _folded(wanted) in people:
            return people[_folded(wanted)]
        if not people:
            if named:
                raise UserError(
                    f"“{file}” does not say whose its decisions are; leave the name out if they"
                    f" are {own}'s."
                )
            return ""
        those = listed(first_of(sorted(people.values())))
        if named:
            raise UserError(f"“{file}” holds no decisions of {named}; it has those of {those}.")
        raise UserError(
            f"“{file}” holds decisions of {those}, none of {own}; say which name there is {own}'s."
        )

    def of(self, person: str) -> OnePersons:
        """Return the decisions of one person."""
        chosen = tuple(g for g in self.given if _folded(g.person) == _folded(person))
        return OnePersons(
            tool=self.tool,
            person=person,
            decisions=chosen,
            others=len(self.given) - len(chosen),
            undecided=len(self.exported.entries) - len({id(g.entry) for g in chosen}),
            skipped=self.exported.skipped,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePersons:
    """The decisions of one person in a file.

    `tool` is the tool's name ("" for a list decided alike), `person` is "" where the file names
    nobody. `others` counts other people's decisions, which were not looked at; `undecided` the
    records this person did not decide; `skipped` the lines that hold no record.
    """

    tool: str
    person: str
    decisions: tuple[Given, ...]
    others: int
    undecided: int
    skipped: int


def read_export(path: Path, progress: Progress = silent) -> Exported:
    """Read a file that may hold decisions; `UserError` when it holds no records."""
    paths.require_file(path)
    found = list(reading.read(path, progress=progress))
    entries = tuple(item for item in found if isinstance(item, Entry))
    return Exported(file=path.name, entries=entries, skipped=len(found) - len(entries))


def decisions(exported: Exported, stage: Stage, alike: Verdict | None = None) -> Decided:
    """Return the decisions of a stage; with `alike` every record of the list has that verdict.

    `UserError` when the file holds no decisions at this stage, or those of two tools.
    """
    entries = exported.entries
    known = {
        tool: given
        for tool, read in DIALECTS.items()
        if (given := read(entries, stage)) is not None
    }
    if not known and (plain := asreview.read_plain(entries, stage)) is not None:
        known["ASReview"] = plain
    held = {tool: given for tool, given in known.items() if given}
    if len(held) > 1:
        raise UserError(
            f"“{exported.file}” holds decisions made in {listed([*held])}; export them to a file "
            "each."
        )
    if alike is not None:
        if held:
            raise UserError(
                f"“{exported.file}” holds decisions of its own; leave out which verdict all of it"
                " has."
            )
        return Decided(
            exported=exported,
            tool="",
            given=tuple(Given(entry=entry, verdict=alike) for entry in entries),
        )
    if not held:
        raise UserError(_without_decisions(exported.file, stage, known))
    ((tool, given),) = held.items()
    return Decided(exported=exported, tool=tool, given=tuple(given))


def may_be_decided_alike(exported: Exported, stage: Stage) -> bool:
    """Whether the file holds no decisions, so that a person may say what all of it was."""
    readers = (*DIALECTS.values(), asreview.read_plain)
    return not any(read(exported.entries, stage) for read in readers)


def _without_decisions(file: str, stage: Stage, known: Iterable[str]) -> str:
    if _COVIDENCE in known:
        return (
            f"“{file}” is a list of Covidence that does not say what was decided at"
            f" {stage.words.lower()}; if all of it has one verdict, say which."
        )
    tool = next(iter(known), "")
    if tool:
        return f"“{file}” comes from {tool} but holds no decisions; export them with it."
    return f"“{file}” holds no decisions of {_TOOLS}; export it from there with the decisions."


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
