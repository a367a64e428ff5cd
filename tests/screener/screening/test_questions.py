"""What a decision says: its value in the cache, folded and unfolded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import Judgement, Stage, Verdict
from screener.screening.rules import unfold
from screener.store.heads import said
from screener.store.kinds.reviewer import Decision

TA = Stage.TITLE_ABSTRACT
WORD = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,8}\Z")


@given(
    verdict=st.sampled_from([Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE]),
    reason=st.just("") | WORD,
    judgements=st.dictionaries(WORD, st.sampled_from(Judgement), max_size=4),
)
def test_what_is_folded_is_unfolded(verdict, reason, judgements):
    reason = reason if verdict is Verdict.EXCLUDE else ""
    body = Decision(verdict=verdict, reason=reason, judgements=judgements)
    assert unfold(body.columns().value) == (verdict, reason, judgements)


@pytest.mark.parametrize(
    "value",
    ["", "[]", "{}", '{"verdict":"perhaps"}', '{"verdict":"include","judgements":{"a":"so"}}'],
)
def test_what_is_no_decision_is_refused(value):
    with pytest.raises(ValueError, match="not what a decision says"):
        unfold(value)


def test_what_was_decided_is_read_out_of_the_cache(screened, making):
    making.decide(
        screened, 6, "exclude", reason="interventions", judgements={"interventions": "not-met"}
    )
    (one,) = said(screened._file, str(TA))[making.uid(screened, 6)]
    assert unfold(one.value) == (
        Verdict.EXCLUDE,
        "interventions",
        {"interventions": Judgement.NOT_MET},
    )
    making.decide(screened, 6, "none")
    assert making.uid(screened, 6) not in said(screened._file, str(TA))
