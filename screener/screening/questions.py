"""What a decision says, read out of its value in the cache.

A decision stays one event and one row of the cache at the question "": its value is the canonical
JSON of the verdict, the reason and the judgements, which is unfolded here while it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from screener.model import Judgement, Verdict


class Unfolded(NamedTuple):
    """What one decision says; `reason` is "" where none was given."""

    verdict: Verdict
    reason: str
    judgements: Mapping[str, Judgement]


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
