"""Which pairs are worth comparing: records that share a key. Large blocks are thinned out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import combinations, groupby

from screener.duplicates.prepared import Prepared

LARGEST = 80
"""Blocks up to this size are compared completely."""
NEIGHBOURS = 12
"""In larger blocks each record meets this many that follow it in the order of titles."""
_TITLE = 24
_LONGEST_WORDS = 4
_SHORT_WORD = 4
_PARTS = 16
"""What is sorted is sorted in so many parts: a list takes five times the memory of an array."""


def pairs(records: Sequence[Prepared], words: Set[str] | None = None) -> array[int]:
    """Return the pairs to compare, each once and in order; `places` takes one apart.

    Of some records among many, `words` are the word keys that not too many of all share.
    """
    size = len(records)
    seen = [array("Q") for _ in range(_PARTS)]
    for block in _blocks(records, keys):
        for one, other in _within(block, records):
            low, high = (one, other) if one < other else (other, one)
            seen[low * _PARTS // size].append(low * size + high)
    rare = word_keys if words is None else lambda record: words & set(word_keys(record))
    for block in _blocks(records, rare):
        if len(block) <= LARGEST:  # words that many titles share say nothing
            for one, other in combinations(block, 2):
                seen[one * _PARTS // size].append(one * size + other)
    found = array("Q")
    for part in seen:
        found.extend(sorted(set(part)))
    return found


def places(pair: int, records: Sequence[Prepared]) -> tuple[int, int]:
    """Return the positions of the two records of a pair, the smaller first."""
    return divmod(pair, len(records))


def _blocks(
    records: Sequence[Prepared], keys_of: Callable[[Prepared], Iterable[str]]
) -> Iterator[list[int]]:
    """Yield the positions of records that share a key, in order.

    Most keys belong to one record alone, and there are ten of each: as 64-bit numbers, the hash of
    the key before the position, they take a tenth of the memory. The part they are in is 4 more
    bits of the hash, so that no two keys of some 100,000 records are taken for one; were they, two
    more records would be compared.
    """
    bits = len(records).bit_length()
    most = (1 << 64 - bits) - 1
    found = [array("Q") for _ in range(_PARTS)]
    for place, record in enumerate(records):
        for key in map(hash, set(keys_of(record))):
            found[key % _PARTS].append((key // _PARTS & most) << bits | place)
    for part in found:
        for _, same in groupby(sorted(part), key=lambda packed: packed >> bits):
            block = [packed & (1 << bits) - 1 for packed in same]
            if len(block) > 1:
                yield block


def keys(record: Prepared) -> Iterator[str]:
    """Yield everything under which a duplicate of this record would be filed too."""
    if record.doi:
        yield "d" + record.doi
    if record.pmid:
        yield "m" + record.pmid
    if record.abstract_head:
        yield "a" + record.abstract_head
    yield from _title_keys(record)
    yield from _place_keys(record)


def word_keys(record: Prepared) -> Iterator[str]:
    """Yield the pairs of the longest words of the titles.

    Long words are rare ones, and which they are does not depend on the other records.
    """
    for title in record.titles:
        words = sorted({word for word in title.words.split() if len(word) > _SHORT_WORD})
        longest = sorted(words, key=len, reverse=True)[:_LONGEST_WORDS]
        for one, other in combinations(sorted(longest), 2):
            yield one + " " + other


def _title_keys(record: Prepared) -> Iterator[str]:
    for title in record.titles:
        yield "t" + title.letters[:_TITLE]
        yield "e" + title.letters[-_TITLE:]


def _place_keys(record: Prepared) -> Iterator[str]:
    first = record.pages.first or record.article
    if not first:
        return
    if record.volume:
        yield f"p{record.volume} {first} {record.year}"
    for name in record.first_author:
        if record.volume:
            yield f"v{record.volume} {first} {name}"
        yield f"y{record.year} {first} {name}"


def _within(block: list[int], records: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    if len(block) <= LARGEST:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda place: (_sorting(records[place]), records[place].id))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
            yield one, other


def _sorting(record: Prepared) -> tuple[str, str, str]:
    title = record.titles[0].letters if record.titles else ""
    return title, record.pages.first, record.volume
