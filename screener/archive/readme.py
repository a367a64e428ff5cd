"""README.txt: what each file is, how the numbers follow from them, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from screener.archive.bundle import MANIFEST
from screener.archive.parts import Part, Plain, Review, Table, text
from screener.model.words import counted

_WIDTH = 100
README = "README.txt"
CODEBOOK = "codebook.csv"

_TABLES = """
Tables are CSV: UTF-8 with a byte order mark, commas, lines that end in CR and LF, and the names
of the columns in the first line. A text that a spreadsheet would take for a formula has an
apostrophe before it. codebook.csv says what every column of every table means. Records, imports,
joins, decisions (D), answers (A) and settlements (C) have numbers, by which the tables name them.
A moment is the number of an entry of the project's log: what was in the review at a moment is
everything up to it.
"""
_HOW = """
Records identified: records.csv, all records whose import was not withdrawn, by the kind of their
source in searches.csv, before duplicates are joined.

Units and duplicates: A unit is a record with its duplicates (column unit). A unit with a record
of a database or register that was not removed belongs to the left column of the diagram, every
other one to other methods. Of each unit all records of databases and registers but one are
duplicates; joins.csv says which were joined by hand: a join counts for what it added to those
before it.

Removed before screening: Records of databases and registers that were removed (column removed),
by a rule or by a person; a unit that was removed as a whole is one, and its other records stay
duplicates.

Outcomes: The decisions that stand (decisions.csv, column stands) are compared by the rule of the
protocol in force; what consensus.csv says settles it, as long as the decisions are those of its
basis. A unit needs as many decisions of different reviewers as the protocol says. Nothing is
compared before everybody who is waited for has closed it (taking-part.csv, closings.csv,
shown-early.csv). standings.csv has the status and outcome of every unit.

Screened, sought, assessed, included: Screened are the units of the left column; excluded those
whose outcome at title-abstract is exclude; sought those whose outcome is include; not retrieved
those said so in retrieval.csv (of joined records retrieved comes before not-retrieved, and that
before sought); assessed the others that full text is open for and that were read; included those
whose outcome at full-text is include. While anything is pending or re-opened the flow is a draft.

Studies: Studies of studies.csv with an included report, and included reports in no study, each of
which counts as one. Reports of which every study is awaiting or ongoing are awaiting.

Agreement: Of the decisions with first_close only: what each reviewer said at the first close of
the stage that had the unit in it, on units that both decided. Kappa, AC1 and PABAK follow from
the table of both verdicts; maybe counts as include in binary. Where a reviewer said two things of
one unit it counts in no figure.

Ratings: The scores of the agreed options (agreed.csv, status agreed or resolved; scores in the
form's file), added up by study; what does not apply lowers what is possible.
"""


def readme(of: Review, parts: Sequence[Part], left_out: Sequence[str]) -> Plain:
    """Return the README of these parts; `left_out` are sentences on what could not be put in."""
    return text(README, "This text.", "\n".join(_lines(of, parts, left_out)))


def _lines(of: Review, parts: Sequence[Part], left_out: Sequence[str]) -> Iterator[str]:
    protocol = of.protocol.current
    yield _wrapped(protocol.title or "A systematic review")
    yield ""
    registered = f" Registration: {protocol.registration}." if protocol.registration else ""
    yield _wrapped(
        "This is the archive of a systematic review: what was searched, decided, settled and "
        f"counted, in files that need no special program.{registered} It was written by Screener "
        "from the project file of its coordinator; the same project gives the same archive."
    )
    yield from ("", "WHAT IS LEFT OUT", "")
    yield from map(_item, [*_hidden(of), *left_out, _OWN])
    yield from ("", "THE FILES", "")
    yield from (_item(f"{part.path}: {part.about}") for part in parts)
    yield _item(f"{CODEBOOK}: What every column of every table means.")
    yield _item(
        f"{MANIFEST}: The SHA-256 of every other file; `sha256sum -c {MANIFEST}` checks them."
    )
    yield from ("", "HOW TO READ THE TABLES", "", _wrapped(_TABLES))
    yield from ("", "HOW THE NUMBERS FOLLOW", "")
    yield from map(_item, _HOW.split("\n\n"))


_OWN = "Reviewers' labels and highlight words are their own and are in no archive."


def _hidden(of: Review) -> Iterator[str]:
    """Say of every stage how much of it is hidden."""
    none = True
    for step in of.consensus.steps:
        here = of.consensus.at(step.id)
        number, late = here.hidden(), len(here.coverage.withheld.events())
        if number:
            yield (
                f"{step.words}: {counted(number, 'item')}, because not everybody who has to decide "
                "has closed the stage; what was decided on them is in no table."
            )
        if late:
            yield (
                f"{step.words}: {counted(late, 'entry', 'entries')} on records that were joined to "
                "others later and are not closed yet."
            )
        none = none and not (number or late)
    if none:
        yield "Nothing of what was decided is hidden."


def _item(words: str) -> str:
    return fill(
        " ".join(words.split()), _WIDTH, initial_indent="- ", subsequent_indent="  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _wrapped(words: str) -> str:
    return fill(" ".join(words.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)


def codebook(parts: Sequence[Part]) -> Table:
    """Return the table of the columns of all tables, itself among them."""
    columns = (
        ("file", "Table of this archive"),
        ("column", "Column of it"),
        ("meaning", "What it means"),
        ("values", "What may stand in it"),
    )
    tables = [(part.path, part.columns) for part in parts if isinstance(part, Table)]
    rows = [
        (path, name, *_meaning(meaning))
        for path, explained in (*tables, (CODEBOOK, columns))
        for name, meaning in explained
    ]
    about = "What every column of every table means."
    return Table(path=CODEBOOK, about=about, columns=columns, rows=rows)


def _meaning(words: str) -> tuple[str, str]:
    meaning, _, values = words.partition("\t")
    return meaning, values or "text"
