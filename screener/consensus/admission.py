"""Admission: the checks before a merge, in their order, each with its own sentence.

The table is section 4 of docs/project-file.md. A file is copied to a private place first and
everything is read from there, so that the colleague's file is never touched.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from screener.duplicates.groups import Units
from screener.model import Progress, Stage, UserError, silent
from screener.protocol.protocol import ProtocolVersions
from screener.screening.screening import Screening
from screener.store import paths, verify
from screener.store.file import File, FileKind, has_hot_journal, open_file, private_copy
from screener.store.header import check_header
from screener.store.salvage import salvage as salvage_into


class Check(StrEnum):
    """The checks, in the order of admission."""

    FILE = "file"
    JOURNAL = "journal"
    SCHEMA = "schema"
    INTEGRITY = "integrity"
    PROJECT = "project"
    HISTORY = "history"
    REVIEWER = "reviewer"
    RECORDS = "records"
    PROTOCOL = "protocol"
    PROGRESS = "progress"
    STAGE = "stage"
    FORK = "fork"
    BRINGS = "brings"


class Result(StrEnum):
    """How a check ended."""

    OK = "ok"
    REMARK = "remark"
    REFUSED = "refused"


class Step(StrEnum):
    """What a person can do about a refusal, as a button where the window has one."""

    NONE = ""
    TAKE_IN_FIRST = "take-in-first"
    SALVAGE = "salvage"
    FRESH_COPY = "fresh-copy"
    OTHER_FILE = "other-file"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check of one file: how it ended, a sentence, and the next step where there is one."""

    check: Check
    result: Result
    message: str
    step: Step = Step.NONE


@dataclass(slots=True, kw_only=True)
class Admitted:
    """One file before a merge: what the checks found, and what it would bring."""

    path: Path
    findings: list[Finding] = field(default_factory=list)
    private: Path | None = None
    reviewer: str = ""
    reviewer_id: str = ""
    new_events: int = 0
    known_events: int = 0
    decided: dict[Stage, int] = field(default_factory=dict)
    pending: dict[Stage, int] = field(default_factory=dict)
    codes: dict[Stage, str] = field(default_factory=dict)

    @property
    def refused(self) -> Finding | None:
        """The check that refused the file, or None."""
        return next((f for f in self.findings if f.result is Result.REFUSED), None)

    def add(self, check: Check, result: Result, message: str, step: Step = Step.NONE) -> None:
        """Note how a check ended."""
        self.findings.append(Finding(check=check, result=result, message=message, step=step))


class MergeRefused(UserError):  # noqa: N818 - nothing went wrong, it said no
    """A merge that did not take place; the message is the first refusal, `files` has them all."""

    def __init__(self, files: list[Admitted]) -> None:
        self.files = tuple(files)
        refused = [one.refused for one in files if one.refused is not None]
        super().__init__(refused[0].message)


def require_admitted(files: list[Admitted]) -> None:
    """Raise `MergeRefused` when any file was refused."""
    if any(one.refused is not None for one in files):
        raise MergeRefused(files)


class _Refusal(Exception):  # noqa: N818 - it ends the checks of one file
    """Ends the checks of one file; its finding was noted."""


@contextmanager
def admitted(
    target: File | None,
    files: Iterable[Path],
    progress: Progress = silent,
    *,
    salvage: bool = False,
) -> Iterator[list[Admitted]]:
    """Check files against a target (None while it does not exist) and give the results.

    The private copies are there as long as the block runs. With `salvage`, a damaged file is
    admitted with the events that verify.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screener-")))
        found: list[Admitted] = []
        base = newest = target
        for place, path in enumerate(files):
            one = Admitted(path=path)
            with suppress(_Refusal):
                if any(_same(f.path, path) for f in found):
                    _refuse(one, Check.FILE, f"{path.name} is chosen twice; once is enough.")
                incoming = _read(one, folder / f"{place}.screener", progress, salvage=salvage)
                stack.callback(incoming.close)
                base = base or incoming
                newest = newest or incoming
                _compare(one, base, incoming, made=target is None)
                newest = _newest(one, newest, incoming)
            found.append(one)
        yield found


def _same(one: Path, other: Path) -> bool:
    found = paths.identity(one)
    return found is not None and found == paths.identity(other)


def _refuse(one: Admitted, check: Check, message: str, step: Step = Step.OTHER_FILE) -> None:
    one.add(check, Result.REFUSED, message, step)
    raise _Refusal


def _read(one: Admitted, private: Path, progress: Progress, *, salvage: bool) -> File:
    """Run checks 1 to 6: header, version, journal, schema, integrity, hashes, chains."""
    path = one.path
    if paths.is_open(path):
        _refuse(
            one,
            Check.FILE,
            f"{path.name} is the project that is open, so it cannot be merged into itself; "
            "choose the reviewers' files.",
        )
    try:
        paths.require_file(path)
        check_header(path)
    except UserError as error:
        step = Step.UPDATE if "newer Screener" in str(error) else Step.OTHER_FILE
        _refuse(one, Check.FILE, str(error), step)
    hot = has_hot_journal(path)
    try:
        private_copy(path, private)
        file = open_file(private, write=False)
    except (UserError, sqlite3.Error) as error:
        if hot:
            _refuse(
                one,
                Check.JOURNAL,
                f"{path.name} was copied while it was being saved; ask for a fresh copy of it.",
                Step.FRESH_COPY,
            )
        words = str(error).replace(private.name, path.name)
        check = Check.SCHEMA if "altered" in words else Check.FILE
        _refuse(one, check, words, Step.FRESH_COPY)
    if hot:
        one.add(
            Check.JOURNAL,
            Result.REMARK,
            f"{path.name} was copied while it was being saved; what was not saved yet is left out.",
        )
    # What is shown of a file comes from its caches, so a salvaged one needs them whole, too.
    problems = verify.check(file.connection, progress, with_caches=salvage)
    if problems and not salvage:
        file.close()
        _damaged(one, problems[0].message.rstrip("."))
    if problems:
        one.add(
            Check.INTEGRITY,
            Result.REMARK,
            f"{path.name} is damaged; only entries that are whole are taken in.",
        )
        file, private = _salvaged(file, private)
    file.path = path
    one.private = private
    return file


def _salvaged(damaged: File, private: Path) -> tuple[File, Path]:
    whole = private.with_name(f"whole-{private.name}")
    try:
        salvage_into(damaged, whole)
    finally:
        damaged.close()
    return open_file(whole, write=False), whole


def _compare(one: Admitted, target: File, incoming: File, *, made: bool) -> None:
    """Run checks 7 to 12; what cannot be read in a file that passed the first six is damage."""
    try:
        _checks(one, target, incoming, made=made)
    except (sqlite3.Error, ValueError, KeyError, IndexError) as error:
        _damaged(one, str(error))
    except UserError as error:
        if "is damaged" not in str(error):
            raise
        _damaged(one, "what it shows cannot be read")


def _damaged(one: Admitted, why: str) -> None:
    _refuse(
        one,
        Check.INTEGRITY,
        f"{one.path.name} is damaged ({why}); ask for a fresh copy, or take in what is whole.",
        Step.SALVAGE,
    )


def _checks(one: Admitted, target: File, incoming: File, *, made: bool) -> None:
    """Run checks 7 to 12: project, history, reviewer, what is new, forks, closing."""
    name = one.path.name
    if incoming.uuid != target.uuid:
        title, count = _describe(incoming)
        _refuse(
            one,
            Check.PROJECT,
            f"{name} belongs to another project: “{title}”, {_many(count, 'record')}; choose a "
            "file of this review.",
        )
    one.add(Check.PROJECT, Result.OK, "This review.")
    first = target is incoming
    if not first:
        _history(one, target, incoming, made=made)
    _reviewer(one, target, incoming, made=made)
    _records(one, target, incoming)
    _protocol(one, target, incoming)
    _news(one, target, incoming, first=first)
    _forks(one, target, incoming)
    _progress(one, incoming)


def _describe(file: File) -> tuple[str, int]:
    rows = file.rows("SELECT body FROM protocol_version ORDER BY rowid DESC LIMIT 1")
    title = json.loads(rows[0][0])["title"] if rows else "no title"
    (count,) = file.rows("SELECT count(*) FROM record")[0]
    return title, count


def _names(file: File) -> dict[str, str]:
    return {body["id"]: body["name"] for _, body in file.heads("reviewer")}


def _reviewer(one: Admitted, target: File, incoming: File, *, made: bool) -> None:
    # A target that is made from the files, and a project, bring their own reviewers along.
    trusted = made or incoming.kind is FileKind.PROJECT
    known = _names(target) | (_names(incoming) if trusted else {})
    authors = {a for (a,) in incoming.rows("SELECT author FROM log WHERE kind = 'reviewer'")}
    if incoming.reviewer:
        authors.add(incoming.reviewer)
        one.reviewer_id = incoming.reviewer
        one.reviewer = _names(incoming).get(incoming.reviewer, "")
    if not made and target.kind is FileKind.COPY and incoming.reviewer not in ("", target.reviewer):
        _refuse(
            one,
            Check.REVIEWER,
            f"{one.path.name} is {one.reviewer}'s copy; a reviewer's copy takes in nobody else's "
            "decisions.",
        )
    strangers = authors - known.keys()
    if strangers:
        who = one.reviewer or "somebody"
        _refuse(
            one,
            Check.REVIEWER,
            f"{one.path.name} holds decisions of {who}, who is no reviewer of this project; "
            "write a copy for that name first.",
        )
    one.add(Check.REVIEWER, Result.OK, one.reviewer or "the coordinator's project")


def _project_events(file: File) -> list[tuple[bytes, str]]:
    return [
        (id_, text)
        for id_, text in file.rows(
            "SELECT e.id, e.body FROM event e JOIN log l ON l.id = e.log "
            "WHERE l.kind = 'project' ORDER BY e.rowid"
        )
    ]


def _changes(one: Admitted, target: File, incoming: File) -> tuple[list[str], list[str]]:
    """Return the project events only the target has, and only the incoming file; not both."""
    here, there = _project_events(target), _project_events(incoming)
    ours, theirs = {id_ for id_, _ in here}, {id_ for id_, _ in there}
    only_here = [text for id_, text in here if id_ not in theirs]
    only_there = [text for id_, text in there if id_ not in ours]
    if only_here and only_there:
        other = "this project" if target.writable else target.path.name
        listed = "; ".join(_action_names(only_here + only_there)[:10])
        _refuse(
            one,
            Check.HISTORY,
            f"{one.path.name} and {other} were both changed: "
            f"{_many(len(only_here), 'change')} only here, "
            f"{len(only_there):,} only there ({listed}); go on with one of the two.",
        )
    return only_here, only_there


def _newest(one: Admitted, newest: File, incoming: File) -> File:
    """Return the file that knows most of the review; each must go on where another one ends."""
    if newest is incoming:
        return newest
    _, only_there = _changes(one, newest, incoming)
    return incoming if only_there else newest


def _history(one: Admitted, target: File, incoming: File, *, made: bool) -> None:
    """Check 8: the two project logs are equal, one the beginning of the other, or divergent."""
    only_here, only_there = _changes(one, target, incoming)
    name = one.path.name
    news = target.kind is FileKind.PROJECT and incoming.kind is FileKind.COPY and not made
    if only_there and news:
        _refuse(
            one,
            Check.HISTORY,
            f"{name} has {_many(len(only_there), 'newer change')} to the review; open the newer "
            "project, or take them in first.",
            Step.TAKE_IN_FIRST,
        )
    if only_there:
        one.add(
            Check.HISTORY,
            Result.REMARK,
            f"Brings {_many(len(only_there), 'newer change')} to the review.",
        )
    elif unknown := [t for t in only_here if json.loads(t)["kind"] != "reviewer"]:
        # Who else reviews changes nothing for this file: every first copy would be remarked.
        count = "change" if len(unknown) == 1 else f"{len(unknown):,} changes"
        one.add(
            Check.HISTORY,
            Result.REMARK,
            f"Does not know the last {count} to the review; "
            "its decisions carry their protocol version.",
        )
    else:
        one.add(Check.HISTORY, Result.OK, "Knows everything that was changed in the review.")


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _action_names(texts: list[str]) -> list[str]:
    return [str(json.loads(text)["action_name"]) for text in texts]


def _records(one: Admitted, target: File, incoming: File) -> None:
    (ours,) = target.rows("SELECT count(*) FROM record")[0]
    (theirs,) = incoming.rows("SELECT count(*) FROM record")[0]
    result = Result.OK if ours == theirs else Result.REMARK
    words = "the same as here" if ours == theirs else "not the same number as here"
    one.add(Check.RECORDS, result, f"{theirs:,} of {ours:,} records, {words}.")


def _protocol(one: Admitted, target: File, incoming: File) -> None:
    bodies = [body for _, body in target.heads("protocol")]
    newest = bodies[-1]["version"] if bodies else 0
    old = 0
    if newest > 1:
        (old,) = incoming.rows(
            "SELECT count(*) FROM current c JOIN event e ON e.id = c.event "
            "WHERE c.kind = 'decision' AND c.verdict <> 'none' AND instr(e.body, ?) = 0",
            (f'"protocol":{newest},',),
        )[0]
    if old:
        one.add(
            Check.PROTOCOL,
            Result.REMARK,
            f"{_many(old, 'decision')} {'was' if old == 1 else 'were'} made under an older version "
            f"than {newest}; they come in and are marked where it matters.",
        )
    else:
        one.add(Check.PROTOCOL, Result.OK, f"Version {newest}, the same as here.")


def _news(one: Admitted, target: File, incoming: File, *, first: bool) -> None:
    """Check 10: an own older copy, or a second computer of the same reviewer."""
    (whole,) = incoming.rows("SELECT count(*) FROM event")[0]
    counts = _new_kinds(None if first else target, incoming)
    one.new_events = sum(counts.values())
    one.known_events = whole - one.new_events
    if not one.new_events and not first:
        one.add(Check.BRINGS, Result.REMARK, "Nothing new: everything in it is here already.")
        return
    brought = _brought(counts)
    computers = {
        c
        for (c,) in target.rows(
            "SELECT computer FROM log WHERE kind = 'reviewer' AND author = ?", (one.reviewer_id,)
        )
    }
    theirs = {
        c
        for (c,) in incoming.rows(
            "SELECT computer FROM log WHERE kind = 'reviewer' AND author = ?", (one.reviewer_id,)
        )
    }
    if not first and computers and theirs - computers:
        one.add(Check.BRINGS, Result.REMARK, f"{brought}, from another computer.")
    else:
        one.add(Check.BRINGS, Result.OK, f"{brought}.")


def _new_kinds(target: File | None, incoming: File) -> Counter[str]:
    """Return how many events of each kind the target has not.

    A log the target has not at all is counted by SQLite; only of logs it has are ids compared.
    """
    known = {log for (log,) in target.rows("SELECT id FROM log")} if target else set()
    found: Counter[str] = Counter()
    for (log,) in incoming.rows("SELECT id FROM log"):
        if log not in known or target is None:
            query = "SELECT kind, count(*) FROM event WHERE log = ? GROUP BY kind"
            found.update(dict(incoming.rows(query, (log,))))
        else:
            here = {id_ for (id_,) in target.rows("SELECT id FROM event WHERE log = ?", (log,))}
            rows = incoming.rows("SELECT id, kind FROM event WHERE log = ?", (log,))
            found.update(kind for id_, kind in rows if id_ not in here)
    return found


def _brought(kinds: Counter[str]) -> str:
    """Return what a file brings in words: "44 decisions, 8 notes"."""
    counts: Counter[str] = Counter()
    for kind, count in kinds.items():
        counts[_BROUGHT.get(kind, "other entry")] += count
    order = [*_BROUGHT.values(), "other entry"]
    words = [
        f"{counts[w]:,} {w if counts[w] == 1 else w.replace('entry', 'entrie') + 's'}"
        for w in order
        if counts[w]
    ]
    return ", ".join(words)


_BROUGHT = {
    "decision": "decision",
    "note": "note",
    "flag": "flag",
    "close": "closing",
    "reopen": "reopening",
}


def _forks(one: Admitted, target: File, incoming: File) -> None:
    """Check 11: one log continued in two files; both branches are kept."""
    if incoming is target:
        return
    shared = {log for (log,) in target.rows("SELECT id FROM log")}
    forked = False
    for (log,) in incoming.rows("SELECT id FROM log"):
        if log in shared:
            query = "SELECT seq, id FROM event WHERE log = ?"
            here: dict[int, set[bytes]] = {}
            for seq, id_ in target.rows(query, (log,)):
                here.setdefault(seq, set()).add(id_)
            forked = forked or any(
                seq in here and id_ not in here[seq] for seq, id_ in incoming.rows(query, (log,))
            )
    if forked:
        one.add(
            Check.FORK,
            Result.REMARK,
            "The same file was continued in two places; both are kept, and where they differ "
            "the unit is listed as the reviewer's own contradiction.",
        )


def _screening(file: File) -> Screening:
    return Screening(file, Units(file), ProtocolVersions(file), passed=list)


def _progress(one: Admitted, incoming: File) -> None:
    if not one.reviewer_id:
        return
    screening = _screening(incoming)
    for stage in Stage:
        if not screening.opened(stage):
            continue
        standing = screening.progress(stage)
        one.decided[stage], one.pending[stage] = standing.decided, standing.pending
        if standing.closed:
            one.codes[stage] = standing.code
            one.add(Check.STAGE, Result.OK, f"{stage.words}: closed, {standing.code}.")
        else:
            one.add(
                Check.STAGE,
                Result.REMARK,
                f"{stage.words} is not closed: only numbers are shown until it is.",
            )
        result = Result.OK if not standing.pending else Result.REMARK
        missing = "none missing"
        if standing.pending:
            missing = f"{standing.pending:,} missing, listed as such for the meeting"
        words = f"{stage.words}: {standing.decided:,} decided, {missing}."
        one.add(Check.PROGRESS, result, words)


__all__ = [
    "Admitted",
    "Check",
    "Finding",
    "MergeRefused",
    "Result",
    "Step",
    "admitted",
    "require_admitted",
]
