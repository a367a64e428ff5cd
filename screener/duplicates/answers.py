"""What a person answers, written into the log: a newer answer takes the place of an older one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from msgspec.structs import asdict

from screener.duplicates.joins import Joined, Standing
from screener.model import Record, UserError
from screener.model.words import listed
from screener.sources.typed_rows import at_line
from screener.store import membership, records
from screener.store.file import Action, File
from screener.store.heads import Head, heads
from screener.store.kinds.project import Different, Same
from screener.units.candidate import Candidate
from screener.units.candidate import kept as most_complete

Said = tuple[str, Sequence[str]]
"""An answer, "same" or "different", and the records it is about."""


class Answers:
    """Takes answers; `kept` is the record to show of its group, `rule` says why it is joined."""

    def __init__(self, file: File, joined: Iterable[Joined], *, kept: str, rule: str) -> None:
        self._file = file
        self._standing = Standing(joined)
        self._kept = kept
        self._rule = rule

    def says_something(self, answers: Iterable[Said], lines: Sequence[int] = ()) -> bool:
        """Say whether any of these is new; `UserError` when one names a record alone."""
        for (word, uids), line in zip(answers, lines or repeat(0), strict=False):
            with at_line(line):
                if not self._is_there(word, self._named(uids)):
                    return True
        return False

    def take(self, action: Action, answers: Iterable[Said], lines: Sequence[int] = ()) -> int:
        """Write what is new, one after the other; returns how many that were.

        `lines` are where they stand in a table, which an error then names.
        """
        new = 0
        for (word, named), line in zip(answers, lines or repeat(0), strict=False):
            with at_line(line):
                uids = self._named(named)
                if not self._is_there(word, uids):
                    new += 1
                    (self.same if word == "same" else self._different)(action, uids)
        return new

    def same(self, action: Action, uids: Sequence[str]) -> None:
        """Join records. An earlier "different" among them gives way; its others stay apart.

        `UserError` when one of them was removed or withdrawn: it is screened no more, and what was
        decided on it would count for the others.
        """
        self._require_present(uids)
        every = [m for u in uids for m in self._file.members(self._file.unit_of(u))]
        kept = self._kept if self._kept in every else first_kept(self._file, every)
        for head in heads(self._file, Different):
            inside = [uid for uid in head.body.records if uid in every]
            if len(inside) > 1:
                _keep_apart(action, head, inside[1:])
        body = Same(records=tuple(uids), kept=kept, rule=self._rule, by_hand=True)
        self._standing.add(Joined(event=action.append(body, subject=kept), **asdict(body)))

    def _different(self, action: Action, uids: Sequence[str]) -> None:
        """Keep records apart. Joins of nothing but these give way; others are a contradiction."""
        going = self._standing.between(uids)
        for join in going:
            self._standing.take(join)
            void(action, join)
        if self._standing.connected(uids) or any({*join.records} - {*uids} for join in going):
            raise UserError(
                f"Records {self._numbers(uids)} are in one group with others, and it is not known "
                "which of these belong to which; split the group first."
            )
        if not self._is_said(uids):
            action.append(Different(records=tuple(uids)), subject=uids[0])

    def _is_there(self, word: str, uids: Sequence[str]) -> bool:
        """Say whether the same was answered before, and nothing else since."""
        if word != "same":
            return self._is_said(uids) and not self._standing.connected(uids)
        apart = any(len({*uids} & {*said}) > 1 for said in said_different(self._file))
        shown = self._kept not in uids or self._file.unit_of(self._kept) == self._kept
        return self._standing.by_hand(uids) and shown and not apart

    def _require_present(self, uids: Sequence[str]) -> None:
        gone = membership.absent(self._file) & {*uids}
        if gone:
            was, it = ("was", "it") if len(gone) == 1 else ("were", "them")
            raise UserError(
                f"Records {self._numbers(uids)} cannot be joined: {self._numbers(gone)} {was} "
                f"removed or withdrawn; leave {it} out, or put {it} back first."
            )

    def _is_said(self, uids: Sequence[str]) -> bool:
        return any({*uids} <= {*said} for said in said_different(self._file))

    def _named(self, uids: Sequence[str]) -> list[str]:
        found = list(dict.fromkeys(uids))
        if len(found) < 2:
            named = f"record {self._numbers(found)}" if found else "no record"
            raise UserError(f"An answer is about two records or more; one names {named} alone.")
        return found

    def _numbers(self, uids: Iterable[str]) -> str:
        numbers = sorted(record.number for record in records.load(self._file, uids))
        return listed(list(map(str, numbers)))


def said_different(file: File) -> list[tuple[str, ...]]:
    """Return the sets of records a person said are different."""
    return [head.body.records for head in heads(file, Different)]


def first_kept(file: File, uids: Iterable[str]) -> str:
    """Return the most complete of some records."""
    loaded = records.load(file, dict.fromkeys(uids))
    return most_complete(candidate_of(record) for record in loaded)[0].id


def candidate_of(record: Record) -> Candidate:
    """Return a record as the finder sees it."""
    # Of two equally complete records the one imported first is kept, not a random one.
    return Candidate.of(record.id, record.fields, source_order=record.number)


def void(action: Action, join: Joined) -> None:
    """Take one join back."""
    action.void(Same, subject=join.kept, supersedes=[join.event])


def _keep_apart(action: Action, head: Head[Different], joined: Sequence[str]) -> None:
    """Put an answer "different" without the records joined now in its place, if two are left."""
    apart = tuple(uid for uid in head.body.records if uid not in joined)
    if len(set(apart)) > 1:
        action.append(Different(records=apart), subject=head.named, supersedes=[head.event])
    else:
        action.void(Different, subject=head.named, supersedes=[head.event])
