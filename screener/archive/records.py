"""Searches, records and what became of them before screening, as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from screener.archive.index import Index
from screener.archive.parts import Part, Plain, Review, Row, Table, text, together, yes
from screener.duplicates.methods import methods
from screener.model import Batch, Fields, Record
from screener.report.codebook import FIELDS
from screener.sources.writers.csv_table import HEADER, cells
from screener.sources.writers.writer import Row as Written
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import of_kinds
from screener.store.kinds.project import Different, Remove


def parts(file: File, of: Review, index: Index) -> Iterator[Part]:
    """Yield the searches with their strategies, the records, duplicates and corrections."""
    batches = of.sources.batches()
    yield _searches(file, index, batches)
    yield from _strategies(batches)
    yield _records(file, of, index, {one.id: one for one in batches})
    yield _joins(of, index)
    yield _different(file, index)
    yield _runs(of)
    yield text(
        "duplicates/methods.txt",
        "How duplicates were found, in sentences for a methods section.",
        methods(of.duplicates, of.sources, of.units),
    )
    yield _corrections(of)


# --- searches ------------------------------------------------------------------------------------


def _strategy(place: int) -> str:
    return f"searches/strategy-{place}.txt"


def _searches(file: File, index: Index, batches: list[Batch]) -> Table:
    moments: dict[str, int] = {}
    for entry in of_kinds(file, "batch"):
        moments.setdefault(entry.event.subject, index.moment(entry.event.id))

    def rows() -> Iterator[Row]:
        for place, one in enumerate(batches, 1):
            said = one.search
            yield (
                place, said.source, said.kind, said.platform, said.searched,
                _strategy(place) if said.strategy.strip() else "", said.limits, said.filters,
                said.claimed, one.parsed, len(one.skipped), one.file, one.format, one.file_digest,
                one.imported, moments.get(one.id, 0), yes(one.withdrawn), one.withdrawn,
            )  # fmt: skip

    return Table(
        path="searches/searches.csv",
        about="Every search: one line for each file that was imported.",
        columns=(
            ("import", "Number of the import, from 1; the other tables name it"),
            ("source", "Database, register or other source that was searched (PRISMA-S 1, 3 to 7)"),
            (
                "kind",
                "Kind of source\tdatabase; register; website; organisation; citation-searching",
            ),
            ("platform", "Platform by which it was searched (PRISMA-S 1)"),
            ("searched", "Date of the search (PRISMA-S 13)\tYYYY-MM-DD"),
            ("strategy_file", "File in this archive with the whole strategy (PRISMA-S 8)"),
            ("limits", "Limits and restrictions (PRISMA-S 9)"),
            ("filters", "Search filters (PRISMA-S 10)"),
            ("announced", "How many records the source announced (PRISMA-S 15)\tnumber"),
            ("parsed", "How many records the file gave\tnumber"),
            ("skipped", "How many places of the file were no record\tnumber"),
            ("file", "Name of the file that was imported"),
            ("format", "Format of the file"),
            ("file_sha256", "SHA-256 of the file"),
            ("imported", "When it was imported\tISO time"),
            ("moment", "Which entry of the project's log opened these records\tnumber from 1"),
            ("withdrawn", "Whether the import was taken back\tyes; empty"),
            ("withdrawn_why", "Why it was taken back"),
        ),
        rows=rows(),
    )


def _strategies(batches: list[Batch]) -> Iterator[Plain]:
    for place, one in enumerate(batches, 1):
        if one.search.strategy.strip():
            about = f"Strategy of import {place}, as it was run."
            yield text(_strategy(place), about, one.search.strategy)


# --- records -------------------------------------------------------------------------------------


def _records(file: File, of: Review, index: Index, batches: dict[str, Batch]) -> Table:
    removed = {head.body.record: head.body for head in heads(file, Remove)}
    by_hand: dict[str, Counter[bool]] = defaultdict(Counter)
    for join in of.duplicates.joined():
        for uid in join.records:
            by_hand[uid][join.by_hand] += 1

    def row(one: Record) -> Row:
        gone, batch = removed.get(one.id), batches[one.batch]
        how = by_hand.get(one.id, Counter[bool]())
        words = (("automatically", False), ("by hand", True))
        written = Written(fields=one.fields, columns={})
        return (
            one.number, one.id, index.imports[one.batch], index.unit(one.id),
            together(word for word, hand in words if how.get(hand)), yes(gone),
            gone.why if gone else "", yes(gone and gone.automatic), yes(batch.withdrawn),
            together(sorted(one.corrected)), *cells(written, ()),
        )  # fmt: skip

    return Table(
        path="records/records.csv",
        about="Every record that was imported, removed and withdrawn ones too.",
        columns=(
            ("record", "Number of the record in this review; never used again\tnumber from 1"),
            ("uid", "The record's id in the project file"),
            ("import", "Import that brought it, in searches.csv"),
            ("unit", "What is screened: the number of the record shown for it and its duplicates"),
            (
                "joined",
                (
                    "How it was joined to its duplicates, in joins.csv\tautomatically; by hand;"
                    " empty: it has none"
                ),
            ),
            ("removed", "Whether it was removed before screening\tyes; empty"),
            ("removed_why", "Why it was removed"),
            ("removed_automatically", "Whether a rule removed it, and no person\tyes; empty"),
            ("withdrawn", "Whether its import was taken back\tyes; empty"),
            ("corrected", "Fields that were corrected, in corrections.csv"),
            *((name, "\t".join(FIELDS[name])) for name in HEADER),
        ),
        rows=map(row, of.sources.records()),
    )


def _corrections(of: Review) -> Table:
    def value(fields: Fields, name: str) -> str:
        said = getattr(fields, name)
        return together(said) if isinstance(said, tuple) else str("" if said is None else said)

    def rows() -> Iterator[Row]:
        for one in of.sources.records():
            if one.corrected:
                before = of.sources.source_fields(one.id)
                for name in sorted(one.corrected):
                    yield one.number, name, value(before, name), value(one.fields, name)

    return Table(
        path="records/corrections.csv",
        about="What was corrected in records, beside what their sources said.",
        columns=(
            ("record", "Number of the record"),
            ("field", "Column of records.csv"),
            ("source", "What its source said"),
            ("corrected", "What it was corrected to"),
        ),
        rows=rows(),
    )


# --- duplicates ----------------------------------------------------------------------------------


def _joins(of: Review, index: Index) -> Table:
    runs = {run.id: place for place, run in enumerate(of.duplicates.runs(), 1)}

    def rows() -> Iterator[Row]:
        for place, one in enumerate(of.duplicates.joined(), 1):
            yield (
                place, together(map(index.number, one.records)), index.number(one.kept),
                "by hand" if one.by_hand else "automatically", one.rule, runs.get(one.run, ""),
            )  # fmt: skip

    return Table(
        path="duplicates/joins.csv",
        about="The joins of duplicates that stand, in the order they were made.",
        columns=(
            ("join", "Number of the join, from 1"),
            ("records", "Numbers of the records that are one report, as they were joined"),
            ("kept", "Number of the record that is shown"),
            ("how", "Who joined them\tautomatically; by hand"),
            ("rule", "Rule or answer that joined them"),
            ("run", "Run of the duplicate finder that joined them, in runs.csv"),
        ),
        rows=rows(),
    )


def _different(file: File, index: Index) -> Table:
    found = heads(file, Different)
    return Table(
        path="duplicates/different.csv",
        about="Records that a person said are different reports.",
        columns=(
            ("records", "Numbers of the records, joined by ; "),
            ("time", "When it was said\tISO time"),
        ),
        rows=[(together(index.numbers(one.body.records)), one.time) for one in found],
    )


def _runs(of: Review) -> Table:
    def rows() -> Iterator[Row]:
        for place, one in enumerate(of.duplicates.runs(), 1):
            yield (
                place, one.time, one.described, one.version, one.program, one.records, one.groups,
                one.joins, one.asked, together(f"{rule} {n}" for rule, n in one.rules.items()),
            )  # fmt: skip

    return Table(
        path="duplicates/runs.csv",
        about="The runs of the duplicate finder.",
        columns=(
            ("run", "Number of the run, from 1"),
            ("time", "When it ran\tISO time"),
            ("settings", "Its settings, in words"),
            ("version", "Version of its rules"),
            ("program", "Version of Screener"),
            ("records", "How many records it compared"),
            ("groups", "How many groups it found"),
            ("joins", "How many units became one"),
            ("asked", "How many pairs it left to a person"),
            ("rules", "How many pairs each rule joined"),
        ),
        rows=rows(),
    )
