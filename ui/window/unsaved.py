"""What was typed on the pages of an open file and is not saved: asked about, or taken along."""

from __future__ import annotations

from collections.abc import Mapping

from ui.session.echo import Problem
from ui.session.page import Page, Typed

OPEN_KEPT = ("open-kept", "Open what was kept")
_CLOSE = ("close-without", "Close without it")
_TAKEN_ALONG = (
    "What you typed on this page could not be saved. Open what was kept: it is taken along into "
    "that file."
)
_NOT_TAKEN_ALONG = (
    "What you typed on this page could not be saved, and it is not taken along when you open what "
    "was kept; copy from it what you need, or open it without."
)


def first_unsaved(
    pages: Mapping[str, Page], *, kept: bool, for_kept: bool
) -> tuple[str, Problem] | None:
    """Return the first page that holds something typed and not saved, and what to say of it.

    Where all the file held is `kept` in another one, nothing can be saved in it any more. What is
    left `for_kept`, to open that one, is taken along where it can be.
    """
    for stage, page in pages.items():
        sentence = page.kept_only_here()
        goes = bool(sentence and kept and page.typed())
        if not sentence or (goes and for_kept):
            continue
        if not kept:
            return stage, Problem(sentence=sentence, links=(_CLOSE,))
        if goes:
            return stage, Problem(sentence=_TAKEN_ALONG, links=(OPEN_KEPT, _CLOSE))
        without = ("open-kept-without", "Open it without")
        return stage, Problem(sentence=_NOT_TAKEN_ALONG, links=(without, _CLOSE))
    return None


def all_typed(pages: Mapping[str, Page]) -> dict[str, Typed]:
    """Return what was typed and is not saved, by page, where another file can take it."""
    found = {stage: page.typed() for stage, page in pages.items()}
    return {stage: typed for stage, typed in found.items() if typed}
