"""What judgements suggest."""

import itertools

from screener.model import Judgement, Stage
from screener.screening.rules import suggestion

TA = Stage.TITLE_ABSTRACT


def test_the_roll_up_of_judgements(making):
    """domain.md 6.1, rule by rule, on every table of judgements there is."""
    order = [c.id for c in making.protocol.criteria]
    for judged in itertools.product((None, "met", "not-met", "unclear"), repeat=3):
        given = {c: Judgement(j) for c, j in zip(order, judged, strict=True) if j}
        found = suggestion(given, making.protocol, TA)
        if "not-met" in judged:
            wanted = ("exclude", order[judged.index("not-met")])
        elif None in judged:
            wanted = None
        else:
            wanted = ("maybe" if "unclear" in judged else "include", "")
        assert (found and (str(found.verdict), found.reason)) == wanted
