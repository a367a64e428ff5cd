"""What the example is made of: the tables of `resources/example`, and the records they name."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screener.model import Progress, SourceKind, UserError
from screener.project import Project
from screener.units.units import folded_title

CONTENT = Path(__file__).resolve().parents[2] / "resources" / "example"

Row = Mapping[str, str]


def toml(name: str) -> dict[str, Any]:
    """Return a file of settings."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[Row]:
    """Return the rows of a table."""
    with (CONTENT / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def numbered(name: str) -> list[tuple[int, Row]]:
    """Return the rows of a table with their lines."""
    return list(enumerate(rows(name), 2))


def searches(round_: int = 0) -> list[dict[str, Any]]:
    """Return the searches of a round, or all of them."""
    return [one for one in toml("searches.toml")["searches"] if round_ in (0, one["round"])]


def import_search(project: Project, search: Mapping[str, Any], sources: Path) -> None:
    """Import the file of a search, with what is reported of it."""
    project.sources.import_file(
        sources / search["file"],
        source=search["source"],
        kind=SourceKind(search["kind"]),
        platform=search["platform"],
        searched=search["searched"],
        strategy=search["strategy"].strip(),
        limits=search["limits"],
        filters=search["filters"],
        claimed=search["claimed"],
    )


class Steps:
    """Says which step is made, of all that there are."""

    ALL = 16

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0

    def tell(self, what: str) -> None:
        """Say that the next step begins."""
        self._done += 1
        self._progress(self._done, self.ALL, what)


class Finder:
    """Finds the records that the example's tables name by source, DOI or title."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._sources = {b.id: b.search.source for b in project.sources.batches()}
        self._records = list(project.sources.records())

    def record(self, source: str, doi: str, title: str) -> str:
        """Return the record of a source; "" where that was not searched yet."""
        if source not in self._sources.values():
            return ""
        wanted = folded_title(title)
        for record in self._records:
            same = record.fields.doi == doi if doi else folded_title(record.fields.title) == wanted
            if same and self._sources[record.batch] == source:
                return record.id
        raise UserError(f"The example names a record that is not in it: {source}, {doi or title}.")

    def unit(self, doi: str, title: str) -> str:
        """Return the unit of a report."""
        found = self.unit_or_none(doi, title)
        if found is None:
            raise UserError(f"The example names a record that is not in it: {doi or title}.")
        return found

    def unit_or_none(self, doi: str, title: str) -> str | None:
        """Return the unit of a report, None for one that no search has found yet."""
        wanted = folded_title(title)
        for record in self._records:
            if (record.fields.doi == doi) if doi else (folded_title(record.fields.title) == wanted):
                return self._project.units.of_record(record.id)
        return None
