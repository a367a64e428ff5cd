"""Events: their canonical form, their ids, the three kinds of logs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Body = Mapping[str, Any]


class LogKind(StrEnum):
    """The three kinds of logs; each has an audience of its own and a chain cannot be cut."""

    PROJECT = "project"
    REVIEWER = "reviewer"
    MEETING = "meeting"


LOG_OF = {
    **dict.fromkeys(
        (
            "protocol",
            "reviewer",
            "batch",
            "withdraw",
            "correct",
            "remove",
            "same",
            "different",
            "open",
            "retrieval",
        ),
        LogKind.PROJECT,
    ),
    **dict.fromkeys(("decision", "note", "flag", "label", "close", "reopen"), LogKind.REVIEWER),
    **dict.fromkeys(("consensus", "present", "reveal", "opened-early"), LogKind.MEETING),
}
"""Which kind of log an event belongs to. Kinds of later stages are added by their stages."""

VOID: dict[str, Body] = {
    "decision": {"verdict": "none"},
    "note": {"text": ""},
    "flag": {"on": False},
    "label": {"labels": []},
    "consensus": {"verdict": "none"},
    "same": {"records": []},
    "different": {"records": []},
    "retrieval": {"unit": "", "state": "none", "why": ""},
    "withdraw": {"void": True},
    "remove": {"void": True},
    "correct": {"void": True},
}
"""What undo writes where there was nothing before; the keys are the kinds that can be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as it stands in its log; `id` is 64 hexadecimal digits."""

    id: str
    log: str
    seq: int
    prev: str
    time: str
    kind: str
    action: str
    action_name: str
    undoes: str
    supersedes: tuple[str, ...]
    unit: str
    stage: str
    body: Body


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


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text's UTF-8 bytes (32 bytes)."""
    return hashlib.sha256(text.encode("utf-8")).digest()


def envelope(
    *,
    kind: str,
    log: str,
    seq: int,
    prev: str,
    action: str,
    action_name: str,
    body: Body,
    unit: str = "",
    stage: str = "",
    supersedes: tuple[str, ...] = (),
    undoes: str = "",
    time: str = "",
) -> str:
    """Return the canonical text of an event; its SHA-256 is the event's id."""
    whole: dict[str, object] = {
        "kind": kind,
        "log": log,
        "seq": seq,
        "prev": prev,
        "time": time or now(),
        "action": action,
        "action_name": action_name,
        "supersedes": sorted(supersedes),
        "body": body,
    }
    whole |= {k: v for k, v in (("unit", unit), ("stage", stage), ("undoes", undoes)) if v}
    try:
        text = canonical(whole)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = canonical(clean(whole))
    return text


def parse(id_: bytes, text: str) -> Event:
    """Return the event whose canonical text this is; `ValueError` when it is none."""
    whole = json.loads(text)
    return Event(
        id=id_.hex(),
        log=whole["log"],
        seq=whole["seq"],
        prev=whole["prev"],
        time=whole["time"],
        kind=whole["kind"],
        action=whole["action"],
        action_name=whole["action_name"],
        undoes=whole.get("undoes", ""),
        supersedes=tuple(whole["supersedes"]),
        unit=whole.get("unit", ""),
        stage=whole.get("stage", ""),
        body=whole["body"],
    )


def log_id(*, kind: str, author: str, computer: str, nonce: str) -> str:
    """Return a log's id (32 hexadecimal digits).

    It is random through its nonce and at the same time binds kind, author and computer, so that a
    log cannot be given to another author with an SQL editor.
    """
    named = {"author": author, "computer": computer, "kind": kind, "nonce": nonce}
    return digest(canonical(named)).hex()[:32]


def now() -> str:
    """Return the time now, in UTC with the computer's offset; shown to people, orders nothing."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
