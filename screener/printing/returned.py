"""What was typed into the table of a meeting, read back as what is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.answers.step import FormStep
from screener.answers.values import Value
from screener.consensus.consensus import ConsensusStage
from screener.consensus.many import Foreseen
from screener.consensus.settling import Settlement
from screener.consensus.table import Marks
from screener.model import ErrorKind, Mode, Outcome, Protocol, RecordId, Stage, UserError
from screener.model.step import WHOLE, Item
from screener.model.words import counted, first_of, listed, noun, one_line
from screener.screening import rules
from screener.sources.typed_rows import Tell, each_row, read_csv
from screener.studies import from_table
from screener.studies.studies import Studies
from screener.units.units import Units

SCREENING = ("record", "verdict", "reason", "why", "by", "mode")
"""The columns of a table of what was settled at a stage of screening."""
TOLD = (
    "item", "title", "authors", "year", "kind", "in_dispute", "wording", "decisions", "notes",
    "study_name", "question", "answers", "settled", "changed_since", "stage", from_table.MARK,
)  # fmt: skip
"""The columns that tell something of a row; nothing is taken from them, see `_require_meant`."""
_TYPED = {
    False: ("verdict", "reason", "why", "by", "mode"),
    True: ("value", "same_meaning", "page", "quote", "why", "by", "mode"),
}
"""What is typed into a row, by whether it is one of a form; a row without any of it is passed."""

_MEANT = ("title", "question", from_table.MARK)
_COMPARED, _SHOWN = 10_000, 60

Settled = tuple[str, str, Item, Settlement]
"""Where something settled stands in a table, its subject, its item, and what is agreed."""


def _tells(says: str, stands: str) -> bool:
    """Say whether a text of a sheet tells the same as what stands, or a part of it, or nothing.

    Letters and digits count: a spreadsheet may have kept the rest otherwise, or cut a long text.
    """
    one, other = (
        "".join(filter(str.isalnum, text.casefold()))[:_COMPARED] for text in (says, stands)
    )
    return one in other or (bool(other) and other in one)


def _short(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _lines(lines: Sequence[int]) -> str:
    """Return lines of a table in words: "line 3", "lines 3, 5 and 12"."""
    return f"{noun(len(lines), 'line')} {listed(first_of([str(one) for one in lines]))}"


def settled_before(count: int) -> str:
    """Say how many rows of a table were settled in the same words before; "" of none."""
    if not count:
        return ""
    are = "was settled so before; it is" if count == 1 else "were settled so before; they are"
    return f"{counted(count, 'row')} {are} not recorded twice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that is settled, in words: the item, what is agreed, why, by whom and how.

    `overturns` is what was agreed otherwise until now, or ""; `of_reason` says that only its reason
    is otherwise.
    """

    item: str
    agreed: str
    why: str
    by: str
    mode: Mode
    overturns: str = ""
    of_reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Reads what was settled at one `step`, of a form where `form` is one."""

    units: Units
    studies: Studies
    consensus: ConsensusStage
    step: str
    form: FormStep | None
    protocol: Protocol

    def read(self, path: Path, tell: Tell = str) -> list[Settled]:
        """Read a table, as text or as a workbook; `tell` hears what is left out of it.

        `UserError` for a column that is not known, one that is missing, a cell without a heading,
        a word that it cannot have, and where nothing is typed into it.
        """
        columns = SCREENING if self.form is None else from_table.SETTLED
        needed = (*columns[:1], "why", "by")
        rows = read_csv(path, needed, (*columns, *TOLD), workbooks=True, tell=tell)
        typed = _TYPED[self.form is not None]
        wanted = [
            (line, row) for line, row in rows if any(row.get(one, "").strip() for one in typed)
        ]
        for line, row in wanted:
            if row.get("stage", "").strip() not in ("", self.step):
                raise UserError(
                    f"Line {line} of {path.name} is of the stage {row['stage'].strip()}, not of"
                    f" {self.step}; choose the stage that the table was made for."
                )
        self._require_whole(path, wanted)
        if not wanted:
            raise UserError(
                f"Nothing is typed into {path.name}: type what was agreed, why, and who agreed,"
                " then choose it again."
            )
        return self.settled(wanted)

    def _require_whole(self, path: Path, wanted: Sequence[tuple[int, from_table.Row]]) -> None:
        """Refuse rows in which something is typed and something needed is not, all in one message.

        Rows of lists too, which no table settles.
        """
        typed = _TYPED[self.form is not None]
        needed = ("verdict" if self.form is None else "value", "why", "by")
        wrong: dict[tuple[str, str, str], list[int]] = {}
        for line, row in wanted:
            given = {one for one in typed if row.get(one, "").strip()}
            lacking = [one for one in needed if one not in given]
            if self.form is not None and from_table.is_row(row):
                what = f"a row of a list: {from_table.SETTLED_ELSEWHERE}"
                wrong.setdefault(("is", "are", what), []).append(line)
            elif lacking:
                has = listed([one for one in typed if one in given])
                what = f"{has} typed and nothing for {listed(lacking)}"
                wrong.setdefault(("has", "have", what), []).append(line)
        if wrong:
            told = [
                f"{_lines(lines)} {one if len(lines) == 1 else more} {what}"
                for (one, more, what), lines in wrong.items()
            ]
            raise UserError(
                f"{path.name}: {'; '.join(told)}. Type what is missing, or empty these cells, then"
                " choose it again; nothing was recorded.",
                kind=ErrorKind.ROW if any(one == "is" for one, *_ in wrong) else ErrorKind.OTHER,
            )

    def settled(self, rows: Iterable[tuple[int, from_table.Row]]) -> list[Settled]:
        """Return what some rows settle; `UserError` for a word that they cannot have."""
        every = list(rows)
        if self.form is None:
            found = each_row(every, lambda line, row: (f"line {line}", *self._decided(row)))
        else:
            form, here = self.form, self.consensus.at(self.form.id)
            found = [
                (
                    where,
                    one,
                    form.rows_on(here.said(one), here.pairings(one)).item_named(item),
                    agreed,
                )
                for where, one, item, agreed in from_table.settled(self.studies, form.form, every)
            ]
        told = [
            (line, (row, one, item))
            for (line, row), (_, one, item, _) in zip(every, found, strict=True)
            if any(row.get(column, "").strip() for column in _MEANT)
        ]
        marks = self.consensus.marks(self.step)
        each_row(told, lambda _, one: self._require_meant(marks, *one))
        return found

    def _require_meant(self, marks: Marks, row: from_table.Row, subject: str, item: Item) -> None:
        """Refuse a row that tells of something else than its key names, or of other answers.

        Who sorts some columns of a sheet alone would settle what nobody talked about. Where the
        mark is the one of these answers, a title may have been corrected since.
        """
        given = row.get(from_table.MARK, "").strip()
        if given and given == marks(subject, item):
            return
        key = "record" if self.form is None else "study"
        for column, stands in self._stands(subject, item).items():
            says = row.get(column, "")
            if not _tells(says, stands):
                raise UserError(
                    f"its {key} is {row[key].strip()}, whose {column} is “{_short(stands)}”, and"
                    f" the {column} in this row is “{_short(says)}”; put the cells of the row"
                    " together again, or empty the one that is wrong"
                )
        if given:
            raise UserError(
                f"{self._name(subject, item)} was answered anew since this sheet was written; see"
                " the answers there are now, and settle it on the Consensus page or in a new agenda"
            )

    def _stands(self, subject: str, item: Item) -> dict[str, str]:
        """Return what a sheet that is written now would tell of an item."""
        if self.form is None:
            return {"title": self.units.get(RecordId(subject)).title}
        unit = self.consensus.at(self.step).step.shown([subject]).get(subject)
        title = {"title": self.units.get(unit).title} if unit else {}
        known = self.form is not None and self.form.form.question(item.question) is not None
        return title | ({"question": self._called(subject, item)} if known else {})

    def _called(self, subject: str, item: Item) -> str:
        here = self.consensus.at(self.step)
        return here.step.called(item, here.said(subject), here.pairings(subject))

    def _name(self, subject: str, item: Item) -> str:
        """Name an item: a record by its number and title, a question with its study."""
        if self.form is None:
            unit = self.units.get(RecordId(subject))
            return f"{unit.number}  {unit.title}"
        return f"{self.form.name_of(subject)}: {self._called(subject, item)}"

    def told(self, one: Settled, foreseen: Foreseen) -> Told:
        """Say in words what one row settles, and what it overturns."""
        _, subject, item, said = one
        if self.form is None:
            reason = self.protocol.reason_text(said.reason) if said.reason else ""
            agreed = ", ".join(filter(None, (said.value, reason)))
        else:
            value = Value(said.state, said.value, said.details.unit)
            agreed = self.form.said(item, value.text)
        by = "; ".join(said.by)
        return Told(
            item=one_line(self._name(subject, item)),
            agreed=agreed,
            why=said.why,
            by=by,
            mode=said.mode,
            overturns=foreseen.overturns,
            of_reason=foreseen.of_reason,
        )

    def _decided(self, row: Mapping[str, str]) -> tuple[str, Item, Settlement]:
        verdict, mode = row.get("verdict", "").strip().casefold(), from_table.mode_of(row)
        if verdict not in set(Outcome):
            possible = ", ".join(rules.outcomes(Stage(self.step)))
            raise UserError(f"“{verdict}” is no verdict here; choose one of {possible}.")
        reason, by = row.get("reason", "").strip(), from_table.names_of(row)
        agreed = Settlement(verdict, row["why"], by, reason=reason, mode=mode)
        return str(self.units.find(row["record"])), WHOLE, agreed
