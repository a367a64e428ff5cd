"""Import batches in the project: storing parsed records, taking batches and records out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from screener.model import (
    Batch,
    Fields,
    Progress,
    Record,
    Search,
    Skipped,
    SourceKind,
    UserError,
    silent,
)
from screener.sources.parsed import Entries, Parsed
from screener.store import backups, caches, events, raw, records, verify
from screener.store.file import File

KEPT_TEXT = 500  # characters kept of a skipped run of lines
KEPT_LINES = 1_000  # skipped runs kept with an import; all are counted
STEP = 500


class Batches:
    """The import batches of a project and their records."""

    def __init__(self, file: File) -> None:
        self._file = file

    def batches(self, *, withdrawn: bool = True) -> list[Batch]:
        """Return the imports in their order, withdrawn ones too unless told otherwise."""
        gone = {
            body["batch"]: body["why"] or "withdrawn"
            for _, body in self._file.heads("withdraw")
            if not body.get("void")
        }
        heads = {body["id"]: body for _, body in self._file.heads("batch")}
        # What is said about a search may be newer than the searches after it; its place is not.
        order = self._file.rows(
            "SELECT unit FROM event WHERE kind = 'batch' GROUP BY unit ORDER BY min(rowid)"
        )
        found = [_batch(heads[id_], gone.get(id_, "")) for (id_,) in order if id_ in heads]
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
        for batch in self.batches(withdrawn=False):
            if batch.file_digest == digest:
                return batch
        return None

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
        (last,) = self._file.rows("SELECT coalesce(max(number), 0) FROM record")[0]
        ids = []
        with self._file.action(_named(files)) as action:
            done = 0
            for parsed, search in files:
                body = _body(parsed, search)
                within = _continued(progress, done, whole)
                lines = self._written(parsed.entries, body["id"], last + done + 1, within)
                body["records_digest"] = verify.records_digest(lines)
                action.append("batch", body, unit=body["id"])
                ids.append(body["id"])
                done += len(parsed.entries)
        return [self.batch(id_) for id_ in ids]

    def _written(
        self, entries: Entries, batch: str, first: int, progress: Progress
    ) -> Iterator[str]:
        """Write records inside the caller's action; yield the line of each for the digest."""
        many = self._file.connection.executemany
        # Random ids, but in order: SQLite then fills its indexes page by page, in half the time.
        uids = sorted(secrets.token_hex(16) for _ in range(len(entries)))
        coming = zip(uids, enumerate(entries.stored(), first), strict=True)
        while some := list(islice(coming, STEP)):
            kept = [(uid, number, batch) for uid, (number, _) in some]
            rows = [(digest, uid, text) for uid, (_, (digest, text, _)) in some]
            raws = [(number, packed) for _, (number, (_, _, packed)) in some if packed]
            many("INSERT INTO record VALUES (?, ?, ?)", kept)
            many("INSERT INTO record_version VALUES (?, ?, ?)", rows)
            many("INSERT INTO raw VALUES (?, ?)", raws)
            for uid, (number, (digest, _, _)) in some:
                yield verify.record_line(uid, number, digest)
            progress(kept[-1][1] - first + 1, None, "Saving")

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
        event, body = next((e, b) for e, b in self._file.heads("batch") if b["id"] == id_)
        with self._file.action(f"Edit the search in {search.source}") as action:
            action.append("batch", {**body, **_said(search)}, unit=id_, supersedes=[event])
        return self.batch(id_)

    def withdraw(self, batch: str, why: str) -> None:
        """Take an import out of the review; its records keep their numbers. Can be taken back."""
        found = self.batch(batch)
        if found.withdrawn:
            raise UserError(f"The import from {found.search.source} is taken back already.")
        if not why.strip():
            raise UserError("Say why the import is taken back; the report names it.")
        before = self._file.head_ids("withdraw", unit=found.id, author="coordinator")
        with self._file.action(f"Take back the import from {found.search.source}") as action:
            action.append(
                "withdraw", {"batch": found.id, "why": why}, unit=found.id, supersedes=before
            )

    def put_back(self, batch: str) -> None:
        """Put a withdrawn import back into the review."""
        found = self.batch(batch)
        before = self._file.head_ids("withdraw", unit=found.id, author="coordinator")
        if not found.withdrawn:
            raise UserError(f"The import from {found.search.source} is not taken back.")
        with self._file.action(f"Put back the import from {found.search.source}") as action:
            action.append("withdraw", {"void": True}, unit=found.id, supersedes=before)

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

    def records(self, batch: str = "") -> Iterator[Record]:
        """Yield imported records in the order of their numbers, of one batch or of all."""
        query = "SELECT uid FROM record ORDER BY number"
        if batch:
            query = "SELECT uid FROM record WHERE batch = ? ORDER BY number"
        rows = self._file.rows(query, (self.batch(batch).id,) if batch else ())
        yield from records.load(self._file, (uid for (uid,) in rows))

    def count(self) -> int:
        """Return the number of records in the review, withdrawn and removed ones left out."""
        (whole,) = self._file.rows("SELECT count(*) FROM record")[0]
        return int(whole) - len(caches.absent_records(self._file.connection))

    def remove(self, named: list[str], why: str, *, automatic: bool = False) -> None:
        """Remove records before screening, for a reason the flow diagram counts.

        `automatic` says that a rule did it and not a person.
        """
        if not why.strip():
            raise UserError("Say why the records are removed; the report names it.")
        uids = [self.find(n) for n in named]
        with self._file.action(f"Remove {len(uids)} records") as action:
            for uid in uids:
                before = self._file.head_ids("remove", unit=uid, author="coordinator")
                body = {"record": uid, "why": why, "automatic": automatic}
                action.append("remove", body, unit=uid, supersedes=before)

    def correct(self, named: str, changes: Mapping[str, str]) -> Record:
        """Correct fields of one record; the source's version stays beside it.

        Lists (authors, keywords) are given as one text with semicolons between the parts.
        """
        record = self.record(named)
        fields = replace(record.fields, **{k: _value(k, v) for k, v in changes.items()})
        text = records.to_text(fields)
        digest = events.digest(text)
        before = self._file.head_ids("correct", unit=record.id, author="coordinator")
        body = {"record": record.id, "version": digest.hex(), "fields": sorted(changes)}
        with self._file.action(f"Correct record {record.number}") as action:
            self._file.connection.execute(
                "INSERT INTO record_version SELECT ?, ?, ? WHERE NOT EXISTS "
                "(SELECT 1 FROM record_version WHERE record = ? AND digest = ?)",
                (digest, record.id, text, record.id, digest),
            )
            action.append("correct", body, unit=record.id, supersedes=before)
        return self.record(record.id)


def _value(name: str, text: str) -> Any:  # noqa: ANN401 - a field's value is a text, number or list
    if name not in records.FIELD_NAMES:
        known = ", ".join(records.FIELD_NAMES)
        raise UserError(f"A record has no field “{name}”; it has {known}.")
    if name == "year":
        if text and not (text.isdecimal() and len(text) == 4):
            raise UserError("A year has four digits, such as 2019.")
        return int(text) if text else None
    if name in ("authors", "keywords", "publication_type"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text.strip()


def _named(files: Sequence[tuple[Parsed, Search]]) -> str:
    names = list(dict.fromkeys(search.source for _, search in files))
    return f"Import from {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}"


def _continued(progress: Progress, before: int, whole: int) -> Progress:
    """Return a progress for one file of several: it counts on from those before it."""

    def within(done: int, _: int | None, what: str) -> None:
        progress(before + done, whole, what)

    return within


def _said(search: Search) -> dict[str, Any]:
    return {
        "source": search.source.strip(),
        "source_kind": str(search.kind),
        "platform": search.platform,
        "searched": search.searched,
        "strategy": search.strategy,
        "limits": search.limits,
        "filters": search.filters,
        "claimed": search.claimed,
    }


def _body(parsed: Parsed, search: Search) -> dict[str, Any]:
    return {
        "id": secrets.token_hex(16),
        **_said(search),
        "file": Path(parsed.file).name,
        "format": parsed.format,
        "parsed": len(parsed.entries),
        "failed": len(parsed.skipped),
        "skipped": [[s.line, s.text[:KEPT_TEXT], s.why] for s in parsed.skipped[:KEPT_LINES]],
        "file_digest": parsed.digest,
        "imported": events.now(),
    }


def _batch(body: Mapping[str, Any], withdrawn: str) -> Batch:
    return Batch(
        id=body["id"],
        search=Search(
            source=body["source"],
            kind=SourceKind(body["source_kind"]),
            platform=body["platform"],
            searched=body["searched"],
            strategy=body["strategy"],
            limits=body["limits"],
            filters=body.get("filters", ""),
            claimed=body["claimed"],
        ),
        file=body["file"],
        format=body.get("format", ""),
        parsed=body["parsed"],
        skipped=tuple(Skipped(line=a, text=b, why=c) for a, b, c in body["skipped"]),
        file_digest=body["file_digest"],
        withdrawn=withdrawn,
        imported=body.get("imported", ""),
    )
