"""What the events of a file name: other events, records, steps. Nothing may be another's.

It is collected while the file is verified, so that no event is read for it once more.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping

from screener.consensus.merging.belonging import Names
from screener.consensus.merging.findings import Admitted, Check, Step
from screener.model import UserError
from screener.model.words import a, counted
from screener.store import logs, protocols
from screener.store.events import Envelope, Event, Row
from screener.store.file import File
from screener.store.heads import event_of
from screener.store.kinds import KINDS, Body, Kind, LogKind
from screener.store.kinds.reviewer import Answer, Decision
from screener.store.membership import record_ids, record_numbers
from screener.store.records import version_ids

_MOST = 10


class Named:
    """What the events of one file name; `visit` takes them in one by one."""

    def __init__(self, file: File) -> None:
        try:
            self._records = set(record_ids(file))
        except (sqlite3.Error, UserError):
            self._records = set()
        self._supersedes: list[tuple[bytes, tuple[str, ...], LogKind, str]] = []
        self._steps: dict[tuple[str, str], bytes] = {}
        self._elsewhere: dict[str, bytes] = {}

    def visit(self, row: Row, whole: Envelope, kind: Kind, _body: Body, author: str) -> None:
        """Take in one sound event."""
        event, _, _, _, _, step, subject, _ = row
        if whole.supersedes:
            self._supersedes.append((event, whole.supersedes, kind.log, author))
        if kind.at_step or step:
            self._steps.setdefault((kind.name, step), event)
        if kind.on_record and subject not in self._records:
            self._elsewhere.setdefault(subject, event)

    def check(
        self,
        one: Admitted,
        target: File,
        incoming: File,
        names: Names,
        steps: Mapping[str, Collection[str]],
    ) -> None:
        """Refuse a file whose events name what they must not, or what is nowhere.

        `steps` are the kinds of events that answer each step.
        """
        for (kind, step), event in self._steps.items():
            if step not in steps:
                _refuse(one, incoming, names, event, f"at a stage that is none (“{step}”)")
            if KINDS[kind].answers and kind not in steps[step]:
                _refuse(one, incoming, names, event, f"at a stage that has none (“{step}”)")
        here = set(record_ids(target)) if self._elsewhere and target is not incoming else set()
        for subject, event in self._elsewhere.items():
            if subject not in here:
                _refuse(one, incoming, names, event, "on a record that is not here")
        self._check_superseded(one, target, incoming, names)

    def _check_superseded(self, one: Admitted, target: File, incoming: File, names: Names) -> None:
        """Nobody supersedes another's event; one that is known nowhere never takes effect."""
        named = {old for _, several, _, _ in self._supersedes for old in several}
        owners = logs.owners(incoming, named)
        if target is not incoming:
            owners |= logs.owners(target, named - owners.keys())
        for event, several, kind, author in self._supersedes:
            for old in several:
                if owners.get(old, (kind, author)) != (kind, author):
                    log, whose = owners[old]
                    other = names.get(whose, f"the {log} log")
                    _refuse(one, incoming, names, event, f"in place of an entry of {other}")


def _refuse(one: Admitted, file: File, names: Names, event: bytes, what: str) -> None:
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

    Records, versions of the protocol or a form, and versions of records.
    """
    records = dict(record_numbers(target))
    versions = protocols.known_versions(target)
    seen = {"", *version_ids(target)}
    numbers = dict(record_numbers(incoming))
    lacking: dict[str, list[str]] = {}
    for _, event in logs.events_in(incoming, LogKind.REVIEWER):
        if event.kind.on_record and event.subject not in records:
            place = f"record {numbers.get(event.subject, '?')}"
            lacking.setdefault(place, []).append(event.kind.words)
        version = _version(event)
        if version and version not in versions:
            lacking.setdefault(f"version {version}", []).append(event.kind.words)
        if isinstance(event.body, Decision) and event.body.seen not in seen:
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
