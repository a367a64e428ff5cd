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
            if step in here and here[step].all_shown:
                said = _is_shown(words)
            elif step in here and not ended and not here[step].none_visible:
                said = _in_part(words)
            one.replace(is_not_closed(words), said)


def _coverages(target: File, asked: Collection[str], reader: Reader) -> dict[str, Coverage]:
    """Return what is visible of some steps of a project; in other files nothing is hidden."""
    if target.kind is not FileKind.PROJECT:
        return {}
    here = (one.step for one in reader(target) if one.step.id in asked)
    return {step.id: Coverage(target, step) for step in here}


def _is_shown(words: str) -> str:
    return (
        f"{words} is not closed and is shown all the same: it was shown early, or waits for nobody "
        "more."
    )


def _in_part(words: str) -> str:
    return (
        f"{words} is not closed: what is shown here already stays so, of the rest only numbers are "
        "shown until it is."
    )


def _was_closed(words: str, name: str) -> str:
    return (
        f"{words} is not closed in this file, and {name} closed it before or in another one: what "
        "that covers is shown once everybody has closed it, of the rest only numbers."
    )


def remark_shown(
    found: Iterable[Admitted],
    standings: Iterable[Standing],
    *,
    early: bool,
    only_read: bool = False,
) -> None:
    """Say of a step that is open in a file what is shown of it all the same, once it was taken in.

    `early` says that this was asked for; where files are `only_read`, no report says so.
    """
    for here in standings:
        step = here.step.id
        for one in found:
            if step not in one.unclosed:
                continue
            words, coverage = one.unclosed[step], here.coverage
            if early and coverage.opened_early:
                said = f"{words} is not closed and is shown early"
                said += "." if only_read else "; the report says so."
            elif coverage.all_shown:
                said = _is_shown(words)
            else:
                continue
            for before in (is_not_closed(words), _was_closed(words, one.reviewer), _in_part(words)):
                one.replace(before, said)
