"""A file of another tool: which tool it is of, the decisions it holds, and one person's of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.model import Entry, Progress, Stage, UserError, Verdict
from screener.screening.elsewhere import abstrackr, asreview, covidence, rayyan
from screener.screening.elsewhere.given import Given
from screener.sources import reading
from screener.store import paths

DIALECTS = (rayyan.DIALECT, asreview.DIALECT, abstrackr.DIALECT, covidence.DIALECT)
_TOOLS = "Rayyan, ASReview, Covidence or Abstrackr"


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


def read_decisions(
    path: Path,
    *,
    stage: Stage,
    own: str,
    reviewer: str,
    alike: Verdict | None,
    progress: Progress,
) -> OnePersons:
    """Read the decisions of `reviewer` (else of `own`, or the only ones where nobody is named).

    With `alike` the file is a list of records that were all decided so. `UserError` when it holds
    no decisions at this stage, of two tools, or none of that person.
    """
    paths.require_file(path)
    found = list(reading.read(path, progress=progress))
    entries = [item for item in found if isinstance(item, Entry)]
    tool, given = _recognised(path, entries, stage, alike)
    person = _person(path, given, own, reviewer)
    folded = _folded(person)
    chosen = tuple(g for g in given if _folded(g.person) == folded)
    return OnePersons(
        tool=tool,
        person=person,
        decisions=chosen,
        others=len(given) - len(chosen),
        undecided=len(entries) - len({id(g.entry) for g in chosen}),
        skipped=len(found) - len(entries),
    )


def _recognised(
    path: Path, entries: Sequence[Entry], stage: Stage, alike: Verdict | None
) -> tuple[str, list[Given]]:
    known = {d.tool: given for d in DIALECTS if (given := d.read(entries, stage)) is not None}
    if not known and (plain := asreview.PLAIN.read(entries, stage)) is not None:
        known[asreview.PLAIN.tool] = plain
    held = {tool: given for tool, given in known.items() if given}
    if len(held) > 1:
        raise UserError(
            f"“{path.name}” holds decisions made in {_listed(held)}; export them to a file each."
        )
    if alike is not None:
        if held:
            raise UserError(
                f"“{path.name}” holds decisions of its own; leave out which verdict all of it has."
            )
        return "", [Given(entry=entry, verdict=alike) for entry in entries]
    if not held:
        raise UserError(_without_decisions(path, stage, known))
    return next(iter(held.items()))


def _without_decisions(path: Path, stage: Stage, known: Iterable[str]) -> str:
    if covidence.DIALECT.tool in known:
        return (
            f"“{path.name}” is a list of Covidence that does not say what was decided at"
            f" {stage.words.lower()}; if all of it has one verdict, say which."
        )
    tool = next(iter(known), "")
    if tool:
        return f"“{path.name}” comes from {tool} but holds no decisions; export them with it."
    return f"“{path.name}” holds no decisions of {_TOOLS}; export it from there with the decisions."


def _person(path: Path, given: Sequence[Given], own: str, reviewer: str) -> str:
    named = {_folded(g.person): g.person for g in given if g.person}
    wanted = reviewer or own
    if _folded(wanted) in named:
        return named[_folded(wanted)]
    if not named:
        if reviewer:
            raise UserError(
                f"“{path.name}” does not say whose its decisions are; leave the name out if they"
                f" are {own}'s."
            )
        return ""
    those = _listed(sorted(named.values()))
    if reviewer:
        raise UserError(f"“{path.name}” holds no decisions of {reviewer}; it has those of {those}.")
    raise UserError(
        f"“{path.name}” holds decisions of {those}, none of {own}; say which name there is {own}'s."
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
