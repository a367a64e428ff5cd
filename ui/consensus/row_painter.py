"""The rows of a form's lists (arms, outcomes) in the meeting: whose they are, what pairs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from screener.answers.form import Form
from screener.answers.rows import Row
from screener.model import Status, UserError
from screener.model.words import counted
from screener.studies.listing import WaitingRow
from ui.consensus.painter import Choice, Offer, numbered
from ui.consensus.sheet import SheetCell

_MOST = 9
"""So many other rows are offered by their digits."""


class RowPainter:
    """Says of a row that is an item itself who has it, and what the meeting may say of it.

    There is such a row, there is none, it is another one under another name, or it has a name of
    its own.
    """

    def __init__(self, form: Form, name: Callable[[str], str]) -> None:
        self._form = form
        self._name = name

    def _word(self, waiting: WaitingRow) -> str:
        return self._form.list_words(waiting.row.list)

    def label(self, waiting: WaitingRow) -> str:
        """Return a row in words: "Arm: usual care"."""
        return waiting.label(self._word(waiting))

    def phrase(self, waiting: WaitingRow) -> str:
        """Say who has it."""
        return waiting.phrase(self._word(waiting))

    def cells(self, waiting: WaitingRow, reviewers: Sequence[str]) -> list[SheetCell]:
        """Return what each reviewer calls it, or that they have none, and which they have."""
        word = self._word(waiting)
        told = [waiting.said_by(who, word) for who in reviewers]
        having = {said.author for said in waiting.row.said}
        return [
            SheetCell(words=words, choice=self._there(waiting), takes="there is")
            if who in having
            else SheetCell(
                words=words,
                below=below,
                quiet=True,
                choice=Choice(pairing=waiting.with_(None, exists=False)),
                takes="there is not",
            )
            for who, (words, below) in zip(reviewers, told, strict=True)
        ]

    def _there(self, waiting: WaitingRow) -> Choice:
        follow = f"then its {counted(waiting.questions, 'question')} follow"
        return Choice(pairing=waiting.with_(None), phrase=follow if waiting.questions else "")

    def agreed(self, waiting: WaitingRow, status: Status | None) -> str:
        """Return what the meeting said of it."""
        return waiting.agreed(self._word(waiting), status)

    def types(self, waiting: WaitingRow) -> str:
        """Return what T does."""
        return "name it…"

    def asks(self, waiting: WaitingRow) -> str:
        """Return what is typed: the name of the row."""
        return f"Name of the {self._word(waiting)}"

    def typed(self, waiting: WaitingRow, text: str) -> Choice:
        """Return the row under a name; `UserError` where none was typed."""
        if not text.strip():
            raise UserError(f"Type the name of the {self._word(waiting)}.")
        return Choice(pairing=waiting.with_(None, key=text.strip()))

    def offers(self, waiting: WaitingRow) -> tuple[Offer, ...]:
        """Return the other rows that it may be the same as, by their digits."""
        others = [one for one in waiting.partners if one is not waiting.proposed]
        return tuple(
            numbered(number, f"same as “{waiting.named(one)}”", _same(waiting, one))
            for number, one in enumerate(others[:_MOST], 1)
        )

    def alike_words(self, waiting: WaitingRow) -> str:
        """Return the words of the button where a likeness is proposed."""
        return f"Same as “{waiting.named(waiting.proposed)}”" if waiting.proposed else ""

    def alike(self, waiting: WaitingRow) -> Choice:
        """Return the row paired with the one it is probably the same as."""
        if waiting.proposed is None:
            raise UserError("No other row is like this one; choose one by its number.")
        return _same(waiting, waiting.proposed)

    def chosen(self, waiting: WaitingRow, pairing: object) -> str:
        """Return what would be settled, in words."""
        if pairing == waiting.with_(None, exists=False):
            return f"no such {self._word(waiting)}"
        if pairing == waiting.with_(None):
            return waiting.named(waiting.row)
        same = (one for one in waiting.partners if waiting.with_(one) == pairing)
        other = next(same, None)
        if other is not None:
            return f"same as “{waiting.named(other)}”"
        return str(getattr(pairing, "key", ""))


def _same(waiting: WaitingRow, other: Row) -> Choice:
    return Choice(pairing=waiting.with_(other))
