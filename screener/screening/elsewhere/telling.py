"""What is said about decisions taken from elsewhere, the same in the window and in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from screener.model.words import NO_TITLE
from screener.screening.elsewhere.sorting import BY, Row
from screener.screening.elsewhere.taking import Taken
from screener.sources.writers.writer import defused
from screener.store import paths

LEFT = {
    "not_matched": "matches no record here, or more than one",
    "differing": "decided otherwise here",
    "contradictory": "contradicts another row",
    "not_open": "not to be screened at this stage",
}
"""Why rows were left alone, by their name in `Taken`."""

_COUNTED = {
    "same": "decided the same already",
    "repeated": "further rows for a record that was taken",
    "no_reason": "exclusions without a reason; the note says so",
    "unattributed": "exclusions whose reason may be another person's; it was not taken",
    "others": "decisions of other people, not taken",
    "undecided": "records without a decision",
    "skipped": "lines without a record",
}
_BY = {"doi": "DOI", "pmid": "PMID", "title": "title"}
_HEADINGS = ("line", "title", "verdict", "record", "why")


def remarks(taken: Taken) -> Iterator[str]:
    """Yield a sentence for everything that is worth one, rows left alone excepted."""
    found = [f"{taken.matched[by]:,} by {_BY[by]}" for by in BY if taken.matched[by]]
    if found:
        yield f"Matched with records here: {', '.join(found)}."
    for name, words in _COUNTED.items():
        if count := getattr(taken, name):
            yield f"{count:,} {words}."
    if taken.reasons:
        yield f"No reasons of the protocol, written into notes: {'; '.join(taken.reasons)}."


def left(taken: Taken) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Yield the rows that were left alone under why."""
    for name, words in LEFT.items():
        rows: tuple[Row, ...] = getattr(taken, name)
        if rows:
            yield words, rows


def row(found: Row) -> str:
    """Write one row that was left alone."""
    record = f", record {found.record}" if found.record else ""
    return f"line {found.line}{record}: {found.verdict}, {found.title or NO_TITLE}"


def write_left(path: Path, taken: Taken) -> None:
    """Write the rows that were left alone as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for why, rows in left(taken):
        for one in rows:
            writer.writerow((one.line, defused(one.title), one.verdict, one.record or "", why))
    paths.write_text(path, "\ufeff" + out.getvalue())
