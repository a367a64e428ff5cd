"""Checks 7 to 12 of the admission: a file that can be read, compared with what it would go into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from screener.consensus.findings import Admitted, Check, Result, Step
from screener.consensus.people import reviewers
from screener.consensus.progress import reviewer_standings
from screener.consensus.standing import Standing
from screener.store import logs, raw
from screener.store.file import File, FileKind
from screener.store.heads import cached, heads
from screener.store.kinds.project import Protocol, Reviewer
from screener.store.kinds.reviewer import Decision
from screener.store.membership import record_ids
from screener.store.protocols import newest_title

Reader = Callable[[File], Iterable[Standing]]
"""Given a file, returns where the subjects of each of its steps stand, as pages will read it."""


def check_against(
    one: Admitted, target: File, incoming: File, *, made: bool, reader: Reader
) -> None:
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
    _progress(one, incoming, reader(incoming))


def _describe(file: File) -> tuple[str, int]:
    return newest_title(file) or "no title", len(record_ids(file))


def _names(file: File) -> dict[str, str]:
    return {head.body.id: head.body.name for head in heads(file, Reviewer)}


def _reviewer(one: Admitted, target: File, incoming: File, *, made: bool) -> None:
    # A target that is made from the files, and a project, bring their own reviewers along.
    trusted = made or incoming.kind is FileKind.PROJECT
    known = _names(target) | (_names(incoming) if trusted else {})
    authors = set(logs.authors(incoming))
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


def _changes(
    one: Admitted, target: File, incoming: File
) -> tuple[list[logs.Change], list[logs.Change]]:
    """Return the project events only the target has, and only the incoming file; not both."""
    ours, theirs = logs.project_events(target), logs.project_events(incoming)
    only_here = logs.changes(target, [id_ for id_ in ours if id_ not in theirs])
    only_there = logs.changes(incoming, [id_ for id_ in theirs if id_ not in ours])
    if only_here and only_there:
        other = "this project" if target.writable else target.path.name
        listed = "; ".join([change.name for change in (*only_here, *only_there)][:10])
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
    elif unknown := [c for c in only_here if c.kind not in ("reviewer", "joins")]:
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


def _records(one: Admitted, target: File, incoming: File) -> None:
    ours, theirs = len(record_ids(target)), len(record_ids(incoming))
    result = Result.OK if ours == theirs else Result.REMARK
    words = "the same as here" if ours == theirs else "not the same number as here"
    one.add(Check.RECORDS, result, f"{theirs:,} of {ours:,} records, {words}.")


def _protocol(one: Admitted, target: File, incoming: File) -> None:
    versions = [head.body for head in heads(target, Protocol)]
    newest = versions[-1].version if versions else 0
    in_force = versions[-1].digest[:16] if versions else ""
    old = 0
    if newest > 1:
        old = sum(row.protocol != in_force for row in cached(incoming, Decision))
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
    whole = logs.count_events(incoming)
    counts = logs.new_kinds(None if first else target, incoming)
    one.new_events = sum(counts.values())
    one.known_events = whole - one.new_events
    if not one.new_events and not first:
        if raw.is_incomplete(target.connection) and incoming.rows("SELECT 1 FROM raw LIMIT 1"):
            one.add(Check.BRINGS, Result.OK, "The text of the records as their sources gave it.")
            return
        one.add(Check.BRINGS, Result.REMARK, "Nothing new: everything in it is here already.")
        return
    brought = _brought(counts)
    computers, theirs = (
        {log.computer for log in logs.logs(file) if log.author == one.reviewer_id}
        for file in (target, incoming)
    )
    if not first and computers and theirs - computers:
        one.add(Check.BRINGS, Result.REMARK, f"{brought}, from another computer.")
    else:
        one.add(Check.BRINGS, Result.OK, f"{brought}.")


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
    if incoming is not target and logs.forked(target, incoming):
        one.add(
            Check.FORK,
            Result.REMARK,
            "The same file was continued in two places; both are kept, and where they differ "
            "the unit is listed as the reviewer's own contradiction.",
        )


def _progress(one: Admitted, incoming: File, steps: Iterable[Standing]) -> None:
    if not one.reviewer_id:
        return
    names = [r for r in reviewers(incoming) if r.id == one.reviewer_id]
    for here in steps:
        if not here.asked():
            continue
        words = here.step.words
        for standing in reviewer_standings(incoming, here, names):
            one.decided[here.step.id] = standing.decided
            one.pending[here.step.id] = standing.pending
            if standing.closed:
                one.codes[here.step.id] = standing.code
                one.add(Check.STAGE, Result.OK, f"{words}: closed, {standing.code}.")
            else:
                one.add(
                    Check.STAGE,
                    Result.REMARK,
                    f"{words} is not closed: only numbers are shown until it is.",
                )
            result = Result.OK if not standing.pending else Result.REMARK
            missing = "none missing"
            if standing.pending:
                missing = f"{standing.pending:,} missing, listed as such for the meeting"
            one.add(Check.PROGRESS, result, f"{words}: {standing.decided:,} decided, {missing}.")
