"""What every body of an event is made of: a strict structure, its parts, its canonical JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from screener.model import ID, LONGEST_ID
from screener.model import Kind as Touched


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
    return [clean(v) for v in value] if isinstance(value, (list, tuple)) else value


_LONE = re.compile("[\ud800-\udfff]")


LONGEST = 1_000_000
"""So many characters one text of an event has at most."""

Id = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
"""A record, reviewer, batch or log: 32 hexadecimal digits."""
Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
"""An event or a content named by its SHA-256: 64 hexadecimal digits."""
MaybeDigest = Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")]
MaybeId = Annotated[str, Meta(pattern=r"\A([0-9a-f]{32})?\Z")]
Version = Annotated[str, Meta(pattern=r"\A([0-9a-f]{16})?\Z")]
"""The first digits of the digest of a record, protocol or form version; "" where none is known."""
VERSION = 16
"""How many digits of a version's digest name it in a decision or an answer."""
Text = Annotated[str, Meta(max_length=LONGEST)]
Name = Annotated[str, Meta(min_length=1, max_length=1_000)]
Word = Annotated[str, Meta(pattern=rf"\A{ID}\Z", max_length=LONGEST_ID)]
MaybeWord = Annotated[str, Meta(pattern=rf"\A({ID})?\Z", max_length=LONGEST_ID)]
"""An id that people choose: of a criterion, a reason, a question, a form."""
Row = Annotated[str, Meta(pattern=rf"\A({ID}(/{ID})?)?\Z", max_length=2 * LONGEST_ID)]
"""A row of a list: "", its id, or the ids of a row and of a row below it."""
Count = Annotated[int, Meta(ge=0, le=2**53)]
Number = Annotated[int, Meta(ge=1, le=2**53)]


class LogKind(StrEnum):
    """The three kinds of logs; each has an audience of its own and a chain cannot be cut."""

    PROJECT = "project"
    REVIEWER = "reviewer"
    MEETING = "meeting"


class Body(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True
):
    """The body of one kind of event.

    Reading one out of JSON refuses unknown keys, wrong types, words that are none of an
    enumeration, ids of a wrong length and texts that are too long (`msgspec.ValidationError`).
    """

    def to_json(self) -> dict[str, Any]:
        """Return the body as JSON has it; what is not said is left out."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found

    def columns(self) -> Columns:
        """Return what queries look for; the default has nothing but that it stands."""
        return STANDS

    def emptied(self) -> Body | None:
        """Return what undo writes where nothing was before; None where it is voided."""
        return None


class Columns(msgspec.Struct, frozen=True):
    """What the cache `current` keeps of a head beside its key.

    `value` is "" when nothing stands (taken back, an empty note); `other` is a second subject or
    a list of events.
    """

    value: str = "1"
    question: str = ""
    row: str = ""
    protocol: str = ""
    seen: str = ""
    other: str = ""


STANDS = Columns()
NOTHING = Columns(value="")


class Void(Body, frozen=True, kw_only=True):
    """What undo writes where there was nothing before, whatever the kind.

    It stands at the question and row of what it takes back, so that the next answer supersedes it.
    """

    void: bool
    question: MaybeWord = ""
    row: Row = ""

    def __post_init__(self) -> None:
        """Refuse anything but `{"void": true}`."""
        if not self.void:
            raise ValueError("void is true or is not there")

    def columns(self) -> Columns:
        """Nothing stands any more."""
        return Columns(value="", question=self.question, row=self.row)


_decode_void = msgspec.json.Decoder(Void).decode
_ENDS_VOID = b'"void":true}'  # keys are sorted, and no other kind has a key of that name


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Everything that is known of one kind of event; nothing else says what a kind is.

    `undone` says whether undo takes it back, `voided` whether it can be taken back in another way;
    `touches` is what the notice names; `units`
    whether units may be others afterwards; `answers` whether it carries answers, so that a closed
    step refuses it; `on_record` whether its subject is a record, `on_something` whether it is
    something else that has an id (either way `needs_subject`), `at_step` whether it belongs to a
    step, `own` whether it is shown to nobody but its author; `words` names one of them for people
    ("decision").
    """

    name: str
    log: LogKind
    body: type[Body]
    touches: Touched
    words: str
    undone: bool = False
    voided: bool = False
    units: bool = False
    answers: bool = False
    on_record: bool = False
    on_something: bool = False
    at_step: bool = False
    own: bool = False

    @property
    def needs_subject(self) -> bool:
        """Whether an event without a subject says nothing."""
        return self.on_record or self.on_something

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[Body]:
        return msgspec.json.Decoder(self.body)

    def decode(self, text: bytes | msgspec.Raw) -> Body:
        """Return the body out of its canonical JSON; `msgspec.ValidationError` when it is none."""
        if (self.undone or self.voided) and bytes(text).endswith(_ENDS_VOID):
            return _decode_void(text)
        return self._decoder.decode(text)


def by_name(kinds: tuple[Kind, ...]) -> Mapping[str, Kind]:
    """Return kinds by their names; two of one name are a fault of the program."""
    found = {kind.name: kind for kind in kinds}
    if len(found) != len(kinds):
        raise RuntimeError("two kinds of events have one name")
    return found
