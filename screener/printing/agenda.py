"""The agenda of a meeting: what is to settle, with boxes and lines to fill in by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from screener.answers.step import FormStep
from screener.consensus.reveal import Level
from screener.model import Discrepancy, DiscrepancyKind, Outcome, Stage
from screener.model.words import counted, one_line
from screener.printing import decided
from screener.printing import document as d
from screener.printing.answered import Agreed, Study
from screener.printing.meeting import KINDS, Meeting

End = Callable[[Discrepancy], Iterable[d.Row]]
"""What an item ends with, such as boxes to tick."""
_LONG = 26
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def agenda(meeting: Meeting) -> d.Document:
    """Return the agenda of a step."""
    found = meeting.open()
    kinds = meeting.counted(found)
    told = f"{counted(len(found), 'item')} to settle{f': {kinds}' if kinds else ''}."
    present = d.Present(names=tuple(one.name for one in meeting.reviewers))
    blocks: list[d.Block] = [present, *groups(meeting, found, _boxes(meeting), _blank)]
    if not found:
        blocks.append(d.Paragraph(words=d.words("There is nothing to settle.")))
    return d.Document(
        title=f"Consensus meeting: {one_line(meeting.words)}",
        subtitle=f"{told} {meeting.shown()}{meeting.hidden()}",
        running=meeting.running("Agenda"),
        blocks=tuple(blocks),
    )


def _blank(_: Study, __: Discrepancy) -> None:
    """Leave what is agreed to be written by hand."""


def _boxes(meeting: Meeting) -> End:
    """Return what gives an item of screening its boxes, and lines for why."""
    outcomes = (*outcome_words(meeting), "arbitrator", "later")
    reasons = tuple(f"{one.number} {one.text}" for one in meeting.protocol.reasons)

    def end(found: Discrepancy) -> Iterator[d.Row]:
        yield from before(meeting, found)
        yield d.Ticks(label="Outcome", boxes=outcomes, columns=5)
        if reasons:
            yield d.Ticks(label="Reason", boxes=reasons, columns=columns_of(reasons))
        yield d.Pen(label="Why")

    return end


def columns_of(texts: Sequence[str]) -> int:
    """Return how many boxes with these texts stand in a line: two where one of them is long."""
    return 2 if any(len(text) > _LONG for text in texts) else 3


def before(meeting: Meeting, found: Discrepancy) -> Iterator[d.Row]:
    """Yield what was settled of an item that is open again, and what changed since."""
    if meeting.level is Level.RECORD:
        return
    for one in found.consensus:
        words = one.value if meeting.level < Level.EVERYTHING else meeting.agreed(one)
        if meeting.level >= Level.NAMES:
            words += f", {meeting.decided_by(one)}"
        if meeting.level is Level.EVERYTHING and one.why:
            words += f": {one.why}"
        yield d.Said(label="Settled before", words=d.words(words))
    if since := meeting.since(found):
        yield d.Said(label="Changed since", words=d.words(since))


def outcome_words(meeting: Meeting) -> Mapping[str, Outcome]:
    """Return the outcomes a record can have at the step, by their words."""
    found = {"include": Outcome.INCLUDE, "exclude": Outcome.EXCLUDE}
    return found | ({"awaiting": Outcome.AWAITING} if meeting.step.id == Stage.FULL_TEXT else {})


# --- groups ----------------------------------------------------------------------------------


def groups(
    meeting: Meeting,
    found: Sequence[Discrepancy],
    end: End,
    agreed: Agreed,
    first: int = 1,
) -> Iterator[d.Group]:
    """Yield items under their headings, numbered from `first`, in the order of the meeting."""
    if meeting.form is not None:
        if found:
            yield _by_study(meeting, meeting.form, found, agreed, first)
        return
    for heading, several in _by_kind(meeting, found):
        items = tuple(_item(meeting, one, n, end) for n, one in enumerate(several, first))
        yield d.Group(heading=heading, items=items)
        first += len(items)


def in_order(meeting: Meeting, found: Sequence[Discrepancy]) -> list[Discrepancy]:
    """Return items in the order of the meeting."""
    if meeting.form is not None:
        return [one for study in studies(meeting, meeting.form, found) for one in study.items]
    return [one for _, several in _by_kind(meeting, found) for one in several]


def _item(meeting: Meeting, found: Discrepancy, number: int, end: End) -> d.Item:
    shown = decided.columns(meeting, found)
    return d.Item(
        number=str(number),
        title=one_line(found.unit.title),
        byline=meeting.byline(found),
        heads=decided.heads(shown),
        rows=(*decided.rows(meeting, found, shown), *end(found)),
    )


def _by_kind(
    meeting: Meeting, found: Sequence[Discrepancy]
) -> Iterator[tuple[str, list[Discrepancy]]]:
    """Yield items by kind, conflicts by criterion where that is seen, each with its heading."""
    places = {one: place for place, one in enumerate(meeting.step.subjects())}
    by_number = sorted(found, key=lambda one: places.get(one.subject, 0))
    if meeting.level is Level.RECORD:
        if by_number:
            yield counted(len(by_number), "item"), by_number
        return
    ordered = sorted(by_number, key=lambda one: _ORDER[_kind(one)])
    for kind, same in groupby(ordered, key=_kind):
        several = list(same)
        if kind is DiscrepancyKind.CONFLICT and meeting.level is Level.EVERYTHING:
            yield from _by_criterion(meeting, several)
        else:
            yield f"{meeting.heading(kind)}: {len(several):,}", several


def _kind(found: Discrepancy) -> DiscrepancyKind:
    assert found.kind is not None  # only what differs or did is listed
    return found.kind


def _by_criterion(
    meeting: Meeting, conflicts: Sequence[Discrepancy]
) -> Iterator[tuple[str, list[Discrepancy]]]:
    numbers = {one.id: one.number for one in meeting.protocol.reasons}

    def first(found: Discrepancy) -> tuple[int, str]:
        id_ = next(iter(found.elements), "")
        return numbers.get(id_, len(numbers) + (1 if id_ else 2)), id_

    for (number, id_), same in groupby(sorted(conflicts, key=first), key=first):
        several = list(same)
        name = meeting.protocol.reason_text(id_) if id_ else ""
        on = f"on criterion {number}, {name}" if id_ in numbers else f"on {name}"
        what = f"Conflicts {on if id_ else 'in which no criterion is named'}"
        of = f" of the {counted(len(conflicts), 'conflict')}"
        yield f"{what}: {len(several):,}{of if len(several) < len(conflicts) else ''}", several


def studies(meeting: Meeting, form: FormStep, found: Iterable[Discrepancy]) -> Iterator[Study]:
    """Yield the items of each study, in the order of the studies."""
    places = {one: place for place, one in enumerate(meeting.step.subjects())}
    ordered = sorted(found, key=lambda one: (places.get(one.subject, 0), one.subject))
    for _, same in groupby(ordered, key=lambda one: one.subject):
        yield Study(meeting, form, list(same))


def _by_study(
    meeting: Meeting,
    form: FormStep,
    found: Sequence[Discrepancy],
    agreed: Agreed,
    first: int,
) -> d.Group:
    every = list(studies(meeting, form, found))
    items = tuple(
        d.Item(
            number=str(number),
            title=one_line(one.first.name or one.first.unit.title),
            byline=meeting.byline(one.first),
            heads=one.heads,
            rows=tuple(one.rows(agreed)),
        )
        for number, one in enumerate(every, first)
    )
    several = counted(len(every), "study", "studies")
    return d.Group(heading=f"{counted(len(found), 'question')} in {several}", items=items)
