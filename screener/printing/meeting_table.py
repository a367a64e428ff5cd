"""The items of a meeting as a workbook: what is told of each, and cells to type into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from screener.consensus.reveal import Level, verdict_words
from screener.model import Consensus, Discrepancy, Mode
from screener.model.words import one_line, short_names
from screener.printing import decided
from screener.printing import document as d
from screener.printing.agenda import in_order, outcome_words, studies
from screener.printing.answered import Study
from screener.printing.meeting import Meeting, timed
from screener.sources.writers.xlsx import CODEBOOK, Look, write_tables
from screener.studies.from_table import MARK, SETTLED_ELSEWHERE, is_row

_WIDE = {
    "record": 8, "title": 42, "in_dispute": 18, "decisions": 30, "verdict": 11, "reason": 18,
    "why": 42, "by": 24, "mode": 13, "notes": 46, "wording": 46, "kind": 20, "authors": 24,
    "year": 7, "study": 22, "list": 10, "row": 16, "field": 16, "question": 30,
    "answers": 40, "value": 22, "same_meaning": 14, "page": 8, "quote": 30, "settled": 30,
    "changed_since": 36, "stage": 16, "answers_mark": 18,
}  # fmt: skip
_SCREENING = (
    "record", "title", "in_dispute", "decisions", "verdict", "reason", "why", "by", "mode", "notes",
    "wording", "kind", "authors", "year", "stage", "answers_mark",
)  # fmt: skip
_FORM = (
    "study", "list", "row", "field", "question", "answers", "value", "same_meaning",
    "page", "quote", "why", "by", "mode", "kind", "title", "stage", "answers_mark",
)  # fmt: skip
_SINCE = {
    "kind": Level.DECISIONS, "decisions": Level.DECISIONS, "answers": Level.DECISIONS,
    "in_dispute": Level.EVERYTHING, "wording": Level.EVERYTHING, "notes": Level.EVERYTHING,
}  # fmt: skip
"""From which level on a column is there."""
_EXPLAINED = {
    "verdict": "What was agreed: {outcomes}. A row in which nothing is typed is passed over.",
    "reason": "Why it is excluded: {reasons}; or other.",
    "value": "What was agreed, as an answer is typed: an option by its id, a number with its unit.",
    "same_meaning": "yes where the answers mean the same in other words.",
    "page": "Where it stands in the report.",
    "quote": "What stands there.",
    "why": "One sentence that the minutes can show; needed.",
    "by": "Who agreed, or who decided; several names are parted by semicolons; needed.",
    "mode": "discussion, or adjudication by somebody who was no reviewer of it; empty: discussion.",
}
_MARKED = (
    "Nothing: it names the answers that were on the table when this was written. A row that was "
    "answered anew since, or moved apart from it, is refused when it is read back."
)


NOT_HERE = f"{SETTLED_ELSEWHERE[:1].upper()}{SETTLED_ELSEWHERE[1:]}."


def workbook(meeting: Meeting, *, filled: bool) -> bytes:
    """Return the items as a workbook; `filled` has what was settled first, then what was not."""
    columns = [
        one
        for one in (_SCREENING if meeting.form is None else _FORM)
        if meeting.level >= _SINCE.get(one, Level.RECORD)
    ]
    if filled:
        columns += ["settled", "changed_since"]
    every = list(_rows(meeting, filled=filled))
    rows = [[cells.get(one, "") for one in columns] for cells in every]
    lists = {place for place, cells in enumerate(every, 1) if is_row(cells)}
    typed = [columns.index(one) for one in _EXPLAINED if one in columns]
    offers = {
        "verdict": tuple(map(str, outcome_words(meeting).values())),
        "reason": tuple(one.id for one in meeting.protocol.reasons),
        "same_meaning": ("yes", "no"),
        "mode": (str(Mode.DISCUSSION), str(Mode.ADJUDICATION)),
    }
    name = "Minutes" if filled else "Agenda"
    look = Look(
        widths=[_WIDE[one] for one in columns],
        offers={columns.index(one): some for one, some in offers.items() if one in columns},
        fixed=2,
        closed={(place, column) for place in lists for column in typed},
    )
    explained = [
        [
            one,
            text.format(outcomes=", ".join(offers["verdict"]), reasons=", ".join(offers["reason"])),
        ]
        for one, text in _EXPLAINED.items()
        if one in columns
    ]
    explained.append(["answers_mark", _MARKED])
    if lists:
        explained.append(["grey cells", f"Nothing: a row of a list. {NOT_HERE}"])
    out = BytesIO()
    sheets = [(name, [columns, *rows]), (CODEBOOK, [["column", "what is typed"], *explained])]
    write_tables(sheets, out, {name: look, CODEBOOK: Look(widths=[16, 90], offers={})})
    return out.getvalue()


def _rows(meeting: Meeting, *, filled: bool) -> Iterator[dict[str, str]]:
    stage, marks = meeting.step.id, meeting.consensus.marks(meeting.step.id)
    parts = (meeting.settled(), meeting.open()) if filled else (meeting.open(),)
    for found in parts:
        if meeting.form is None:
            for one in in_order(meeting, found):
                here = {"stage": stage, MARK: marks(one.subject, one.item)}
                yield here | _told(meeting, one) | _typed(meeting, one, filled=filled)
        else:
            for study in studies(meeting, meeting.form, found):
                for one in study.items:
                    here = {"stage": stage, MARK: marks(one.subject, one.item)}
                    told = _asked(meeting, study, one)
                    row = {"value": said} if (said := study.agreed_row(one)) else {}
                    yield here | told | _typed(meeting, one, filled=filled, row=row)


def _told(meeting: Meeting, found: Discrepancy) -> dict[str, str]:
    """Return what is told of a record."""
    shown, fields = decided.columns(meeting, found), found.unit.fields
    words = [verdict_words(one.verdict) for one in shown]
    notes = [one.decision.note if one.decision else "" for one in shown]
    if meeting.level is Level.EVERYTHING:
        given = [one.decision.reason if one.decision else "" for one in shown]
        words = [
            f"{word}, {meeting.reason(reason)}" if reason else word
            for word, reason in zip(words, given, strict=True)
        ]
    criteria = [meeting.protocol.criterion(one) for one in found.elements]
    return {
        "record": str(found.unit.number),
        "title": one_line(found.unit.title),
        "authors": one_line(short_names(fields.authors, 6)),
        "year": str(fields.year or ""),
        "kind": str(found.kind),
        "in_dispute": "; ".join(map(meeting.protocol.reason_text, found.elements)),
        "wording": "\n".join(decided.wording(meeting, one) for one in criteria if one),
        "decisions": _lines([one.head for one in shown], words),
        "notes": _lines([one.head for one in shown], notes),
    }


def _asked(meeting: Meeting, study: Study, found: Discrepancy) -> dict[str, str]:
    """Return what is told of a question about a study."""
    form = study.form.form
    asked = form.question(found.item.question)
    said = [d.plain(words) for words in study.cells(found)]
    return {
        "study": _named(meeting, found),
        "list": "/".join(asked.list) if asked else found.item.question,
        "row": study.row(found),
        "field": found.item.question if asked else "",
        "question": one_line(study.label(found)) + ("" if asked else f"\n{NOT_HERE}"),
        "answers": _lines(study.named, said),
        "kind": study.phrase(found),
        "title": one_line(found.unit.title),
    }


def _named(meeting: Meeting, found: Discrepancy) -> str:
    """Return a study by its name, or where another has that too, or it is none, by its id."""
    name = one_line(found.name)
    alone = meeting.study_names[found.name] == 1
    return name if alone and name == found.name == name.strip() != "" else found.subject


def _lines(named: Sequence[str], said: Sequence[str]) -> str:
    return "\n".join(f"{who}: {text}" for who, text in zip(named, said, strict=True) if text)


def _typed(
    meeting: Meeting,
    found: Discrepancy,
    *,
    filled: bool,
    row: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return what was settled on an item; nothing where it is not, or is to be typed.

    `row` is what was said of a row of a list.
    """
    if not filled:
        return {}
    since = {"changed_since": meeting.since(found)}
    if found.state == "open" or not found.consensus:
        return since
    one = found.consensus[-1]
    value = {"verdict": one.value, "reason": one.reason} if meeting.form is None else _value(one)
    value = {**value, **(row or {})}
    return (
        since
        | value
        | {
            "why": one.why,
            "by": "; ".join(one.by),
            "mode": str(one.mode),
            "settled": timed(one.time),
        }
    )


def _value(one: Consensus) -> dict[str, str]:
    value = f"{one.value} {one.details.unit}".rstrip() if one.value else str(one.state)
    return {
        "value": value,
        "same_meaning": "yes" if one.details.same_meaning else "",
        "page": one.details.page,
        "quote": one.details.quote,
    }
