"""Checks 7 to 12 of the admission: a file that can be read, compared with where it would go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from screener.consensus.agreed import agreed_heads
from screener.consensus.merging import belonging
from screener.consensus.merging.findings import Admitted, Check, Choices, Result
from screener.consensus.merging.naming import Named, missing
from screener.consensus.merging.review import check_review
from screener.consensus.merging.unclosed import Reader, is_not_closed
from screener.consensus.people import people, reviewers
from screener.consensus.progress import changed_since, decided_by, waited_for
from screener.consensus.standing import Standing
from screener.model import Reviewer, Status
from screener.model.step import Step
from screener.model.words import NO_TITLE, counted, counted_records, listed
from screener.store import history, logs, raw
from screener.store.closing import code
from screener.store.file import File, FileKind
from screener.store.heads import ANSWERS, answered, cached, heads, wrong
from screener.store.kinds import KINDS, LogKind
from screener.store.kinds.body import VERSION
from screener.store.kinds.meeting import Consensus
from screener.store.kinds.project import Form, Protocol
from screener.store.membership import (
    absent,
    count_present,
    count_records,
    count_units,
    present_units,
    record_ids,
)
from screener.store.protocols import newest_title


def read_as_pages(file: File, reader: Reader) -> None:
    """Read the statuses of all steps and every consensus of a file, and keep nothing.

    The bodies of events were read strictly when they were written. `UserError` names the event
    that cannot be read, and its author.
    """
    for standing in reader(file):
        if is_open(file, standing.step):
            standing.counts()
        _read_agreed(file, standing)


def is_open(file: File, step: Step) -> bool:
    """Say whether a step was ever opened for anything; else there is nothing to derive."""
    return step.opened_by_import or bool(history.of_kinds(file, "open", step=step.id))


def _first_opening(file: File, step: Step) -> str:
    """Return the event that first opened a step for anything, "" for what an import opens."""
    if step.opened_by_import:
        return ""
    return history.of_kinds(file, "open", step=step.id)[0].event.id


def _read_agreed(file: File, standing: Standing) -> None:
    """Read every consensus of a step, those on what is still hidden too."""
    step = standing.step
    agreed = agreed_heads(file, step.id, replaced=True)
    known = set(step.subjects()) if agreed else set()
    for subject, several in agreed.items():
        for one in several:
            if subject not in known and standing.on_records:
                raise wrong(file, one.event, "it names no record of this review")
            try:
                step.settled(one.item, one)
            except ValueError as error:
                raise wrong(file, one.event, str(error)) from error


@dataclass(slots=True, kw_only=True)
class Destination:
    """What files are checked against.

    `target` is the file they go into (None while it does not exist), `newest` the one of all files
    so far that knows most of the review.
    """

    target: File | None
    newest: File | None
    reader: Reader
    choices: Choices
    seen: dict[frozenset[tuple[str, bytes]], str] = field(default_factory=dict)
    """The names of the files so far, by the ends of their logs."""
    contents: set[bytes] = field(default_factory=set)
    """The digests of what was read strictly in the files so far."""

    def known(self, incoming: File, *, review: bool) -> dict[str, Reviewer]:
        """Return the people of the review by id, with those that a file's project log brings."""
        found = {str(p.id): p for p in people(self.newest or incoming)}
        return ({str(p.id): p for p in people(incoming)} | found) if review else found

    def names(self, incoming: File) -> dict[str, str]:
        """Return the names of people by id, also of those whom only a file names."""
        return {id_: one.name for id_, one in self.known(incoming, review=True).items()}


def check_against(one: Admitted, into: Destination, incoming: File, named: Named) -> None:
    """Run checks 7 to 12: project, history, reviewer, what is new, forks, closing."""
    newest = into.newest or incoming
    first = newest is incoming
    if incoming.uuid != newest.uuid:
        one.refuse(
            Check.PROJECT,
            f"{one.path.name} belongs to another project: “{newest_title(incoming) or NO_TITLE}”,"
            f" {counted(count_present(incoming), 'record')}; choose a file of this review.",
        )
    one.add(Check.PROJECT, Result.OK, "This review.")
    names = into.names(incoming)
    belonging.check_takes_adjudications(one, incoming, into.target)
    belonging.check_own_logs(one, incoming, names, into.target)
    belonging.check_project_meant(one, incoming, names, into.choices, into.target)
    review, newer = check_review(one, into.target, newest, incoming, into.choices)
    one.logs = belonging.taken_logs(
        into.target, incoming, review=review, answers_only=into.choices.answers_only and not first
    )
    one.review = frozenset(logs.project_events(incoming))
    one.is_project = incoming.kind is FileKind.PROJECT
    belonging.check_people(one, into.known(incoming, review=review), into.target, incoming)
    steps = tuple(into.reader(incoming))
    # A salvaged file may lack the protocol that its decisions name.
    known = into.reader(newest) if named.salvaged and not first else steps
    by_id = {here.step.id: here.step for here in known}
    opened = {
        here.step.id: _first_opening(incoming, here.step)
        for here in steps
        if is_open(incoming, here.step)
    }
    named.check(one, newest, incoming, names, by_id, opened)
    if not review:
        _check_missing(one, newest, incoming)
    _records(one, newest, incoming)
    _protocol(one, newest, incoming, {here.step.id for here in steps})
    _news(one, None if first else newest, incoming, left=0 if review else len(newer))
    _same_as_another(one, into, incoming)
    _settled_again(one, into, incoming)
    _forks(one, newest, incoming)
    _progress(one, incoming, steps)
    if (review and newer) or first:
        into.newest = incoming


def _check_missing(one: Admitted, newest: File, incoming: File) -> None:
    """Answers alone come in when everything they name is here; else what is not is listed."""
    ours, theirs = logs.project_events(newest), logs.project_events(incoming)
    if theirs.keys() <= ours.keys():
        return
    if lacking := missing(newest, incoming):
        one.refuse(
            Check.RECORDS,
            f"{one.path.name} holds decisions on what is not in this project: {listed(lacking)}; "
            "go on with one of the two projects.",
        )


def remark_others(into: Destination, found: Collection[Admitted]) -> None:
    """Say of whom a file made by merging does not speak: their files were not given."""
    target = into.target
    if into.newest is None or not found or (target is not None and not target.made):
        return
    given = frozenset().union(*(one.given for one in found), target.given if target else ())
    team = reviewers(into.newest)
    others = [p.name for p in team if p.id not in given]
    if given and others:
        list(found)[-1].add(
            Check.REVIEWER,
            Result.REMARK,
            f"Counts only {listed([p.name for p in team if p.id in given])}: no file of "
            f"{listed(others)} was given.",
        )


def _records(one: Admitted, target: File, incoming: File) -> None:
    here = absent(target)
    gone = here | absent(incoming)  # taken back or removed, where that is known
    ours, theirs = (
        len(set(record_ids(file)) - gone) if gone else count_records(file)
        for file in (target, incoming)
    )
    if ours == theirs:
        units = len(present_units(target)) if here else count_units(target)
        words = f"{theirs:,} of {counted_records(ours, units)}, the same as here."
        one.add(Check.RECORDS, Result.OK, words)
    elif theirs < ours:
        words = f"Holds {theirs:,} of the {ours:,} records that are here: it is older."
        one.add(Check.RECORDS, Result.REMARK, words)
    else:
        words = f"Holds {counted(theirs, 'record')}, {theirs - ours:,} more than here: it is newer."
        one.add(Check.RECORDS, Result.REMARK, words)


def _protocol(one: Admitted, target: File, incoming: File, steps: Iterable[str]) -> None:
    """Say how many answers were given under an older version, of the protocol or of their form.

    A row of a list names no version.
    """
    protocols = [head.body for head in heads(target, Protocol)]
    forms = {head.body.id: head.body for head in heads(target, Form)}
    in_force = protocols[-1] if protocols else None
    old: Counter[tuple[str, int]] = Counter()
    for step in sorted(steps):
        version = forms.get(step, in_force)
        if version is None or version.version == 1:
            continue
        for kind in ANSWERS:
            rows = cached(incoming, KINDS[kind].body, step=step)
            count = sum(row.protocol not in ("", version.digest[:VERSION]) for row in rows)
            old[KINDS[kind].words, version.version] += count
    for (words, number), count in (+old).items():
        one.add(
            Check.PROTOCOL,
            Result.REMARK,
            f"{counted(count, words)} {'was' if count == 1 else 'were'} made under an older "
            f"version than {number}; they come in and are marked where it matters.",
        )
    if not +old:
        number = in_force.version if in_force else 0
        one.add(Check.PROTOCOL, Result.OK, f"Version {number}, the same as here.")


def _news(one: Admitted, target: File | None, incoming: File, *, left: int) -> None:
    """Check 10: an own older copy, or a second computer of the same reviewer.

    `left` are so many changes to the review that are left out.
    """
    counts = logs.new_kinds(target, incoming, one.logs)
    one.new_events = sum(counts.values())
    stand = logs.new_standing(target, incoming, one.logs)
    one.new_answers, one.new_decisions = stand.total(), stand["decision"]
    every = logs.logs(incoming)
    refused = {log.id for log in every if log.kind is not LogKind.PROJECT} - one.logs
    one.known_events = logs.count_events(incoming) - one.new_events - left
    one.known_events -= sum(logs.new_kinds(None, incoming, refused).values())
    if not one.new_events and target is not None:
        if raw.is_incomplete(target.rows) and raw.has_any(incoming):
            one.add(Check.BRINGS, Result.OK, "The text of the records as their sources gave it.")
            return
        one.add(
            Check.BRINGS,
            Result.REMARK,
            "Nothing new: everything in it is here already."
            if not refused
            else "Nothing new: what may come in is here already; the logs of others stay out.",
        )
        return
    brought = _brought(counts, stand)
    computers, theirs = (
        {log.computer for log in logs.logs(file) if log.author == one.reviewer_id}
        for file in (target or incoming, incoming)
    )
    if target is not None and computers and theirs - computers:
        one.add(Check.BRINGS, Result.REMARK, f"{brought}, from another computer.")
    else:
        one.add(Check.BRINGS, Result.OK, f"{brought}.")


def _same_as_another(one: Admitted, into: Destination, incoming: File) -> None:
    other = into.seen.setdefault(logs.ends(incoming), one.path.name)
    if other != one.path.name:
        one.add(
            Check.BRINGS,
            Result.REMARK,
            f"The same as {other} under another name; it adds nothing to it.",
        )


def _settled_again(one: Admitted, into: Destination, incoming: File) -> None:
    """Say how many items that the meeting settled were answered again since."""
    if into.target is None or into.target is incoming or not heads(into.target, Consensus):
        return
    named = logs.new_answers(into.target, incoming, one.logs)
    if not named:
        return
    for here in into.reader(into.target):
        subjects = named.get(here.step.id, ())
        count = sum(found.status is Status.RESOLVED for _, found in here.places(subjects))
        if subjects and count:
            one.add(
                Check.BRINGS,
                Result.REMARK,
                f"{here.step.words}: {counted(count, 'settled item')} answered again; what was "
                "answered otherwise opens again.",
            )


def _brought(kinds: Counter[str], stand: Counter[str]) -> str:
    """Return what a file brings in words: "13 decisions made or changed (26 entries), 8 notes".

    Of decisions those count that stand; where some were changed or taken back, the entries of all.
    """
    named = [kind for kind in KINDS.values() if kind.log is LogKind.REVIEWER and kinds[kind.name]]
    words = []
    for kind in named:
        entries = kinds[kind.name]
        said = counted(stand[kind.name] if kind.answers else entries, kind.words)
        if kind.answers:
            said += " made or changed"
            said += f" ({counted(entries, 'entry')})" if entries != stand[kind.name] else ""
        words.append(said)
    if others := kinds.total() - sum(kinds[kind.name] for kind in named):
        words.append(counted(others, "other entry"))
    return ", ".join(words)


def _forks(one: Admitted, target: File, incoming: File) -> None:
    """Check 11: one log continued in two files; both branches are kept."""
    if logs.branched(incoming) or (incoming is not target and logs.forked(target, incoming)):
        one.add(
            Check.FORK,
            Result.REMARK,
            "The same file was continued in two places; both are kept, and where they differ "
            "the unit is listed as the reviewer's own contradiction.",
        )


def _progress(one: Admitted, incoming: File, steps: Iterable[Standing]) -> None:
    """Say how far the file's reviewer is at every step that is open; nothing is compared."""
    if not one.reviewer_id or incoming.kind is not FileKind.COPY:
        return
    for here in steps:
        step, words = here.step.id, here.step.words
        if not is_open(incoming, here.step):
            continue
        barred = here.step.barred()
        asked = len(here.step.subjects()) - len(barred)
        if not asked:
            continue
        given = answered(incoming, step=step, author=one.reviewer_id) - barred.keys()
        # Whatever is damaged: a decision is one answer, and whole.
        decided = len(given) if here.on_records else decided_by(here, one.reviewer_id)
        left = asked - decided
        since, closed = 0, incoming.closed(step, one.reviewer_id)
        if left and heads(incoming, Protocol):  # a salvaged file may lack how many are needed
            left = waited_for(incoming, here, one.reviewer_id)
            whole = given if here.on_records else _whole(here, one.reviewer_id, given)
            since = here.coverage.opened_since(one.reviewer_id, whole) if closed and left else 0
        one.decided[step], one.pending[step] = decided, left
        ends = history.closings(incoming, step).get(one.reviewer_id, [])
        if ends:
            one.ended.add(step)
        if closed:
            one.codes[step] = code(incoming, step)
            one.add(Check.STAGE, Result.OK, f"{words}: closed, {one.codes[step]}.")
            changed = changed_since(incoming, here, one.reviewer_id, ends)
            _remark_changed(one, here, changed, one.reviewer)
        else:
            one.unclosed[step] = words
            one.add(Check.STAGE, Result.REMARK, is_not_closed(words))
        result = Result.REMARK if left else Result.OK
        missing = [f"{since:,} {_OPENED_SINCE}"] if since else []
        if before := left - since:
            what = _CLOSED_UNDECIDED if closed else "pending"
            missing.append(f"{before:,} {what}")
        said = "; ".join(missing) or "none missing"
        one.add(Check.PROGRESS, result, f"{words}: {decided:,} decided, {said}.")


def _whole(here: Standing, reviewer: str, subjects: Iterable[str]) -> set[str]:
    """Return which of some subjects a reviewer has answered in full."""
    mine = {one: [s for s in here.given(one) if s.author == reviewer] for one in subjects}
    return {subject for subject, said in mine.items() if here.step.complete(said)}


_OPENED_SINCE = "opened since it was closed, and still to decide"
_CLOSED_UNDECIDED = (
    "closed undecided; what lacks a decision when everybody has closed it is listed for the meeting"
)


def remark_behind(file: File, reader: Reader, found: Iterable[Admitted]) -> None:
    """Say of files that were taken in what only shows beside the closes that were here already."""
    names = {str(person.id): person.name for person in reviewers(file)}
    for here in reader(file):
        closes = history.closings(file, here.step.id)
        for one in found:
            for who in sorted(one.given & names.keys()):
                changed = changed_since(file, here, who, closes.get(who, []))
                _remark_changed(one, here, changed, names[who])


def _remark_changed(one: Admitted, here: Standing, changed: int, name: str) -> None:
    """Say how many answers of a reviewer a closing code does not cover, unless it is said."""
    message = (
        f"{here.step.words}: the closing code of {name} does not cover "
        f"{counted(changed, 'answer')}, changed after closing without opening it again or given in "
        "a copy that was not closed with the others."
    )
    if changed and message not in [finding.message for finding in one.findings]:
        one.add(Check.STAGE, Result.REMARK, message)
