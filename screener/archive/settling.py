"""What the meeting and arbitrators settled, at every stage and form, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screener.archive.deciding import TAKEN_BACK, numbered
from screener.archive.index import Index
from screener.archive.parts import Review, Row, Table, together, yes
from screener.consensus.agreed import agreed_heads
from screener.consensus.told import overturning
from screener.store.entries import of_kind
from screener.store.file import File
from screener.store.history import Entry
from screener.store.kinds.meeting import Consensus
from screener.store.undo import restored


def settled(file: File, index: Index) -> tuple[Sequence[Entry], Mapping[str, str]]:
    """Return what was settled and may be shown, with the number each entry has here."""
    every = [one for one in of_kind(file, "consensus") if not index.hides(one.event)]
    found = [one for step in index.coverages for one in every if one.event.step == step]
    return found, {one.event.id: f"C{place}" for place, one in enumerate(found, 1)}


def table(
    file: File,
    of: Review,
    index: Index,
    entries: Sequence[Entry],
    numbers: Mapping[str, str],
    answers: Mapping[str, str],
) -> Table:
    """Return the table; `numbers` are those of its entries, `answers` those of what was said."""
    stand = {
        one.event
        for step in index.coverages
        for several in agreed_heads(file, step).values()
        for one in several
    }
    over = {
        event
        for here in of.consensus.standings()
        if here.any_visible()
        for event in overturning(file, here)
    }

    def row(entry: Entry) -> Row:
        event = entry.event
        body = event.body if isinstance(event.body, Consensus) else None
        back = restored(file, event)
        if body is None:
            said: Row = (event.body.columns().question, event.body.columns().row, "", TAKEN_BACK)
            said = (*said, *[""] * 9)
        else:
            said = (
                body.question, body.row, body.state, body.value, body.reason, body.unit,
                yes(body.same_meaning), body.page, body.quote, body.why,
                together(map(index.who, body.by)), body.mode,
                numbered(body.basis, answers, numbers),
            )  # fmt: skip
        return (
            numbers[event.id], event.step, index.number(event.subject), *said,
            index.who(entry.author), event.time, yes(body and event.id in stand),
            yes(event.id in over), numbered(event.supersedes, numbers),
            numbers.get(back.id, "") if back else "",
        )  # fmt: skip

    return Table(
        path="decisions/consensus.csv",
        about="Everything that was settled by discussion or adjudication, also what was replaced.",
        columns=_COLUMNS,
        rows=map(row, entries),
    )


_COLUMNS = (
    ("entry", "Number of the settlement in this archive\tC1, C2, …"),
    ("stage", "Where\ttitle-abstract; full-text; id of a form"),
    ("of", "Number of the record it was made on, or id of the study"),
    ("question", "Field of the form; empty at title-abstract and full-text"),
    ("row", "Row of a list, by its key; empty without"),
    ("state", "value; or a special value: not-reported, unclear, not-applicable, none"),
    (
        "value",
        f"What was settled\tinclude; exclude; awaiting; of a form its value; {TAKEN_BACK}",
    ),
    ("reason", "Why it is excluded\tid of a criterion or reason of the protocol; other"),
    ("unit", "Unit of a number"),
    ("same_meaning", "Whether the meeting said that the answers mean the same\tyes; empty"),
    ("page", "Page it stands on"),
    ("quote", "What stands there"),
    ("why", "Why it was settled so"),
    ("by", "Who agreed or decided, joined by ; "),
    ("mode", "How\tdiscussion; adjudication"),
    (
        "basis",
        "What was on the table: entries of decisions.csv (D), answers.csv (A) or here (C)",
    ),
    ("recorded_by", "Who recorded it"),
    ("time", "When\tISO time with the computer's offset"),
    ("stands", "Whether it is what is settled now\tyes; empty"),
    (
        "overturned",
        (
            "Whether it says otherwise than was agreed before, by the reviewers or a"
            " meeting\tyes; empty"
        ),
    ),
    ("replaces", "Entries of this table that it took the place of"),
    ("puts_back", "Entry of this table that it puts back, where undo did so"),
)
