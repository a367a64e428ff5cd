"""Checks 7 to 12 of the admission: a file that can be read, compared with what it would go into."""

from __future__ import annotations

import json
from collections import Counter

from screener.consensus.findings import Admitted, Check, Result, Step
from screener.model import Stage
from screener.protocol.protocol import ProtocolVersions
from screener.screening.screening import Screening
from screener.store import raw
from screener.store.file import File, FileKind
from screener.units.units import Units


def check_against(one: Admitted, target: File, incoming: File, *, made: bool) -> None:
    """Run checks 7 to 12: project, history, reviewer, what is new, forks, closing."""
    name = one.path.name
    if incoming.uuid != target.uuid:
        title, count = _describe(incoming)
        one.refuse(
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
        one.refuse(
            Check.REVIEWER,
            f"{one.path.name} is {one.reviewer}'s copy; a reviewer's copy takes in nobody else's "
            "decisions.",
        )
    strangers = authors - known.keys()
    if strangers:
        who = one.reviewer or "somebody"
        one.refuse(
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
        one.refuse(
            Check.HISTORY,
            f"{one.path.name} and {other} were both changed: "
            f"{_many(len(only_here), 'change')} only here, "
            f"{len(only_there):,} only there ({listed}); go on with one of the two.",
        )
    return only_here, only_there


def newest_of(one: Admitted, newest: File, incoming: File) -> File:
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
        one.refuse(
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
        if raw.is_incomplete(target.connection) and incoming.rows("SELECT 1 FROM raw LIMIT 1"):
            one.add(Check.BRINGS, Result.OK, "The text of the records as their sources gave it.")
            return
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
