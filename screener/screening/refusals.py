"""What is refused in every part of screening, said in the same words."""

from __future__ import annotations

from screener.model import Stage, UserError
from screener.store.file import File, FileKind
from screener.units.units import Units


def require_copy(file: File) -> None:
    """Raise `UserError` unless the file is a reviewer's copy."""
    if file.kind is not FileKind.COPY:
        raise UserError("Open your own copy to screen.")


def not_open(units: Units, unit: str, stage: Stage, *, first: bool = False) -> UserError:
    """Return the error that says why a unit cannot be screened at a stage.

    `first` says that full text shows nothing of it before title and abstract are closed for it.
    """
    number = dict(units.all_numbers()).get(unit)
    if number is None:
        return UserError(f"There is no record {unit} in this review; see its list of records.")
    if first:
        return UserError(
            f"Title and abstract comes first: decide record {number} there and close the stage."
        )
    if stage is Stage.FULL_TEXT:
        return UserError(f"Record {number} is not open for full text; a newer copy may open it.")
    return UserError(f"Record {number} is not to be screened; see the list of records.")
