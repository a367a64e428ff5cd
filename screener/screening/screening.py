"""One reviewer alone: what is pending, decisions, notes, flags, closing a stage."""

from __future__ import annotations

from screener.screening.decisions import Decisions, Draft, decision_from
from screener.screening.proposals import Proposals
from screener.screening.queues import Queue, Standing
from screener.screening.stages import Passed, closing_code


class Screening(Decisions, Proposals):
    """Screening in one file: a reviewer's copy, or (to read and to open stages) the project."""


__all__ = ["Draft", "Passed", "Queue", "Screening", "Standing", "closing_code", "decision_from"]
