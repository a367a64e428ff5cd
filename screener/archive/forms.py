"""Forms with their versions, what each reviewer answered, what is agreed, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screener.answers import toml
from screener.answers.form import FormKind, FormVersions
from screener.answers.step import FormStep
from screener.archive.changes import changes
from screener.archive.deciding import Decided, at_first_close, numbered
from screener.archive.index import Index
from screener.archive.parts import Part, Plain, Review, Row, Table, together, yes
from screener.model import AnswerState
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import Entry, of_kinds
from screener.store.kinds.meeting import Pair
from screener.store.kinds.project import Form as FormBody
from screener.store.kinds.reviewer import Answer, ListRow
from screener.studies.listing import Line, appraisals, lines

_FORM = ("form", "Id of the form")
_STUDY = ("study", "Id of the study, in studies.csv")
_WHEN = ("time", "When\tISO time with the computer's offset")
_STANDS = ("stands", "Whether it is what its reviewer says now\tyes; empty")
_CLOSES = ("closes", "Closing codes of its reviewer, in closings.csv, that bind it")


def parts(file: File, of: Review, index: Index, answers: Decided, rows: Decided) -> Iterator[Part]:
    """Yield the forms and what was answered; nothing of a review without forms."""
    steps = of.forms.steps()
    if not steps:
        return
    yield _versions(file, steps)
    yield from _files(file, steps)
    yield _answers(file, index, answers, steps)
    yield _rows(file, index, rows)
    yield _pairs(file, of, index)
    yield _agreed(of, index)
    yield _totals(of)


def _path(place: int, step: FormStep, number: int) -> str:
    return f"forms/{place}-{step.id}/version-{number}.toml"


def _versions(file: File, steps: tuple[FormStep, ...]) -> Table:
    def rows() -> Iterator[Row]:
        for place, step in enumerate(steps, 1):
            every = FormVersions(file, step.id).every()
            before, known = "", {form.name: toml.text(form) for form in every}
            for entry in of_kinds(file, "form", step=step.id):
                body = entry.event.body
                if not isinstance(body, FormBody):
                    continue
                now = known.get(body.digest[:16], before)
                yield (
                    step.id, step.words, step.form.kind, body.version,
                    _path(place, step, body.version), entry.event.time, body.why,
                    changes(before, now) if before else "", yes(body.version == step.form.version),
                )  # fmt: skip
                before = now

    return Table(
        path="forms/forms.csv",
        about="The forms and their versions.",
        columns=(
            _FORM,
            ("title", "Title of the form"),
            ("kind", "extraction; appraisal: it rates"),
            ("version", "Number of the version, from 1"),
            ("file", "File in this archive with the whole form"),
            _WHEN,
            ("why", "Why it was changed"),
            ("changed", "Lines of the file that went (-) and came (+)"),
            ("in_force", "Whether it is the version that counts\tyes; empty"),
        ),
        rows=rows(),
    )


def _files(file: File, steps: tuple[FormStep, ...]) -> Iterator[Plain]:
    for place, step in enumerate(steps, 1):
        for form in FormVersions(file, step.id).every():
            yield Plain(
                path=_path(place, step, form.version),
                about=f"Version {form.version} of the form {step.id}.",
                content=toml.text(form).encode("utf-8", "replace"),
            )


# --- what each reviewer said ---------------------------------------------------------------------


def _answers(file: File, index: Index, said: Decided, steps: tuple[FormStep, ...]) -> Table:
    stand = {one.event for step in steps for one in heads(file, Answer, step=step.id, blank=True)}
    first = at_first_close(file, index, said)
    versions = {
        (step.id, form.name): form.version
        for step in steps
        for form in FormVersions(file, step.id).every()
    }

    def row(entry: Entry) -> Row:
        event, body = entry.event, entry.event.body
        columns = body.columns()
        if isinstance(body, Answer):
            told: Row = (
                body.state, body.value, body.unit,
                index.number(body.report) if body.report else "", body.page, body.quote, body.note,
                body.origin or "", versions.get((event.step, body.form), ""), yes(not body.seen),
            )  # fmt: skip
        else:
            told = (AnswerState.NONE, *[""] * 9)
        return (
            said.numbers[event.id], event.step, event.subject, columns.question, columns.row,
            index.who(entry.author), *told, event.time, yes(event.id in stand),
            yes(event.id in first), together(said.bound[event.id]),
            numbered(event.supersedes, said.numbers),
        )  # fmt: skip

    return Table(
        path="forms/answers.csv",
        about="Every answer of every reviewer, also those that were replaced or taken back.",
        columns=_ANSWER_COLUMNS,
        rows=map(row, said.entries),
    )


def _rows(file: File, index: Index, said: Decided) -> Table:
    stand = {head.event for head in heads(file, ListRow)}

    def row(entry: Entry) -> Row:
        event, body = entry.event, entry.event.body
        columns = body.columns()
        here = body if isinstance(body, ListRow) and not body.gone else None
        return (
            said.numbers[event.id], event.step, event.subject, columns.question, columns.row,
            index.who(entry.author), here.key if here else "", yes(here is None), event.time,
            yes(here and event.id in stand), together(said.bound[event.id]),
            numbered(event.supersedes, said.numbers),
        )  # fmt: skip

    return Table(
        path="forms/rows.csv",
        about="The rows that reviewers added to lists, such as the outcomes of a study.",
        columns=(
            ("entry", "Number of the entry in this archive\tR1, R2, …"),
            _FORM,
            _STUDY,
            ("list", "Id of the list of the form"),
            ("row", "Id of the row, which answers.csv names"),
            ("reviewer", "Whose row it is"),
            ("key", "What the row is called"),
            ("gone", "Whether it was taken away\tyes; empty"),
            _WHEN,
            _STANDS,
            _CLOSES,
            ("replaces", "Entries of this table that it took the place of"),
        ),
        rows=map(row, said.entries),
    )


def _pairs(file: File, of: Review, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step in of.forms.steps():
            coverage = index.coverages[step.id]
            for head in heads(file, Pair, step=step.id):
                one = head.body
                if not coverage.visible(index.now(head.named)):
                    continue
                named = together(f"{index.who(who)}: {row}" for who, row in sorted(set(one.rows)))
                yield (
                    step.id, head.subject, one.list, one.key, one.name, named, yes(one.exists),
                    one.why, together(map(index.who, one.by)), one.mode if one.by else "",
                    index.who(head.author), head.time,
                )  # fmt: skip

    return Table(
        path="forms/pairs.csv",
        about="Rows of which the meeting said that they are one, or that there is no such row.",
        columns=(
            _FORM,
            _STUDY,
            ("list", "Id of the list"),
            ("key", "What the row is known by"),
            ("name", "What the meeting called it; empty where it is called as a reviewer wrote it"),
            ("rows", "Reviewers and the ids of their rows, joined by ; "),
            ("exists", "Whether there is such a row\tyes; empty"),
            ("why", "Why it was settled so"),
            ("by", "Who agreed or decided, joined by ; "),
            ("mode", "How; empty where nobody is named\tdiscussion; adjudication"),
            ("recorded_by", "Who recorded it"),
            _WHEN,
        ),
        rows=rows(),
    )


# --- what is agreed -------------------------------------------------------------------------------


def _agreed(of: Review, index: Index) -> Table:
    def row(step: FormStep, one: Line) -> Row:
        question, place = one.question, one.agreed
        told: Row = [""] * 6
        if place is not None:
            said = place.value
            report = index.number(place.report) if place.report else ""
            told = (said.state, said.value, said.unit, report, place.page, place.quote)
        return (
            step.id, one.subject, step.name_of(one.subject),
            "/".join(question.list) if question else one.item.question, one.row,
            question.id if question else "",
            question.words if question else step.form.list_words(one.item.question),
            one.status, *told,
        )  # fmt: skip

    return Table(
        path="forms/agreed.csv",
        about="What is asked of every study, and what is agreed on it.",
        columns=(
            _FORM,
            _STUDY,
            ("study_name", "Name of the study"),
            ("list", "The list whose row it is about; empty without"),
            ("row", "The row, by its key"),
            ("field", "Id of the field; empty where a row itself is to settle"),
            ("label", "The field in words"),
            (
                "status",
                (
                    "Where it stands\tagreed, resolved: it has a value; differs, missing, self,"
                    " row, reopened, consensus-conflict: to settle; wording, blank, not-started,"
                    " pending, not-asked"
                ),
            ),
            ("state", "value; not-reported; unclear; not-applicable; none: settled as nothing"),
            ("value", "The agreed value; options by their ids, several joined by ;"),
            ("unit", "Unit of a number; empty: the first of the field"),
            ("report", "Number of the report it stands in"),
            ("page", "Page it stands on"),
            ("quote", "What stands there"),
        ),
        rows=(row(step, one) for step in _shown(of) for one in lines(of.consensus, step)),
    )


def _shown(of: Review) -> Iterator[FormStep]:
    return (step for step in of.forms.steps() if of.consensus.visible(step.id))


def totals(of: Review) -> Iterator[Mapping[str, object]]:
    """Yield what the agreed ratings come to, by form, study and row; nothing of what is hidden."""
    for step in _shown(of):
        if step.form.kind is FormKind.APPRAISAL:
            for study, one in appraisals(of.consensus, step):
                yield {
                    "form": step.id,
                    "study": study,
                    "name": step.name_of(study),
                    "row": one.row,
                    "total": None if one.total is None else format(one.total, "f"),
                    "possible": format(one.possible, "f"),
                    "not_applicable": one.left_out,
                    "open": one.open,
                    "complete": one.complete,
                    "band": one.band,
                    "overall": one.overall,
                }


_TOTALS = {
    "form": "Id of the form",
    "study": "Id of the study, in studies.csv",
    "name": "Name of the study",
    "row": "Row of a list, where ratings are of rows",
    "total": "Sum of the scores that are agreed; empty: none is\tnumber",
    "possible": "The most that the items which apply could give\tnumber",
    "not_applicable": "How many items with scores do not apply\tnumber",
    "open": "How many items wait for an answer\tnumber",
    "complete": "Whether none waits\tyes; empty",
    "band": "The published word for the total, where the team turned one on",
    "overall": "The rating by the form's rule",
}


def _totals(of: Review) -> Table:
    def rows() -> Iterator[Row]:
        for one in totals(of):
            yield [yes(said) if isinstance(said, bool) else said for said in one.values()]

    return Table(
        path="forms/totals.csv",
        about="What the agreed ratings of every study come to.",
        columns=tuple(_TOTALS.items()),
        rows=rows(),
    )


_ANSWER_COLUMNS = (
    ("entry", "Number of the answer in this archive\tA1, A2, …"),
    _FORM,
    _STUDY,
    ("field", "Id of the field of the form"),
    ("row", "Id of the reviewer's own row, in rows.csv; of nested lists two, parted by /"),
    ("reviewer", "Who answered"),
    ("state", "value; not-reported; unclear; not-applicable; none: taken back, or a note"),
    ("value", "The value; options by their ids, several joined by ;"),
    ("unit", "Unit of a number; empty: the first of the field"),
    ("report", "Number of the report it was found in"),
    ("page", "Page it stands on"),
    ("quote", "What stands there"),
    ("note", "The reviewer's note"),
    ("origin", "reported; calculated; figure: read off one; authors: asked of them"),
    ("form_version", "Version of the form it was given under"),
    ("independent", "Whether no other's answer was in view\tyes; empty"),
    _WHEN,
    _STANDS,
    (
        "first_close",
        (
            "Whether it stood when its reviewer first closed the form: these are compared"
            " for the agreement\tyes; empty"
        ),
    ),
    _CLOSES,
    ("replaces", "Entries of this table that it took the place of"),
)
