"""Many decisions out of a table: all of its rows are understood, or none is taken."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.cli.shared import tell
from screener.model import (
    DECISION_COLUMNS,
    Decision,
    Judgement,
    RecordId,
    Stage,
    UserError,
    Verdict,
)
from screener.project import Project
from screener.screening import rules
from screener.screening.screening import Draft
from screener.sources.headed_rows import HeadedRow
from screener.sources.typed_rows import read_table

_MOST = 10


@contextmanager
def named(table: Path) -> Iterator[Path]:
    """Give the file of a table; what comes from standard input (`-`) lies in one meanwhile."""
    if str(table) != "-":
        yield table
        return
    with TemporaryDirectory() as folder:
        place = Path(folder) / "standard input.csv"
        try:
            whole = sys.stdin.buffer.read()
        except OSError as error:
            raise UserError(
                f"Standard input cannot be read ({error.strerror}); nothing was taken."
            ) from error
        place.write_bytes(whole)
        yield place


def drafts_from(
    review: Project, table: Path, stage: Stage, *, replace: bool = False
) -> list[Draft]:
    """Return the decisions of a table that are not recorded yet, one for each record.

    `UserError` names columns that are not known, and lists the rows that match no record, say what
    cannot be, decide a record a second time otherwise, or, unless `replace`, say otherwise than
    what is decided already.
    """
    criteria = [c.id for c in review.protocol.current.criteria]
    found = read_table(table, ("verdict",), (*DECISION_COLUMNS, *criteria), tell=tell)
    matcher = review.units.matcher()
    failures: list[str] = []
    drafts: dict[str, tuple[int, Draft]] = {}
    for row in found.rows:
        unit = matcher.find(row.cells)
        if unit is None:
            failures.append(f"line {row.line} matches no record")
            continue
        if other := matcher.against(row.cells, unit):
            failures.append(_two_records(review, row.line, unit, *other))
            continue
        try:
            draft = _draft(review, unit, row, criteria, stage)
        except UserError as error:
            failures.append(f"line {row.line}: {str(error).rstrip('.')}")
            continue
        first, before = drafts.setdefault(unit, (row.line, draft))
        number = review.units.get(unit).number if before != draft else 0
        if number:
            failures.append(f"line {row.line} says otherwise of record {number} than line {first}")
    _refuse(table, failures, stage, "mend these lines")
    new = [draft for _, draft in drafts.values() if not _stands(review, draft, stage)]
    if not replace:
        again = [d for d in new if _decided(review, d, stage) is not None]
        numbers = [f"record {review.units.get(d.unit).number}" for d in again]
        _refuse(table, numbers, stage, "decided otherwise before; say --replace if that is meant")
    return new


def _two_records(review: Project, line: int, unit: RecordId, column: str, other: RecordId) -> str:
    one, another = (review.units.get(each).number for each in (unit, other))
    return f"line {line} names record {one}, and its {column} is that of record {another}"


def _draft(
    review: Project, unit: str, row: HeadedRow, criteria: Sequence[str], stage: Stage
) -> Draft:
    if row.surplus:
        raise UserError("it has more cells than there are headings")
    cells: Mapping[str, str] = {name: cell.strip() for name, cell in row.cells.items()}
    word = cells["verdict"].casefold()
    if word not in set(Verdict):
        raise UserError(f"“{cells['verdict']}” is no verdict" if word else "it has no verdict")
    judged = {c: cells[c].casefold() for c in criteria if cells.get(c)}
    reason, note = cells.get("reason", "").casefold(), cells.get("note", "")
    rules.check(Verdict(word), reason, note, stage, review.protocol.current)
    for criterion, judgement in judged.items():
        if judgement not in set(Judgement):
            raise UserError(f"{criterion} is “{cells[criterion]}”")
    return Draft(unit=unit, verdict=Verdict(word), reason=reason, judgements=judged, note=note)


def _decided(review: Project, draft: Draft, stage: Stage) -> Decision | None:
    return review.screening.decision(draft.unit, stage)


def _stands(review: Project, draft: Draft, stage: Stage) -> bool:
    """Say whether a row says nothing that is not recorded; judgements it leaves out stay."""
    here = _decided(review, draft, stage)
    if here is None:
        return draft.verdict is Verdict.NONE
    judged = {criterion: str(word) for criterion, word in here.judgements.items()}
    return (
        (here.verdict, here.reason) == (draft.verdict, draft.reason)
        and (not draft.judgements or dict(draft.judgements) == judged)
        and draft.note in ("", here.note)
    )


def _refuse(table: Path, failures: Sequence[str], stage: Stage, what: str) -> None:
    if failures:
        listed = "; ".join(failures[:_MOST]) + ("; ..." if len(failures) > _MOST else "")
        where = stage.words.lower()
        raise UserError(f"{table.name}: {listed}; {what}, nothing was recorded at {where}.")
