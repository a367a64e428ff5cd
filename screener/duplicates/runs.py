"""Runs of the finder as the log remembers them: settings, version, counts, taken back or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from screener.duplicates.found import Found, Group
from screener.duplicates.joins import Joined
from screener.duplicates.rules import CERTAIN, QUESTIONS, VETOES
from screener.duplicates.settings import STANDARD, Settings
from screener.store import events
from screener.store.file import COORDINATOR, Action, File


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the finder that joined groups, or whose questions were put to a person.

    `action` is the id of the action that stored it, for `Project.undo`. `records` were compared,
    `joins` of them were joined to another by `rules` (how many each), in `groups`; `asked` pairs
    were left to a person. `standing` of its groups were not taken back one by one or replaced
    since, and `undone` says that the whole run was.
    """

    id: str
    action: str
    time: str
    settings: Settings
    version: str
    program: str
    records: int
    groups: int
    joins: int
    asked: int
    rules: Mapping[str, int]
    standing: int
    undone: bool

    @property
    def described(self) -> str:
        """The settings in words, as a methods section prints them."""
        return self.settings.described(self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What `find` found last and among how many records; not stored yet."""

    found: Found
    records: int

    def holds(self, groups: Sequence[Group]) -> bool:
        """Say whether all these groups are of this run."""
        return set(groups) <= set(self.found.certain)


def note(
    action: Action, id_: str, looked: Looked, *, groups: Sequence[Group] = (), joins: int = 0
) -> None:
    """Write a run into the log: a `same` that joins nothing and says what was found how."""
    found = looked.found
    fired = {name for group in groups for name in group.rules}
    body = {
        "records": [],
        "run": id_,
        "found": {
            "settings": _settings_body(found.settings),
            "version": found.version,
            "program": _program(),
            "records": looked.records,
            "groups": len(groups),
            "joins": joins,
            "asked": sum(len(question.pairs) for question in found.ask),
            "rules": {name: n for name, n in found.rules.items() if name in fired},
        },
    }
    action.append("same", body)


def is_noted(file: File, found: Found) -> bool:
    """Say whether a run with the settings and version of this one stands in the log."""
    wanted = (_settings_body(found.settings), found.version)
    noted = (body.get("found") for _, body in _notes(file))
    return any((one["settings"], one["version"]) == wanted for one in noted if one)


def _notes(file: File) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield event and body of the runs and choices of settings that stand, in order.

    They are the `same` of no unit, so none of the many joins is read.
    """
    rows = file.rows(
        "SELECT e.id, e.body FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = 'same' AND c.stage = '' AND c.unit = '' ORDER BY e.rowid"
    )
    return ((event.id, event.body) for event in (events.parse(*row) for row in rows))


def in_force(file: File) -> Settings:
    """Return the settings chosen last, or of the last run that stands; standard without either.

    A rule that this version has not got any more is not named.
    """
    found = STANDARD
    for _, body in _notes(file):
        chosen = body.get("settings") or body.get("found", {}).get("settings")
        found = _settings(chosen) if chosen else found
    known = {rule.name for rule in (*CERTAIN, *VETOES, *QUESTIONS)}
    return replace(found, off=found.off & known, asked=found.asked & known)


def choose(file: File, action: Action, settings: Settings) -> None:
    """Write a choice of settings in place of the one before: a `same` that joins nothing."""
    before = [event for event, body in _notes(file) if "settings" in body]
    body = {"records": [], "settings": _settings_body(settings)}
    action.append("same", body, supersedes=before)


def runs(file: File, joined: Iterable[Joined]) -> list[Run]:
    """Return every run the log remembers, in order; one that was repeated counts once.

    `joined` are the joins that stand.
    """
    standing = set(file.head_ids("same", author=COORDINATOR))
    joins = Counter(join.run for join in joined)
    found: dict[str, tuple[str, events.Event, bool]] = {}
    for row in file.rows(
        "SELECT id, body FROM event WHERE kind = 'same' AND unit = '' ORDER BY rowid"
    ):
        event = events.parse(*row)
        if "found" in event.body:
            first, _, stood = found.get(event.body["run"], (event.time, event, False))
            found[event.body["run"]] = (first, event, stood or event.id in standing)
    return [_run(time, event, joins[id_], stands) for id_, (time, event, stands) in found.items()]


def _run(time: str, event: events.Event, standing: int, stands: bool) -> Run:
    body = event.body["found"]
    return Run(
        id=event.body["run"],
        action=event.action,
        time=time,
        settings=_settings(body["settings"]),
        version=body["version"],
        program=body["program"],
        records=body["records"],
        groups=body["groups"],
        joins=body["joins"],
        asked=body["asked"],
        rules=body["rules"],
        standing=standing,
        undone=not stands,
    )


def _settings_body(settings: Settings) -> dict[str, Any]:
    return {
        "name": settings.name,
        "off": sorted(settings.off),
        "asked": sorted(settings.asked),
        "ask_everything": settings.ask_everything,
        "likeness": f"{settings.likeness:g}",  # a float has no canonical form
        "years": settings.years,
    }


def _settings(body: Mapping[str, Any]) -> Settings:
    return Settings(
        name=body["name"],
        off=frozenset(body["off"]),
        asked=frozenset(body["asked"]),
        ask_everything=body["ask_everything"],
        likeness=float(body["likeness"]),
        years=body["years"],
    )


def _program() -> str:
    try:
        return version("screener")
    except PackageNotFoundError:
        return ""
