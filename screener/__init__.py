"""The review in plain Python: no Qt, usable from a notebook.

    with create_project("review.screener", title="Digital peer support") as review:
        review.protocol.add_criterion("participants", include="Adults")

Each stage is an attribute of `Project`; values and errors are in `screener.model`.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screener.project import (
        Project,
        compare,
        create_project,
        merge_into,
        open_copy,
        open_project,
        restore,
    )
    from screener.store.computer import home

__all__ = [
    "Project",
    "compare",
    "create_project",
    "home",
    "merge_into",
    "open_copy",
    "open_project",
    "restore",
]


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for: the start page shows before the core is read."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place = "screener.store.computer" if name == "home" else "screener.project"
    found: object = getattr(importlib.import_module(place), name)
    return found
