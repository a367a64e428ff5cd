"""The content that events name by its digest, read as strictly as events are.

A digest says that a content is what an event meant, and not that it is what Screener writes: both
may have been made by hand. The types below have no place where JSON could be nested deeper than
eight levels.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Annotated, Any, get_type_hints

import msgspec
from msgspec import Meta

from screener.model import (
    ID,
    LONGEST_ID,
    Element,
    Fields,
    MaybeRule,
    Question,
    Stage,
    UserError,
    When,
)
from screener.store.kinds.body import Count, MaybeDigest, Number, Text, Word

_TYPES = get_type_hints(Fields) | {"year": Annotated[int, Meta(ge=0, le=2**53)] | None}
_STRICT: dict[str, Any] = {"frozen": True, "forbid_unknown_fields": True, "kw_only": True}
# A text of a record may be as long as its source gave it: an import leaves nothing out.
_Fields = msgspec.defstruct(
    "_Fields",
    [(f.name, _TYPES[f.name], f.default) for f in fields_of(Fields)],
    omit_defaults=True,
    **_STRICT,
)
_Record = msgspec.defstruct(
    "_Record", [("fields", _Fields), ("raw", MaybeDigest, "")], omit_defaults=True, **_STRICT
)
# Protocols were kept whose ids begin with a hyphen; no new one does (`screener.model.ID`).
_Id = Annotated[str, Meta(pattern=rf"\A-*{ID}\Z", max_length=LONGEST_ID)]


class _Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: _Id
    element: Element
    include: Text
    exclude: Text
    question: Text
    required_at: tuple[Stage, ...]
    highlight: tuple[Text, ...]


class _Previous(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    studies: Count
    reports: Count


class _Protocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    title: Text
    question: Text
    registration: Text
    reviewers_per_record: Number
    criteria: tuple[_Criterion, ...]
    further_reasons: tuple[tuple[_Id, Text], ...]
    maybe: MaybeRule
    reason_required: dict[Stage, bool]
    previous: _Previous | msgspec.UnsetType = msgspec.UNSET  # left out of a new review


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: Word
    title: Text
    row: Text
    key: Text


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: Word
    title: Text
    when: When | None
    rule: Text


class _Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    score: Text
    text: Text
    provenance: Text
    on: bool


class _Overall(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    how: Text
    per: Text
    bands: tuple[_Band, ...]


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: Word
    title: Text
    questions: tuple[Question, ...]
    lists: tuple[_List, ...]
    kind: Text
    reviewers: Number
    sections: tuple[_Section, ...]
    overall: _Overall | None
    designs: tuple[Text, ...]
    reference: Text
    provenance: Text
    licence: Text


_DECODE = {
    "record": msgspec.json.Decoder(_Record).decode,
    "protocol": msgspec.json.Decoder(_Protocol).decode,
    "form": msgspec.json.Decoder(_Form).decode,
}
_encode = msgspec.json.Encoder(order="sorted").encode


def require_content(what: str, text: str) -> None:
    """Raise `ValueError` unless a text is the content of a record, protocol or form version.

    It must be the one form in which Screener writes what it says.
    """
    try:
        found = _DECODE[what](text)
    except (RecursionError, UserError) as error:
        raise ValueError("it is nested too deeply or has parts that do not fit") from error
    if _encode(found) != text.encode():
        raise ValueError("it is not in the canonical form")


def is_content(what: str, text: str) -> bool:
    """Say whether a text is the content of a version, as `require_content` reads it."""
    try:
        require_content(what, text)
    except ValueError:
        return False
    return True
