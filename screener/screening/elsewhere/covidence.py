"""Covidence: CSV with a column of decisions for each stage, or `Exclusion reason:` in `Notes`.

A reason in the notes is an exclusion at full text. Most lists that Covidence exports hold no
decision in any column: what was decided is told by which list it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screener.model import Entry, Stage, Verdict
from screener.screening.elsewhere.given import Given, cell, headings, joined

_FULL_TEXT = re.compile(r"\bfull[\s-]*text\b", re.I)
_TITLE = re.compile(r"\btitles?\s*(?:and|&|/)\s*abstracts?\b|^\s*screening\b", re.I)
_PLAIN = re.compile(
    r"\b(?:titles?|and|abstracts?|full|text|screening|review|decisions?|votes?|status|stage|by)\b",
    re.I,
)
_TEAM = re.compile(r"\b(?:consensus|final|outcome|resol\w+|conflict)\b", re.I)
_REASON = re.compile(r"Exclusion reason:\s*([^;\n]*);?\s*", re.I)
_WORDS = {
    **dict.fromkeys(("yes", "include", "included", "relevant"), Verdict.INCLUDE),
    **dict.fromkeys(("maybe", "unclear"), Verdict.MAYBE),
    **dict.fromkeys(("no", "exclude", "excluded", "irrelevant"), Verdict.EXCLUDE),
}


def read(entries: Sequence[Entry], stage: Stage) -> list[Given] | None:
    """Return the decisions of a stage; None when the file is not Covidence's."""
    known = headings(entries)
    if "covidence" not in known:
        return None
    columns = {h: _person(h) for h in known.values() if _stage_of(h) is stage}
    decided = [(entry, _verdicts(entry, columns)) for entry in entries]
    if not any(verdicts for _, verdicts in decided) and stage is Stage.FULL_TEXT:
        decided = [(e, {"": Verdict.EXCLUDE} if _reasons(e) else {}) for e in entries]
    alone = len({person for _, verdicts in decided for person in verdicts}) == 1
    return [g for entry, verdicts in decided for g in _given(entry, verdicts, alone=alone)]


def _stage_of(heading: str) -> Stage | None:
    """Return the stage a column of decisions is about; the team's outcome is nobody's own."""
    if _TEAM.search(heading):
        return None
    if _FULL_TEXT.search(heading):
        return Stage.FULL_TEXT
    return Stage.TITLE_ABSTRACT if _TITLE.search(heading) else None


def _person(heading: str) -> str:
    return " ".join(_PLAIN.sub(" ", heading).replace("&", " ").split()).strip(" :-–()[]/,")


def _verdicts(entry: Entry, columns: dict[str, str]) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for heading, value in entry.raw:
        verdict = _WORDS.get(value.strip().casefold())
        if verdict is not None and heading in columns:
            found.setdefault(columns[heading], verdict)
    return found


def _given(entry: Entry, verdicts: dict[str, Verdict], *, alone: bool) -> Iterator[Given]:
    reasons = _reasons(entry)
    excluded = [person for person, verdict in verdicts.items() if verdict is Verdict.EXCLUDE]
    for person, verdict in verdicts.items():
        its = person in excluded
        yield Given(
            entry=entry,
            verdict=verdict,
            person=person,
            reasons=reasons if its and len(excluded) == 1 else (),
            unattributed=bool(reasons) and its and len(excluded) > 1,
            note=_note(entry) if alone else "",
        )


def _reasons(entry: Entry) -> tuple[str, ...]:
    return tuple(r.strip() for r in _REASON.findall(cell(entry, "notes")) if r.strip())


def _note(entry: Entry) -> str:
    tags = cell(entry, "tags")
    rest = _REASON.sub("", cell(entry, "notes")).strip()
    return joined(rest, f"Tags in Covidence: {tags}" if tags else "")
