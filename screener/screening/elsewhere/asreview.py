"""ASReview: tables with `asreview_label` (or `included`), RIS with a word in `N1`.

Version 3 writes `asreview_note: "text"` (JSON) beside the word in RIS; a table has a column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from screener.model import Entry, Stage, Verdict
from screener.screening.elsewhere.given import Given, cell, headings

_WORD = re.compile(r"\bASReview_(relevant|irrelevant|not_seen)\b")
_FIELD = re.compile(r"\s*asreview_(label|note|user_name)\s*:\s*(.*)", re.S)
_LABELS = {
    "1": Verdict.INCLUDE, "1.0": Verdict.INCLUDE, "relevant": Verdict.INCLUDE,
    "0": Verdict.EXCLUDE, "0.0": Verdict.EXCLUDE, "irrelevant": Verdict.EXCLUDE,
}  # fmt: skip
_LABEL = "asreview label"
_PLAIN = ("included", "label included", "included label")
_PEOPLE = ("asreview user name", "asreview user email", "asreview user id")


def read(entries: Sequence[Entry], _stage: Stage) -> list[Given] | None:
    """Return the decisions that ASReview marks as its own; None when the file has no such mark."""
    if _LABEL in headings(entries):
        return list(_from_table(entries, _LABEL))
    return list(_from_notes(entries)) if any(map(_told, entries)) else None


def read_plain(entries: Sequence[Entry], _stage: Stage) -> list[Given] | None:
    """Return the decisions in a column `included` alone, as older versions write it, or None.

    Other tools' marks come before it.
    """
    known = headings(entries)
    column = next((name for name in _PLAIN if name in known), "")
    return list(_from_table(entries, column)) if column else None


def _from_table(entries: Sequence[Entry], column: str) -> Iterator[Given]:
    for entry in entries:
        verdict = _LABELS.get(cell(entry, column).lower())
        if verdict is not None:
            note, person = cell(entry, "asreview note"), cell(entry, *_PEOPLE)
            yield Given(entry=entry, verdict=verdict, person=person, note=note)


def _from_notes(entries: Sequence[Entry]) -> Iterator[Given]:
    for entry in entries:
        words, fields = _told(entry), _fields(entry)
        label = fields.get("label", "")
        if label:
            words.append(label)
        # Two words that differ give two decisions, which nobody takes.
        for verdict in {_LABELS[word]: None for word in words if word in _LABELS}:
            yield Given(
                entry=entry,
                verdict=verdict,
                person=fields.get("user_name", ""),
                note=fields.get("note", ""),
            )


def _told(entry: Entry) -> list[str]:
    return [word for tag, value in entry.raw if tag == "N1" for word in _WORD.findall(value)]


def _fields(entry: Entry) -> dict[str, str]:
    found = {}
    for tag, value in entry.raw:
        if tag == "N1" and (match := _FIELD.match(value)):
            found[match[1]] = _unquoted(match[2])
    return found


def _unquoted(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text.strip()
    return "" if value is None else str(value)
