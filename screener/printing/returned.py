"""What was typed into the table of a meeting, read back as what is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.answers.step import FormStep
from screener.answers.values import Value
from screener.consensus.consensus import ConsensusStage
from screener.consensus.settling import Settlement
from screener.model import Mode, Outcome, Protocol, RecordId, Stage, UserError
from screener.model.step import WHOLE, Item
from screener.model.words import one_line
from screener.screening import rules
from screener.sources.typed_rows import Tell, each_row, read_csv
from screener.studies import from_table
from screener.studies.studies import Studies
from screener.units.units import Units

SCREENING = ("record", "verdict", "reason", "why", "by", "mode")
"""The columns of a table of what was settled at a stage of screening."""
TOLD = (
    "item", "title", "authors", "year", "kind", "in_dispute", "wording", "decisions", "notes",
    "study_name", "question", "answers", "settled", "changed_since", "stage",
)  # fmt: skip
"""The columns that only tell something; they are known and not read."""
_TYPED = {
    False: ("verdict", "reason", "why", "by", "mode"),
    True: ("value", "same_meaning", "page", "quote", "why", "by", "mode"),
}
"""What is typed into a row, by whether it is one of a form; a row without any of it is passed."""

Settled = tuple[str, str, Item, Settlement]
"""Where something settled stands in a table, its subject, its item, and what is agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that is settled, in words: the item, what is agreed, why, by whom and how."""

    item: str
    agreed: str
    why: str
    by: str
    mode: Mode


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
        if not wanted:
            raise UserError(
                f"Nothing is typed into {path.name}: type what was agreed, why, and who agreed,"
                " then choose it again."
            )
        return self.settled(wanted)

    def settled(self, rows: Iterable[tuple[int, from_table.Row]]) -> list[Settled]:
        """Return what some rows settle; `UserError` for a word that they cannot have."""
        if self.form is not None:
            form, here = self.form, self.consensus.at(self.form.id)
            return [
                (
                    where,
                    one,
                    form.rows_on(here.said(one), here.pairings(one)).item_named(item),
                    agreed,
                )
                for where, one, item, agreed in from_table.settled(self.studies, form.form, rows)
            ]
        return each_row(rows, lambda line, row: (f"line {line}", *self._decided(row)))

    def told(self, one: Settled) -> Told:
        """Say in words what one row settles."""
        _, subject, item, said = one
        if self.form is None:
            unit = self.units.get(RecordId(subject))
            name = f"{unit.number}  {unit.title}"
            reason = self.protocol.reason_text(said.reason) if said.reason else ""
            agreed = ", ".join(filter(None, (said.value, reason)))
        else:
            here = self.consensus.at(self.form.id)
            called = self.form.called(item, here.said(subject), here.pairings(subject))
            name = f"{self.form.name_of(subject)}: {called}"
            value = Value(said.state, said.value, said.details.unit)
            agreed = self.form.said(item, value.text)
        by = "; ".join(said.by)
        return Told(item=one_line(name), agreed=agreed, why=said.why, by=by, mode=said.mode)

    def _decided(self, row: Mapping[str, str]) -> tuple[str, Item, Settlement]:
        verdict, mode = row.get("verdict", "").strip().casefold(), from_table.mode_of(row)
        if verdict not in set(Outcome):
            possible = ", ".join(rules.outcomes(Stage(self.step)))
            raise UserError(f"“{verdict}” is no verdict here; choose one of {possible}.")
        reason, by = row.get("reason", "").strip(), from_table.names_of(row)
        agreed = Settlement(verdict, row["why"], by, reason=reason, mode=mode)
        return str(self.units.find(row["record"])), WHOLE, agreed
