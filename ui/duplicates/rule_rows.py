"""The settings rule by rule: what each rule does, and what a step to the left or right makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from screener.duplicates.rules import CERTAIN, QUESTIONS, VETOES
from screener.duplicates.settings import PRESETS, Settings

OWN = "own"
"""The name of settings that are none of the three."""
_LIKENESS, _YEARS = (70, 100), (0, 5)


class Sort(StrEnum):
    """What a row is about."""

    CERTAIN = "Makes certain"
    VETO = "Forbids joining"
    QUESTION = "Asks"
    TOLERANCE = "Tolerance"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule or a tolerance: its name, in words, and what it is set to."""

    name: str
    sort: Sort
    words: str
    state: str
    off: bool = False


def rule_rows(settings: Settings) -> list[RuleRow]:
    """Return a row for each rule and tolerance, in the order in which they are applied."""
    rules = [
        RuleRow(
            name=rule.name,
            sort=sort,
            words=rule.words,
            state=_words(sort, rule.name, settings),
            off=rule.name in settings.off,
        )
        for sort, several in (
            (Sort.CERTAIN, CERTAIN), (Sort.VETO, VETOES), (Sort.QUESTION, QUESTIONS),
        )
        for rule in several
    ]  # fmt: skip
    likeness = f"{settings.likeness:g} of 100"
    years = f"{settings.years} year{'s'[: settings.years != 1]}"
    return [
        *rules,
        RuleRow(name="likeness", sort=Sort.TOLERANCE, state=likeness,
                words="titles are asked about when alike by"),
        RuleRow(name="years", sort=Sort.TOLERANCE, state=years,
                words="the years of a certain pair are apart by at most"),
    ]  # fmt: skip


def _words(sort: Sort, name: str, settings: Settings) -> str:
    if name in settings.off:
        return "off"
    if sort is Sort.CERTAIN:
        return "asks you" if settings.ask_everything or name in settings.asked else "joins"
    return "on"


def stepped(settings: Settings, row: RuleRow, step: int) -> Settings:
    """Return the settings with one rule or tolerance a step further (1) or back (-1)."""
    if row.name == "likeness":
        value = _within(round(settings.likeness) + step, _LIKENESS)
        return named(replace(settings, likeness=float(value)))
    if row.name == "years":
        return named(replace(settings, years=_within(settings.years + step, _YEARS)))
    if row.sort is Sort.CERTAIN:
        return named(_certain_stepped(settings, row.name, step))
    return named(replace(settings, off=settings.off ^ {row.name}))


def _certain_stepped(settings: Settings, name: str, step: int) -> Settings:
    """Move a rule of certainty on: it joins, it asks, it is off, and round again."""
    every = frozenset(rule.name for rule in CERTAIN)
    asked = every if settings.ask_everything else settings.asked
    states = ("joins", "asks", "off")
    now = 2 if name in settings.off else int(name in asked)
    wanted = states[(now + step) % len(states)]
    return replace(
        settings,
        ask_everything=False,
        asked=asked | {name} if wanted == "asks" else asked - {name},
        off=settings.off | {name} if wanted == "off" else settings.off - {name},
    )


def _within(value: int, ends: tuple[int, int]) -> int:
    return min(ends[1], max(ends[0], value))


def named(settings: Settings) -> Settings:
    """Return the settings by the name of what they equal, or as own ones."""
    every = frozenset(rule.name for rule in CERTAIN)
    if settings.asked >= every:
        settings = replace(settings, ask_everything=True, asked=frozenset())
    equal: Sequence[Settings] = [
        preset for preset in PRESETS.values() if replace(settings, name=preset.name) == preset
    ]
    return equal[0] if equal else replace(settings, name=OWN)
