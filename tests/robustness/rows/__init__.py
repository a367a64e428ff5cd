"""The rows of the table, in its order."""

from __future__ import annotations

from tests.robustness.rows import content, drives, kills, mutated, places, power

ROWS = [*kills.ROWS, *power.ROWS, *drives.ROWS, *places.ROWS, *mutated.ROWS, *content.ROWS]
