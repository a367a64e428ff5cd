"""The audit trail: everything that happened to every record, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from screener.archive.index import Index
from screener.archive.parts import Review, Row, Table
from screener.consensus.naming import Naming
from screener.store.entries import everything
from screener.store.events import Event
from screener.store.file import File
from screener.store.kinds import Body, Void
from screener.store.kinds.project import Correct, Different, Open, Remove, Same, Study

_TOLD = (
    "verdict", "field", "question", "value", "state", "unit", "reason", "judgements", "fields",
    "rule", "names", "text", "why",
)  # fmt: skip
"""What of an entry a person wants to read, in this order."""
_PLAIN = frozenset(("value", "none"))
"""States that say nothing beside their value."""
_ONE_OF = 200
"""So many letters of one thing that was said are shown; the tables have all of it."""


def table(file: File, of: Review, index: Index, tick: Callable[[], None]) -> Table:
    """Return the trail; what is hidden and what is a reviewer's own (labels) is not in it."""
    told: list[tuple[str, str, str]] = []
    by_record: dict[object, list[int]] = defaultdict(list)
    naming, about = Naming(file), _About(of)
    for place, entry in enumerate(everything(file)):
        if place % 500 == 0:
            tick()
        event = entry.event
        records = about.records(event)
        if not records or event.kind.own or index.hides(event):
            continue
        for record in records:
            by_record[index.number(record)].append(len(told))
        words = naming.words(event)
        said = ", ".join(_said(event.body))
        told.append((event.time, index.who(entry.author), f"{words}: {said}" if said else words))

    def rows() -> Iterator[Row]:
        for record in sorted(by_record, key=lambda one: (str(type(one)), one)):
            yield from ((record, *told[at]) for at in by_record[record])

    return Table(
        path="trail.csv",
        about="The audit trail: everything that happened to every record, in words, in its order.",
        columns=(
            ("record", "Number of the record"),
            ("time", "When\tISO time with the computer's offset"),
            ("who", "Who did it"),
            ("what", "What was done, and what it said"),
        ),
        rows=rows(),
    )


class _About:
    """Which records an entry is about: what it names, and what the study it names has."""

    def __init__(self, of: Review) -> None:
        self._every: dict[str, list[str]] = defaultdict(list)
        """The records of every import, and every record by itself."""
        for record in of.sources.records():
            self._every[record.batch].append(record.id)
            self._every[record.id].append(record.id)
        self._named: dict[str, list[str]] = {}
        """The records that an entry named, by the entry: what takes it back names none."""

    def records(self, event: Event) -> Collection[str]:
        """Return the uids of the records, each once."""
        body = event.body
        named: Iterable[str]
        if isinstance(body, Same | Different):
            named = body.records
        elif isinstance(body, Open):
            named = body.subjects
        elif isinstance(body, Remove | Correct):
            named = [body.record]
        elif isinstance(body, Study):
            named = body.reports
            self._every[body.id] = [*dict.fromkeys([*self._every.get(body.id, []), *named])]
        else:
            named = [event.subject]
        if isinstance(body, Void) and not event.subject:
            named = [one for id_ in event.supersedes for one in self._named.get(id_, ())]
        found = [*dict.fromkeys(one for each in named for one in self._every.get(each, ()))]
        if not event.subject:
            self._named[event.id] = found
        return found


def _said(body: Body) -> Iterator[str]:
    """Yield what an entry says, in words, on one line."""
    found: Mapping[str, Any] = body.to_json() if not isinstance(body, Void) else {}
    for name in _TOLD:
        value = found.get(name)
        if isinstance(value, Mapping):
            yield from (f"{key} {said}" for key, said in value.items())
        elif isinstance(value, list):
            yield "; ".join(map(str, value))
        elif value and not (name == "state" and value in _PLAIN):
            words = " ".join(str(value).split())
            yield words if len(words) <= _ONE_OF else f"{words[:_ONE_OF]}…"
