"""Answers to a form about a study as rows of an item, as far as a reveal level allows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from screener.answers import values
from screener.answers.phrases import phrase_of
from screener.answers.step import FormStep
from screener.consensus.reveal import Level, nameless
from screener.model import Answer, Consensus, Discrepancy, Status
from screener.model.step import Item
from screener.printing import document as d
from screener.printing.decided import MOST, stacked
from screener.printing.meeting import Meeting
from screener.studies.listing import WaitingRow, waiting_row

AGREED = "Agreed"


class Study:
    """One study of a form: its items in the order of the form, its columns of reviewers."""

    def __init__(self, meeting: Meeting, form: FormStep, found: Sequence[Discrepancy]) -> None:
        self._meeting, self.form = meeting, form
        self.first = found[0]
        self._here = meeting.consensus.at(form.id)
        self.items = sorted(found, key=self._place)
        self.reviewers = self._reviewers()

    def _reviewers(self) -> list[str]:
        """Return whose answers have a column; without names in an order that tells nothing."""
        if self._meeting.level is Level.RECORD:
            return []
        subject = self.first.subject
        said = {one.author for one in self._here.said(subject)}
        mine = [str(one.id) for one in self._meeting.consensus.reviewers() if one.id in said]
        mine += [str(r.id) for r in self._meeting.reviewers if str(r.id) not in mine]
        if self._meeting.level < Level.NAMES:
            mine.sort(key=lambda who: hashlib.sha256(f"{subject} {who}".encode()).digest())
        return mine

    def _place(self, found: Discrepancy) -> tuple[int, bool, str]:
        asked = self.form.form.questions
        at = (place for place, q in enumerate(asked) if found.item.question in (q.id, *q.list))
        waits = self.form.form.list_of(found.item.question) is not None
        return next(at, len(asked)), not waits, found.item.row

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands over the columns, where there are few enough of them."""
        return (*self.named, AGREED) if len(self.reviewers) <= MOST else ()

    @property
    def named(self) -> list[str]:
        """What the reviewers are called."""
        if self._meeting.level < Level.NAMES:
            return [nameless(place) for place in range(len(self.reviewers))]
        return [self._meeting.name(one) for one in self.reviewers]

    def label(self, found: Discrepancy) -> str:
        """Return what is asked, with its row."""
        waiting = self._waiting(found.item)
        if waiting is not None:
            return waiting.label(self.form.form.list_words(found.item.question))
        said = self._here.said(found.subject)
        return self.form.called(found.item, said, self._here.pairings(found.subject))

    def row(self, found: Discrepancy) -> str:
        """Return the row of a list that an item is about, as it was written."""
        said, pairings = self._here.said(found.subject), self._here.pairings(found.subject)
        return self.form.rows_on(said, pairings).words(found.item)

    def phrase(self, found: Discrepancy) -> str:
        """Say in a few words how an item stands; nothing where only the record is shown."""
        if self._meeting.level is Level.RECORD:
            return ""
        waiting = self._waiting(found.item)
        if waiting is not None and found.status is Status.ROW:
            return waiting.phrase(self.form.form.list_words(found.item.question))
        return phrase_of(found, self.form.form.question(found.item.question))

    def cells(self, found: Discrepancy) -> list[d.Words]:
        """Return what each reviewer says of an item."""
        waiting = self._waiting(found.item)
        if waiting is not None:
            word = self.form.form.list_words(found.item.question)
            told = [waiting.said_by(who, word) for who in self.reviewers]
            return [_with_below(d.Run(words, strong=True), below) for words, below in told]
        return [self._cell(found, who) for who in self.reviewers]

    def _cell(self, found: Discrepancy, who: str) -> d.Words:
        given = [one for one in found.answers if str(one.reviewer) == who]
        if not given:
            return d.words(d.Run("no answer", quiet=True))
        words = " / ".join(self.form.said(found.item, values.text_of(one)) for one in given)
        everything = self._meeting.level is Level.EVERYTHING
        below = "\n".join(filter(None, map(_place, given))) if everything else ""
        return _with_below(d.Run(words, strong=True), below)

    def agreed_row(self, found: Discrepancy) -> str:
        """Return what the meeting said of a row of a list that it settled, or ""."""
        waiting = self._waiting(found.item)
        if waiting is None:
            return ""
        return waiting.paired_with(self.form.form.list_words(found.item.question), found.status)

    def _waiting(self, item: Item) -> WaitingRow | None:
        return waiting_row(self._here, self.form, self.first.subject, item)

    # --- rows ----------------------------------------------------------------------------------

    def rows(self, agreed: Agreed) -> Iterator[d.Row]:
        """Yield a row for each question; `agreed` says what stands at its end."""
        for found in self.items:
            said, since = agreed(self, found), self._meeting.since(found)
            phrase = self.phrase(found)
            if len(self.reviewers) <= MOST:
                end = () if said is None else said
                cells = (*self.cells(found), end)
                label = self.label(found)
                yield d.Cells(label=label, cells=cells, below=phrase, write=said is None)
            else:
                below = (d.Run(f"{phrase}\n", quiet=True),) if phrase else ()
                words = (*below, *stacked(self.named, self.cells(found)))
                yield d.Said(label=self.label(found), words=words)
                if said is None:
                    yield d.Pen(label=AGREED, lines=1)
                else:
                    yield d.Said(label=AGREED, words=said)
            if about := _about(self._meeting, found) if said is not None else ():
                yield d.Said(label="", words=about)
            if since:
                yield d.Said(label="", words=d.words(d.Run("Changed since: ", strong=True), since))


def _about(meeting: Meeting, found: Discrepancy) -> d.Words:
    """Return why an item was settled so, where that stands, how, by whom and when."""
    lines: list[str] = []
    for one in found.consensus:
        place = _quoted(one.details.page, one.details.quote)
        lines += [_why(one), place, meeting.decided_by(one)]
    return d.words("\n".join(filter(None, lines)))


_SAME = "The answers mean the same"


def _why(one: Consensus) -> str:
    """Return why an item was settled so; that answers mean the same is said once."""
    said_already = one.why.strip().rstrip(".").casefold() == _SAME.casefold()
    same = f"{_SAME}." if one.details.same_meaning and not said_already else ""
    return " ".join(filter(None, (same, one.why)))


def _quoted(page: str, quote: str) -> str:
    """Return where something stands; the number of a page never stands alone on a line."""
    at = f"p.\u00a0{page}" if page[:1].isdigit() else page
    return " ".join(filter(None, (f"“{quote}”" if quote else "", at)))


def _place(one: Answer) -> str:
    """Return where an answer is from, and what was noted on it."""
    return "\n".join(filter(None, (_quoted(one.page, one.quote), one.note)))


def _with_below(run: d.Run, below: str) -> d.Words:
    return d.words(run, d.Run(f"\n{below}", quiet=True) if below else "")


Agreed = Callable[[Study, Discrepancy], d.Words | None]
"""What is printed as agreed on an item of a study; None for a line to write on."""
