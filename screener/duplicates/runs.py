"""Runs of the finder as the log remembers them: settings, version, counts, taken back or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from msgspec.structs import asdict

from screener.duplicates.found import Found, Group
from screener.duplicates.joins import Joined
from screener.duplicates.rules import NAMES
from screener.duplicates.settings import STANDARD, Settings
from screener.store.file import COORDINATOR, Action, File
from screener.store.heads import Head, head_ids, heads
from screener.store.history import of_kinds
from screener.store.kinds import project


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the finder that was to join what is certain, or put questions to a person.

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
    """Write a run into the log: how it was looked and what was found."""
    found = looked.found
    fired = {name for group in groups for name in group.rules}
    body = project.Run(
        id=id_,
        settings=_settings_body(found.settings),
        version=found.version,
        program=program_version(),
        records=looked.records,
        groups=len(groups),
        joins=joins,
        asked=sum(len(question.pairs) for question in found.ask),
        rules={name: n for name, n in found.rules.items() if name in fired},
    )
    action.append(body)


def is_noted(file: File, found: Found) -> bool:
    """Say whether a run with the settings and version of this one stands in the log."""
    wanted = (_settings_body(found.settings), found.version)
    return any((run.body.settings, run.body.version) == wanted for run in standing(file))


def says(file: File, looked: Looked) -> bool:
    """Say whether such a run on as many records stands in the log."""
    return is_noted(file, looked.found) and any(
        run.body.records == looked.records for run in standing(file)
    )


def standing(file: File) -> list[Head[project.Run]]:
    """Return the runs that were not taken back, in order."""
    return heads(file, project.Run)


def in_force(file: File) -> Settings:
    """Return the settings chosen last, or of the last run that stands; standard without either.

    A rule that this version has not got any more is not named.
    """
    stand = {head.event for head in standing(file)}
    stand |= {head.event for head in heads(file, project.Finder)}
    found = STANDARD
    for entry in of_kinds(file, "run", "finder"):
        body = entry.event.body
        if entry.event.id in stand and isinstance(body, project.Run | project.Finder):
            found = _settings(body.settings)
    return replace(found, off=found.off & NAMES, asked=found.asked & NAMES)


def choose(file: File, action: Action, settings: Settings) -> None:
    """Write a choice of settings in place of the one before."""
    before = head_ids(file, project.Finder, author=COORDINATOR)
    action.append(project.Finder(settings=_settings_body(settings)), supersedes=before)


def runs(file: File, joined: Iterable[Joined]) -> list[Run]:
    """Return every run the log remembers, in order; one that was repeated counts once.

    `joined` are the joins that stand.
    """
    stand = {head.event for head in standing(file)}
    joins = Counter(join.run for join in joined)
    found: dict[str, Run] = {}
    for entry in of_kinds(file, "run"):
        event, body = entry.event, entry.event.body
        if isinstance(body, project.Run):
            before = found.get(body.id)
            stands = event.id in stand or (before is not None and not before.undone)
            found[body.id] = Run(
                **{**asdict(body), "settings": _settings(body.settings)},
                action=event.action,
                time=before.time if before else event.time,
                standing=joins[body.id],
                undone=not stands,
            )
    return list(found.values())


def _settings_body(settings: Settings) -> project.FinderSettings:
    return project.FinderSettings(
        name=settings.name,
        off=tuple(sorted(settings.off)),
        asked=tuple(sorted(settings.asked)),
        ask_everything=settings.ask_everything,
        likeness=f"{settings.likeness:g}",  # a float has no canonical form
        years=settings.years,
    )


def _settings(body: project.FinderSettings) -> Settings:
    return Settings(
        name=body.name,
        off=frozenset(body.off),
        asked=frozenset(body.asked),
        ask_everything=body.ask_everything,
        likeness=float(body.likeness),
        years=body.years,
    )


def program_version() -> str:
    """Return the version of this program, "" where it is not installed."""
    try:
        return version("screener")
    except PackageNotFoundError:
        return ""
