"""The sources of an open project: importing reference files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from screener.model import Batch, Entry, Progress, Search, Skipped, SourceKind, UserError, silent
from screener.model.arguments import public
from screener.sources import reading
from screener.sources.batches import Batches
from screener.sources.parsed import Entries, Parsed
from screener.sources.proposals import Proposals
from screener.sources.tables import refuse_untitled
from screener.store import paths
from screener.store.file import File


def parse_file(
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 - the option's name
    mapping: reading.Mapping | None = None,
    progress: Progress = silent,
) -> Parsed:
    """Read a reference file without storing anything; a table by `mapping` when that is given.

    `UserError` in one sentence when it holds no records, is something else, or is a table in which
    no column is known to be the title.
    """
    place = Path(path)
    paths.refuse_open(place)  # reading it by another way than its connection drops its lock
    found = reading.read(place, format=format, mapping=mapping, progress=progress)
    if mapping is None:
        refuse_untitled(found.mapping, place.name)
    skipped: list[Skipped] = []
    entries = Entries(_set_aside(found, skipped))
    return Parsed(
        file=place.name,
        format=found.format,
        dialect=found.dialect,
        guess=found.guess,
        digest=found.digest,
        entries=entries,
        skipped=tuple(skipped),
        mapping=found.mapping,
    )


def _set_aside(found: Iterable[Entry | Skipped], skipped: list[Skipped]) -> Iterator[Entry]:
    """Yield the records, and put the skipped lines between them into the list."""
    for item in found:
        if isinstance(item, Entry):
            yield _checked(item)
        else:
            skipped.append(item)


_OLD = 1900
NO_TITLE = "This record has no title."
"""What is said of one."""


def _checked(entry: Entry) -> Entry:
    """Say what a reader should know of a record: that it has no title, that its dates disagree.

    Online first and print may be in two years; what lies further apart cannot both be true, and
    the year counts, because it is what people cite.
    """
    fields = entry.fields
    if not fields.title:
        entry = replace(entry, remarks=(*entry.remarks, NO_TITLE))
    if fields.year and fields.year < _OLD and str(fields.year) == fields.issue:
        fields = replace(fields, year=None)
        remark = f"{fields.issue} is the number of the issue; it was not taken for the year."
        entry = replace(entry, fields=fields, remarks=(*entry.remarks, remark))
    if fields.date and fields.year and abs(int(fields.date[:4]) - fields.year) > 1:
        remark = f"The date {fields.date} contradicts the year {fields.year}; the year was kept."
        return replace(entry, fields=replace(fields, date=""), remarks=(*entry.remarks, remark))
    return entry


class Sources(Batches):
    """Import batches, and reading files into them; `proposals` holds what reviewers propose."""

    def __init__(self, file: File) -> None:
        super().__init__(file)
        self.proposals = Proposals(file, self)

    @public
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
