"""The table of two reviewers as shares of all records: what their figures are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Table: TypeAlias = tuple[tuple[int, ...], ...]
"""`table[i][j]` counts the records the first reviewer put in category i, the second in j."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """A table as shares of its `n` records, with the margins of the first (rows) and second.

    `agreed` is the share on the diagonal, `by_chance` the one that the margins alone would give.
    """

    n: int
    cells: tuple[tuple[Fraction, ...], ...]
    rows: tuple[Fraction, ...]
    columns: tuple[Fraction, ...]
    agreed: Fraction
    by_chance: Fraction

    @classmethod
    def of(cls, table: Table) -> Shares | None:
        """Divide `table` by its total; None where it is empty."""
        n = sum(map(sum, table))
        if not n:
            return None
        rows = tuple(Fraction(sum(row), n) for row in table)
        columns = tuple(Fraction(sum(column), n) for column in zip(*table, strict=True))
        return cls(
            n=n,
            cells=tuple(tuple(Fraction(cell, n) for cell in row) for row in table),
            rows=rows,
            columns=columns,
            agreed=Fraction(sum(table[k][k] for k in range(len(table))), n),
            by_chance=sum((r * c for r, c in zip(rows, columns, strict=True)), Fraction(0)),
        )
