"""Import batches in the project: storing parsed records, taking batches and records out."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any

import msgspec

from screener.model import (
    Batch,
    Fields,
    Progress,
    Record,
    Search,
    Skipped,
    UserError,
    field_value,
    silent,
)
from screener.model.arguments import public
from screener.model.words import as_lines, counted, one_line
from screener.sources.parsed import Entries, Parsed
from screener.store import backups, events, membership, raw, records, verify
from screener.store.file import COORDINATOR, File
from screener.store.heads import head_ids, heads
from screener.store.kinds import Body, project

KEPT_TEXT = 500  # characters kept of a skipped run of lines
KEPT_LINES = 1_000  # skipped runs kept with an import; all are counted


class Batches:
    """The import batches of a project and their records."""

    def __init__(self, file: File) -> None:
        self._file = file

    @public
    def batches(self, *, withdrawn: bool = True) -> list[Batch]:
        """Return the imports in their order, withdrawn ones too unless told otherwise."""
        withdrawals = heads(self._file, project.Withdraw)
        gone = {one.body.batch: one.body.why or "withdrawn" for one in withdrawals}
        bodies = {one.body.id: one.body for one in heads(self._file, project.Batch)}
        order = membership.batch_order(self._file)
        found = [_batch(bodies[id_], gone.get(id_, "")) for id_ in order if id_ in bodies]
        return [b for b in found if withdrawn or not b.withdrawn]

    def batch(self, id_: str) -> Batch:
        """Return one import by its id, or by its place counted from 1; `UserError` if none."""
        found = self.batches()
        for place, batch in enumerate(found, 1):
            if id_ in (batch.id, str(place)):
                return batch
        raise UserError(f"There is no import “{id_}”; there are {len(found)}, counted from 1.")

    def imported_before(self, digest: str) -> Batch | None:
        """Return the import that brought in a file of this digest, if it was not withdrawn."""
        found = (b for b in self.batches(withdrawn=False) if b.file_digest == digest)
        return next(found, None)

    def refuse_known(self, parsed: Parsed) -> None:
        """Raise `UserError` when the same file was imported before."""
        before = self.imported_before(parsed.digest)
        if before is not None:
            raise UserError(
                f"{parsed.file} was imported already ({before.search.source}, {before.parsed} "
                "records); take that import back first, or choose another file."
            )

    def store(self, parsed: Parsed, search: Search, progress: Progress = silent) -> Batch:
        """Store what was read as one import batch, in one action.

        `UserError` when the same file was imported before or the source has no name.
        """
        return self.store_many([(parsed, search)], progress)[0]

    def store_many(
        self, files: Sequence[tuple[Parsed, Search]], progress: Progress = silent
    ) -> list[Batch]:
        """Store several files in one action, each as a batch of its own: all of them or none.

        `UserError` when one of them was imported before or its source has no name.
        """
        if not files:
            return []
        self._refuse(files)
        backups.backup_if_changed(self._file, progress)
        whole = sum(len(parsed.entries) for parsed, _ in files)
        last = membership.last_number(self._file)
        ids = []
        with self._file.action(_named(files)) as action:
            done = 0
            for parsed, search in files:
                id_ = secrets.token_hex(16)
                within = _continued(progress, done, whole)
                lines = self._written(parsed.entries, id_, last + done + 1, within)
                action.append(_body(id_, parsed, search, verify.records_digest(lines)), subject=id_)
                ids.append(id_)
                done += len(parsed.entries)
        return [self.batch(id_) for id_ in ids]

    def _written(
        self, entries: Entries, batch: str, first: int, progress: Progress
    ) -> Iterator[str]:
        """Write records inside the caller's action; yield the lines of some for the digest."""
        drawn = secrets.token_hex(16 * len(entries))
        # Random ids, but in order: SQLite then fills its indexes page by page, in half the time.
        uids = sorted(drawn[at : at + 32] for at in range(0, len(drawn), 32))
        done = 0
        for digests, texts, packed in entries.stored():
            some = uids[done : done + len(texts)]
            numbers = range(first + done, first + done + len(texts))
            done += len(texts)
            records.add(
                self._file,
                zip(some, numbers, repeat(batch), strict=False),
                zip(digests, some, texts, strict=True),
                [(number, text) for number, text in zip(numbers, packed, strict=True) if text],
            )
            yield "\n".join(map(verify.record_line, some, numbers, digests))
            progress(done, None, "Saving records")

    def _refuse(self, files: Sequence[tuple[Parsed, Search]]) -> None:
        """Raise `UserError` for the first file that cannot be stored."""
        digests: dict[str, str] = {}
        for parsed, search in files:
            self.refuse_known(parsed)
            if parsed.digest in digests:
                raise UserError(
                    f"{parsed.file} is the same file as {digests[parsed.digest]}; leave one out."
                )
            if not search.source.strip():
                raise UserError("Say which source these records come from, such as PubMed.")
            digests[parsed.digest] = parsed.file

    def describe(self, batch: str, search: Search) -> Batch:
        """Change what is said about a search; the records stay as they are."""
        id_ = self.batch(batch).id
        before = heads(self._file, project.Batch, subjects=[id_])[-1]
        body = msgspec.structs.replace(before.body, **_said(search))
        with self._file.action(f"Edit the search in {search.source}") as action:
            action.append(body, subject=id_, supersedes=[before.event])
        return self.batch(id_)

    @public
    def withdraw(self, batch: str, why: str) -> None:
        """Take an import out of the review; its records keep their numbers. Can be taken back."""
        found = self.batch(batch)
        if found.withdrawn:
            raise UserError(f"The import from {found.search.source} is taken back already.")
        if not why.strip():
            raise UserError("Say why the import is taken back; the report names it.")
        before = self._heads(project.Withdraw, found.id)
        with self._file.action(f"Take back the import from {found.search.source}") as action:
            body = project.Withdraw(batch=found.id, why=why)
            action.append(body, subject=found.id, supersedes=before)

    @public
    def put_back(self, batch: str) -> None:
        """Put a withdrawn import back into the review."""
        found = self.batch(batch)
        before = self._heads(project.Withdraw, found.id)
        if not found.withdrawn:
            raise UserError(f"The import from {found.search.source} is not taken back.")
        with self._file.action(f"Put back the import from {found.search.source}") as action:
            action.void(project.Withdraw, subject=found.id, supersedes=before)

    def _heads(self, body: type[Body], subject: str) -> list[str]:
        return head_ids(self._file, body, subject=subject, author=COORDINATOR, of_record=True)

    # --- records ---------------------------------------------------------------------------

    def find(self, named: str) -> str:
        """Return the uid of a record by number or uid; `UserError` when it is not here."""
        uid = records.find(self._file, str(named).strip())
        if not uid:
            raise UserError(f"There is no record {named} in this review; see its list of records.")
        return uid

    def record(self, named: str) -> Record:
        """Return one imported record by its number or uid."""
        return next(records.load(self._file, [self.find(named)]))

    def source_fields(self, uid: str) -> Fields:
        """Return a record's fields as its source gave them."""
        return records.source_fields(self._file, uid)

    def source_tags(self, uid: str) -> raw.Tags | None:
        """Return a record's tags and their values as its source gave them, () when it gave none.

        None when this file does without them, as reviewers' copies do; `model.NO_TAGS` says so.
        """
        return raw.raw_of(self._file, uid)

    @public
    def records(self, batch: str = "") -> Iterator[Record]:
        """Yield imported records in the order of their numbers, of one batch or of all."""
        id_ = self.batch(batch).id if batch else ""
        yield from records.load(self._file, membership.record_ids(self._file, id_))

    def some(self, uids: Iterable[str]) -> Iterator[Record]:
        """Yield the records of these uids, in their order."""
        yield from records.load(self._file, uids)

    def count(self) -> int:
        """Return the number of records in the review, withdrawn and removed ones left out."""
        return membership.count_present(self._file)

    @public
    def remove(self, named: list[str], why: str, *, automatic: bool = False) -> None:
        """Remove records before screening, for a reason the flow diagram counts.

        `automatic` says that a rule did it and not a person.
        """
        if not why.strip():
            raise UserError("Say why the records are removed; the report names it.")
        uids = [self.find(n) for n in named]
        with self._file.action(f"Remove {counted(len(uids), 'record')}") as action:
            for uid in uids:
                body = project.Remove(record=uid, why=why, automatic=automatic)
                action.append(body, subject=uid, supersedes=self._heads(project.Remove, uid))

    @public
    def correct(self, named: str, changes: Mapping[str, str], whose: str = "") -> Record:
        """Correct fields of one record; the source's version stays beside it.

        Lists (authors, keywords) are given as one text with semicolons between the parts. `whose`
        names those who proposed it, for the history.
        """
        record = self.record(named)
        fields = replace(record.fields, **{k: value_of(k, v) for k, v in changes.items()})
        before = self._heads(project.Correct, record.id)
        name = f"Correct record {record.number}"
        with self._file.action(f"{name} as {whose} proposed" if whose else name) as action:
            version = records.add_version(self._file, record.id, fields)
            body = project.Correct(record=record.id, version=version, fields=tuple(sorted(changes)))
            action.append(body, subject=record.id, supersedes=before)
        return self.record(record.id)


def value_of(name: str, text: str) -> Any:  # noqa: ANN401 - a text, a number or a list
    """Return what a person wrote for a field as it is kept; `UserError` when it cannot be."""
    try:
        return field_value(name, text)
    except ValueError as error:
        raise UserError(str(error)) from None


def _named(files: Sequence[tuple[Parsed, Search]]) -> str:
    names = list(dict.fromkeys(one_line(search.source) for _, search in files))
    return f"Import from {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}"


def _continued(progress: Progress, before: int, whole: int) -> Progress:
    """Return a progress for one file of several: it counts on from those before it."""

    def within(done: int, _: int | None, what: str) -> None:
        progress(before + done, whole, what)

    return within


def _said(search: Search) -> dict[str, Any]:
    return {
        "source": one_line(search.source),
        "source_kind": search.kind,
        "platform": search.platform,
        "searched": search.searched,
        "strategy": search.strategy,
        "limits": search.limits,
        "filters": search.filters,
        "claimed": search.claimed,
    }


def _body(id_: str, parsed: Parsed, search: Search, records_digest: str) -> project.Batch:
    return project.Batch(
        id=id_,
        **_said(search),
        file=one_line(Path(parsed.file).name),
        format=parsed.format,
        parsed=len(parsed.entries),
        failed=len(parsed.skipped),
        skipped=tuple((s.line, s.text[:KEPT_TEXT], s.why) for s in parsed.skipped[:KEPT_LINES]),
        file_digest=parsed.digest,
        imported=events.now(),
        records_digest=records_digest,
    )


def _batch(body: project.Batch, withdrawn: str) -> Batch:
    return Batch(
        id=body.id,
        search=Search(
            source=one_line(body.source),
            kind=body.source_kind,
            platform=one_line(body.platform),
            searched=body.searched,
            strategy=as_lines(body.strategy),
            limits=as_lines(body.limits),
            filters=as_lines(body.filters),
            claimed=body.claimed,
        ),
        file=one_line(body.file),
        format=body.format,
        parsed=body.parsed,
        skipped=tuple(Skipped(line=a, text=b, why=c) for a, b, c in body.skipped),
        file_digest=body.file_digest,
        withdrawn=withdrawn,
        imported=body.imported,
    )
