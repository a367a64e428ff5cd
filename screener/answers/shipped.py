"""The forms and instruments that come with the program (`resources/forms`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from screener.answers import toml
from screener.answers.form import Form
from screener.model import UserError

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "forms"


def names() -> list[str]:
    """Return the names of the forms that are shipped, in their order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def every() -> Iterator[tuple[str, Form]]:
    """Yield the forms that are shipped, each with its name."""
    for name in names():
        yield name, toml.read(FOLDER / f"{name}.toml")


def shipped(name: str) -> Form:
    """Return a form that is shipped, by its name or its own id; `UserError` when there is none."""
    if name in names():
        return toml.read(FOLDER / f"{name}.toml")
    for _, form in every():
        if name == form.id:
            return form
    raise UserError(f"There is no form “{name}” to take; there are {', '.join(names())}.")
