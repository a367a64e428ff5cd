"""How the command line does what a sentence of the core asks for: the window has its own ways."""

from __future__ import annotations

from collections.abc import Mapping

from screener.consensus.merging.findings import Finding, MergeRefused, Step
from screener.model import ErrorKind, UserError

_BY_KIND: Mapping[ErrorKind, str] = {
    ErrorKind.HIDDEN: "merge or compare with --open",
    ErrorKind.AGREED_OTHERWISE: "--overturn",
    ErrorKind.ARBITRATORS: "--by NAME --adjudication",
    ErrorKind.NOBODY: "screener reviewers PROJECT add NAME",
    ErrorKind.STAYS: "screener reviewers PROJECT leave NAME --stage STAGE --why TEXT",
    ErrorKind.SHOWS: "screener reviewers PROJECT remove NAME --why TEXT",
    ErrorKind.MADE: "screener merge FILE... --into NEW --as-project --why TEXT",
    ErrorKind.NOT_UNDONE: "screener undo FILE --action ID; history has the ids",
    ErrorKind.ANSWERED: "screener withdraw PROJECT BATCH --why TEXT",
    ErrorKind.ROW: "screener pair PROJECT STUDY LIST REVIEWER:ROW... --stage FORM",
    ErrorKind.OPEN: "screener open PROJECT --stage FORM --take-out STUDY",
}
_BY_STEP: Mapping[Step, str] = {
    Step.TAKE_CHANGES: "--take-changes",
    Step.TAKE_PROJECT: "--project",
    Step.ANSWERS_ONLY: "--answers-only",
    Step.SALVAGE: "--salvage",
    Step.OPEN_EARLY: "--open",
}


def told(error: UserError) -> str:
    """Return what the command line says of an error: its sentence, and how to do what it asks."""
    if isinstance(error, MergeRefused):
        return found(error.finding)
    return _with(str(error), _BY_KIND.get(error.kind, ""))


def found(finding: Finding) -> str:
    """Return what the command line says of a finding about a file that is merged."""
    return _with(finding.message, _BY_STEP.get(finding.step, ""))


def _with(sentence: str, how: str) -> str:
    return f"{sentence} On the command line: {how}." if how else sentence
