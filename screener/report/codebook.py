"""What every column of an export means: its words, the values it may take, the protocol's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from screener.model import (
    RECORD_TYPES,
    Criterion,
    ExclusionReason,
    Judgement,
    Outcome,
    Protocol,
    Reviewer,
    Stage,
    Status,
    UserError,
)
from screener.store import paths
from screener.store.file import FileKind

HEADINGS = ("column", "meaning", "values")
REMOVED = "removed because"
"""The column that says why records were removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One column of an export: its name, what it means, and the values it may take."""

    column: str
    meaning: str
    values: str = "text"


FIELDS = {
    "type": ("Kind of publication; empty where the source did not say", "; ".join(RECORD_TYPES)),
    "title": ("Title", "text"),
    "translated_title": ("Title in another language", "text"),
    "authors": ("Authors: persons as Family, Given; groups by their name", "names, joined by ; "),
    "year": ("Year of publication", "number"),
    "date": ("Date of publication, as exact as the source gave it", "YYYY, YYYY-MM or YYYY-MM-DD"),
    "journal": ("Journal, or the book or proceedings it appeared in", "text"),
    "journal_abbreviation": ("Abbreviated name of the journal", "text"),
    "volume": ("Volume", "text"),
    "issue": ("Issue", "text"),
    "pages": ("Pages", "first-last"),
    "article_number": ("Article number, where there are no pages", "text"),
    "doi": ("Digital object identifier, without an address before it", "begins with 10."),
    "pmid": ("Number in PubMed", "digits"),
    "pmcid": ("Number in PubMed Central", "PMC and digits"),
    "issn": ("ISSN of the journal", "text"),
    "isbn": ("ISBN of the book", "text"),
    "accession": ("Number in the source it came from (in JSON: source_id)", "text"),
    "database": ("Database as the source's file names it", "text"),
    "registration": ("Registration number of the study", "text"),
    "abstract": ("Abstract", "text"),
    "keywords": ("Keywords and subject headings", "words, joined by ; "),
    "language": ("Language of the report", "text"),
    "url": ("Address", "text"),
    "publication_type": ("Kind of publication in the source's words", "words, joined by ; "),
    "publisher": ("Publisher", "text"),
}
"""The fields of a record, in the order of the tables."""

STATUSES = {
    Status.NOT_OPEN: "this stage is not open for it",
    Status.NOT_RETRIEVED: "the report could not be obtained",
    Status.HIDDEN: "decided or not, which cannot be seen before everybody has closed it",
    Status.NOT_STARTED: "nobody has decided",
    Status.PENDING: "not everybody has decided",
    Status.MISSING: "everybody has closed the stage, but a decision is missing",
    Status.AGREED: "the reviewers agree",
    Status.CONFLICT: "the reviewers disagree on the outcome",
    Status.REASON: "the reviewers exclude for different reasons",
    Status.MAYBE: "a maybe has to be discussed",
    Status.SELF: "one reviewer's decisions contradict each other",
    Status.RESOLVED: "settled by consensus or adjudication",
    Status.REOPENED: "settled, but a decision was changed afterwards",
    Status.CONSENSUS_CONFLICT: "two meetings settled it differently",
    Status.REMOVED: "removed before screening",
}
"""Where a unit of an export may stand; what is removed is in an export of its own."""

LATE = (Status.NOT_OPEN, Status.NOT_RETRIEVED)
"""Where a unit stands at full text before it can be decided there."""

_OWN = "decided: by the reviewer of this copy; not decided"


TO_SETTLE, SETTLED, NOT_KNOWN = "to settle", "settled", "not known here"
"""Where a unit stands in an arbitrator's file, which holds nobody's decisions."""

_GIVEN = (
    f"{TO_SETTLE}: by the arbitrator of this file; {SETTLED}: by that arbitrator; {NOT_KNOWN}: "
    "what the review decided is in the coordinator's project"
)


def in_words(word: str) -> str:
    """Return a status, judgement or retrieval state as a person reads it."""
    return str(word).replace("-", " ")


def column(stage: Stage, what: str) -> str:
    """Return the name of a column of a stage."""
    return f"{stage.words}: {what}"


def codebook(
    protocol: Protocol, reviewers: Sequence[Reviewer], kind: FileKind = FileKind.PROJECT
) -> list[Explained]:
    """Explain every column of an export in order, then the criteria and reasons of the protocol."""
    fields = [Explained(column=n, meaning=m, values=v) for n, (m, v) in FIELDS.items()]
    further = columns(protocol, reviewers, kind)
    return [*fields, *further, *(_reason(protocol, reason) for reason in protocol.reasons)]


def columns(
    protocol: Protocol, reviewers: Sequence[Reviewer], kind: FileKind = FileKind.PROJECT
) -> list[Explained]:
    """Explain the columns of an export that follow the fields; a copy knows of no outcomes."""
    found = [
        Explained(
            column="record",
            meaning="Number of the record in this review; of duplicates, the one that is shown",
            values="number from 1",
        ),
        Explained(column="found in", meaning="Sources that found it", values="names, joined by ; "),
        Explained(
            column="all records",
            meaning="Numbers of all records of the same report (duplicates)",
            values="numbers, joined by ; ",
        ),
        Explained(
            column=REMOVED,
            meaning="Why records of it were removed before screening; empty: none was",
            values="reasons, joined by /",
        ),
    ]
    copy = kind is FileKind.COPY
    for stage in Stage:
        found += _own(stage) if copy else _standing(stage, protocol, kind)
        for reviewer in reviewers:
            found += _reviewer(stage, reviewer.name, protocol)
        if not copy:
            found.append(_consensus(stage))
    retrieval = Explained(
        column=column(Stage.FULL_TEXT, "retrieval"),
        meaning="Whether the report could be obtained, and why not",
        values="sought; retrieved; not retrieved: with the reason; empty: nothing was said",
    )
    return [*found, retrieval]


def _standing(stage: Stage, protocol: Protocol, kind: FileKind) -> Iterator[Explained]:
    project = kind is FileKind.PROJECT
    possible = [s for s in STATUSES if stage is Stage.FULL_TEXT or s not in LATE]
    outcomes = [o for o in Outcome if stage is Stage.FULL_TEXT or o is not Outcome.AWAITING]
    yield Explained(
        column=column(stage, "status"),
        meaning="Where it stands at this stage" + ("" if project else " in this file"),
        values="; ".join(f"{in_words(s)}: {STATUSES[s]}" for s in possible)
        if project
        else _GIVEN + _late(stage),
    )
    yield Explained(
        column=column(stage, "outcome"),
        meaning="What the review does with it",
        values="; ".join([*outcomes, "empty: open"]),
    )
    yield Explained(
        column=column(stage, "reason"),
        meaning="Why the review excludes it: the one reason that is counted",
        values=_reasons(protocol),
    )


def _own(stage: Stage) -> Iterator[Explained]:
    yield Explained(
        column=column(stage, "status"),
        meaning="Where it stands at this stage in this copy",
        values=_OWN + _late(stage),
    )


def _late(stage: Stage) -> str:
    possible = (*(LATE if stage is Stage.FULL_TEXT else ()), Status.REMOVED)
    return "".join(f"; {in_words(one)}: {STATUSES[one]}" for one in possible)


def _reviewer(stage: Stage, name: str, protocol: Protocol) -> Iterator[Explained]:
    judged = ", ".join(c.name for c in protocol.criteria)
    values = f"include; maybe; exclude; empty: not decided, or not to be seen yet. {_BRACKETS}"
    if judged:
        words = ", ".join(in_words(j) for j in Judgement)
        values += f" After it each criterion that was judged ({judged}): {words}."
    yield Explained(
        column=column(stage, f"decision of {name}"),
        meaning=f"What {name} decided, before any consensus; several are parted by /",
        values=values,
    )
    yield Explained(
        column=column(stage, f"note of {name}"),
        meaning=f"What {name} noted on the decision, on one line",
    )


_BRACKETS = "The reason for excluding stands in brackets."


def _consensus(stage: Stage) -> Explained:
    return Explained(
        column=column(stage, "consensus"),
        meaning="What was agreed, how, by whom and why; two that differ are parted by /",
        values="include; exclude"
        + ("; awaiting" if stage is Stage.FULL_TEXT else "")
        + f"; empty: nothing was settled. {_BRACKETS}",
    )


def _reasons(protocol: Protocol) -> str:
    words = [reason.text for reason in protocol.reasons]
    return "; ".join([*words, "Other: the note says why", "empty: no single reason"])


def _reason(protocol: Protocol, reason: ExclusionReason) -> Explained:
    criterion = protocol.criterion(reason.id) if reason.criterion else None
    return Explained(
        column=f"Reason {reason.number}: {reason.text}",
        meaning=_criterion(criterion) if criterion else "A further reason; no criterion.",
        values="; ".join(in_words(j) for j in Judgement) if criterion else "",
    )


def _criterion(criterion: Criterion) -> str:
    said = [("Question", criterion.question), ("Include", criterion.include),
            ("Exclude", criterion.exclude)]  # fmt: skip
    words = [f"{name}: {' '.join(text.split())}" for name, text in said if text.strip()]
    return ". ".join(["A criterion of the protocol", *words])


def table(rows: Iterable[Explained]) -> list[tuple[str, ...]]:
    """Return the codebook as rows of cells under their headings."""
    return [HEADINGS, *(astuple(row) for row in rows)]


def require_place(path: Path, export: Path | None = None) -> None:
    """Raise `UserError` unless a codebook can be written there, alone or beside an export."""
    paths.refuse_open(path)
    if path.suffix.lower() != ".csv":
        raise UserError(f"The codebook is a CSV table; end the name “{path.name}” in .csv.")
    if export is not None and paths.real(path) == paths.real(export):
        raise UserError("The codebook needs a file of its own; give it another name.")
    paths.require_folder(path)


def save(path: Path, rows: Iterable[Explained]) -> None:
    """Write the codebook as CSV for spreadsheets; no cell is a live formula."""
    paths.write_csv(path, HEADINGS, map(astuple, rows))
