"""The rows of the table, in its order."""

from __future__ import annotations

from tests.robustness.rows import kills

ROWS = [*kills.ROWS]
