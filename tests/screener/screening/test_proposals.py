"""Taking a proposal back; what becomes of proposals is told in the tests of duplicates."""

import pytest

from screener.model import Stage

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.mark.parametrize("flagged", [True, False])
def test_taking_a_proposal_back_leaves_the_flag_as_it_was(screened, making, flagged):
    unit = making.uid(screened, 1)
    screened.screening.notes.set_flag(unit, TA, on=flagged)
    screened.screening.proposals.propose_duplicate(unit, "2", TA)
    screened.screening.proposals.propose_duplicate(unit, "3", TA)
    screened.screening.proposals.withdraw_proposal(unit, TA)
    assert screened.screening.proposals.proposed_duplicate(unit, TA) == ""
    assert screened.screening.notes.flagged(unit, TA) is flagged
    screened.undo()
    assert screened.screening.proposals.proposed_duplicate(unit, TA) == making.uid(screened, 3)


def test_where_nothing_is_proposed_nothing_is_written(screened, making):
    unit = making.uid(screened, 1)
    screened.screening.notes.set_flag(unit, TA, on=True)
    before = screened.counts()
    screened.screening.proposals.withdraw_proposal(unit, TA)
    assert screened.counts() == before
    assert screened.screening.notes.flagged(unit, TA)


def test_the_stages_keep_their_proposals_apart(screened, making):
    unit = making.uid(screened, 1)
    screened.screening.proposals.propose_duplicate(unit, "2", FT)
    assert screened.screening.proposals.proposed_duplicate(unit, TA) == ""
    screened.screening.proposals.propose_duplicate(unit, "3", TA)
    screened.screening.proposals.withdraw_proposal(unit, FT)
    assert screened.screening.proposals.proposed_duplicate(unit, TA) == making.uid(screened, 3)
