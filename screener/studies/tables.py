"""Tables of studies, answers and ratings, as a review reports them: from what is agreed.

What is open says so in its cell; nothing of what is hidden is in any table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.answers import values
from screener.answers.appraisal import Appraisal
from screener.answers.form import FormKind
from screener.answers.step import FormStep
from screener.answers.values import Value
from screener.consensus.consensus import ConsensusStage
from screener.model import Compare, Question, RecordId, UserError
from screener.model.cells import Figure
from screener.sources.writers import xlsx
from screener.store import paths
from screener.studies import cells, counting
from screener.studies.listing import Line, appraisals, lines
from screener.studies.studies import Studies
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: its name, its columns with what each means, its rows."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        return [name for name, _ in self.columns]


KINDS = (".csv", ".xlsx")
"""How a table can be written."""


def write(path: Path, sheets: Sequence[Sheet], *, kinds: Sequence[str] = KINDS) -> None:
    """Write the first sheet as CSV, or all as a workbook whose last sheet says what they mean.

    The ending of `path` chooses; `UserError` for one that is not among `kinds`.
    """
    ending = path.suffix.lower()
    if ending not in kinds:
        raise UserError(
            f"This table is written as {' or '.join(kinds)}; end the name {path.name} so."
        )
    if ending == ".csv":
        paths.write_csv(path, sheets[0].heads, sheets[0].rows)
        return
    book = Sheet(
        name=xlsx.CODEBOOK,
        columns=(("sheet", ""), ("column", ""), ("meaning", "")),
        rows=[(sheet.name, *column) for sheet in sheets for column in sheet.columns],
    )
    with paths.written_beside(path) as beside, beside.open("wb") as stream:
        xlsx.write_tables([(s.name, [s.heads, *s.rows]) for s in (*sheets, book)], stream)


class Tables:
    """The tables of one open project."""

    def __init__(
        self,
        units: Units,
        studies: Studies,
        consensus: ConsensusStage,
        steps: Iterable[FormStep],
        *,
        included: bool = False,
    ) -> None:
        """With `included` studies that are awaiting or ongoing are in no table."""
        self._included = included
        self._units = units
        self._studies = studies
        self._consensus = consensus
        self._steps = {step.id: step for step in steps}

    def write(self, path: Path, what: str, *, stage: str = "", raw: bool = False) -> int:
        """Write a table; the ending of `path` chooses CSV or XLSX. Returns how many rows.

        `what` is studies, answers, appraisal or robvis. A workbook has what the columns mean as its
        last sheet. `UserError` for another ending, and as the tables have it.
        """
        sheets = self.sheets(what, stage=stage, raw=raw)
        write(path, sheets, kinds=(".csv",) if what == "robvis" else KINDS)
        return len(sheets[0].rows)

    def sheets(self, what: str, *, stage: str = "", raw: bool = False) -> list[Sheet]:
        """Return the sheets of a table, the chief one first.

        `UserError` for a table there is none of, without a form where it needs one, and while
        nothing of the form may be seen.
        """
        if what == "studies":
            return [self._table_of_studies(), self._counts()]
        if what == "answers":
            return [self._answers(self._step(stage), raw=raw)]
        if what == "appraisal":
            return self._appraisal(self._step(stage, FormKind.APPRAISAL))
        if what == "robvis":
            return [self._robvis(self._step(stage, FormKind.APPRAISAL))]
        raise UserError(f"“{what}” is no table; choose studies, answers, appraisal or robvis.")

    def _step(self, stage: str, kind: FormKind | None = None) -> FormStep:
        step = self._steps.get(stage)
        if step is None:
            known = ", ".join(self._steps) or "none yet"
            raise UserError(f"Name the form of the table: “{stage}” is none, there are {known}.")
        if kind is not None and step.form.kind is not kind:
            raise UserError(f"{step.words} rates nothing; name an appraisal.")
        return step

    # --- studies -----------------------------------------------------------------------------

    def _table_of_studies(self) -> Sheet:
        """Return the included studies, with what is agreed on each by every extraction form."""
        forms = [s for s in self._steps.values() if s.form.kind is FormKind.EXTRACTION]
        asked = [
            (step, question)
            for step in forms
            if self._consensus.visible(step.id)
            for question in step.form.questions
            if not question.list and question.compare is not Compare.NONE
        ]
        said = {step.id: self._by_study(step) for step in forms}
        named = {one.id: one.name for one in self._studies.interventions()}
        names = self._names
        every = counting.included(self._studies) if self._included else self._studies.all()
        units = {u.id: u for u in self._units.load({u for one in every for u in one.reports})}
        rows = []
        for study in every:
            reports = [units[RecordId(unit)] for unit in study.reports]
            rows.append(
                [
                    study.name,
                    str(study.state),
                    "; ".join(str(unit.number) for unit in reports),
                    " | ".join(map(cells.citation, reports)),
                    "; ".join(named[id_] for id_ in study.interventions),
                    *(cells.cell(said[s.id].get((study.id, q.id)), names) for s, q in asked),
                ]
            )
        columns = [
            ("study", "Name of the study"),
            ("state", "included; awaiting; ongoing"),
            ("reports", "Numbers of its reports, the primary one among them"),
            ("citations", "Its reports: authors, year, title, journal, volume, pages, DOI"),
            ("interventions", "Interventions it tests"),
            *((step.form.named(q), f"{step.words}: {cells.meaning(q)}") for step, q in asked),
        ]
        return Sheet(name="Studies", columns=columns, rows=rows)

    def _by_study(self, step: FormStep) -> Mapping[tuple[str, str], Line]:
        if not self._consensus.visible(step.id):
            return {}
        found = lines(self._consensus, step)
        return {(one.subject, one.item.question): one for one in found if not one.item.row}

    @property
    def _names(self) -> Mapping[str, str]:
        return {str(one.id): one.name for one in self._consensus.people()}

    def _counts(self) -> Sheet:
        """Return how many studies there are by year, intervention and every role asked for."""
        found = [
            *(("year", one) for one in counting.by_year(self._units, self._studies)),
            *(("intervention", one) for one in counting.by_intervention(self._studies)),
        ]
        for step, question in counting.roles(self._consensus, self._steps.values()):
            told = counting.by_role(self._consensus, self._studies, step, question)
            found += [(question.role, one) for one in told]
        columns = (
            ("of", "What the studies are counted by"),
            ("value", f"As agreed; {cells.OPEN}: not agreed yet"),
            ("studies", "How many included studies"),
        )
        rows = [(of, one.name, Figure(one.studies)) for of, one in found]
        return Sheet(name="Counts", columns=columns, rows=rows)

    # --- answers -----------------------------------------------------------------------------

    def _answers(self, step: FormStep, *, raw: bool) -> Sheet:
        """Return a row for what is agreed on each question; with `raw` for each answer too.

        Free text, of which nothing has to be agreed, has a row for each answer in any case.
        """
        names = self._names
        numbers = {str(unit): number for unit, number in self._units.numbered()}
        rows = []
        for one in lines(self._consensus, step):
            question = one.question
            row_of = one.item.question if question is None else "/".join(question.list)
            head = [
                one.subject,
                step.name_of(one.subject),
                row_of,
                one.row,
                question.id if question else "",
                question.words if question else step.form.list_words(one.item.question),
                question.type if question else "",
                str(one.status),
            ]
            given = [
                cells.answer_cells(a, names.get(a.reviewer, ""), question, numbers)
                for a in one.answers
            ]
            agreed = one.agreed
            by = cells.agreed_by(agreed)
            told = [by, *[""] * (len(cells.ANSWERS) - len(head) - 1)]
            if agreed is not None and question is not None:
                words = values.words_of(question, agreed.value)
                where = [cells.number(numbers, agreed.report), agreed.page, agreed.quote]
                told = [by, *cells.value_cells(question, agreed.value, words), *where, "", ""]
            rows.append([*head, *told])
            if raw or (question is not None and question.compare is Compare.WORDING):
                rows += [[*head, *each] for each in given]
        return Sheet(name="Answers", columns=cells.ANSWERS, rows=rows)

    # --- appraisal ---------------------------------------------------------------------------

    def _appraisal(self, step: FormStep) -> list[Sheet]:
        every = counting.ids(self._studies) if self._included else None
        found = list(appraisals(self._consensus, step, every))
        items = [q for q in step.form.questions if not q.retired]
        rows = [
            [
                step.name_of(subject),
                one.row,
                *(cells.rated(q, one) for q in items),
                "" if one.total is None else Figure(f"{one.total:f}"),
                Figure(f"{one.possible:f}") if one.total is not None else "",
                "yes" if one.complete else "no",
                one.band,
                cells.overall_words(step, one.overall),
            ]
            for subject, one in found
        ]
        columns = [
            ("study", "Name of the study"),
            ("row", "What of the study is rated, where it is not the whole"),
            *((q.code or q.id, q.words) for q in items),
            ("total", "Sum of the scores that are there"),
            ("possible", "The most that the items which apply can give"),
            ("complete", "Whether every item that is asked is agreed"),
            ("band", "What the total is called, where the team turned that on"),
            ("overall", "The overall rating by the rule of the form"),
        ]
        return [
            Sheet(name="Ratings", columns=columns, rows=rows),
            self._by_option(step, items, [one for _, one in found]),
        ]

    def _by_option(
        self, step: FormStep, items: Sequence[Question], found: Sequence[Appraisal]
    ) -> Sheet:
        """Return how often each option of each item was agreed, with the reviewers' agreement."""
        pairs = self._consensus.agreement(step.id).pairs
        measured = pairs[0].measured if pairs else {}
        rows = []
        for question in items:
            given = Counter(
                r.value or str(r.state) for a in found if (r := a.items.get(question.id))
            )
            whole, of_two = sum(given.values()), measured.get(question.id)
            two = of_two.figures if of_two else None
            weighted = of_two.weighted.kappa if of_two and of_two.weighted else None
            told = [two.raw, two.kappa, weighted] if two else [None] * 3
            for option in question.options:
                n = given[option.id]
                rows.append(
                    [
                        question.code or question.id,
                        question.words,
                        option.words,
                        Figure(option.score or ""),
                        Figure(n),
                        Figure(f"{100 * n / whole:.1f}") if whole else "",
                        *("" if one is None else Figure(f"{one:.3f}") for one in told),
                    ]
                )
        return Sheet(name="Items", columns=cells.ITEMS, rows=rows)

    def _robvis(self, step: FormStep) -> Sheet:
        """Return the ratings by domain as the R package robvis reads them; whole ones only.

        The names of the columns and the words are those of docs/numbers.md.
        """
        domains = [q for q in step.form.questions if q.type == "rating" and not q.retired]
        if not domains:
            raise UserError(f"{step.words} rates no domains; robvis draws nothing of it.")
        rows = [
            [
                ", ".join(filter(None, (step.name_of(subject), one.row))),
                *(values.words_of(q, Value(one.items[q.id].state, one.items[q.id].value))
                  for q in domains),
                cells.overall_words(step, one.overall),
            ]
            for subject, one in appraisals(self._consensus, step)
            if one.complete and one.overall
        ]  # fmt: skip
        columns = [
            ("Study", "Name of the study, and what of it is rated"),
            *((q.id.upper(), q.words) for q in domains),
            ("Overall", "The overall rating by the rule of the form"),
        ]
        return Sheet(name="robvis", columns=columns, rows=rows)
