"""The rows of the lists of a form on one subject, read once, and how items name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screener.answers.form import Form
from screener.answers.rows import Row, key_of, rows_of, word_of
from screener.model.gathering import gathered
from screener.model.step import Item, Pairing, Said


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows of one list, by their keys too; the keys by words, the names by reviewers."""

    rows: list[Row]
    by_key: dict[str, Row]
    by_word: dict[str, str]
    names: dict[str, list[str]]


class ListRows:
    """The rows of every list of a form on a subject, as its answers and pairs make them.

    There is an item for each question in each row, and who asks of one asks of the next: a list is
    brought together when it is first asked for, and once.
    """

    def __init__(
        self, form: Form, said: Sequence[Said], pairings: Sequence[Pairing], enough: int
    ) -> None:
        """`enough` reviewers with equal keys make a row by themselves."""
        self.form = form
        self._said, self._pairings, self._enough = said, pairings, enough
        self._lists: dict[str, _Known] = {}

    def of(self, list_: str) -> list[Row]:
        """Return the rows of a list in the order of their keys."""
        return self._known(list_).rows

    def row(self, list_: str, key: str) -> Row | None:
        """Return the row of a list that has a key, or None."""
        return self._known(list_).by_key.get(key)

    def names(self, list_: str) -> Mapping[str, Sequence[str]]:
        """Return what the rows of a list are called, by the reviewers who have them."""
        return self._known(list_).names

    def words(self, item: Item) -> str:
        """Return the row of an item by its key (or keys, with "/" between) as it was written."""
        return "/".join(self.named(item))

    def named(self, item: Item) -> tuple[str, ...]:
        """Return what each row of an item is called."""
        found = ((key, self.row(list_, key)) for list_, key in self._places(item))
        return tuple(row.words if row else key for key, row in found)

    def item_named(self, item: Item) -> Item:
        """Return the item of a question whose row is named by its key, or by a reviewer's of it."""
        return item._replace(row="/".join(self._key(*place) for place in self._places(item)))

    def rests_on(self, item: Item) -> list[Pairing]:
        """Return the pairs of the rows that a question is asked for; none of a row itself."""
        if self.form.question(item.question) is None:
            return []
        rows = (self.row(*place) for place in self._places(item))
        return [
            Pairing(list=row.list, key=row.key, rows=row.places, name=row.name)
            for row in rows
            if row
        ]

    def _known(self, list_: str) -> _Known:
        if list_ not in self._lists:
            rows = rows_of(list_, self._said, self._pairings, self._enough)
            words: dict[str, str] = {}
            for row in rows:
                for word in (row.key, *(word_of(key_of(one)) for one in row.said)):
                    words.setdefault(word, row.key)
            names = gathered((said.author, key_of(said)) for row in rows for said in row.said)
            self._lists[list_] = _Known(rows, {row.key: row for row in rows}, words, names)
        return self._lists[list_]

    def _key(self, list_: str, named: str) -> str:
        if self.row(list_, named):
            return named
        word = word_of(named)
        return self._known(list_).by_word.get(word, word)

    def _places(self, item: Item) -> list[tuple[str, str]]:
        """Return the list and the key of each row that an item names."""
        question = self.form.question(item.question)
        lists = question.list if question else (item.question,)
        keys = item.row.split("/") if len(lists) > 1 else [item.row]
        return list(zip(lists, keys, strict=False)) if item.row else []
