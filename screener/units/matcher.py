"""Finding the unit that a row of a table names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from screener.model import Record, RecordId, UserError


class Matcher:
    """Finds the unit a row of somebody's table speaks of."""

    def __init__(
        self,
        every: Iterable[Record],
        *,
        find: Callable[[str], RecordId],
        of_record: Callable[[str], RecordId],
    ) -> None:
        """Take the records, what finds a unit by number or uid, and what a record belongs to."""
        self._find = find
        self._by: dict[tuple[str, str], set[str]] = {}
        for record in every:
            fields = record.fields
            for column, value in (
                ("doi", fields.doi.lower()),
                ("pmid", fields.pmid),
                ("title", _folded(fields.title)),
            ):
                if value:
                    self._by.setdefault((column, value), set()).add(of_record(record.id))

    def find(self, row: Mapping[str, str]) -> RecordId | None:
        """Return the unit by the first of record, doi, pmid, title that names exactly one."""
        named = row.get("record", "").strip()
        if named:
            try:
                return self._find(named)
            except UserError:
                return None
        for column, fold in (("doi", str.lower), ("pmid", str), ("title", _folded)):
            value = fold(row.get(column, "").strip())
            found = self._by.get((column, value), set()) if value else set()
            if len(found) == 1:
                return RecordId(next(iter(found)))
        return None


def _folded(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())
