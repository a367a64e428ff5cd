"""The example review: an invented review, carried through this program's own public API.

It is the tutorial, the fixture of the journey tests and what the pictures show. Its content lies
in `resources/example`; every record in it is marked as invented.
"""

from __future__ import annotations

from pathlib import Path

from screener.example.content import CONTENT, Steps, toml
from screener.example.extracted import LATER, Extracted
from screener.example.screened import MERGED, PROJECT, Screened
from screener.model import Progress, UserError, silent
from screener.store import room, windows
from screener.store.temporary import private_folder


def write_example(folder: Path | str, progress: Progress = silent) -> list[Path]:
    """Write the example into a folder and return what was written.

    `project.screener` (the coordinator's, after the first meeting, with full text open), the
    reviewers' copies (both stages screened and closed); `later/` with the same three files when
    the studies were linked and both forms answered and closed; `merged.screener` (the end of the
    review); `protocol.toml` and `sources/`. Merging two copies into the project beside them shows
    a discrepancy of every kind. `UserError` when the folder has any of these files.
    """
    place = Path(folder)
    if place.exists() and not place.is_dir():
        raise UserError(f"{place} is a file; name a folder for the example.")
    review = toml("review.toml")
    copies = [one["copy"] for one in review["reviewers"]]
    names = [PROJECT, *copies, LATER, MERGED, "protocol.toml", "sources"]
    for name in names:
        if (place / name).exists():
            raise UserError(f"{place / name} is there already; choose an empty folder.")
    try:
        place.mkdir(parents=True, exist_ok=True)
        told = Steps(progress)
        with private_folder(place) as work:
            Screened(work, review, told).write()
            Extracted(work, review, told).write()
            for name in names:
                windows.replace(work / name, place / name)
    except OSError as error:
        if room.is_full(error):
            raise room.full(place, error) from error
        raise UserError(
            f"{place} cannot be written ({error.strerror}); choose another folder."
        ) from None
    return [place / name for name in names]


__all__ = ["CONTENT", "write_example"]
