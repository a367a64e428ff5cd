"""Events: their envelope, their ids, and reading one strictly out of its canonical text."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Annotated

import msgspec
from msgspec import Meta

from screener.model import UserError, moments
from screener.model.moments import require_time
from screener.store.kinds import KINDS, Body, Kind
from screener.store.kinds.body import Digest, Id, MaybeId, MaybeWord, Text, canonical, clean

COLUMNS = "e.id, e.log, e.seq, e.prev, e.kind, e.step, e.subject, e.body"
"""The columns of an event in the order of `Row`, for a query on `event e`."""
Row = tuple[bytes, str, int, bytes | None, str, str, str, str]
"""An event as its table has it; `body` is its text without what the other columns say."""


class Envelope(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True
):
    """What the text of an event says beside its columns; the body is read by its kind."""

    action: Id
    action_name: Text
    body: msgspec.Raw
    supersedes: tuple[Digest, ...]
    time: Annotated[str, Meta(min_length=19, max_length=40)]
    undoes: MaybeId = ""


class _Place(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where an event stands, as its columns say it."""

    kind: str
    log: str
    prev: str
    seq: int
    step: str = ""
    subject: str = ""


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
_SPLIT = ',"supersedes":['
_MARK = _SPLIT.encode()


def opened(name: str, text: str) -> tuple[Envelope, Kind, Body]:
    """Return the envelope of an event of a kind, the kind and the body, out of its text.

    `ValueError` (of which `msgspec.ValidationError` is one) says what is not as this program
    writes it: an unknown kind, an unknown key, a wrong type or word.
    """
    kind = KINDS.get(name)
    if kind is None:
        raise ValueError(f"there is no kind of entry “{name}”")
    try:
        whole = _decode_envelope(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    require_time(whole.time)
    try:
        return whole, kind, kind.decode(whole.body)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def require_canonical(text: str, whole: Envelope, body: Body) -> None:
    """Raise `ValueError` unless a text is the one form of what it says.

    Two keys of one name, other blanks or another order would be another reading of one id.
    """
    encode = msgspec.json.encode
    if encode(whole) != text.encode() or encode(body, order="sorted") != bytes(whole.body):
        raise ValueError("it is not in the canonical form")


def written(name: str, text: str) -> Body:
    """Return the body of what is about to be written; `UserError` when it could not be read."""
    try:
        return opened(name, text)[2]
    except moments.WrongYearError as error:
        raise UserError(
            f"The clock of this computer says the year {error.year}, and nothing is recorded with"
            " such a time; set the clock, then do it again."
        ) from error
    except ValueError as error:
        raise UserError(
            f"This cannot be kept ({error}); shorten it or leave out what is not text."
        ) from error


def canonical_text(row: Row) -> bytes:
    """Return the canonical text of an event, of which its id is the SHA-256.

    What the columns say is put back where its keys stand in their order: kind, log, prev, seq,
    step and subject come before *supersedes*, and none of them lies within the text itself. So
    nothing is kept twice (a third of a decision). `ValueError` when the columns are none.
    """
    _, log, seq, prev, kind, step, subject, body = row
    _check_columns(step, subject)
    middle = msgspec.json.encode(
        _Place(
            kind=kind, log=log, prev=prev.hex() if prev else "", seq=seq, step=step, subject=subject
        )
    )
    # Keys are in order, and a quotation mark within a text is escaped: the last one is the key.
    first, mark, last = body.encode("utf-8", "surrogatepass").rpartition(_MARK)
    return first + b"," + middle[1:-1] + mark + last


_decode_step = msgspec.json.Decoder(MaybeWord).decode


@lru_cache(maxsize=256)
def _check_step(step: str) -> None:
    _decode_step(msgspec.json.encode(step))


_SUBJECT = re.compile(r"(?:[0-9a-f]{32})?")


def _check_columns(step: str, subject: str) -> None:
    """Raise `ValueError` for a step or subject this program does not write.

    The table itself checks the lengths of ids and that the log is there; the kind is looked up.
    """
    _check_step(step)
    if not _SUBJECT.fullmatch(subject):
        raise ValueError("its subject is no id")


def parse(row: Row) -> Event:
    """Return the event of a row; `ValueError` when this program does not write one like it."""
    id_, log, seq, prev, name, step, subject, text = row
    whole, kind, body = opened(name, text)
    return Event(
        id=id_.hex(),
        log=log,
        seq=seq,
        prev=prev.hex() if prev else "",
        time=whole.time,
        kind=kind,
        action=whole.action,
        action_name=whole.action_name,
        undoes=whole.undoes,
        supersedes=whole.supersedes,
        subject=subject,
        step=step,
        body=body,
    )


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text's UTF-8 bytes (32 bytes)."""
    return hashlib.sha256(text.encode("utf-8")).digest()


def text_of(
    *,
    action: str,
    action_name: str,
    body: Body,
    supersedes: tuple[str, ...] = (),
    undoes: str = "",
    time: str = "",
) -> str:
    """Return the text of an event, without what the columns of its row say.

    It is written as `require_canonical` asks for, in a tenth of the time that `canonical` takes.
    """
    time = time or now()
    encode = msgspec.json.encode
    try:
        whole = Envelope(
            action=action,
            action_name=action_name,
            body=msgspec.Raw(encode(body, order="sorted")),
            supersedes=tuple(sorted(supersedes)),
            time=time,
            undoes=undoes,
        )
        return encode(whole).decode()
    except UnicodeEncodeError:  # a lone surrogate
        said = {
            "action": action,
            "action_name": action_name,
            "body": body.to_json(),
            "supersedes": sorted(supersedes),
            "time": time,
        }
        return canonical(clean(said | ({"undoes": undoes} if undoes else {})))


def id_of(row: Row) -> bytes:
    """Return the id of the event in a row: the SHA-256 of its canonical text (32 bytes)."""
    return hashlib.sha256(canonical_text(row)).digest()


def log_id(*, kind: str, author: str, computer: str, nonce: str) -> str:
    """Return a log's id (32 hexadecimal digits).

    It is random through its nonce and at the same time binds kind, author and computer, so that a
    log cannot be given to another author with an SQL editor.
    """
    named = {"author": author, "computer": computer, "kind": kind, "nonce": nonce}
    return digest(canonical(named)).hex()[:32]


def now() -> str:
    """Return the time now, in UTC with the computer's offset; shown to people, orders nothing."""
    return moments.now().isoformat(timespec="seconds")
