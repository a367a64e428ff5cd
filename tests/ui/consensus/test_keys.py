"""The keys of the meeting come from the one table; a remapped one acts and is shown."""

from ui.consensus.page import ConsensusPage
from ui.session.actions import ACTIONS, Where


def test_every_action_of_the_table_does_something(merged, session_on, show):
    page = show(ConsensusPage(session_on(merged)))
    for action in (a for a in ACTIONS if a.where is Where.CONSENSUS):
        # Of a row of keys there are as many as there are reasons.
        assert (f"{action.id}-1" if action.in_row else action.id) in page.handlers()


def test_a_remapped_key_acts_and_stands_on_its_cap(merged, session_on, show, qtbot):
    session = session_on(merged)
    page = show(ConsensusPage(session))
    session.keys.remap("settle-include", "Y")
    assert page.meeting.item.bar.buttons["settle-include"].key == "Y"
    qtbot.keyClick(page, "i")
    assert page.meeting.item.choice is None
    qtbot.keyClick(page, "y")
    assert page.meeting.item.choice is not None
