"""Ids and times that a seed repeats: the program's randomness and clock inside a trial."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta

import pytest

from screener.store import events

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


class Steady:
    """Gives what a seed says; each process that is forked goes on with numbers of its own."""

    def __init__(self) -> None:
        self._name = ""
        self._forks = 0
        self._drawn = random.Random()
        self._ticks = 0
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._count, after_in_child=self._part)

    def begin(self, patch: pytest.MonkeyPatch, name: str) -> None:
        """Have the program draw its ids and times from a seed until the patch is undone."""
        self._name, self._forks, self._ticks = name, 0, 0
        self._drawn = random.Random(name)
        patch.setattr(os, "urandom", self._bytes)
        patch.setattr(random, "_urandom", self._bytes)  # what `secrets` draws from
        patch.setattr(events, "now", self._now)

    def _bytes(self, count: int) -> bytes:
        return self._drawn.randbytes(count)

    def _now(self) -> str:
        self._ticks += 1
        return (_BEGAN + timedelta(seconds=self._ticks)).isoformat(timespec="seconds")

    def _count(self) -> None:
        self._forks += 1

    def _part(self) -> None:
        self._name = f"{self._name}/{self._forks}"
        self._drawn = random.Random(self._name)


STEADY = Steady()
