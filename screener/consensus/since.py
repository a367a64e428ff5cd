"""What became of the answers to an item since a consensus settled it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.consensus.agreed import agreed_heads, basis_of
from screener.consensus.standing import Standing
from screener.model.step import Item, Said
from screener.store.file import File
from screener.store.heads import ANSWERS, events_of, head_ids
from screener.store.kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one reviewer said when an item was settled and says now, in words; "" for nothing.

    `reviewer` is an id; `time` is when it was said anew or taken back, "" when not known.
    """

    reviewer: str
    before: str
    now: str
    time: str


def changes_since(file: File, standing: Standing, subject: str, item: Item) -> list[Change]:
    """Return how the answers differ from those that the consensus on an item was made on.

    One change for each reviewer, in the order of their times; nothing where nothing was settled.
    """
    step = standing.step
    heads = agreed_heads(file, step.id, [subject]).get(subject, ())
    agreed = [one for one in heads if one.item == item]
    if not agreed:
        return []
    before = _by_author(basis_of(file, {subject: agreed})().values())
    now = _by_author(standing.said_on(subject, item))
    found = []
    for author in dict.fromkeys([*before, *now]):
        was, says = before.get(author, []), now.get(author, [])
        gone, new = _lacking(standing, item, was, says), _lacking(standing, item, says, was)
        if gone or new:
            change = Change(
                reviewer=author,
                before=_words(standing, item, gone or was),
                now=_words(standing, item, new or says),
                time=max(_times(file, step.id, subject, [*was, *says]), default=""),
            )
            found.append(change)
    return sorted(found, key=lambda change: change.time)


def _by_author(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for one in said:
        found.setdefault(one.author, []).append(one)
    return found


def _lacking(
    standing: Standing, item: Item, these: Sequence[Said], those: Sequence[Said]
) -> list[Said]:
    """Return which of these answers are the same as none of those."""
    same = standing.step.same
    return [one for one in these if not any(same(item, one.value, o.value) for o in those)]


def _words(standing: Standing, item: Item, said: Sequence[Said]) -> str:
    """Return the first of some answers in words; one who said two things contradicts themself."""
    return standing.step.said(item, said[0].value) if said else ""


def _times(file: File, step: str, subject: str, said: Iterable[Said]) -> list[str]:
    """Return when what stands now in the places of these answers was written, or taken back."""
    ids = {
        id_
        for author, question, row in {(one.author, one.question, one.row) for one in said}
        for kind in ANSWERS
        for id_ in head_ids(
            file,
            KINDS[kind].body,
            step=step,
            subject=subject,
            author=author,
            question=question,
            row=row,
        )
    }
    return [event.time for _, event in events_of(file, sorted(ids))]
