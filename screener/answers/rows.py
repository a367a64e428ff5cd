"""Rows of lists: which rows of several reviewers are one row, and which wait for the meeting.

Only equal keys pair by themselves; everything else waits until the meeting writes a pair. Pairs
name rows by their ids, so a key that is changed afterwards moves nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product
from operator import attrgetter

from screener.model import ID, DiscrepancyKind, Question, Status, UserError
from screener.model.cells import visible
from screener.model.gathering import gathered
from screener.model.question import words_of
from screener.model.searching import MARKS, folded
from screener.model.step import Asked, Found, Item, Pairing, Said
from screener.model.types.base import fold
from screener.model.words import is_blank

_WORD = re.compile(ID)
_LONGEST = 60
LONGEST_KEY = 500
"""The most characters of a row's key."""
_SHORT = 3
"""A word of more letters says something of a row; "the" and "and" do not."""
_LIKE = 0.7
"""From this likeness on, of 1, two rows are proposed as one."""

Place = tuple[str, str]
"""A row of one reviewer: whose it is, and its id."""


def word_of(key: str) -> str:
    """Return the word by which a key is compared and a row of all reviewers is named.

    White space, hyphens, case and accents make no difference. A key that holds anything else than
    letters of ASCII and digits keeps a part of its SHA-256, so that different keys have different
    words.
    """
    words = _folded(key)
    plain = "-".join(words.replace("-", " ").split())
    if _WORD.fullmatch(plain) and len(plain) <= _LONGEST:
        return plain
    begins = "-".join(re.findall("[a-z0-9]+", words))[:_LONGEST].strip("-")
    digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{begins}-{digest}" if begins else digest


def _folded(key: str) -> str:
    """Return a key without differences of white space, case, encoding and accents.

    Superscripts and apostrophes stay: they say something.
    """
    return fold("".join(folded(c) if _accented(c) else c for c in fold(key)))


def _accented(letter: str) -> bool:
    plain = letter.isascii() or unicodedata.decomposition(letter).startswith("<")
    return not plain and (letter.isalpha() or MARKS.fullmatch(letter) is not None)


def require_key(key: str) -> None:
    """Raise `UserError` for a key that nobody can read: nothing is seen of it, or it is a text."""
    if is_blank(key):
        raise UserError("Give the row a name, by which the other reviewer's is recognised.")
    if len(key) > LONGEST_KEY or key != visible(key):
        raise UserError(
            f"The name of a row has at most {LONGEST_KEY} characters, and none that cannot be "
            "seen; write it anew."
        )


def key_of(said: Said) -> str:
    """Return the key of a row as it was typed; `ValueError` when it says none."""
    try:
        return str(json.loads(said.value)["key"])
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError("this is no row of a list") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a list as the review has it: the rows of the reviewers that are it.

    `said` are those rows as they stand; `places` those that a pair names besides, gone ones too.
    `asked` says that its questions are compared one by one; where not, the row itself waits for the
    meeting, or there is none. `found` is where the row stands when the meeting spoke of it.
    """

    list: str
    key: str
    said: tuple[Said, ...]
    places: tuple[Place, ...]
    asked: bool
    found: Found | None = None
    name: str = ""

    @property
    def words(self) -> str:
        """What the meeting called it, or its key as who comes first by code point wrote it."""
        if self.name:
            return self.name
        written = (key_of(one).strip() for one in self.said)
        own = min((key for key in written if word_of(key) == self.key), default="")
        return own or words_of(self.key)

    @property
    def waits(self) -> bool:
        """Whether the row itself waits for the meeting."""
        settled = self.found is not None and self.found.status is Status.RESOLVED
        return not (self.asked or settled)

    @property
    def alone(self) -> bool:
        """Whether nothing of the row itself is to settle: equal keys made it one."""
        return self.asked and self.found is None


def rows_of(
    list_: str, said: Sequence[Said], pairings: Sequence[Pairing], enough: int
) -> list[Row]:
    """Return the rows of a list in the order of their keys.

    `enough` reviewers with equal keys make a row by themselves.
    """
    standing = [one for one in said if one.question == list_]
    bundles = _bundles([one for one in pairings if one.list == list_])
    taken = {place: bundle for bundle in bundles for place in bundle.places}
    by_key = {key: bundle for bundle in bundles for key in bundle.keys}
    of_bundle: dict[str, list[Said]] = defaultdict(list)
    by_word: dict[str, list[Said]] = defaultdict(list)
    for one in standing:
        word = word_of(key_of(one))
        bundle = taken.get((one.author, one.row)) or by_key.get(word)
        if bundle is None:
            by_word[word].append(one)
        else:
            of_bundle[bundle.key].append(one)
    found = [bundle.row(list_, of_bundle[bundle.key], enough) for bundle in bundles]
    for word, rows in by_word.items():
        found.append(_row(list_, word, rows, asked=len({one.author for one in rows}) >= enough))
    return sorted(found, key=lambda row: row.key)


def _row(list_: str, key: str, said: Iterable[Said], *, asked: bool) -> Row:
    there = tuple(sorted(said))
    return Row(
        list=list_,
        key=key,
        said=there,
        places=tuple(sorted({(one.author, one.row) for one in there})),
        asked=asked,
    )


@dataclass(slots=True)
class _Bundle:
    """Pairs that speak of a key or a row in common; of one meeting it is one pair."""

    pairs: list[Pairing]

    @property
    def keys(self) -> set[str]:
        return {one.key for one in self.pairs}

    @property
    def key(self) -> str:
        return min(self.keys)

    @property
    def places(self) -> set[Place]:
        return {place for one in self.pairs for place in one.rows}

    def agree(self) -> bool:
        """Whether all say the same: one key, there or not, and of each reviewer the same rows."""
        if len({(one.key, one.exists) for one in self.pairs}) > 1:
            return False
        rows: dict[str, set[frozenset[str]]] = defaultdict(set)
        for one in self.pairs:
            for author in {author for author, _ in one.rows}:
                rows[author].add(frozenset(id_ for who, id_ in one.rows if who == author))
        return all(len(several) == 1 for several in rows.values())

    def row(self, list_: str, said: Sequence[Said], enough: int) -> Row:
        """Return the row that these pairs make, with where it stands."""
        here = _row(list_, self.key, said, asked=False)
        asked = self.agree() and self.pairs[0].exists
        found: Found | None
        if not self.agree():
            found = Found(Status.CONSENSUS_CONFLICT, kind=DiscrepancyKind.CONSENSUS_CONFLICT)
        elif asked:
            by_itself = {one.author for one in said if word_of(key_of(one)) == self.key}
            alike = len(by_itself) >= enough and by_itself == {one.author for one in said}
            found = None if alike else Found(Status.RESOLVED, kind=DiscrepancyKind.ROW)
        elif set(here.places) <= self.places:
            found = Found(Status.RESOLVED, kind=DiscrepancyKind.ROW)
        else:  # somebody has a row of that key of which the meeting knew nothing
            found = Found(Status.REOPENED, kind=DiscrepancyKind.REOPENED)
        places = tuple(sorted({*here.places, *self.places}))
        return replace(here, places=places, asked=asked, found=found, name=_name(self.pairs))


def _name(pairs: Iterable[Pairing]) -> str:
    """Return what the meeting called a row; of several names the first by code point."""
    return min((one.name for one in pairs if one.exists and one.name), default="")


def _bundles(pairs: Sequence[Pairing]) -> list[_Bundle]:
    """Bring together what has a key or a row in common, however many there are."""
    at: dict[tuple[str, ...], _Bundle] = {}
    for pair in pairs:
        near = {id(one): one for spot in ((pair.key,), *pair.rows) if (one := at.get(spot))}
        together = _Bundle([*(one for bundle in near.values() for one in bundle.pairs), pair])
        for each in together.pairs:
            at.update(dict.fromkeys(((each.key,), *each.rows), together))
    return [*{id(bundle): bundle for bundle in at.values()}.values()]


def as_recorded(wanted: Pairing, rows: Sequence[Row], pairings: Sequence[Pairing]) -> Pairing:
    """Return a pair with its key and name; without a key it keeps what the rows are known by.

    What was agreed in a row stands under its key, so a row that was paired keeps it, and another
    key is its name from now on. `UserError` when a row is not there, two are rows of one reviewer,
    the rows have several keys, or the key is another row's.
    """
    there = {(one.author, one.row): row for row in rows for one in row.said}
    missing = sorted(id_ for who, id_ in wanted.rows if (who, id_) not in there)
    if missing or not wanted.rows:
        raise UserError(f"There is no row “{', '.join(missing)}” to pair; see the list of rows.")
    whose = Counter(who for who, _ in {(who, there[who, id_].key) for who, id_ in wanted.rows})
    if wanted.exists and any(times > 1 for times in whose.values()):
        said = "” and “".join(sorted(id_ for who, id_ in wanted.rows if whose[who] > 1))
        raise UserError(f"“{said}” are rows of one reviewer; pair one row of each reviewer.")
    before = [
        one
        for one in pairings
        if one.list == wanted.list and one.exists and not set(one.rows).isdisjoint(wanted.rows)
    ]
    known = {one.key for one in before}
    own = {there[place].key for place in wanted.rows}
    touched = [there[place] for place in wanted.rows]
    given = wanted.key.strip()
    key = word_of(given) if given else min(known or own)
    disputed = any(r.found and r.found.status is Status.CONSENSUS_CONFLICT for r in touched)
    if len(known) > 1 and not (disputed and key in known):
        said = "” and “".join(sorted({row.words for row in touched}))
        raise UserError(f"These rows are known as “{said}” already; take those pairs back first.")
    name = given if given and given not in known | own else _name(before)
    if known and key not in known:
        others = (one for one in rows if one not in touched)
        taken = next((one for one in others if key in (one.key, word_of(one.words))), None)
        if taken is not None:
            raise UserError(f"Another row is known as “{taken.words}”; choose another name.")
        key = min(known)
    other = next(
        (
            key_of(one)
            for row in rows
            for one in row.said
            if (one.author, one.row) not in wanted.rows
            and word_of(key_of(one)) == key
            and (row.key == key or row in touched)  # a row of another pair stays where that put it
        ),
        "",
    )
    if other:
        raise UserError(f"Another row is known as “{other}”; name it too, or choose another key.")
    return replace(wanted, key=key, name=name if wanted.exists else "")


def partners(row: Row, rows: Iterable[Row]) -> list[Row]:
    """Return the other rows that may be the same as one, the likeliest first.

    Those are rows of other reviewers; what the meeting said there is none of is left out.
    """
    authors = {who for who, _ in row.places}
    others = [
        other
        for other in rows
        if other.said
        and authors.isdisjoint({who for who, _ in other.places})
        and (other.asked or other.found is None)
    ]
    return sorted(others, key=lambda other: (-likeness(row, other), other.key))


def proposed(row: Row, rows: Iterable[Row]) -> Row | None:
    """Return the row of other reviewers that is probably the same as one that waits, or None."""
    return likeliest(row, partners(row, rows))


def likeliest(row: Row, others: Sequence[Row]) -> Row | None:
    """Return the first of its partners if that is probably the same as a row, or None."""
    return others[0] if others and likeness(row, others[0]) >= _LIKE else None


def likeness(one: Row, other: Row) -> float:
    """Return how alike the names of two rows are, from 0 to 1.

    A word of some length in common, letters in the same order, or the first letters of words
    ("TAU", "treatment as usual"). It proposes and decides nothing.
    """
    return max(
        (_alike(_folded(key_of(a)), _folded(key_of(b))) for a in one.said for b in other.said),
        default=0.0,
    )


def _alike(one: str, other: str) -> float:
    words = [text.replace("-", " ").split() for text in (one, other)]
    long = [{word for word in several if len(word) > _SHORT} for several in words]
    shared = len(long[0] & long[1]) / max(1, len(long[0] | long[1]))
    begin = ["".join(word[0] for word in several) for several in words]
    initials = any(
        len(whole) == 1 and len(first) > 1 and whole[0] == first
        for whole, first in zip(words, reversed(begin), strict=True)
    )
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(ratio, _LIKE + (1 - _LIKE) * shared if shared else 0.0, 0.9 if initials else 0.0)


def places_by_author(row: Row) -> Mapping[str, list[str]]:
    """Return the ids of a row's rows by reviewer."""
    return gathered(row.places)


def cells(
    question: Question, rows: Callable[[str], Sequence[Row]], said: Sequence[Said]
) -> Iterator[Asked]:
    """Yield a question for every row it is asked for, or once; `rows` gives those of a list."""
    if not question.list:  # nearly every question of most forms
        about_it = (one for one in said if not one.row)
        yield Asked(Item(question.id, ""), tuple(sorted(about_it, key=attrgetter("author"))))
        return
    answers = gathered(((one.author, one.row), one) for one in said)
    authors = sorted({one.author for one in said})
    for cell in product(*[[row for row in rows(list_) if row.asked] for list_ in question.list]):
        places = [places_by_author(row) for row in cell]
        here = [
            one
            for author in authors
            for ids in product(*(by_author.get(author, ()) for by_author in places))
            for one in answers.get((author, "/".join(ids)), ())
        ]
        yield Asked(Item(question.id, "/".join(row.key for row in cell)), tuple(here))
