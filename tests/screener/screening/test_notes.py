"""What a reviewer keeps beside the decisions."""

from screener import open_copy
from screener.model import Judgement, Stage

TA = Stage.TITLE_ABSTRACT


def test_leaving_in_the_middle_and_going_on_tomorrow(screened, making):
    unit = making.uid(screened, 6)
    screened.screening.notes.keep_position(TA, unit)
    screened.screening.notes.keep_draft(unit, TA, {"participants": Judgement.MET})
    screened.screening.notes.set_own_words([("participants", "larch*")])
    path = screened.path
    screened.close()
    with open_copy(path) as mine:
        assert mine.screening.notes.position(TA) == unit
        assert mine.screening.notes.draft(unit, TA) == {"participants": Judgement.MET}
        assert mine.screening.notes.own_words() == [("participants", "larch*")]
        mine.screening.notes.keep_draft(unit, TA, {})
        assert mine.screening.notes.draft(unit, TA) == {}
        assert mine.screening.progress(TA).decided == 5
