"""What a merge says of a step that is not closed in a file: what of it is shown, and when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from screener.consensus.coverage import Coverage
from screener.consensus.merging.findings import Admitted
from screener.consensus.standing import Standing
from screener.store import history
from screener.store.file import File, FileKind

Reader = Callable[[File], Iterable[Standing]]
"""Given a file, returns where the subjects of each of its steps stand, as pages will read it.

It is read for this once: what it keeps is told of no change, and the file keeps nothing of it.
"""


def is_not_closed(words: str) -> str:
    """Say of a step, by its words, that it is not closed; the others here take that for less."""
    return f"{words} is not closed: only numbers are shown until it is."


def remark_closed_before(target: File | None, found: Collection[Admitted], reader: Reader) -> None:
    """Say of a step that is open in a file whether its reviewer closed it before, or elsewhere.

    What a close covers stays visible, whatever is open in another file or was opened again; and so
    does what the target shows already.
    """
    asked = {step for one in found for step in one.unclosed}
    here = _coverages(target, asked, reader) if target is not None and asked else {}
    for one in found:
        for step, words in one.unclosed.items():
            ended = any(step in f.ended for f in found if f.reviewer_id == one.reviewer_id)
            ended = ended or bool(target and one.reviewer_id in history.closings(target, step))
            said = _was_closed(words, one.reviewer) if ended else is_not_closed(words)
            if step in here and here[step].all_visible:
                said = f"{words} is not closed and is shown all the same, as it is here already."
            elif step in here and not ended and not here[step].none_visible:
                said = _is_shown_in_part(words)
            one.replace(is_not_closed(words), said)


def _coverages(target: File, asked: Collection[str], reader: Reader) -> dict[str, Coverage]:
    """Return what is visible of some steps of a project; in other files nothing is hidden."""
    if target.kind is not FileKind.PROJECT:
        return {}
    here = (one.step for one in reader(target) if one.step.id in asked)
    return {step.id: Coverage(target, step) for step in here}


def _is_shown_in_part(words: str) -> str:
    return (
        f"{words} is not closed: what is shown here already stays so, of the rest only numbers are "
        "shown until it is."
    )


def _was_closed(words: str, name: str) -> str:
    return (
        f"{words} is not closed in this file, and {name} closed it before or in another one: what "
        "that covers is shown once everybody has closed it, of the rest only numbers."
    )


def remark_opened_early(found: Iterable[Admitted], standings: Iterable[Standing]) -> None:
    """Say of a step that is open in a file that it is shown all the same, as was asked."""
    early = {here.step.id for here in standings if here.coverage.opened_early}
    for one in found:
        for step, words in one.unclosed.items():
            said = f"{words} is not closed and is shown early; the report says so."
            one.replace(is_not_closed(words), said)
            if step in early:  # else all that was closed before is all there is
                one.replace(_was_closed(words, one.reviewer), said)
                one.replace(_is_shown_in_part(words), said)
