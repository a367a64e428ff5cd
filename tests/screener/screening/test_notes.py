"""What a reviewer keeps beside the decisions."""

from datetime import date

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Judgement, Stage
from screener.screening.screening import Queue

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


def test_in_the_project_nothing_of_a_reviewer_is_the_coordinators(pair, making):
    """Whatever is called one's own is asked for by who opened the file."""
    with open_copy(pair.a) as mine:
        unit = making.uid(mine, 1)
        mine.screening.reopen(TA, "a note")
        mine.screening.notes.set_note(unit, TA, "Ask the authors")
        mine.screening.notes.set_flag(unit, TA, on=True)
        mine.screening.close(TA)
    pair.merge()
    with open_project(pair.project) as review:
        notes, queues = review.screening.notes, review.screening.queues
        assert (notes.note(unit, TA), notes.flag(unit, TA)) == ("", None)
        assert not notes.flagged(unit, TA)
        assert review.screening.decision(unit, TA) is None
        assert queues.progress(TA).decided == 0
        assert queues.decided_on(TA, date.today()) == set()  # noqa: DTZ011
        mine = {which for which in Queue if queues.queue(TA, which)}
        assert mine == {Queue.PENDING, Queue.ALL}


@pytest.mark.parametrize("text", ["{x", "5", "[]", "{}", '{"a":{}}', "[" * 50_000, '[["a"]]'])
def test_nonsense_in_what_is_ones_own_is_as_if_not_there(tmp_path, making, text):
    """Any program may have written it, and no decision hangs on it: the copy is opened."""
    project = making.review(tmp_path)
    for path in (project, tmp_path / "a.screener"):
        with open_project(path) as review:
            for key, _ in review._file.rows("SELECT key, value FROM own"):
                review._file.set_own(key, text)
            review._file.set_own("highlight", text)
    with open_copy(tmp_path / "a.screener") as mine:
        unit = mine.screening.queues.queue(Stage.TITLE_ABSTRACT)[0]
        mine._file.set_own(f"draft {Stage.TITLE_ABSTRACT} {unit}", text)
        notes = mine.screening.notes
        assert notes.own_words() == []
        assert notes.draft(unit, Stage.TITLE_ABSTRACT) == {}
        notes.keep_draft(unit, Stage.TITLE_ABSTRACT, {"outcomes": Judgement.MET})
        assert notes.draft(unit, Stage.TITLE_ABSTRACT) == {"outcomes": Judgement.MET}
    with open_project(project) as review:
        assert [one.copy for one in review.team.members()] == [None, None]
        assert review.undo_carried() == []


def test_labels_are_undone_go_with_the_reviewer_and_are_shown_to_nobody_else(tmp_path, making):
    project, mine = making.review(tmp_path), tmp_path / "a.screener"
    with open_copy(mine) as copy:
        unit = copy.screening.queues.queue(Stage.TITLE_ABSTRACT)[0]
        notes = copy.screening.notes
        notes.set_labels(unit, ["pilot", "SECRET"])
        notes.set_labels(unit, ["pilot"])
        assert (copy.undo_name(), copy.undo()) == ("Labels", "Labels")
        assert notes.labels() == {"pilot": [unit], "SECRET": [unit]}
        assert "Labels" in [line.what for line in copy.history(unit)]
    merge_into(project, mine)
    with open_project(project) as review:
        told = [f"{line.what} {line.event.body}" for line in review.history(unit)]
        assert not [line for line in told if "SECRET" in line or "abels" in line]
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    with open_copy(tmp_path / "newer.screener") as copy:
        assert copy.screening.notes.labels() == {"pilot": [unit], "SECRET": [unit]}


def test_labels_of_joined_records_are_all_those_of_the_unit(tmp_path, making):
    project, mine = making.review(tmp_path), tmp_path / "a.screener"
    with open_copy(mine) as copy:
        one, two = copy.screening.to_screen(Stage.TITLE_ABSTRACT)[:2]
        copy.screening.notes.set_labels(one, ["one"])
        copy.screening.notes.set_labels(two, ["two"])
    with open_project(project) as review:
        review.duplicates.same([one, two], kept=one)
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    merge_into(mine, tmp_path / "newer.screener")
    with open_copy(mine) as copy:
        notes = copy.screening.notes
        assert notes.labels_of(one) == ("one", "two")
        assert notes.labels() == {"one": [one], "two": [one]}
        notes.set_labels(one, [])
        assert notes.labels() == {}
