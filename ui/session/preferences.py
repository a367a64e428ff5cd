"""What a person chose on this computer: look, keys, folded parts; kept beside no project."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from screener import home, keep_setting

_log = logging.getLogger(__name__)
_NAME = "preferences.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """One person's choices.

    `keys` holds, by action id, the keys that differ from the preset; `begun` names the copies
    whose first page was shown, `placed` the files of which it was said what shares their folder;
    `tables` says, by a digest of a table's headings, which fields
    each column fills; `opens_dois` says that a DOI is opened in the browser unasked;
    `spelling` is that of the report written last;
    `moment` is how many milliseconds (0 to 500) after a decision no key
    decides again; with 0 nobody waits for anything.
    """

    scheme: str = "system"
    scale: int = 100
    reading: str = "serif"
    record_size: int = 100
    record_spacing: int = 100
    preset: str = "Screener"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rail_folded: bool = False
    geometry: str = ""
    moment: int = 150
    opens_dois: bool = False
    spelling: str = "british"
    begun: tuple[str, ...] = ()
    placed: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


class PreferencesFile(QObject):
    """The choices of this computer's user: read once, written at every change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = _read(_place())

    def change(self, **choices: Any) -> None:  # noqa: ANN401 - the fields of Preferences
        """Set single choices and keep them; nothing happens when they are what they were."""
        new = replace(self.current, **choices)
        if new != self.current:
            self.current = new
            write_json(_NAME, asdict(new))
            self.changed.emit()


def write_json(name: str, value: object) -> None:
    """Write a small settings file of that name so that a reader sees the old one or the new one."""
    try:
        keep_setting(name, json.dumps(value, ensure_ascii=False, indent=1))
    except OSError as error:
        # Choices are not worth a stop: they hold until the program ends.
        _log.warning("%s could not be written: %s", name, error)


def read_json(place: Path) -> object:
    """Read a small settings file; None when it is not there, no ordinary file, or not whole."""
    if not place.is_file():  # a pipe would be waited for
        return None
    try:
        found: object = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("%s could not be read: %s", place.name, error)
        return None
    return found


def _place() -> Path:
    return home() / _NAME


def _read(place: Path) -> Preferences:
    """Take what is of the right kind; an older, newer or broken file never stops the program."""
    kept = read_json(place)
    if not isinstance(kept, dict):
        return Preferences()
    usual = Preferences()
    chosen: dict[str, Any] = {}
    for one in fields(Preferences):
        value = kept.get(one.name)
        wanted = getattr(usual, one.name)
        if one.name == "keys" and isinstance(value, dict):
            chosen["keys"] = _lists(value)
        elif one.name == "tables" and isinstance(value, dict):
            chosen["tables"] = {str(k): _lists(v) for k, v in value.items() if isinstance(v, dict)}
        elif isinstance(wanted, tuple) and isinstance(value, list):
            chosen[one.name] = tuple(filter(_sound, map(str, value)))
        elif type(value) is type(wanted) and _sound(value):
            chosen[one.name] = value
    return Preferences(**chosen)


_MOST = 1_000_000
"""No number of the preferences is larger; Qt takes none beyond its own bounds."""


def _sound(value: object) -> bool:
    """Say whether Qt can take a value: a number within bounds, a text without lone surrogates."""
    if isinstance(value, int):
        return abs(value) <= _MOST
    return not isinstance(value, str) or value == value.encode("utf-8", "replace").decode("utf-8")


def _lists(kept: Mapping[object, Any]) -> dict[str, tuple[str, ...]]:
    return {
        str(k): tuple(filter(_sound, map(str, v)))
        for k, v in kept.items()
        if isinstance(v, list) and _sound(str(k))
    }
