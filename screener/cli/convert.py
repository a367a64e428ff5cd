"""`screener convert`: reference files from one format into another, without a project."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from screener.cli.columns import by_columns, column_option
from screener.cli.shared import inputs, require_places, say
from screener.model import Entry, Skipped
from screener.model.words import noun
from screener.sources.reading import Mapping, Reading, read
from screener.sources.sources import NO_TITLE
from screener.sources.tables import refuse_untitled
from screener.sources.writing import ENDINGS, format_of, write, write_to

_SHOWN = 20


@click.command(
    epilog="Example: screener convert pubmed.nbib embase.ris all.csv", no_args_is_help=True
)
@click.argument("files", nargs=-1, required=True, metavar="IN... OUT")
@click.option("--format", "name", metavar="NAME", help="Read the files as this format.")
@column_option
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def convert(
    files: tuple[str, ...], name: str | None, columns: tuple[str, ...], quiet: bool
) -> None:
    """Read reference files of any known format and write them as one file.

    The ending of OUT chooses the format; `-` is standard output and writes JSON. As IN, `-` is
    standard input.
    """
    *sources, target = files
    if not sources:
        raise click.UsageError(f"Name the files to read and then OUT ({', '.join(ENDINGS)} or -).")
    kind = "json" if target == "-" else format_of(Path(target))
    if target != "-":
        require_places([Path(source) for source in sources], [Path(target)])
    with inputs([Path(source) for source in sources]) as places:
        readings = [_reading(place, name, columns) for place in places]
        report = _Report()
        entries = report.entries(readings)
        if target == "-":
            write_to(sys.stdout.buffer, entries, format=kind)
            sys.stdout.flush()
        else:
            write(Path(target), entries, format=kind)
        if not quiet:
            report.show(readings)


def _reading(path: Path, name: str | None, columns: tuple[str, ...]) -> Reading:
    def titled(mapping: Mapping | None) -> Reading:
        found = read(path, format=name, mapping=mapping)
        if mapping is None:
            refuse_untitled(found.mapping, path.name)
        return found

    return by_columns(path, columns, titled)


class _Report:
    """Counts what came out of the files and keeps what was skipped."""

    def __init__(self) -> None:
        self.count = 0
        self.skipped: list[Skipped] = []
        self.remarks: Counter[str] = Counter()

    def entries(self, readings: list[Reading]) -> Iterator[Entry]:
        for reading in readings:
            for found in reading:
                if isinstance(found, Skipped):
                    self.skipped.append(found)
                    continue
                self.count += 1
                self.remarks.update(found.remarks)
                self.remarks.update([] if found.fields.title else [NO_TITLE])
                yield found

    def show(self, readings: list[Reading]) -> None:
        """Say on standard error how many records there were and which lines gave none."""
        for reading in readings:
            _say(f"{reading.dialect}: read as {reading.format}.")
            for remark in reading.remarks:
                _say(remark)
        for remark, count in self.remarks.items():
            _say(f"{remark} ({count} records)" if count > 1 else remark)
        count, skipped = self.count, len(self.skipped)
        _say(f"{count} {noun(count, 'record')}; {skipped} {noun(skipped, 'place')} skipped.")
        for one in self.skipped[:_SHOWN]:
            _say(f"line {one.line}: {one.why} {one.text[:200]!r}")
        if len(self.skipped) > _SHOWN:
            _say(f"and {len(self.skipped) - _SHOWN} more places.")


def _say(text: str) -> None:
    say(text, err=True)
