"""The rows of the table, in its order."""

from __future__ import annotations

from tests.robustness.rows import drives, kills, power

ROWS = [*kills.ROWS, *power.ROWS, *drives.ROWS]
