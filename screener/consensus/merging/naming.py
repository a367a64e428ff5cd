"""What the events of a file name: other events, records, steps. Nothing may be another's.

It is collected while the file is verified, so that no event is read for it once more.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial

from screener.consensus.merging.answered import Answered, Around, Refuse, Subjects
from screener.consensus.merging.belonging import Names
from screener.consensus.merging.changed import Changed
from screener.consensus.merging.findings import Admitted, Check, Step
from screener.model import UserError
from screener.model.step import Step as AtStep
from screener.model.words import a, counted
from screener.store import logs, lost, protocols
from screener.store.events import Envelope, Event, Row
from screener.store.file import File, FileKind
from screener.store.heads import event_of, heads
from screener.store.kinds import KINDS, Body, Kind, LogKind
from screener.store.kinds.project import Study
from screener.store.kinds.reviewer import Answer, Close, Decision, Proposal, Reopen
from screener.store.membership import record_ids, record_numbers
from screener.store.records import version_ids
from screener.store.subjects import ever_joined

_MOST = 10


class Named:
    """What the events of one file name; `visit` takes them in one by one."""

    def __init__(self, file: File) -> None:
        try:
            self._records = set(record_ids(file))
        except (sqlite3.Error, UserError):
            self._records = set()
        self._supersedes: list[tuple[bytes, str, tuple[str, ...]]] = []
        self._closes: list[tuple[bytes, str, str]] = []
        self._known: list[tuple[bytes, str, str, tuple[str, ...]]] = []
        """What closes and reopenings knew of other logs: event, log, author, the entries."""
        self._on_one: list[bytes] = []
        """What closes or opens again a single record: there is no such thing."""
        self.salvaged = False
        self._without_effect: set[str] = set()
        """Logs of a salvaged file that hold what else would be refused."""
        self._steps: dict[tuple[str, str], bytes] = {}
        self._elsewhere: dict[str, bytes] = {}
        self._on_nothing: list[bytes] = []
        """What needs a subject and has none."""
        self._answered = Answered()
        self._changed = Changed()
        self._protocol: dict[tuple[str, str, tuple[str, ...], str], bytes] = {}
        """What decisions name of the protocol: step, reason, criteria, version; the first event."""

    def visit(self, row: Row, whole: Envelope, kind: Kind, body: Body, author: str) -> None:
        """Take in one sound event."""
        event, log, _, _, _, step, subject, _ = row
        if whole.supersedes:
            self._supersedes.append((event, log, whole.supersedes))
        if isinstance(body, Decision):
            if body.reason or body.judgements:
                named = step, body.reason, tuple(sorted(body.judgements)), body.protocol
                self._protocol.setdefault(named, event)
        elif isinstance(body, Close):
            self._closes.append((event, step, body.review))
        self._answered.visit(event, log, (step, subject), author, kind, body)
        self._changed.visit(event, body)
        if isinstance(body, Close | Reopen):
            self._known.append((event, log, author, body.known))
            if subject:
                self._on_one.append(event)
        if kind.at_step or step:
            self._steps.setdefault((kind.name, step), event)
        if not subject and kind.needs_subject:
            self._on_nothing.append(event)
        elif kind.on_record and subject not in self._records:
            self._elsewhere.setdefault(subject, event)

    def check(
        self,
        one: Admitted,
        target: File,
        incoming: File,
        names: Names,
        steps: Mapping[str, AtStep],
        opened: Mapping[str, str],
    ) -> None:
        """Refuse a file whose events name what they must not, or what is nowhere.

        `steps` are the file's (of a salvaged one the target's) by id; `opened` has those open in
        it, each with the event that opened it first, or "".
        """
        refuse = partial(_refuse, one, target, incoming, names)
        for (kind, step), event in self._steps.items():
            if step not in steps:
                refuse(event, f"at a stage that is none (“{step}”)")
            if step in steps and KINDS[kind].answers and kind not in steps[step].answered_by:
                refuse(event, f"at a stage that has none (“{step}”)")
        for event in self._on_nothing:
            refuse(event, "on nothing")
        here = set(record_ids(target)) if self._elsewhere and target is not incoming else set()
        for subject, event in self._elsewhere.items():
            if subject not in here:
                refuse(event, "on a record that is not here")
        around = Around(
            target=target,
            incoming=incoming,
            names=names,
            steps=steps,
            subjects=Subjects(target, incoming, lost=self.salvaged),
            lost=self.salvaged,
        )
        self._answered.check_subjects(refuse, around.subjects)
        if not self.salvaged:
            self._changed.check(refuse, target, incoming, around.subjects)
        self._check_superseded(refuse, target, incoming, names)
        self._check_known(refuse, target, incoming)
        one.lost = frozenset(self._without_effect)
        self._check_closes(refuse, incoming, opened)
        self._check_said(refuse, steps)
        self._answered.check(refuse, around)

    def _check_superseded(self, refuse: Refuse, target: File, incoming: File, names: Names) -> None:
        """Nobody supersedes another's event, one at another place, or one that is not in the file.

        Only salvage loses what was superseded: what names it takes no effect until it comes, and
        none at another place. Whoever goes on from such a file is not locked out.
        """
        named = {old for _, _, several in self._supersedes for old in several}
        places = logs.places_of(incoming, named)
        gone = named - places.keys()
        if target is not incoming:
            places |= logs.places_of(target, gone)
        salvaged = lost.logs_of(incoming.rows)
        new = logs.places_of(
            incoming, (e.hex() for e, _, several in self._supersedes if _any_known(several, places))
        )
        joined: dict[str, str] | None = None
        for event, log, several in self._supersedes:
            for old in several:
                what = "in place of an entry that is not in it" if old in gone else ""
                if old in places:
                    here, there = new[event.hex()], places[old]
                    if here.subject != there.subject and joined is None:
                        joined = ever_joined(target.connection, incoming.connection)
                    what = _wrongly(here, there, joined or {}, names) or what
                if what and (log in salvaged or (self.salvaged and old not in places)):
                    self._without_effect.add(log)
                elif what:
                    refuse(event, what)

    def _check_known(self, refuse: Refuse, target: File, incoming: File) -> None:
        """Refuse a close that knows entries of somebody else, or such as have not come with it."""
        named = {id_ for *_, several in self._known for id_ in several}
        places = logs.places_of(incoming, named)
        salvaged = lost.logs_of(incoming.rows)
        if target is not incoming:
            places |= logs.places_of(target, named - places.keys())
        for event, log, author, several in self._known:
            for id_ in several:
                at = places.get(id_)
                if at is not None and (at.log, at.author) != (LogKind.REVIEWER, author):
                    refuse(event, "that goes on from an entry of somebody else")
                if at is None and (log in salvaged or self.salvaged):
                    self._without_effect.add(log)
                elif at is None:
                    refuse(event, "that goes on from an entry that is not in it")

    def _check_said(self, refuse: Refuse, steps: Mapping[str, AtStep]) -> None:
        """Refuse what the protocol has not."""
        for (step, reason, criteria, version), event in self._protocol.items():
            if what := steps[step].unknown(reason, criteria, version) if step in steps else "":
                refuse(event, f"that cannot be ({what})")

    def _check_closes(self, refuse: Refuse, incoming: File, opened: Mapping[str, str]) -> None:
        """Refuse a close after what its copy did not know, or before its stage was open there."""
        for event in self._on_one:
            refuse(event, "on a single record")
        if self.salvaged or incoming.kind is not FileKind.COPY:
            return
        known = logs.project_events(incoming)
        for event, step, review in self._closes:
            if step not in opened:
                refuse(event, "of a stage that is not open in it")
            elif not review:
                refuse(event, "that does not say what was open")
            elif review not in known:
                refuse(event, "after a change of the review it has not")
            elif known[review] < known.get(opened[step], 0):
                refuse(event, "from before its stage was open")


def _wrongly(here: logs.Place, there: logs.Place, joined: Mapping[str, str], names: Names) -> str:
    """Return in words why an event cannot take the place of another, or ""."""
    if (here.log, here.author) != (there.log, there.author):
        return f"in place of an entry of {names.get(there.author, f'the {there.log} log')}"
    if here.slot != there.slot:
        return f"in place of {a(there.words)} at another place"
    same = here.subject == there.subject
    if same or joined.get(here.subject, here.subject) == joined.get(there.subject):
        return ""
    return f"in place of {a(there.words)} on something else"


def _any_known(several: Collection[str], places: Mapping[str, logs.Place]) -> bool:
    """Say whether any of some superseded events is known."""
    return any(old in places for old in several)


def _refuse(one: Admitted, target: File, file: File, names: Names, event: bytes, what: str) -> None:
    """Refuse a file by one of its events, unless the target has that already.

    That was admitted before, perhaps by a program that knew less: who goes on from it must not be
    locked out.
    """
    if target is not file and logs.owners(target, [event.hex()]):
        return
    found = event_of(file, event.hex())
    log, owner = logs.owners(file, [event.hex()])[event.hex()]
    words = found.kind.words if found else "entry"
    whose = names.get(owner, f"the {log} log")
    one.refuse(
        Check.REVIEWER,
        f"{one.path.name} holds {a(words)} of {whose} {what}; ask "
        f"{one.reviewer or 'its owner'} for a fresh copy.",
        Step.FRESH_COPY,
    )


def missing(target: File, incoming: File) -> list[str]:
    """Return in words what the answers in a file name that the target does not have.

    Records, studies, versions of the protocol or a form, and versions of records.
    """
    records = dict(record_numbers(target))
    studies = {head.body.id for head in heads(target, Study)}
    versions = protocols.known_versions(target)
    seen = {"", *version_ids(target)}
    numbers = dict(record_numbers(incoming))
    lacking: dict[str, list[str]] = {}
    for _, event in logs.events_in(incoming, LogKind.REVIEWER):
        if event.kind.on_record and event.subject not in records:
            place = f"record {numbers.get(event.subject, '?')}"
            lacking.setdefault(place, []).append(event.kind.words)
        elif event.kind.answers and event.subject not in records.keys() | studies:
            lacking.setdefault("a study", []).append(event.kind.words)
        version = _version(event)
        if version and version not in versions:
            lacking.setdefault(f"version {version}", []).append(event.kind.words)
        if isinstance(event.body, Decision | Proposal) and event.body.seen not in seen:
            place = f"a version of record {numbers.get(event.subject, '?')}"
            lacking.setdefault(place, []).append(event.kind.words)
    return [
        f"{place} ({', '.join(counted(n, w) for w, n in Counter(words).items())})"
        for place, words in list(lacking.items())[:_MOST]
    ] + ([f"and {len(lacking) - _MOST:,} more"] if len(lacking) > _MOST else [])


def _version(event: Event) -> str:
    body = event.body
    if isinstance(body, Decision):
        return body.protocol
    return body.form if isinstance(body, Answer) else ""
