"""The canonical JSON of a value: the one form in which its hash is computed."""

from __future__ import annotations

import json
import re
from typing import Any


def canonical(value: object) -> str:
    """Return the canonical JSON of a value: sorted keys, no blanks, no floats.

    Keys are sorted by code point; text is kept as it is (no escapes above ASCII). Two computers
    give the same bytes for the same value. `TypeError` for a float or anything JSON has not.
    """
    _no_floats(value)
    return _ENCODE(value)


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _no_floats(value: object) -> None:
    if type(value) is str or type(value) is int:  # nearly every value, and every decision waits
        return
    if isinstance(value, float):
        raise TypeError("a float has no canonical form")
    if isinstance(value, dict):
        for item in value.values():
            _no_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _no_floats(item)


def clean(value: Any) -> Any:  # noqa: ANN401 - any JSON value comes and goes
    """Replace lone surrogates, which UTF-8 cannot write, by the replacement character."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean(k): clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(v) for v in value]
    return value


_LONE = re.compile("[\ud800-\udfff]")
