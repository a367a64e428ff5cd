"""What a stage still waits for: what came to it and is not closed by everybody, in words."""

from __future__ import annotations

from screener import Project
from screener.model import Stage
from screener.model.words import listed, noun

_WORDS = {
    str(Stage.TITLE_ABSTRACT): ("record", "records", "screened"),
    str(Stage.FULL_TEXT): ("report", "reports", "assessed"),
}
_OF_A_FORM = ("study", "studies", "answered")


def what_is_missing(project: Project, step: str) -> str:
    """Return "4 new records are not screened and closed yet by A and B", or "" where none is.

    What is meant is hidden until then, so nothing of it is to settle.
    """
    count = project.consensus.hidden(step)
    parts = [part for part in project.consensus.parts(step) if not part.left]
    names = [part.reviewer.name for part in parts if part.opened_since or not part.closed]
    if not (count and names):
        return ""
    one, many, done = _WORDS.get(step, _OF_A_FORM)
    new = "new " if any(part.opened_since for part in parts) else ""
    what = f"{count:,} {new}{noun(count, one, many)} {'is' if count == 1 else 'are'}"
    return f"{what} not {done} and closed yet by {listed(names)}"
