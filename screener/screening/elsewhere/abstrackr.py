"""Abstrackr: a table with a column `consensus` and then one for each person.

A label is -1, 0 (maybe) or 1; `o` is none, and `x` in `consensus` a conflict. Old exports have a
row for each label instead, with the columns `label` and `labeler`. The consensus is nobody's own
decision and is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from screener.model import Entry, Stage, Verdict
from screener.screening.elsewhere.given import Given, cell, headings, joined

_LABELS = {"1": Verdict.INCLUDE, "0": Verdict.MAYBE, "-1": Verdict.EXCLUDE}
_ANY = frozenset((*_LABELS, "o", "x", ""))
_IDS = ("internal id", "source id")
_NOTE = re.compile(r"(general|population|intervention/comparator|outcome) notes \((.+)\)", re.S)
_TEAM = "consensus"


def read(entries: Sequence[Entry], _stage: Stage) -> list[Given] | None:
    """Return the decisions, whatever the stage; None when the file is not Abstrackr's."""
    known = headings(entries)
    if "label" in known and "labeler" in known:
        return _long(entries)
    if _TEAM not in known:
        return None
    people = _people(entries)
    if not people and not any(name in known for name in _IDS):
        return None
    return _wide(entries, people)


def _long(entries: Sequence[Entry]) -> list[Given]:
    found = []
    for entry in entries:
        verdict, person = _LABELS.get(cell(entry, "label")), cell(entry, "labeler")
        if verdict is not None and person.casefold() != _TEAM:
            found.append(Given(entry=entry, verdict=verdict, person=person))
    alone = len({given.person for given in found}) == 1
    return [
        Given(entry=g.entry, verdict=g.verdict, person=g.person, note=_tags(g.entry, alone=alone))
        for g in found
    ]


def _people(entries: Sequence[Entry]) -> list[str]:
    """Return the headings after `consensus` under which there are labels and nothing else."""
    cells: dict[str, set[str]] = {}
    for entry in entries:
        named = [heading.strip() for heading, _ in entry.raw]
        start = next((n for n, name in enumerate(named) if name.casefold() == _TEAM), len(named))
        for heading, value in entry.raw[start + 1 :]:
            cells.setdefault(heading.strip(), set()).add(value.strip())
    return [name for name, values in cells.items() if values <= _ANY and values & set(_LABELS)]


def _wide(entries: Sequence[Entry], people: list[str]) -> list[Given]:
    found = []
    for entry in entries:
        by_heading = {heading.strip(): value.strip() for heading, value in entry.raw}
        for person in people:
            verdict = _LABELS.get(by_heading.get(person, ""))
            if verdict is not None:
                found.append(
                    Given(
                        entry=entry,
                        verdict=verdict,
                        person=person,
                        note=joined(_notes(entry, person), _tags(entry, alone=len(people) == 1)),
                    )
                )
    return found


def _notes(entry: Entry, person: str) -> str:
    parts = []
    for heading, value in entry.raw:
        match = _NOTE.fullmatch(heading.strip())
        if match and match[2] == person and value.strip():
            about = "" if match[1] == "general" else f"{match[1].capitalize()}: "
            parts.append(about + value.strip())
    return joined(*parts)


def _tags(entry: Entry, *, alone: bool) -> str:
    """Return the tags as a note; with several people they may be anybody's."""
    tags = cell(entry, "tags") if alone else ""
    return f"Tags in Abstrackr: {tags}" if tags else ""
