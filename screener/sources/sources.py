"""The sources of an open project: importing reference files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from screener.model import Batch, Entry, Progress, Search, Skipped, SourceKind, UserError, silent
from screener.sources import reading
from screener.sources.batches import Batches, Parsed
from screener.store import paths


def parse_file(
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 - the option's name
    mapping: reading.Mapping | None = None,
    progress: Progress = silent,
) -> Parsed:
    """Read a reference file without storing anything; a table by `mapping` when that is given.

    `UserError` in one sentence when it holds no records or is something else.
    """
    place = Path(path)
    paths.refuse_open(place)  # reading it by another way than its connection drops its lock
    found = reading.read(place, format=format, mapping=mapping, progress=progress)
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    for item in found:
        if isinstance(item, Entry):
            entries.append(item)
        else:
            skipped.append(item)
    return Parsed(
        file=place.name,
        format=found.format,
        dialect=found.dialect,
        guess=found.guess,
        digest=found.digest,
        entries=tuple(entries),
        skipped=tuple(skipped),
        mapping=found.mapping,
    )


class Sources(Batches):
    """Import batches, and reading files into them."""

    def import_file(
        self,
        path: Path | str,
        *,
        source: str,
        kind: SourceKind | str = SourceKind.DATABASE,
        platform: str = "",
        searched: str = "",
        strategy: str = "",
        limits: str = "",
        filters: str = "",
        claimed: int | None = None,
        format: str | None = None,  # noqa: A002 - the option's name
        progress: Progress = silent,
    ) -> Batch:
        """Read one reference file into one import batch; all of it or nothing."""
        if searched:
            check_date(searched)
        parsed = parse_file(path, format=format, progress=progress)
        search = Search(
            source=source,
            kind=SourceKind(kind),
            platform=platform,
            searched=searched,
            strategy=strategy,
            limits=limits,
            filters=filters,
            claimed=claimed,
        )
        return self.store(parsed, search, progress)


def check_date(text: str) -> None:
    """Raise `UserError` unless the text is an ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise UserError(f"“{text}” is no date; write it as 2018-12-14.") from None
