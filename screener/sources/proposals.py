"""Corrections of records that reviewers propose; the coordinator takes them or leaves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from screener.model import FIELD_WORDS, Fields, Record, RecordId, UserError, field_text, field_value
from screener.model.gathering import gathered
from screener.model.words import as_name, listed
from screener.sources.batches import Batches, value_of
from screener.store import events, membership, records
from screener.store.file import File, FileKind
from screener.store.heads import Head, head_ids, heads
from screener.store.kinds.body import VERSION
from screener.store.kinds.meeting import ProposalLeft
from screener.store.kinds.project import Reviewer
from screener.store.kinds.reviewer import Proposal, at_field

_ID = 12  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A value that reviewers, by name, propose for one field of a record.

    `id` (12 hexadecimal digits) names record, field and value. `now` is what the field holds, ""
    where it is empty; `value` is written as in a correction. `why` says where it is from. `changed`
    says that the field holds something else than the reviewers saw; `others` counts the other
    values that are proposed for it.
    """

    id: str
    record: RecordId
    number: int
    title: str
    field: str
    now: str
    value: str
    why: tuple[str, ...] = ()
    reviewers: tuple[str, ...]
    changed: bool = False
    others: int = 0


class Proposals:
    """What is proposed: in a copy by its reviewer, in the project by everybody, whatever is closed.

    A proposal says nothing of a decision, so the project shows it as soon as it is merged; no
    copy holds what others proposed until it is taken.
    """

    def __init__(self, file: File, batches: Batches) -> None:
        self._file = file
        self._batches = batches

    # --- a reviewer ----------------------------------------------------------------------------

    def propose(self, record: str, field: str, value: str, why: str = "") -> None:
        """Propose what a field of a record should say, in place of what was proposed before.

        Lists are written as in a correction. An empty value takes the proposal back. `UserError`
        when the file is no copy, there is no such record or field, or the record says that already.
        """
        if self._file.kind is not FileKind.COPY:
            raise UserError(
                "Propose a correction in your own copy; in the project correct the record itself."
            )
        one, text = self._batches.record(record), value.strip()
        wanted = value_of(field, text)
        if wanted and wanted == getattr(one.fields, field):
            raise UserError(f"Record {one.number} says that already; write what it should say.")
        before = self._standing(one.id, field)
        body = None
        if wanted:
            body = Proposal(field=field, value=text, why=why.strip(), seen=one.version[:VERSION])
        if before == ([body] if body else []):
            return
        place = head_ids(
            self._file, Proposal, subject=one.id, author=self._file.reviewer,
            question=at_field(field), of_record=True,
        )  # fmt: skip
        did = "Propose a correction" if body else "Take a proposal back"
        with self._file.action(f"{did} ({FIELD_WORDS[field].lower()})") as action:
            if body:
                action.append(body, subject=one.id, supersedes=place)
            else:
                at = at_field(field)
                action.void(Proposal, subject=one.id, question=at, supersedes=place)

    def _standing(self, record: str, field: str) -> list[Proposal]:
        found = (head for head in self._heads([record]) if head.named == record)
        return [head.body for head in found if head.body.field == field]

    # --- the coordinator -----------------------------------------------------------------------

    def take(self, id_: str) -> Record:
        """Correct a record as it was proposed; `UserError` when that is not open."""
        one = self._one(id_)
        return self._batches.correct(one.record, {one.field: one.value}, listed(one.reviewers))

    def leave(self, id_: str) -> Proposed:
        """Say that something proposed is not taken; `UserError` when that is not open."""
        one = self._one(id_)
        words = FIELD_WORDS[one.field].lower()
        with self._file.action(f"Leave a proposal ({words})") as action:
            action.append(ProposalLeft(field=one.field, value=one.value), subject=one.record)
        return one

    def _one(self, id_: str) -> Proposed:
        found = next((one for one in self.open() if one.id == id_), None)
        if found is None:
            raise UserError(
                f"No open proposal has the id “{id_}”; see the list of proposals for their ids."
            )
        return found

    # --- what is open --------------------------------------------------------------------------

    def of(self, unit: str) -> list[Proposed]:
        """Return what is open for the records of a unit, in the order of the fields."""
        return self._open(self._heads([unit]))

    def open(self) -> list[Proposed]:
        """Return what is neither taken nor left, in the order of numbers and fields.

        What a record says by now counts as taken; of absent records nothing is asked.
        """
        return self._open(self._heads())

    def _heads(self, subjects: Iterable[str] | None = None) -> list[Head[Proposal]]:
        return heads(self._file, Proposal, subjects=subjects)

    def _open(self, found: list[Head[Proposal]]) -> list[Proposed]:
        if not found:
            return []
        names = {head.body.id: as_name(head.body.name) for head in heads(self._file, Reviewer)}
        named = {head.named for head in found} - membership.absent(self._file)
        loaded = {str(one.id): one for one in records.load(self._file, sorted(named))}
        named &= loaded.keys()  # what was made by hand may be on no record: it proposes nothing
        left = {_key(head) for head in heads(self._file, ProposalLeft)}
        alike = gathered((_key(head), head) for head in found if head.named in named)
        open_ = {
            (uid, field, value): several
            for (uid, field, value), several in alike.items()
            if (uid, field, value) not in left and getattr(loaded[uid].fields, field) != value
        }
        values = Counter((uid, field) for uid, field, _ in open_)
        order = list(FIELD_WORDS)
        return sorted(
            (
                _proposed(
                    loaded[uid],
                    sorted(several, key=lambda head: (names.get(head.author, ""), head.event)),
                    names,
                    versions=records.versions_of(self._file, uid),
                    others=values[uid, field] - 1,
                )
                for (uid, field, _), several in open_.items()
            ),
            key=lambda one: (one.number, order.index(one.field), one.value),
        )


_Key = tuple[str, str, object]
"""A record, a field, and what it would hold."""


def _key(head: Head[Proposal] | Head[ProposalLeft]) -> _Key:
    return head.named, head.body.field, field_value(head.body.field, head.body.value)


def _proposed(
    record: Record,
    found: Sequence[Head[Proposal]],
    names: Mapping[str, str],
    *,
    versions: Mapping[str, Fields],
    others: int,
) -> Proposed:
    body, now = found[0].body, getattr(record.fields, found[0].body.field)
    seen = {head.body.seen for head in found}
    saw = [getattr(fields, body.field) for v, fields in versions.items() if v[:VERSION] in seen]
    value = field_text(replace(record.fields, **{body.field: field_value(body.field, body.value)}),
                       body.field)  # fmt: skip
    return Proposed(
        id=events.digest("\n".join((record.id, body.field, value))).hex()[:_ID],
        record=record.id,
        number=record.number,
        title=record.fields.title,
        field=body.field,
        now=field_text(record.fields, body.field),
        value=value,
        why=tuple(dict.fromkeys(head.body.why for head in found if head.body.why)),
        reviewers=tuple(dict.fromkeys(names.get(head.author, head.author) for head in found)),
        changed=any(one != now for one in saw),
        others=others,
    )
