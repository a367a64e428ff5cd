"""The minutes of a meeting: the agenda filled in with what was settled, and what changed since.

What the meeting settled is told in full, whatever was shown of what the reviewers had recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.answers.step import FormStep
from screener.consensus.reveal import Level
from screener.model import Consensus, Discrepancy, Outcome
from screener.model.moments import local
from screener.model.words import counted, one_line
from screener.printing import document as d
from screener.printing.agenda import columns_of, groups, outcome_words
from screener.printing.answered import Agreed, Study
from screener.printing.meeting import Meeting, dated
from screener.studies.settled_rows import settled_rows


def minutes(meeting: Meeting) -> d.Document:
    """Return the minutes of a step: what is settled, and at the end what is not."""
    settled, open_ = meeting.settled(), meeting.open()
    kinds = meeting.counted(settled)
    told = f"{counted(len(settled), 'item')} settled{f': {kinds}' if kinds else ''}."
    rest = f" {len(open_):,} not settled." if open_ else ""
    blocks: list[d.Block] = [_present(meeting, settled)]
    if said := _rows(meeting):
        blocks.append(d.Paragraph(words=d.words(said)))
    blocks += groups(meeting, settled, lambda found: _settled(meeting, found), _agreed(meeting))
    if not settled:
        blocks.append(d.Paragraph(words=d.words("Nothing is settled yet.")))
    blocks += _changed(meeting)
    blocks += _not_settled(meeting, open_)
    return d.Document(
        title=f"Minutes: {one_line(meeting.words)}",
        subtitle=f"{told}{rest} {meeting.shown()}{meeting.hidden()}",
        running=meeting.running("Minutes"),
        blocks=tuple(blocks),
    )


def _rows(meeting: Meeting) -> str:
    """Say how many rows of lists were settled by pairing, which no item's outcome tells; or ""."""
    if meeting.form is None:
        return ""
    rows = settled_rows(meeting.consensus.at(meeting.step.id), meeting.form)
    if not rows.whole:
        return ""
    were = "was" if rows.whole == 1 else "were"
    return f"{counted(rows.whole, 'row')} of lists {were} settled by pairing: {rows.words()}."


def _present(meeting: Meeting, settled: Sequence[Discrepancy]) -> d.Present:
    # Who settled something was there; who else was, no file knows of each meeting.
    there = list(dict.fromkeys(who for one in settled for c in one.consensus for who in c.by))
    names = tuple(one.name for one in meeting.reviewers)
    times = sorted(one.time for found in settled for one in found.consensus if one.time)
    days = [dated(when) for time in times if (when := local(time))]
    span = list(dict.fromkeys((*days[:1], *days[-1:])))
    return d.Present(
        names=names,
        ticked=frozenset(place for place, name in enumerate(names) if name in there),
        others=tuple(name for name in there if name not in names),
        date=" to ".join(span),
    )


# --- screening -------------------------------------------------------------------------------


def _settled(meeting: Meeting, found: Discrepancy) -> Iterator[d.Row]:
    """Yield what was settled on a record: boxes that are ticked, why, how, by whom, when."""
    outcomes = outcome_words(meeting)
    reasons = [(one.id, f"{one.number} {one.text}") for one in meeting.protocol.reasons]
    for one in found.consensus:
        ticked = [n for n, outcome in enumerate(outcomes.values()) if outcome == one.value]
        yield d.Ticks(label="Outcome", boxes=tuple(outcomes), ticked=frozenset(ticked), columns=5)
        if one.value == Outcome.EXCLUDE and (reasons or one.reason):
            shown = list(reasons)
            if one.reason and one.reason not in dict(reasons):  # other, or an older protocol's
                shown.append((one.reason, meeting.protocol.reason_text(one.reason)))
            given = frozenset(n for n, (id_, _) in enumerate(shown) if id_ == one.reason)
            texts = tuple(text for _, text in shown)
            columns = columns_of(texts)
            yield d.Ticks(label="Reason", boxes=texts, ticked=given, columns=columns)
        yield d.Said(label="Why", words=d.words(one.why), serif=True)
        yield d.Said(label="Settled", words=d.words(meeting.decided_by(one)))
    if since := meeting.since(found):
        yield d.Said(label="Changed since", words=d.words(since))


# --- forms -----------------------------------------------------------------------------------


def _agreed(meeting: Meeting) -> Agreed:
    """Return what says what a meeting agreed on an item of a form."""

    def agreed(study: Study, found: Discrepancy) -> d.Words:
        told = study.agreed_row(found) or "\n".join(map(meeting.agreed, found.consensus))
        return d.words(d.Run(told, strong=True))

    return agreed


# --- the rest --------------------------------------------------------------------------------


def _changed(meeting: Meeting) -> Iterator[d.Block]:
    """Yield what differed when the reviewers had closed, and agrees now without a meeting."""
    found = meeting.no_longer()
    if not found:
        return
    yield d.Heading(text="No longer different", level=2)
    yield d.Paragraph(
        words=d.words(
            f"On {counted(len(found), 'item')} the reviewers differed when they closed;"
            f" their {meeting.noun}s were changed since, and agree now without a meeting."
        )
    )
    yield d.Bullets(items=tuple(d.words(text) for text in found))


def _not_settled(meeting: Meeting, open_: Sequence[Discrepancy]) -> Iterator[d.Block]:
    """Yield the list of what is still to settle, with what changed of it."""
    if not open_:
        return
    yield d.Heading(text=f"Not settled: {counted(len(open_), 'item')}", level=2)
    lines = []
    for found in sorted(open_, key=lambda one: one.unit.number):
        name = one_line(found.name or found.unit.title)
        asked = _asked(meeting, meeting.form, found)
        kind = ""
        if meeting.level > Level.RECORD and found.kind is not None:
            kind = meeting.heading(found.kind)
        after = meeting.since(found)
        since = f"Changed since: {after}" if after else ""
        head = ", ".join(filter(None, (f"Record {found.unit.number}", name, asked)))
        told = (f"Settled before: {_told(meeting, one)}" for one in found.consensus)
        about = ". ".join(filter(None, (kind, *told, since)))
        lines.append(d.words(head, d.Run(f". {about}", quiet=True) if about else ""))
    yield d.Bullets(items=tuple(lines))


def _told(meeting: Meeting, one: Consensus) -> str:
    """Return in full what a meeting settled, also where the item is open again."""
    why = f": {one.why}" if one.why else ""
    return f"{meeting.agreed(one)}, {meeting.decided_by(one)}{why}".rstrip(".")


def _asked(meeting: Meeting, form: FormStep | None, found: Discrepancy) -> str:
    """Return what is asked, of a form."""
    if form is None:
        return ""
    here = meeting.consensus.at(form.id)
    subject = found.subject
    return one_line(form.called(found.item, here.said(subject), here.pairings(subject)))
