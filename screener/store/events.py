"""Events: their envelope, their ids, and reading one strictly out of its canonical text."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from screener.store.kinds import KINDS, Body, Kind
from screener.store.kinds.body import Digest, Id, MaybeDigest, MaybeId, MaybeWord, Number, Text
from screener.store.kinds.canonical import canonical, clean


class Envelope(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True
):
    """An event as its text has it; the body is read by its kind."""

    action: Id
    action_name: Text
    body: msgspec.Raw
    kind: Annotated[str, Meta(max_length=40)]
    log: Id
    prev: MaybeDigest
    seq: Number
    supersedes: tuple[Digest, ...]
    time: Annotated[str, Meta(min_length=19, max_length=40)]
    step: MaybeWord = ""
    subject: MaybeId = ""
    undoes: MaybeId = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it stands in its log; `id` is 64 hexadecimal digits, `kind` its entry."""

    id: str
    log: str
    seq: int
    prev: str
    time: str
    kind: Kind
    action: str
    action_name: str
    undoes: str
    supersedes: tuple[str, ...]
    subject: str
    step: str
    body: Body


_decode_envelope = msgspec.json.Decoder(Envelope).decode


def opened(text: str | bytes) -> tuple[Envelope, Kind, Body]:
    """Return the envelope of an event, its kind and its body.

    `ValueError` (of which `msgspec.ValidationError` is one) says what is not as this program
    writes it: an unknown kind, an unknown key, a wrong type or word.
    """
    try:
        whole = _decode_envelope(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    kind = KINDS.get(whole.kind)
    if kind is None:
        raise ValueError(f"there is no kind of entry “{whole.kind}”")
    datetime.fromisoformat(whole.time)
    try:
        return whole, kind, kind.decode(whole.body)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def parse(id_: bytes, text: str) -> Event:
    """Return the event whose canonical text this is; `ValueError` when it is none."""
    whole, kind, body = opened(text)
    return Event(
        id=id_.hex(),
        log=whole.log,
        seq=whole.seq,
        prev=whole.prev,
        time=whole.time,
        kind=kind,
        action=whole.action,
        action_name=whole.action_name,
        undoes=whole.undoes,
        supersedes=whole.supersedes,
        subject=whole.subject,
        step=whole.step,
        body=body,
    )


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
    subject: str = "",
    step: str = "",
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
        "body": body.to_json(),
    }
    whole |= {k: v for k, v in (("subject", subject), ("step", step), ("undoes", undoes)) if v}
    try:
        text = canonical(whole)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = canonical(clean(whole))
    return text


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
