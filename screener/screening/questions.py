"""The questions of screening, and what a decision answers to them.

A decision stays one event and one row of the cache at the question "": its value is the canonical
JSON of the verdict, the reason and the judgements, which is unfolded here while it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from screener.model import Judgement, Protocol, Verdict


class Question(NamedTuple):
    """One question of a screening step: its type, its id, its words.

    The id of a judgement is its criterion's; a criterion may be named as another type is, so only
    type and id together name a question.
    """

    type: str
    id: str
    words: str


class Unfolded(NamedTuple):
    """What one decision says; `reason` is "" where none was given."""

    verdict: Verdict
    reason: str
    judgements: Mapping[str, Judgement]


def questions(protocol: Protocol) -> tuple[Question, ...]:
    """Return the questions under a protocol: verdict, reason, a judgement for each criterion."""
    return (
        Question("verdict", "verdict", "Verdict"),
        Question("reason", "reason", "Reason"),
        *(Question("judgement", c.id, c.question or c.name) for c in protocol.criteria),
    )


@lru_cache(maxsize=4096)
def unfold(value: str) -> Unfolded:
    """Return what a decision's value in the cache says.

    Thousands of decisions have few different values, so each is read once. `ValueError` when the
    text is no value of a decision.
    """
    try:
        whole = msgspec.json.decode(value)
        judged = {id_: Judgement(word) for id_, word in whole.get("judgements", {}).items()}
        verdict, reason = Verdict(whole["verdict"]), whole.get("reason", "")
    except (ValueError, KeyError, AttributeError) as error:
        raise ValueError("this is not what a decision says") from error
    if not isinstance(reason, str):
        raise ValueError("this is not what a decision says")
    return Unfolded(verdict, reason, MappingProxyType(judged))
